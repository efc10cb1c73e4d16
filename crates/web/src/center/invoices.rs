//! Invoices: the list, one invoice, its PDF.

use mailkeep_commerce::catalogue::pricing::{TaxRow, quantity_text};
use mailkeep_commerce::invoices::{Invoice, InvoiceLine, Snapshot, SnapshotLine};
use mailkeep_policy::Shown;
use mailkeep_types::{InvoiceId, Money, Timestamp};
use serde::Serialize;

use super::services::start_of;
use crate::bill::{Bill, BillLine, tax_text, what};
use crate::ctx::Ctx;
use crate::messages::msg;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
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
    pub seller: Shown<Vec<String>>,
    /// Who buys: name and address lines.
    pub buyer: Shown<Vec<String>>,
    /// Lines and sums.
    pub bill: Bill,
    /// The signed head of the ledger that the invoice carries.
    pub ledger_head: Option<Shown<String>>,
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
                .to_vec()
                .into(),
            buyer: ["Larkspur Books", "Ada Example", "12 Larkspur Lane", "Springfield 12345", "US"]
                .map(str::to_owned)
                .to_vec()
                .into(),
            bill: Bill::sample(),
            ledger_head,
        };
        vec![page("open", "note", Some("4fd0".repeat(16).into())), page("paid", "good", None)]
    }
}

/// `GET /center/invoices`
pub async fn show(ctx: Ctx) -> Answer {
    let all = ctx.state.commerce.list_invoices(ctx.customer()?).await?;
    let mut paging = Paging::asked(ctx.query.get("page"), 25);
    let today = ctx.state.clock.now();
    let zone = ctx.chrome().time_zone;
    let invoices = paging
        .cut(all)
        .iter()
        .map(|invoice| {
            let (state, tone) = state(invoice, today, &zone);
            InvoiceRow {
                id: invoice.id.to_string(),
                number: invoice.number.clone(),
                at: start_of(invoice.issued_on, &zone),
                state,
                tone,
                total: invoice.total(),
            }
        })
        .collect();
    ctx.page(&InvoicesPage { invoices, paging })
}

fn state(invoice: &Invoice, now: Timestamp, zone: &str) -> (&'static str, &'static str) {
    let due = start_of(invoice.due_on, zone).plus(std::time::Duration::from_secs(86_400));
    if invoice.open_minor <= 0 {
        if invoice.credited_minor >= invoice.total_minor && invoice.paid_minor <= 0 {
            ("credited", "note")
        } else {
            ("paid", "good")
        }
    } else if due < now {
        ("overdue", "bad")
    } else {
        ("open", "note")
    }
}

/// `GET /center/invoices/{invoice}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let id: InvoiceId = ctx.param("invoice")?;
    let (commerce, person) = (&ctx.state.commerce, ctx.who.person()?);
    let (_, lines) = commerce.show_invoice(ctx.customer()?, id).await?;
    let (invoice, snapshot) = commerce.open_invoice(person.actor(), person.fact(), id).await?;
    ctx.page(&page(&ctx, &invoice, &lines, &snapshot))
}

fn page(ctx: &Ctx, invoice: &Invoice, lines: &[InvoiceLine], snapshot: &Shown<Snapshot>) -> InvoicePage {
    let (now, zone) = (ctx.state.clock.now(), ctx.chrome().time_zone);
    let (state, tone) = state(invoice, now, &zone);
    let money = |minor| Money::new(minor, invoice.currency);
    let said = snapshot.each(|snapshot| snapshot.lines.clone());
    let line = |(line, said): (&InvoiceLine, &Shown<SnapshotLine>)| {
        let what = what(ctx, line.kind, line.measure, &quantity_text(line.quantity));
        let last = line.period.end.yesterday().unwrap_or(line.period.end);
        let text = msg("bill-from-to")
            .with("what", what)
            .with("from", line.period.start.to_string())
            .with("to", last.to_string());
        BillLine {
            name: said.reshape(|said| said.item.clone().unwrap_or_else(|| said.plan.clone())),
            text: ctx.text_showing(text, "domain", &said.reshape(|said| said.domain.clone())),
            amount: money(line.total.gross_minor),
        }
    };
    let discount = lines.iter().map(|line| line.total.discount_minor).sum();
    InvoicePage {
        id: invoice.id.to_string(),
        number: invoice.number.clone(),
        at: start_of(invoice.issued_on, &zone),
        due_at: start_of(invoice.due_on, &zone),
        state,
        tone,
        seller: snapshot.reshape(seller),
        buyer: snapshot.reshape(buyer),
        bill: Bill {
            lines: lines.iter().zip(&said).map(line).collect(),
            discount: money(discount),
            net: money(invoice.net_minor),
            tax_name: snapshot.reshape(tax_name),
            tax: money(invoice.tax_minor),
            total: invoice.total(),
        },
        ledger_head: snapshot.maybe(|snapshot| snapshot.ledger_head.clone()),
    }
}

fn tax_name(snapshot: &Snapshot) -> String {
    let told = |row: &&TaxRow| row.tax_minor != 0 || row.tax.note.is_some();
    match snapshot.taxes.is_empty() && snapshot.totals.tax_minor != 0 {
        true => snapshot.tax_name.clone(),
        false => {
            snapshot.taxes.iter().filter(told).map(|row| tax_text(&row.tax)).collect::<Vec<_>>().join("; ")
        }
    }
}

/// Name and address of the seller, line by line.
fn seller(snapshot: &Snapshot) -> Vec<String> {
    let mut lines = vec![snapshot.seller.name.clone()];
    lines.extend(snapshot.seller.address.iter().cloned());
    lines.push(snapshot.seller.country.clone());
    lines
}

/// Name and address of the buyer, line by line.
fn buyer(snapshot: &Snapshot) -> Vec<String> {
    let buyer = &snapshot.customer;
    let mut lines = vec![buyer.name.clone()];
    lines.extend(buyer.street.iter().cloned());
    let place = [&buyer.postal_code, &buyer.city, &buyer.region];
    lines.push(place.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" "));
    lines.push(buyer.country.clone());
    lines
}

/// `GET /center/invoices/{invoice}/pdf`
pub async fn pdf(ctx: Ctx) -> Answer {
    let id: InvoiceId = ctx.param("invoice")?;
    let (commerce, person) = (&ctx.state.commerce, ctx.who.person()?);
    commerce.show_invoice(ctx.customer()?, id).await?;
    let (invoice, document) = commerce.invoice_pdf(person.actor(), person.fact(), id).await?;
    ctx.file(&document, "application/pdf", &format!("{}.pdf", invoice.number))
}
