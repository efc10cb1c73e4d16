//! What is unused of a line that was billed.

use jiff::civil::Date;
use mailkeep_types::{Currency, InvoiceId, Money, MoneyError};

use crate::invoices::InvoiceLine;
use crate::periods::Period;
use crate::periods::prorate::price_of_part;
use crate::totals::Creditable;

/// A line that was billed for days to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldLine {
    /// Its invoice.
    pub invoice: InvoiceId,
    /// The line.
    pub line: InvoiceLine,
    /// The plan's name, or the add-on's.
    pub plan_name: String,
    /// Its currency.
    pub currency: Currency,
    /// Net and tax that were taken off it before.
    pub credited: (i64, i64),
}

/// What is credited of a line, both positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unused {
    /// The days that are not used.
    pub period: Period,
    /// Without tax.
    pub net_minor: i64,
    /// The tax on it.
    pub tax_minor: i64,
}

/// The unused part of a line from a day on: the share of its days, rounded as the difference of two running totals, less what
/// was credited before; the tax at the rate of the line. `None` when nothing is left.
///
/// # Errors
/// Amounts that do not fit.
pub fn unused(old: &OldLine, from: Date) -> Result<Option<Unused>, MoneyError> {
    let line = &old.line;
    let period = Period { start: from.max(line.period.start), end: line.period.end };
    if period.end <= period.start || line.total.net_minor <= 0 {
        return Ok(None);
    }
    let part = price_of_part(Money::new(line.total.net_minor, old.currency), period, line.period)?.minor;
    let left = Creditable {
        net_minor: line.total.net_minor - old.credited.0,
        tax_minor: line.total.tax_minor - old.credited.1,
    };
    let net_minor = (part - old.credited.0).min(left.net_minor);
    let credit = left.credit(net_minor, line.tax_rate, old.currency);
    Ok(credit.map(|(net_minor, tax_minor)| Unused { period, net_minor, tax_minor }))
}
