//! Invoices: the list, one invoice, its PDF.

use mailkeep_types::{Money, Timestamp};
use serde::Serialize;

use crate::bill::Bill;
use crate::page::Page;
use crate::paging::Paging;
use crate::samples::{self, usd};

/// The invoices of the customer.
#[derive(Debug, Serialize)]
pub struct InvoicesPage {
    /// The invoices of this page of the list.
    pub invoices: Vec<InvoiceRow>,
    /// Where in the list.
    pub paging: Paging,
}

/// An invoice in the list.
#[derive(Debug, Clone, Serialize)]
pub struct InvoiceRow {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its date.
    pub at: Timestamp,
    /// `open`, `paid`, `overdue`, `void`, `credited` or `disputed`.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// What it comes to.
    pub total: Money,
}

impl Page for InvoicesPage {
    const TEMPLATE: &'static str = "center/invoices.html";

    fn samples() -> Vec<Self> {
        let row = |number: &str, days, state, tone| InvoiceRow {
            id: number.to_owned(),
            number: number.to_owned(),
            at: samples::days_ago(days),
            state,
            tone,
            total: usd(38_970),
        };
        let rows = vec![
            row("INV-2026-000118", 1, "open", "note"),
            row("INV-2026-000091", 31, "paid", "good"),
            row("INV-2026-000044", 61, "overdue", "bad"),
        ];
        vec![
            InvoicesPage { invoices: rows, paging: Paging { page: 1, size: 25, total: 3 } },
            InvoicesPage { invoices: Vec::new(), paging: Paging { page: 1, size: 25, total: 0 } },
        ]
    }
}

/// One invoice.
#[derive(Debug, Serialize)]
pub struct InvoicePage {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its date.
    pub at: Timestamp,
    /// When it is due.
    pub due_at: Timestamp,
    /// Its state.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// Who sells: name and address lines.
    pub seller: Vec<String>,
    /// Who buys: name and address lines.
    pub buyer: Vec<String>,
    /// Lines and sums.
    pub bill: Bill,
    /// The signed head of the ledger that the invoice carries.
    pub ledger_head: Option<String>,
}

impl Page for InvoicePage {
    const TEMPLATE: &'static str = "center/invoice.html";

    fn samples() -> Vec<Self> {
        let page = |state, tone, ledger_head| InvoicePage {
            id: "i".to_owned(),
            number: "INV-2026-000118".to_owned(),
            at: samples::days_ago(1),
            due_at: samples::days_ago(-13),
            state,
            tone,
            seller: ["Mailkeep Example Inc.", "1 Keep Road", "Springfield 12345", "US"]
                .map(str::to_owned)
                .to_vec(),
            buyer: ["Larkspur Books", "Ada Example", "12 Larkspur Lane", "Springfield 12345", "US"]
                .map(str::to_owned)
                .to_vec(),
            bill: Bill::sample(),
            ledger_head,
        };
        vec![page("open", "note", Some("4fd0".repeat(16))), page("paid", "good", None)]
    }
}
