//! What of a customer is billed on an invoice day: one pure function behind the preview, the dry run and the bill.

use jiff::civil::Date;
use mailkeep_storage::sql::Tx;
use mailkeep_types::MoneyError;

use crate::add_ons::AddOn;
use crate::catalogue::pricing::space::{PoolPart, brought_mb, share_excess};
use crate::catalogue::pricing::{PlanUse, PriceRequest, Priced, PricedLine, Quantities, Span, price_at};
use crate::catalogue::sheet::{SpaceBasis, SpacePrice, TierMode, TierStep, Tiers};
use crate::catalogue::{self, PlanVersion};
use crate::commerce::local_date;
use crate::config::CommerceConfig;
use crate::counts::Count;
use crate::discounts::{BillOf, Favours, favours};
use crate::error::CommerceError;
use crate::periods::calendar::MonthCalendar;
use crate::periods::{Interval, Period};
use crate::subscriptions::next::NextBilling;
use crate::subscriptions::{self, Subscription};
use crate::taxes::TaxDecision;
use crate::totals::{TaxRate, sum_up};
use crate::{add_ons, brands, price_changes, services};

/// What is paid for already in the term that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Covered {
    /// Mailboxes, closed ones with them.
    pub mailboxes: u32,
    /// The MB of space that were charged.
    pub space_mb: u64,
}

/// A subscription with all that decides what is billed.
#[derive(Debug, Clone)]
pub struct Known {
    /// The subscription.
    pub subscription: Subscription,
    /// What was counted.
    pub count: Count,
    /// The plan that runs.
    pub plan: PlanVersion,
    /// The plan that is billed next; another one when a change waits.
    pub next_plan: PlanVersion,
    /// Its domains.
    pub domains: Vec<String>,
    /// What is paid for already.
    pub covered: Covered,
    /// What its bills are reduced by.
    pub favours: Favours,
    /// The brand of its customer.
    pub brand: String,
    /// Whether its first days, which cost nothing, are not over.
    pub tried: bool,
    /// What it has besides, also what it had.
    pub add_ons: Vec<AddOn>,
}

impl Known {
    /// The mailboxes that are billed, closed ones with them.
    pub fn billable_mailboxes(&self) -> u32 {
        let had = self.count.quantities(self.subscription.mailboxes, None);
        had.open.saturating_add(had.closed)
    }

    /// What of a plan's add-ons it has on a day. One that the plan does not sell ends where the plan begins.
    pub(crate) fn add_ons_on<'a>(
        &'a self,
        day: Date,
        plan: &'a PlanVersion,
        interval: Interval,
    ) -> impl Iterator<Item = &'a str> {
        let sold = move |key: &&str| plan.add_on(interval, key).is_some();
        self.add_ons
            .iter()
            .filter(move |add_on| add_on.is_had_on(day))
            .map(|add_on| add_on.key.as_str())
            .filter(sold)
    }

    /// The names of what ends on a day with a plan that does not sell it.
    pub(crate) fn ends_with(&self, day: Date, to: &PlanVersion, interval: Interval) -> Vec<String> {
        let unsold = |had: &&AddOn| had.is_had_on(day) && to.add_on(interval, &had.key).is_none();
        let name =
            |had: &AddOn| self.plan.sheet.add_on(&had.key).map_or(&had.key, |add_on| &add_on.name).clone();
        self.add_ons.iter().filter(unsold).map(name).collect()
    }
}

/// Reads what decides about a subscription.
pub(crate) fn know(
    tx: &mut Tx<'_>,
    subscription: Subscription,
    count: Count,
    config: &CommerceConfig,
) -> Result<Known, CommerceError> {
    let subscription = price_changes::apply::with_change(tx, subscription, &config.month)?;
    let next = subscription.next_billing(&config.month);
    let plan = subscription.billed_as(catalogue::store::by_id(tx, subscription.plan_version)?);
    let next_plan = if next.plan_version == plan.id {
        plan.clone()
    } else {
        subscription.billed_as(catalogue::store::by_id(tx, next.plan_version)?)
    };
    let brand = brands::of_customer(tx, subscription.customer)?;
    let tried = subscription.is_tried_on(local_date(tx.now(), &subscription.time_zone));
    let domains = services::store::domains_of(tx, subscription.id)?;
    let covered = subscriptions::store::covered(tx, subscription.id)?;
    let bill = BillOf {
        customer: Some(subscription.customer),
        coupon: subscription.coupon,
        index: subscription.next_index,
        currency: next_plan.currency,
        on: next.period.start,
    };
    let favours = favours(tx, bill, config)?;
    let add_ons = add_ons::store::of_subscription(tx, subscription.id)?;
    Ok(Known { subscription, count, plan, next_plan, domains, covered, favours, brand, tried, add_ons })
}

/// Something to bill.
#[derive(Debug, Clone)]
pub struct Item {
    /// Which of the group's subscriptions.
    pub of: usize,
    /// How much of which plan, for which part of which interval.
    pub used: PlanUse,
    /// The days that are paid for.
    pub period: Period,
    /// What is paid for then.
    pub covers: Covered,
    /// Where the subscription goes on; `None` for what was added to a term that runs on.
    pub next: Option<NextBilling>,
}

/// What of a customer's subscriptions is billed on an invoice day: periods that begin before the next one, and what was
/// added to longer terms since, for the days until their renewal.
pub fn due(group: &[Known], calendar: &MonthCalendar, invoice_on: Date) -> Vec<Item> {
    let until = calendar.invoice_after(invoice_on);
    let excess = excess_of(group, invoice_on);
    let mut items = Vec::new();
    for (of, (known, excess_mb)) in group.iter().zip(excess).enumerate() {
        let subscription = &known.subscription;
        if subscription.next_on < until {
            if subscription.cancel_at_end || known.tried {
                continue;
            }
            let next = subscription.next_billing(calendar);
            let space = space_price(&known.next_plan, next.interval);
            let besides = known.add_ons_on(next.period.start, &known.next_plan, next.interval);
            let quantities =
                Quantities { excess_mb: Some(excess_mb), ..known.count.quantities(next.mailboxes, space) }
                    .with_add_ons(besides);
            let covers = Covered {
                mailboxes: quantities.open.saturating_add(quantities.closed),
                space_mb: charged_mb(&quantities, space),
            };
            let part = (next.period != next.whole).then_some(Span { part: next.period, whole: next.whole });
            let used = PlanUse {
                plan: known.next_plan.clone(),
                interval: next.interval,
                quantities,
                part,
                begins: false,
            };
            items.push(Item { of, used, period: next.period, covers, next: Some(next) });
        } else if subscription.interval != Interval::Monthly && subscription.anchor < invoice_on {
            items.extend(added(of, known, calendar, invoice_on, excess_mb));
        }
    }
    items
}

/// What was added to a term that is paid for: billed for the days from the invoice day to the renewal.
fn added(
    of: usize,
    known: &Known,
    calendar: &MonthCalendar,
    invoice_on: Date,
    excess_mb: u64,
) -> Option<Item> {
    let subscription = &known.subscription;
    let space = space_price(&known.plan, subscription.interval);
    let had =
        Quantities { excess_mb: Some(excess_mb), ..known.count.quantities(subscription.mailboxes, space) };
    let (mailboxes, space_mb) = (had.open.saturating_add(had.closed), charged_mb(&had, space));
    let more = mailboxes.saturating_sub(known.covered.mailboxes);
    let more_mb = space_mb.saturating_sub(known.covered.space_mb);
    if more == 0 && more_mb == 0 {
        return None;
    }
    let period = Period { start: invoice_on, end: subscription.next_on };
    let whole = subscription.term_until_next(calendar);
    let plan = after_covered(&known.plan, subscription.interval, known.covered.mailboxes, mailboxes);
    // What it has besides comes with each mailbox, as it does with those that are paid for.
    let besides = known.add_ons_on(invoice_on, &known.plan, subscription.interval);
    let quantities =
        Quantities { open: more, space_mb: more_mb, excess_mb: Some(more_mb), ..Quantities::default() }
            .with_add_ons(besides);
    let used = PlanUse {
        plan,
        interval: subscription.interval,
        quantities,
        part: Some(Span { part: period, whole }),
        begins: false,
    };
    let covers = Covered {
        mailboxes: known.covered.mailboxes.max(mailboxes),
        space_mb: known.covered.space_mb.max(space_mb),
    };
    Some(Item { of, used, period, covers, next: None })
}

/// The price of space of a plan, where it has one.
fn space_price(plan: &PlanVersion, interval: Interval) -> Option<&SpacePrice> {
    plan.sheet.list(plan.currency)?.interval(interval)?.space.as_ref()
}

/// The MB that are charged.
fn charged_mb(had: &Quantities, space: Option<&SpacePrice>) -> u64 {
    match space.map(|price| price.by) {
        None => 0,
        Some(SpaceBasis::Pool) => had.excess_mb.unwrap_or_default(),
        Some(SpaceBasis::Use | SpaceBasis::Quota) => had.space_mb,
    }
}

/// What each subscription uses beyond the pool of the whole customer, on a day.
fn excess_of(group: &[Known], day: Date) -> Vec<u64> {
    let parts: Vec<PoolPart> = group
        .iter()
        .map(|known| PoolPart {
            included_mb: brought_mb(
                &known.plan,
                known.subscription.interval,
                known.add_ons_on(day, &known.plan, known.subscription.interval),
                known.billable_mailboxes(),
            ),
            used_mb: known.count.used_bytes().div_ceil(1_000_000),
        })
        .collect();
    share_excess(&parts)
}

/// The plan with the steps of its price as they are for what comes after so many mailboxes that are paid for.
fn after_covered(plan: &PlanVersion, interval: Interval, covered: u32, total: u32) -> PlanVersion {
    let mut plan = plan.clone();
    let currency = plan.currency;
    let lists = plan.sheet.lists.iter_mut().filter(|list| list.currency == currency);
    for prices in lists.flat_map(|list| &mut list.intervals).filter(|prices| prices.interval == interval) {
        prices.mailbox = match prices.mailbox.mode {
            TierMode::Volume => {
                let reached = prices.mailbox.steps.iter().rfind(|step| step.from <= total.max(1));
                Tiers::flat(reached.map_or(0, |step| step.unit_minor))
            }
            TierMode::Graduated => {
                let steps = &prices.mailbox.steps;
                let begun = steps.iter().rfind(|step| step.from <= covered.saturating_add(1)).into_iter();
                let later = steps.iter().filter(|step| step.from > covered.saturating_add(1));
                let shifted = begun.chain(later).map(|step| TierStep {
                    from: step.from.saturating_sub(covered).max(1),
                    unit_minor: step.unit_minor,
                });
                Tiers { mode: TierMode::Graduated, steps: shifted.collect() }
            }
        };
    }
    plan
}

/// Prices items one by one, each with what its own subscription is reduced by, and puts them together: a line belongs to
/// the item with the number that it names as its plan.
///
/// # Errors
/// What `price` says, and sums that do not fit.
pub(crate) fn price_items(
    config: &CommerceConfig,
    group: &[Known],
    items: &[Item],
    price: impl Fn(&PriceRequest) -> Result<Priced, CommerceError>,
) -> Result<Priced, CommerceError> {
    let currency = items.first().map_or(config.currency, |item| item.used.plan.currency);
    let mut all = Priced { lines: Vec::new(), taxes: Vec::new(), totals: sum_up(currency, &[], &[])? };
    for (at, item) in items.iter().enumerate() {
        let request = PriceRequest {
            currency,
            plans: vec![item.used.clone()],
            items: Vec::new(),
            reductions: group.get(item.of).map(|known| known.favours.reductions.clone()).unwrap_or_default(),
            closed_in_full: config.closed_mailboxes_in_full,
        };
        add(&mut all, price(&request)?, at)?;
    }
    Ok(all)
}

/// Adds what was priced: the lines of one item, or of one for each plan of the request from it on.
pub(crate) fn add(all: &mut Priced, more: Priced, item: usize) -> Result<(), CommerceError> {
    let sum = |sum: &mut i64, more: i64| {
        *sum = sum.checked_add(more).ok_or(MoneyError::Overflow)?;
        Ok::<_, MoneyError>(())
    };
    let of = |line: &PricedLine| Some(item + line.plan.unwrap_or(0));
    all.lines.extend(more.lines.into_iter().map(|line| PricedLine { plan: of(&line), ..line }));
    all.taxes.extend(more.taxes);
    sum(&mut all.totals.discount_minor, more.totals.discount_minor)?;
    sum(&mut all.totals.net_minor, more.totals.net_minor)?;
    sum(&mut all.totals.tax_minor, more.totals.tax_minor)?;
    sum(&mut all.totals.total_minor, more.totals.total_minor)?;
    all.totals.lines.extend(more.totals.lines);
    Ok(())
}

/// What items come to before tax, where nobody's address may be opened.
pub(crate) fn price_without_tax(
    config: &CommerceConfig,
    group: &[Known],
    items: &[Item],
) -> Result<Priced, CommerceError> {
    let untaxed = TaxDecision::plain(String::new(), TaxRate::ZERO);
    price_items(config, group, items, |request| price_at(request, &untaxed))
}
