//! Invoices: finalised in one transaction with a number from a series without gaps, and never edited after.
//!
//! What an invoice says is its sealed [`Snapshot`]: seller, customer and tax as they were. The document is rendered
//! from it once and its bytes are kept. What changes later (paid, credited) stands in a table of its own; credit notes
//! correct an invoice, capped by line.

pub mod cii;
pub mod collect;
pub mod credit;
pub mod finalise;
pub mod list;
pub mod note;
pub mod render;
mod sheet;
pub mod store;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use mailkeep_types::{Currency, CustomerId, InvoiceId, Money, Ratio, SubscriptionId, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use credit::CreditNote;

use crate::catalogue::pricing::{LineKind, Measure, TaxRow};
use crate::config::SellerConfig;
use crate::orders::BillingDetails;
use crate::periods::Period;
use crate::taxes::TaxDecision;
use crate::totals::{LineTotal, TaxRate, Totals};

/// An invoice without anything personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// Its identifier.
    pub id: InvoiceId,
    /// Its number.
    pub number: String,
    /// Whose it is.
    pub customer: CustomerId,
    /// The currency.
    pub currency: Currency,
    /// Without tax.
    pub net_minor: i64,
    /// The tax.
    pub tax_minor: i64,
    /// With tax.
    pub total_minor: i64,
    /// The customer's local date of issue.
    pub issued_on: Date,
    /// The date on which it is due.
    pub due_on: Date,
    /// How much is paid.
    pub paid_minor: i64,
    /// How much credit notes took off.
    pub credited_minor: i64,
    /// How much a bank took back and has not decided on yet.
    pub disputed_minor: i64,
    /// How much is still owed.
    pub open_minor: i64,
    /// The day from which the overdue calendar counts: the due date, moved on by what a dispute took.
    pub pursued_from: Date,
    /// How often it came to be owed anew.
    pub dunning_round: i64,
    /// When nothing was owed any more.
    pub settled_at: Option<Timestamp>,
}

impl Invoice {
    /// What is still owed.
    pub fn open(&self) -> Money {
        Money::new(self.open_minor, self.currency)
    }

    /// What the customer has not paid, as a statement shows it: what is owed and what is disputed.
    pub fn balance(&self) -> Money {
        Money::new(self.open_minor + self.disputed_minor, self.currency)
    }

    /// The total.
    pub fn total(&self) -> Money {
        Money::new(self.total_minor, self.currency)
    }
}

/// One line of an invoice as stored, without anything personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceLine {
    /// 1 for the first.
    pub position: i64,
    /// The subscription that is billed.
    pub subscription: SubscriptionId,
    /// The plan as sold.
    pub plan_version: Uuid,
    /// What it is for.
    pub kind: LineKind,
    /// The add-on or item.
    pub item_key: Option<String>,
    /// How many, exactly.
    pub quantity: Ratio,
    /// What the quantity counts.
    pub measure: Measure,
    /// The price of one.
    pub unit_minor: i64,
    /// Amounts.
    pub total: LineTotal,
    /// The tax rate.
    pub tax_rate: TaxRate,
    /// Whose tax on what, for reports.
    pub taxed: Taxed,
    /// The days that are paid for.
    pub period: Period,
}

/// Whose tax is on a line, in words out of fixed lists; empty on lines from before they were kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Taxed {
    /// The code of the country, or of country and state.
    pub place: String,
    /// The class of what is sold.
    pub class: String,
    /// `taxed`, `reverse_charge` or `exempt`.
    pub treatment: String,
}

/// One line as the customer reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotLine {
    /// The plan's name.
    pub plan: String,
    /// The domain.
    pub domain: String,
    /// The days that are paid for.
    pub period: Period,
    /// How many, as people read it; of an invoice from before there were parts, a number.
    #[serde(deserialize_with = "quantity_as_read")]
    pub quantity: String,
    /// The price of one.
    pub unit_minor: i64,
    /// Amounts.
    pub total: LineTotal,
    /// What it is for.
    #[serde(default)]
    pub kind: LineKind,
    /// The add-on's or item's name, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// What the quantity counts.
    #[serde(default = "mailboxes")]
    pub measure: Measure,
    /// The tax of the line; that of the invoice on one from before lines had their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax: Option<TaxDecision>,
}

fn mailboxes() -> Measure {
    Measure::Mailbox
}

fn quantity_as_read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(u32),
        Text(String),
    }
    Ok(match Either::deserialize(deserializer)? {
        Either::Number(number) => number.to_string(),
        Either::Text(text) => text,
    })
}

/// What an invoice says, as it was when it was issued. Personal, category `invoice`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Who sells.
    pub seller: SellerConfig,
    /// To whom it is written.
    pub customer: BillingDetails,
    /// What the tax is called, or the first of several.
    pub tax_name: String,
    /// Its rate.
    pub tax_rate: TaxRate,
    /// Each tax with what it is on; on an invoice from before there could be several, none.
    #[serde(default)]
    pub taxes: Vec<TaxRow>,
    /// The number of the order, on its first invoice.
    pub order_number: Option<String>,
    /// The lines.
    pub lines: Vec<SnapshotLine>,
    /// The sums.
    pub totals: Totals,
    /// The date of issue.
    pub issued_on: Date,
    /// The date on which it is due.
    pub due_on: Date,
    /// The newest signed head of the ledger on that day, as size and root: paper on which rewritten history shows.
    #[serde(default)]
    pub ledger_head: Option<String>,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Snapshot({} lines)", self.lines.len())
    }
}
