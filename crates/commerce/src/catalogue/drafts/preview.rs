//! Whom a draft would affect: every subscription to the plan, with what a period costs now and then.

use jiff::civil::Date;
use mailkeep_storage::sql::Tx;
use mailkeep_types::{Currency, CustomerId, SubscriptionId};

use super::store;
use crate::add_ons::{self, AddOn};
use crate::catalogue::config::PlanConfig;
use crate::catalogue::pricing::{PlanUse, PriceRequest, Quantities, price_at};
use crate::catalogue::{PlanVersion, sync};
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::periods::Interval;
use crate::periods::calendar::MonthCalendar;
use crate::price_changes::{NoticeMode, effective_on};
use crate::subscriptions::{self, Subscription};
use crate::taxes::TaxDecision;
use crate::totals::TaxRate;

/// How many rows a preview lists; it counts and sums all.
pub const MOST_ROWS: usize = 200;
const PAGE: u32 = 500;

/// What a change would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Impact {
    /// How many subscriptions have the plan.
    pub subscriptions: u32,
    /// How many of them would pay more.
    pub dearer: u32,
    /// How many would pay less.
    pub cheaper: u32,
    /// The first of those whose price changes, largest difference first.
    pub rows: Vec<ImpactRow>,
    /// What all of them pay now and would pay in a month, by currency.
    pub monthly: Vec<(Currency, i64, i64)>,
}

/// What a change would do to one subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImpactRow {
    /// The subscription.
    pub subscription: SubscriptionId,
    /// Whose it is.
    pub customer: CustomerId,
    /// Its domains.
    pub domains: Vec<String>,
    /// How long a period is.
    pub interval: Interval,
    /// Mailboxes counted last.
    pub mailboxes: u32,
    /// The currency.
    pub currency: Currency,
    /// What a period costs now, without tax.
    pub old_minor: i64,
    /// What it would cost; `None` when the plan is no longer sold for this interval: it then keeps its version.
    pub new_minor: Option<i64>,
    /// The first day that would cost the new price, if it were announced today with thirty days' notice.
    pub from: Date,
}

/// What a period of a subscription costs under a version, without tax, with what it keeps of the add-ons that the version sells.
pub(crate) fn period_price(
    plan: &PlanVersion,
    subscription: &Subscription,
    mailboxes: u32,
    add_ons: &[AddOn],
) -> Option<i64> {
    let kept = add_ons.iter().filter(|had| had.until.is_none()).map(|had| had.key.as_str());
    let sold = kept.filter(|key| plan.add_on(subscription.interval, key).is_some());
    let request = PriceRequest {
        currency: plan.currency,
        plans: vec![PlanUse {
            plan: plan.clone(),
            interval: subscription.interval,
            quantities: Quantities::ordered(mailboxes).with_add_ons(sold),
            part: None,
            begins: false,
        }],
        items: Vec::new(),
        reductions: Vec::new(),
        closed_in_full: false,
    };
    let untaxed = TaxDecision::plain("", TaxRate::ZERO);
    price_at(&request, &untaxed).ok().map(|priced| priced.totals.net_minor)
}

impl Commerce {
    /// Whom a plan as it is to be would affect. Nothing is changed.
    pub async fn preview_plan(&self, plan: &PlanConfig) -> Result<Impact, CommerceError> {
        let wanted = sync::wanted(plan, self.config().currency);
        let mut impact = Impact::default();
        let mut after = None;
        loop {
            let (wanted, now, calendar) = (wanted.clone(), self.clock().now(), self.config().month);
            let page = self
                .read(move |tx| {
                    let found = subscriptions::store::of_plan(tx, &wanted.key, after, PAGE)?;
                    found
                        .into_iter()
                        .map(|subscription| {
                            let today = local_date(now, &subscription.time_zone);
                            row(tx, subscription, &wanted, today, &calendar)
                        })
                        .collect::<Result<Vec<_>, _>>()
                })
                .await?;
            let Some(last) = page.last() else { break };
            after = Some(last.subscription);
            for row in page {
                impact.add(row);
            }
        }
        impact.rows.sort_by_key(|row| {
            std::cmp::Reverse((row.new_minor.unwrap_or(row.old_minor) - row.old_minor).abs())
        });
        impact.rows.truncate(MOST_ROWS);
        Ok(impact)
    }
}

fn row(
    tx: &mut Tx<'_>,
    subscription: Subscription,
    wanted: &PlanVersion,
    today: Date,
    calendar: &MonthCalendar,
) -> Result<ImpactRow, CommerceError> {
    let current = subscription.billed_as(crate::catalogue::store::by_id(tx, subscription.plan_version)?);
    let wanted = &subscription.billed_as(wanted.clone());
    let mailboxes = store::counted_last(tx, subscription.id)?.unwrap_or(subscription.mailboxes);
    let besides = add_ons::store::of_subscription(tx, subscription.id)?;
    let new = period_price(wanted, &subscription, mailboxes, &besides)
        .filter(|_| wanted.currency == current.currency);
    Ok(ImpactRow {
        subscription: subscription.id,
        customer: subscription.customer,
        domains: crate::services::store::domains_of(tx, subscription.id)?,
        interval: subscription.interval,
        mailboxes,
        currency: current.currency,
        old_minor: period_price(&current, &subscription, mailboxes, &besides).unwrap_or(0),
        new_minor: new,
        from: effective_on(&subscription, today, NoticeMode::ThirtyDays, calendar),
    })
}

impl Impact {
    fn add(&mut self, row: ImpactRow) {
        self.subscriptions += 1;
        let new = row.new_minor.unwrap_or(row.old_minor);
        self.dearer += u32::from(new > row.old_minor);
        self.cheaper += u32::from(new < row.old_minor);
        let months = i64::from(row.interval.months());
        let (old_monthly, new_monthly) = (row.old_minor / months, new / months);
        match self.monthly.iter_mut().find(|(currency, ..)| *currency == row.currency) {
            Some((_, old, new)) => {
                *old = old.saturating_add(old_monthly);
                *new = new.saturating_add(new_monthly);
            }
            None => self.monthly.push((row.currency, old_monthly, new_monthly)),
        }
        if new != row.old_minor || row.new_minor.is_none() {
            self.rows.push(row);
            // What cannot be listed anyway is not kept: memory stays flat however many there are.
            if self.rows.len() >= MOST_ROWS * 4 {
                let difference =
                    |row: &ImpactRow| (row.new_minor.unwrap_or(row.old_minor) - row.old_minor).abs();
                self.rows.sort_by_key(|row| std::cmp::Reverse(difference(row)));
                self.rows.truncate(MOST_ROWS);
            }
        }
    }
}
