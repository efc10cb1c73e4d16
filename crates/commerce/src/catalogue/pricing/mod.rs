//! What is to be paid for how much of what: the one function, [`price`], that the preview, the order, the billing run and
//! the hosting report call, so that what is shown is what is billed.
//!
//! It is pure: a request of quantities, versions and discounts in, lines and totals out. Every line is a quantity times
//! the price of one, for a period or a part of it, rounded once; discounts, tax and sums are those of [`crate::totals`].

mod lines;
mod mailboxes;
pub mod space;
#[cfg(test)]
mod tests;

use mailkeep_types::{Currency, Money, MoneyError, Ratio};
use serde::{Deserialize, Serialize};

use self::lines::Lines;
use super::PlanVersion;
use super::items::ItemVersion;
use crate::discounts::Reduction;
use crate::error::CommerceError;
use crate::periods::{Interval, Period};
use crate::taxes::{TaxDecision, Taxes};
use crate::totals::{Discount, GrossLine, TaxRate, Totals, sum_up};

/// What a quantity counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Mailboxes.
    Mailbox,
    /// Gigabytes, of 1000 or 1024 MB as the price says.
    Gigabyte,
    /// Hours of work.
    Hour,
    /// Pieces of anything else.
    Piece,
}

impl Measure {
    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            Measure::Mailbox => "mailbox",
            Measure::Gigabyte => "gigabyte",
            Measure::Hour => "hour",
            Measure::Piece => "piece",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        use Measure::{Gigabyte, Hour, Mailbox, Piece};
        [Mailbox, Gigabyte, Hour, Piece].into_iter().find(|measure| measure.word() == word)
    }
}

/// What a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// Mailboxes.
    #[default]
    Mailboxes,
    /// Closed mailboxes at their own price.
    ClosedMailboxes,
    /// Space.
    Space,
    /// Something that mailboxes have besides.
    AddOn,
    /// The space of that.
    AddOnSpace,
    /// Once, at the beginning.
    Setup,
    /// Something that is sold by the piece or the hour.
    Item,
    /// What was billed before and is not used: with a minus.
    Unused,
}

impl LineKind {
    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            LineKind::Mailboxes => "mailboxes",
            LineKind::ClosedMailboxes => "closed_mailboxes",
            LineKind::Space => "space",
            LineKind::AddOn => "add_on",
            LineKind::AddOnSpace => "add_on_space",
            LineKind::Setup => "setup",
            LineKind::Item => "item",
            LineKind::Unused => "unused",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        use LineKind::{AddOn, AddOnSpace, ClosedMailboxes, Item, Mailboxes, Setup, Space, Unused};
        [Mailboxes, ClosedMailboxes, Space, AddOn, AddOnSpace, Setup, Item, Unused]
            .into_iter()
            .find(|kind| kind.word() == word)
    }

    /// Whether it comes again with every period; the others come once.
    pub const fn recurs(self) -> bool {
        !matches!(self, LineKind::Setup | LineKind::Item | LineKind::Unused)
    }
}

/// A line with its price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PricedLine {
    /// Which of the request's plans it is for; `None` for items.
    pub plan: Option<usize>,
    /// What it is for.
    pub kind: LineKind,
    /// The add-on or item.
    pub key: Option<String>,
    /// What customers read: the plan's, the add-on's or the item's name.
    pub name: String,
    /// How many, exactly.
    #[serde(with = "exactly")]
    pub quantity: Ratio,
    /// What the quantity counts.
    pub measure: Measure,
    /// The price of one.
    pub unit_minor: i64,
    /// Quantity times price for the whole period or its part, rounded once.
    pub gross_minor: i64,
    /// As what it is taxed.
    pub tax_class: String,
}

/// How much of a plan is had.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quantities {
    /// Mailboxes that are not closed.
    pub open: u32,
    /// Closed mailboxes.
    pub closed: u32,
    /// The space that counts, in MB: see [`space::count`].
    pub space_mb: u64,
    /// This plan's share of what the customer uses beyond the pool, when the pool is of several subscriptions: see
    /// [`space::share_excess`]. `None` when the plan has the pool for itself.
    pub excess_mb: Option<u64>,
    /// What mailboxes have besides.
    pub add_ons: Vec<AddOnQuantity>,
}

/// How much of an add-on is had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddOnQuantity {
    /// Which.
    pub key: String,
    /// For how many mailboxes.
    pub mailboxes: u32,
    /// The space it uses, in MB.
    pub space_mb: u64,
}

impl Quantities {
    /// So many new mailboxes that use no space yet: what an order is for.
    pub fn ordered(mailboxes: u32) -> Self {
        Quantities { open: mailboxes, ..Quantities::default() }
    }

    /// With add-ons: every mailbox has them, closed ones with the others.
    #[must_use]
    pub fn with_add_ons<'a>(mut self, keys: impl IntoIterator<Item = &'a str>) -> Self {
        let mailboxes = self.open.saturating_add(self.closed);
        let had = |key: &str| AddOnQuantity { key: key.to_owned(), mailboxes, space_mb: 0 };
        self.add_ons = keys.into_iter().map(had).collect();
        self
    }
}

/// One plan in a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanUse {
    /// The plan as sold.
    pub plan: PlanVersion,
    /// How long a period is.
    pub interval: Interval,
    /// How much of it is had.
    pub quantities: Quantities,
    /// The part of a period that is paid for, and that period; `None` is a whole one.
    pub part: Option<Span>,
    /// Whether it begins now: the setup fee is asked for.
    pub begins: bool,
}

/// A part of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The days that are paid for.
    pub part: Period,
    /// The whole period.
    pub whole: Period,
}

/// One item in a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemUse {
    /// The item as sold.
    pub item: ItemVersion,
    /// How many pieces, or how many hours.
    pub quantity: Ratio,
}

/// What is to be priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceRequest {
    /// The currency of everything.
    pub currency: Currency,
    /// The plans.
    pub plans: Vec<PlanUse>,
    /// What is sold once or by the hour.
    pub items: Vec<ItemUse>,
    /// What is taken off, in this order.
    pub reductions: Vec<Reduction>,
    /// Whether closed mailboxes cost what open ones do, whatever a plan says.
    pub closed_in_full: bool,
}

/// Lines, their taxes and the sums.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Priced {
    /// The lines.
    pub lines: Vec<PricedLine>,
    /// The tax of each line.
    pub taxes: Vec<TaxDecision>,
    /// The amounts of each line, and the sums.
    pub totals: Totals,
}

impl Priced {
    /// The lines with their taxes and amounts.
    pub fn rows(&self) -> impl Iterator<Item = (&PricedLine, &TaxDecision, &crate::totals::LineTotal)> {
        self.lines
            .iter()
            .zip(&self.taxes)
            .zip(&self.totals.lines)
            .map(|((line, tax), total)| (line, tax, total))
    }

    /// What the lines of one plan come to without tax.
    pub fn net_of_plan(&self, plan: usize) -> i64 {
        self.rows().filter(|(line, ..)| line.plan == Some(plan)).map(|(.., total)| total.net_minor).sum()
    }

    /// The tax on most of it, for where one is named: that of the first line.
    pub fn main_tax(&self) -> TaxDecision {
        self.taxes.first().cloned().unwrap_or_else(|| TaxDecision::plain(String::new(), TaxRate::ZERO))
    }

    /// Each tax with what it is on, in the order of the lines.
    pub fn tax_rows(&self) -> Vec<TaxRow> {
        let mut rows: Vec<TaxRow> = Vec::new();
        for (_, tax, total) in self.rows() {
            match rows.iter_mut().find(|row| row.tax == *tax) {
                Some(row) => {
                    row.net_minor += total.net_minor;
                    row.tax_minor += total.tax_minor;
                }
                None => rows.push(TaxRow {
                    tax: tax.clone(),
                    net_minor: total.net_minor,
                    tax_minor: total.tax_minor,
                }),
            }
        }
        rows
    }
}

/// One tax of a bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxRow {
    /// The tax.
    #[serde(flatten)]
    pub tax: TaxDecision,
    /// What it is on.
    pub net_minor: i64,
    /// What it comes to.
    pub tax_minor: i64,
}

/// A fraction as its two parts.
mod exactly {
    use mailkeep_types::Ratio;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    pub(super) fn serialize<S: Serializer>(ratio: &Ratio, serializer: S) -> Result<S::Ok, S::Error> {
        (ratio.numerator(), ratio.denominator()).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Ratio, D::Error> {
        match <(i64, i64)>::deserialize(deserializer)? {
            (_, 0) => Err(serde::de::Error::custom("a fraction needs a denominator")),
            (numerator, denominator) => Ok(Ratio::new(numerator, denominator)),
        }
    }
}

/// Prices a request: the function behind every preview and every bill.
///
/// # Errors
/// [`CommerceError::Invalid`] for a plan or item that is not sold in this currency or for this interval; an amount that
/// does not fit.
pub fn price(request: &PriceRequest, taxes: &Taxes<'_>) -> Result<Priced, CommerceError> {
    price_with(request, |class| taxes.decide(class))
}

/// As [`price`], with one tax on everything.
pub(crate) fn price_at(request: &PriceRequest, tax: &TaxDecision) -> Result<Priced, CommerceError> {
    price_with(request, |_| tax.clone())
}

fn price_with(request: &PriceRequest, decide: impl Fn(&str) -> TaxDecision) -> Result<Priced, CommerceError> {
    let mut lines = Vec::new();
    for (index, used) in request.plans.iter().enumerate() {
        lines.extend(plan_lines(request, index, used)?);
    }
    for used in &request.items {
        lines.push(item_line(request.currency, used)?);
    }
    let plan_of = |line: &PricedLine| line.plan.and_then(|plan| request.plans.get(plan));
    let discounts: Vec<Discount> = request
        .reductions
        .iter()
        .map(|reduction| {
            let fits = |line: &PricedLine| {
                reduction.fits(line.kind, plan_of(line).map(|used| used.plan.key.as_str()))
            };
            let lines = lines.iter().enumerate().filter(|(_, line)| fits(line)).map(|(at, _)| at).collect();
            Discount { by: reduction.by, lines }
        })
        .collect();
    let taxes = lines.iter().map(|line| decide(&line.tax_class)).collect();
    Ok(total(request.currency, lines, taxes, &discounts)?)
}

/// The amounts and sums of lines that are priced already, e.g. of a credit for the part of a period that is not used.
///
/// # Errors
/// An amount that does not fit.
pub fn total(
    currency: Currency,
    lines: Vec<PricedLine>,
    taxes: Vec<TaxDecision>,
    discounts: &[Discount],
) -> Result<Priced, MoneyError> {
    let gross: Vec<GrossLine> = lines
        .iter()
        .zip(&taxes)
        .map(|(line, tax)| GrossLine {
            gross_minor: line.gross_minor,
            tax: tax.rate,
            inclusive: tax.inclusive,
        })
        .collect();
    let totals = sum_up(currency, &gross, discounts)?;
    Ok(Priced { lines, taxes, totals })
}

/// The lines of one plan.
fn plan_lines(
    request: &PriceRequest,
    index: usize,
    used: &PlanUse,
) -> Result<Vec<PricedLine>, CommerceError> {
    let (plan, currency) = (&used.plan, request.currency);
    let missing =
        |what: String| CommerceError::invalid("interval", format!("{} is not sold {what}", plan.name));
    let list = plan.sheet.list(currency).ok_or_else(|| missing(format!("in {currency}")))?;
    let prices =
        list.interval(used.interval).ok_or_else(|| missing(format!("for {}", used.interval.word())))?;
    let mut lines = Lines { index, plan, currency, span: used.part, lines: Vec::new() };
    let had = &used.quantities;

    let reduced = prices.closed_minor.filter(|_| !request.closed_in_full);
    let in_full = match reduced {
        Some(_) => had.open,
        None => had.open.saturating_add(had.closed),
    };
    for (count, unit_minor) in mailboxes::steps(&prices.mailbox, in_full) {
        lines.add(LineKind::Mailboxes, None, whole(u64::from(count)), Measure::Mailbox, unit_minor)?;
    }
    if let Some(unit_minor) = reduced.filter(|_| had.closed > 0) {
        let closed = whole(u64::from(had.closed));
        lines.add(LineKind::ClosedMailboxes, None, closed, Measure::Mailbox, unit_minor)?;
    }
    if let Some(price) = &prices.space {
        let mailboxes = had.open.saturating_add(had.closed);
        let besides = had.add_ons.iter().map(|had| had.key.as_str());
        let brought = space::brought_mb(plan, used.interval, besides, mailboxes);
        let counted = space::charged_mb(price, had, brought);
        lines.add_space(LineKind::Space, None, counted, price)?;
    }
    for wanted in &had.add_ons {
        let found = prices.add_ons.iter().find(|add_on| add_on.key == wanted.key);
        let add_on = found.ok_or_else(|| missing(format!("with “{}”", wanted.key)))?;
        if wanted.mailboxes == 0 {
            continue;
        }
        let mailboxes = whole(u64::from(wanted.mailboxes));
        lines.add(LineKind::AddOn, Some(add_on), mailboxes, Measure::Mailbox, add_on.unit_minor)?;
        if let Some(price) = &add_on.space {
            let included = space::included_mb(add_on.included_mb, wanted.mailboxes);
            lines.add_space(
                LineKind::AddOnSpace,
                Some(add_on),
                wanted.space_mb.saturating_sub(included),
                price,
            )?;
        }
    }
    if used.begins && list.setup_minor != 0 {
        lines.add(LineKind::Setup, None, Ratio::ONE, Measure::Piece, list.setup_minor)?;
    }
    Ok(lines.lines)
}

/// The line of an item.
fn item_line(currency: Currency, used: &ItemUse) -> Result<PricedLine, CommerceError> {
    let item = &used.item;
    let unit_minor = item
        .price(currency)
        .ok_or_else(|| CommerceError::invalid("item", format!("{} is not sold in {currency}", item.name)))?;
    Ok(PricedLine {
        plan: None,
        kind: LineKind::Item,
        key: Some(item.key.clone()),
        name: item.name.clone(),
        quantity: used.quantity,
        measure: item.measure,
        unit_minor,
        gross_minor: Money::new(unit_minor, currency).times(used.quantity)?.minor,
        tax_class: item.tax_class.clone(),
    })
}

fn whole(count: u64) -> Ratio {
    Ratio::new(i64::try_from(count).unwrap_or(i64::MAX), 1)
}

/// A quantity as people read it: whole, or with at most three decimals.
pub fn quantity_text(quantity: Ratio) -> String {
    let thousandths = Money::new(1000, Currency::USD).times(quantity).map_or(0, |money| money.minor);
    let (whole, part) = (thousandths / 1000, (thousandths % 1000).abs());
    if part == 0 {
        return whole.to_string();
    }
    let decimals = format!("{part:03}");
    format!("{whole}.{}", decimals.trim_end_matches('0'))
}
