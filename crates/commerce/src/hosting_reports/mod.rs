//! Hosting reports: for each subscription and month, what is hosted, what it is priced by, and what it comes to.
//!
//! A report is made with the invoices of its day, from the final count, also when there is nothing to bill; it is stored as
//! it was and never made again. It names mailboxes by their identifiers; whoever may read the addresses has them opened
//! beside it.

pub mod csv;
pub mod list;
pub mod print;
mod sheet;
pub mod store;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use mailkeep_types::{Currency, InvoiceId, MailboxId, SubscriptionId};
use serde::{Deserialize, Serialize};

use crate::catalogue::pricing::space::{MailboxSpace, RowBasis, basis_of, counted_bytes};
use crate::catalogue::pricing::{LineKind, Measure, Priced, quantity_text};
use crate::catalogue::sheet::{IntervalPrices, SpaceBasis, TierMode};
use crate::error::CommerceError;
use crate::months::due::Known;
use crate::periods::{Interval, Period};
use mailkeep_types::{Money, Ratio};

/// The report of one subscription for one invoice day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The subscription.
    pub subscription: SubscriptionId,
    /// The invoice day.
    pub invoice_on: Date,
    /// The customer's local date of making.
    pub generated_on: Date,
    /// The date of the count.
    pub counted_on: Date,
    /// The plan.
    pub plan: String,
    /// For how long it is paid in advance.
    pub interval: Interval,
    /// When it is billed next.
    pub next_billing: Date,
    /// When the term renews.
    pub renewal: Date,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The domains with their mailboxes.
    pub domains: Vec<ReportDomain>,
    /// What is billed with it.
    pub lines: Vec<ReportLine>,
    /// The sum of the lines before tax.
    pub net_minor: i64,
}

/// A domain in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportDomain {
    /// Its name.
    pub name: String,
    /// Its alias domains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Its mailboxes.
    pub rows: Vec<ReportRow>,
}

impl ReportDomain {
    /// What its mailboxes use, in bytes.
    pub fn used_bytes(&self) -> u64 {
        self.rows.iter().fold(0, |sum, row| sum.saturating_add(row.used_bytes))
    }

    /// What its mailboxes come to for a whole term.
    pub fn amount_minor(&self) -> i64 {
        self.rows.iter().map(|row| row.amount_minor).sum()
    }
}

/// By what a mailbox is priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Its space is in the price.
    Included,
    /// By what it uses.
    Use,
    /// By its quota.
    Quota,
}

impl Basis {
    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            Basis::Included => "included",
            Basis::Use => "use",
            Basis::Quota => "quota",
        }
    }
}

/// A mailbox in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRow {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// Its quota in bytes; 0 is no limit.
    pub quota_bytes: u64,
    /// What it used, in bytes.
    pub used_bytes: u64,
    /// By what it is priced.
    pub basis: Basis,
    /// What it comes to for a whole term, before tax and discounts.
    pub amount_minor: i64,
    /// Whether it was not in the report before.
    #[serde(default)]
    pub new: bool,
    /// Whether it is closed.
    #[serde(default)]
    pub closed: bool,
}

/// What is billed with a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportLine {
    /// What it is for.
    pub kind: LineKind,
    /// The plan's or add-on's name.
    pub name: String,
    /// How many, as people read it.
    pub quantity: String,
    /// What the quantity counts.
    pub measure: Measure,
    /// The price of one.
    pub unit_minor: i64,
    /// Before tax, after discounts.
    pub net_minor: i64,
    /// The days that are paid for.
    pub period: Period,
}

/// The days that a report speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportDays {
    /// The invoice day.
    pub invoice_on: Date,
    /// The customer's local date.
    pub generated_on: Date,
    /// When it is billed next.
    pub next_billing: Date,
    /// When the term renews.
    pub renewal: Date,
}

impl Report {
    /// Makes the report of a subscription from what was counted, at the prices of the term it is in after the invoice day.
    /// `billed` are the places of its lines in what was priced, each with the days they are for.
    ///
    /// # Errors
    /// Amounts that do not fit.
    pub fn of(
        known: &Known,
        renews: bool,
        days: ReportDays,
        priced: Option<&Priced>,
        billed: &[(usize, Period)],
        closed_in_full: bool,
    ) -> Result<Self, CommerceError> {
        let (plan, interval) = match known.subscription.pending.filter(|_| renews) {
            Some(change) => (&known.next_plan, change.interval),
            None => (&known.plan, known.subscription.interval),
        };
        let currency = plan.currency;
        let prices = plan.sheet.list(currency).and_then(|list| list.interval(interval));
        let mut lines = Vec::new();
        for (line, _, total) in priced.iter().flat_map(|priced| priced.rows()) {
            let found = billed.iter().find(|(of, _)| Some(*of) == line.plan);
            let Some((_, period)) = found else { continue };
            lines.push(ReportLine {
                kind: line.kind,
                name: line.name.clone(),
                quantity: quantity_text(line.quantity),
                measure: line.measure,
                unit_minor: line.unit_minor,
                net_minor: total.net_minor,
                period: *period,
            });
        }
        let net_minor = lines.iter().map(|line| line.net_minor).sum();
        Ok(Report {
            subscription: known.subscription.id,
            invoice_on: days.invoice_on,
            generated_on: days.generated_on,
            counted_on: known.count.counted_on,
            plan: plan.name.clone(),
            interval,
            next_billing: days.next_billing,
            renewal: days.renewal,
            currency,
            domains: domains(known, prices, currency, closed_in_full)?,
            lines,
            net_minor,
        })
    }

    /// How many mailboxes it has.
    pub fn mailboxes(&self) -> usize {
        self.domains.iter().map(|domain| domain.rows.len()).sum()
    }
}

/// The rows of all domains with what each mailbox comes to: its own step of the price, and its space where space is charged
/// by mailbox. What is rounded on one row is made good on the next, so that the rows sum to the lines.
fn domains(
    known: &Known,
    prices: Option<&IntervalPrices>,
    currency: Currency,
    closed_in_full: bool,
) -> Result<Vec<ReportDomain>, CommerceError> {
    let reduced = prices.and_then(|prices| prices.closed_minor).filter(|_| !closed_in_full);
    let space = prices.and_then(|prices| prices.space.as_ref());
    let by_mailbox = space.filter(|space| space.by != SpaceBasis::Pool);
    let in_full = known.count.mailboxes().filter(|mailbox| !mailbox.closed || reduced.is_none()).count();
    let in_full = u32::try_from(in_full).unwrap_or(u32::MAX);
    let (mut reached, mut bytes, mut charged) = (0u32, 0u64, 0i64);
    let mut result = Vec::with_capacity(known.count.domains.len());
    for domain in &known.count.domains {
        let mut rows = Vec::with_capacity(domain.mailboxes.len());
        for mailbox in &domain.mailboxes {
            let figures = MailboxSpace { quota_bytes: mailbox.quota_bytes, used_bytes: mailbox.used_bytes };
            let mut amount_minor = match reduced.filter(|_| mailbox.closed) {
                Some(reduced) => reduced,
                None => {
                    reached = reached.saturating_add(1);
                    unit_of(prices, reached, in_full)
                }
            };
            if let Some(price) = by_mailbox {
                bytes = bytes.saturating_add(counted_bytes(space, figures));
                let size = i64::from(price.gigabyte.mb()) * 1_000_000;
                let share = Ratio::new(i64::try_from(bytes).unwrap_or(i64::MAX), size);
                let until = Money::new(price.unit_minor, currency).times(share)?.minor;
                amount_minor += until - charged;
                charged = until;
            }
            rows.push(ReportRow {
                mailbox: mailbox.id,
                quota_bytes: mailbox.quota_bytes,
                used_bytes: mailbox.used_bytes,
                basis: match basis_of(space, figures) {
                    RowBasis::Included => Basis::Included,
                    RowBasis::ByUse => Basis::Use,
                    RowBasis::ByQuota => Basis::Quota,
                },
                amount_minor,
                new: mailbox.new,
                closed: mailbox.closed,
            });
        }
        result.push(ReportDomain { name: domain.name.clone(), aliases: domain.aliases.clone(), rows });
    }
    Ok(result)
}

/// The price of the mailbox with this number, of so many.
fn unit_of(prices: Option<&IntervalPrices>, number: u32, of: u32) -> i64 {
    let Some(prices) = prices else { return 0 };
    let count = match prices.mailbox.mode {
        TierMode::Graduated => number,
        TierMode::Volume => of,
    };
    prices.mailbox.steps.iter().rfind(|step| step.from <= count).map_or(0, |step| step.unit_minor)
}

/// Space as it is billed, as whole, tenth and unit, rounded up: a MB is 1,000,000 bytes, and a GB 1000 of them.
pub const fn billed_space(bytes: u64) -> (u64, u64, &'static str) {
    let (size, unit) = if bytes >= 1_000_000_000 { (1_000_000_000, "GB") } else { (1_000_000, "MB") };
    let tenths = bytes.div_ceil(size / 10);
    (tenths / 10, tenths % 10, unit)
}

/// A stored report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReport {
    /// What it says.
    pub report: Report,
    /// The invoice that was made with it, if there was something to bill.
    pub invoice: Option<InvoiceId>,
}
