//! What the next closing will bill, beside what the one before billed: for staff, before the run.

use jiff::civil::Date;
use mailkeep_types::{Currency, CustomerId, SubscriptionId};

use super::{Failure, INVOICES, StepState, due, store};
use crate::commerce::Commerce;
use crate::counts::{self, Count, Stage};
use crate::error::CommerceError;
use crate::hosting_reports;
use crate::periods::calendar::MonthDays;
use crate::subscriptions;

/// How many rows a dry run lists; the sums are over all.
const MOST_ROWS: usize = 200;

/// A month as staff see it.
#[derive(Debug, Clone)]
pub struct MonthState {
    /// Its days, in the time zone of the installation.
    pub days: MonthDays,
    /// Subscriptions that run.
    pub subscriptions: i64,
    /// The steps that were begun.
    pub steps: Vec<StepState>,
    /// What waits for being tried again.
    pub failures: Vec<Failure>,
}

/// What a closing will bill.
#[derive(Debug, Clone, Default)]
pub struct DryRun {
    /// The rows that differ most from the month before.
    pub rows: Vec<DryRow>,
    /// How many subscriptions were looked at.
    pub looked_at: usize,
    /// How many of them are billed.
    pub billed: usize,
    /// What each currency comes to before tax: now, and the month before.
    pub sums: Vec<(Currency, i64, i64)>,
    /// Subscriptions that cannot be priced, with the code of the failure.
    pub failed: Vec<(SubscriptionId, &'static str)>,
}

/// One subscription of a dry run.
#[derive(Debug, Clone)]
pub struct DryRow {
    /// Whose it is.
    pub customer: CustomerId,
    /// The subscription.
    pub subscription: SubscriptionId,
    /// Its domains.
    pub domains: Vec<String>,
    /// The plan that is billed.
    pub plan: String,
    /// Mailboxes that are billed.
    pub mailboxes: u32,
    /// The currency.
    pub currency: Currency,
    /// Before tax.
    pub net_minor: i64,
    /// What it came to a month before.
    pub before_minor: i64,
}

impl Commerce {
    /// The invoice day that comes next, by the time zone of the installation; on an invoice day that day itself.
    pub fn next_invoice_day(&self) -> Date {
        let today = self.today();
        let calendar = self.config().month;
        if calendar.invoice_until(today) == today { today } else { calendar.invoice_after(today) }
    }

    /// How far the month of an invoice day is.
    pub async fn month_state(&self, invoice_on: Date) -> Result<MonthState, CommerceError> {
        let days = self.config().month.month(invoice_on);
        self.read(move |tx| {
            let mut steps = store::steps(tx, invoice_on)?;
            let order = |step: &StepState| match step.step.as_str() {
                "first" => 0,
                "final" => 1,
                INVOICES => 2,
                _ => 3,
            };
            steps.sort_by_key(order);
            Ok(MonthState {
                days,
                subscriptions: subscriptions::store::active(tx)?,
                steps,
                failures: store::failures(tx)?,
            })
        })
        .await
    }

    /// Prices the closing of an invoice day without writing anything: by the final count where there is one, else by the
    /// first, else by what was ordered. Amounts are before tax, since nobody's address is opened for it.
    ///
    /// # Errors
    /// When the database fails; a subscription that cannot be priced is listed.
    pub async fn dry_run(&self, invoice_on: Date) -> Result<DryRun, CommerceError> {
        let commerce = self.clone();
        let mut result = DryRun::default();
        let mut after = None;
        loop {
            let page = self.read(move |tx| subscriptions::store::active_page(tx, after, 500)).await?;
            let Some(last) = page.last() else { break };
            after = Some((last.customer, last.id));
            let (calendar, config) = (self.config().month, commerce.config().clone());
            let before = calendar.invoice_shifted(invoice_on, -1);
            let priced = self
                .read(move |tx| {
                    let mut rows = Vec::with_capacity(page.len());
                    for group in page.chunk_by(|a, b| a.customer == b.customer) {
                        let mut known = Vec::with_capacity(group.len());
                        for subscription in group {
                            let count = best_count(tx, subscription, invoice_on)?;
                            known.push(due::know(tx, subscription.clone(), count, &config)?);
                        }
                        let items = due::due(&known, &calendar, invoice_on);
                        let priced = due::price_without_tax(&config, &known, &items);
                        for (of, known) in known.iter().enumerate() {
                            let id = known.subscription.id;
                            let was = hosting_reports::store::net(tx, id, before)?.unwrap_or(0);
                            let mine = items.iter().enumerate().filter(|(_, item)| item.of == of);
                            let net = match &priced {
                                Ok(priced) => {
                                    Ok(mine.clone().map(|(at, _)| priced.net_of_plan(at)).sum::<i64>())
                                }
                                Err(error) => Err(error.code()),
                            };
                            rows.push((known.clone(), mine.count() > 0, net, was));
                        }
                    }
                    Ok(rows)
                })
                .await?;
            for (known, billed, net, before_minor) in priced {
                result.looked_at += 1;
                let net_minor = match net {
                    Ok(net) => net,
                    Err(code) => {
                        result.failed.push((known.subscription.id, code));
                        continue;
                    }
                };
                result.billed += usize::from(billed);
                let currency = known.plan.currency;
                match result.sums.iter_mut().find(|(of, ..)| *of == currency) {
                    Some(sum) => {
                        sum.1 += net_minor;
                        sum.2 += before_minor;
                    }
                    None => result.sums.push((currency, net_minor, before_minor)),
                }
                if net_minor != before_minor {
                    result.rows.push(DryRow {
                        customer: known.subscription.customer,
                        subscription: known.subscription.id,
                        mailboxes: known.billable_mailboxes(),
                        plan: known.next_plan.name,
                        domains: known.domains,
                        currency,
                        net_minor,
                        before_minor,
                    });
                }
            }
            // Memory stays flat however many differ.
            result.rows.sort_by_key(|row| std::cmp::Reverse((row.net_minor - row.before_minor).abs()));
            result.rows.truncate(MOST_ROWS);
        }
        Ok(result)
    }
}

/// The count that comes nearest to what will be billed.
fn best_count(
    tx: &mut mailkeep_storage::sql::Tx<'_>,
    subscription: &subscriptions::Subscription,
    invoice_on: Date,
) -> Result<Count, CommerceError> {
    for stage in [Stage::Final, Stage::First] {
        if let Some(count) = counts::store::find(tx, subscription.id, invoice_on, stage)? {
            return Ok(count);
        }
    }
    let newest = counts::store::newest(tx, subscription.id)?;
    Ok(newest.unwrap_or(Count {
        subscription: subscription.id,
        invoice_on,
        stage: Stage::First,
        domains: Vec::new(),
        counted_on: invoice_on,
    }))
}
