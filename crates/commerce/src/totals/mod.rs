//! What a set of lines comes to: discount shares, tax and totals.
//!
//! One function, [`compute`], serves the cart, the confirmation, the invoice and the credit note, so that what is
//! shown is what is billed. Each line is rounded half away from zero; tax is computed on the rounded line after its
//! share of a discount; then everything is summed (BUSINESS-RULES: money, time and documents).

#[cfg(test)]
mod tests;

use mailkeep_types::{Currency, Money, MoneyError, Ratio};
use serde::{Deserialize, Serialize};

/// A tax rate in hundredths of a percent: 2000 is 20 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TaxRate(pub u16);

impl TaxRate {
    /// No tax.
    pub const ZERO: TaxRate = TaxRate(0);

    /// The rate as a fraction.
    pub fn ratio(self) -> Ratio {
        Ratio::new(i64::from(self.0), 10_000)
    }

    /// Reads a percentage with at most two decimals, such as `20` or `23.33`.
    pub fn parse_percent(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        if whole.is_empty()
            || part.len() > 2
            || !whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit())
        {
            return None;
        }
        let hundredths: u16 = format!("{part:0<2}").parse().ok()?;
        let rate = whole.parse::<u16>().ok()?.checked_mul(100)?.checked_add(hundredths)?;
        (rate <= 10_000).then_some(TaxRate(rate))
    }

    /// The percentage as it is typed: `20` or `23.33`.
    pub fn percent(self) -> String {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        if part == 0 { whole.to_string() } else { format!("{whole}.{part:02}") }
    }
}

impl std::fmt::Display for TaxRate {
    /// `20 %` or `23.33 %`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} %", self.percent())
    }
}

/// One line before discount and tax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// The price of one unit for a whole period.
    pub unit_minor: i64,
    /// How many units.
    pub quantity: u32,
    /// Which part of the period: one for a whole one.
    pub part: Ratio,
    /// The tax rate of the line.
    pub tax: TaxRate,
}

impl Charge {
    /// The amount of the line, rounded once.
    pub fn gross(&self, currency: Currency) -> Result<Money, MoneyError> {
        let whole = self.unit_minor.checked_mul(i64::from(self.quantity)).ok_or(MoneyError::Overflow)?;
        Money::new(whole, currency).times(self.part)
    }
}

/// One line after discount and tax, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineTotal {
    /// Before discount and tax.
    pub gross_minor: i64,
    /// The line's share of the discount.
    pub discount_minor: i64,
    /// Gross less discount.
    pub net_minor: i64,
    /// Tax on the net.
    pub tax_minor: i64,
}

/// What a set of lines comes to, in minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// The currency of all amounts.
    pub currency: Currency,
    /// The lines in their order.
    pub lines: Vec<LineTotal>,
    /// The sum of the discounts.
    pub discount_minor: i64,
    /// The sum of the nets.
    pub net_minor: i64,
    /// The sum of the taxes.
    pub tax_minor: i64,
    /// Net and tax.
    pub total_minor: i64,
}

impl Totals {
    /// The total as money.
    pub fn total(&self) -> Money {
        Money::new(self.total_minor, self.currency)
    }
}

/// One line whose amount is known, before discount and tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GrossLine {
    /// The amount, rounded once.
    pub gross_minor: i64,
    /// The tax rate of the line.
    pub tax: TaxRate,
    /// Whether the amount has the tax in it.
    pub inclusive: bool,
}

/// What is taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiscountBy {
    /// A share of what the lines come to, e.g. a quarter.
    Share(Ratio),
    /// An amount, at most what the lines come to.
    Amount(i64),
}

/// A discount on some of the lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discount {
    /// How much.
    pub by: DiscountBy,
    /// The lines it is for, by their place; it counts no line twice.
    pub lines: Vec<usize>,
}

/// Computes lines and totals. A discount larger than the sum of the lines counts only up to that sum.
pub fn compute(currency: Currency, charges: &[Charge], discount_minor: i64) -> Result<Totals, MoneyError> {
    let lines: Vec<GrossLine> = charges
        .iter()
        .map(|charge| {
            let gross_minor = charge.gross(currency)?.minor;
            Ok(GrossLine { gross_minor, tax: charge.tax, inclusive: false })
        })
        .collect::<Result<_, MoneyError>>()?;
    let discount = Discount { by: DiscountBy::Amount(discount_minor), lines: (0..lines.len()).collect() };
    sum_up(currency, &lines, &[discount])
}

/// Takes the discounts off in their order, each off what the ones before left, then computes tax and totals.
///
/// Of a line whose amount has the tax in it, the tax is taken out of what is left after the discounts; its gross and its
/// discount are then shown without tax, so that gross less discount is net on every line.
pub fn sum_up(currency: Currency, lines: &[GrossLine], discounts: &[Discount]) -> Result<Totals, MoneyError> {
    let mut left: Vec<i64> = lines.iter().map(|line| line.gross_minor).collect();
    for discount in discounts {
        let mine: Vec<usize> = (0..left.len()).filter(|index| discount.lines.contains(index)).collect();
        let amounts: Vec<i64> = mine.iter().filter_map(|index| left.get(*index).copied()).collect();
        let amount_minor = match discount.by {
            DiscountBy::Amount(minor) => minor,
            DiscountBy::Share(share) => {
                let base = amounts.iter().try_fold(0i64, |sum, more| sum.checked_add((*more).max(0)));
                Money::new(base.ok_or(MoneyError::Overflow)?, currency).times(share)?.minor
            }
        };
        for (index, share) in mine.iter().zip(discount_shares(&amounts, amount_minor)) {
            if let Some(line) = left.get_mut(*index) {
                *line -= share;
            }
        }
    }
    let mut totals = Totals {
        currency,
        lines: Vec::with_capacity(lines.len()),
        discount_minor: 0,
        net_minor: 0,
        tax_minor: 0,
        total_minor: 0,
    };
    for (line, left) in lines.iter().zip(left) {
        let total = line_total(currency, line, left)?;
        let add = |sum: i64, more: i64| sum.checked_add(more).ok_or(MoneyError::Overflow);
        totals.discount_minor = add(totals.discount_minor, total.discount_minor)?;
        totals.net_minor = add(totals.net_minor, total.net_minor)?;
        totals.tax_minor = add(totals.tax_minor, total.tax_minor)?;
        totals.lines.push(total);
    }
    totals.total_minor = totals.net_minor.checked_add(totals.tax_minor).ok_or(MoneyError::Overflow)?;
    Ok(totals)
}

/// One line, of which `left_minor` is left after the discounts.
fn line_total(currency: Currency, line: &GrossLine, left_minor: i64) -> Result<LineTotal, MoneyError> {
    let discount_minor = line.gross_minor - left_minor;
    if !line.inclusive {
        let tax_minor = Money::new(left_minor, currency).times(line.tax.ratio())?.minor;
        return Ok(LineTotal {
            gross_minor: line.gross_minor,
            discount_minor,
            net_minor: left_minor,
            tax_minor,
        });
    }
    let rate = i64::from(line.tax.0);
    let tax_minor = Money::new(left_minor, currency).times(Ratio::new(rate, 10_000 + rate))?.minor;
    let net_minor = left_minor - tax_minor;
    let discount_minor = Money::new(discount_minor, currency).times(Ratio::new(10_000, 10_000 + rate))?.minor;
    Ok(LineTotal { gross_minor: net_minor + discount_minor, discount_minor, net_minor, tax_minor })
}

/// Splits a discount over lines in proportion to their amounts; the shares sum to the discount exactly. What is left
/// over after rounding down goes one unit each to the largest remainders, earlier lines first.
fn discount_shares(gross: &[i64], discount: i64) -> Vec<i64> {
    let base: i128 = gross.iter().map(|g| i128::from((*g).max(0))).sum();
    let discount = i128::from(discount.max(0)).min(base);
    if base == 0 || discount == 0 {
        return vec![0; gross.len()];
    }
    let mut shares: Vec<i64> = Vec::with_capacity(gross.len());
    let mut remainders: Vec<(i128, usize)> = Vec::with_capacity(gross.len());
    for (index, line) in gross.iter().enumerate() {
        let product = discount * i128::from((*line).max(0));
        shares.push(i64::try_from(product / base).unwrap_or(i64::MAX));
        remainders.push((product % base, index));
    }
    let mut left = discount - shares.iter().map(|s| i128::from(*s)).sum::<i128>();
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, index) in remainders {
        if left == 0 {
            break;
        }
        if let Some(share) = shares.get_mut(index) {
            *share += 1;
            left -= 1;
        }
    }
    shares
}

/// What a line can still be credited: its net and tax less what earlier credit notes took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Creditable {
    /// Net that is left.
    pub net_minor: i64,
    /// Tax that is left.
    pub tax_minor: i64,
}

impl Creditable {
    /// The net and the tax of a credit of `net_minor`, at the line's rate. The credit that exhausts the net takes all
    /// the tax that is left, so that the credits of a line sum to the line. `None` when more is asked than is left.
    pub fn credit(self, net_minor: i64, rate: TaxRate, currency: Currency) -> Option<(i64, i64)> {
        if net_minor <= 0 || net_minor > self.net_minor {
            return None;
        }
        if net_minor == self.net_minor {
            return Some((net_minor, self.tax_minor));
        }
        let tax = Money::new(net_minor, currency).times(rate.ratio()).ok()?.minor;
        Some((net_minor, tax.min(self.tax_minor)))
    }
}
