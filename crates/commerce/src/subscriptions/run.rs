//! The billing run: counts, bills, collects, reminds and blocks what is due. Run again at any point it changes nothing
//! that was done.

use std::time::Duration;

use futures_util::{StreamExt, stream};
use jiff::civil::Date;
use mailkeep_policy::{Act, Actor, Fact, Json, Place, Sealed, Subject, Use, category, purpose};
use mailkeep_types::InvoiceId;

use super::{Subscription, store};
use crate::catalogue::pricing::{PlanUse, PriceRequest, Quantities, price};
use crate::commerce::{Commerce, local_date};
use crate::discounts::{BillOf, favours};
use crate::error::CommerceError;
use crate::invoices::collect::Collected;
use crate::invoices::finalise::{Billable, Terms};
use crate::orders::{self, BillingDetails};
use crate::periods::nth_period;
use crate::taxes::TaxParty;
use crate::{catalogue, services};

/// How many rows are read at a time: memory stays flat however many there are.
const PAGE: u32 = 200;
/// How many customers are worked on at once, so that their commits share the disk's time.
const AT_ONCE: usize = 32;

/// What a run did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RunReport {
    /// Periods that were billed.
    pub billed: usize,
    /// Subscriptions that ended.
    pub ended: usize,
    /// Invoices that were paid.
    pub settled: usize,
    /// Reminders that were sent.
    pub reminded: usize,
    /// Services that were blocked or ended for an overdue invoice.
    pub blocked: usize,
    /// What failed and is tried again by the next run.
    pub failed: usize,
}

impl RunReport {
    fn add_all(&mut self, parts: Vec<RunReport>) {
        for part in parts {
            self.billed += part.billed;
            self.ended += part.ended;
            self.settled += part.settled;
            self.reminded += part.reminded;
            self.blocked += part.blocked;
            self.failed += part.failed;
        }
    }
}

impl Commerce {
    /// Does everything that is due now, by each customer's local date. One customer's failure does not hold the others
    /// up; it is logged, counted, and tried again by the next run.
    ///
    /// # Errors
    /// When the database cannot even list what is due.
    pub async fn run_billing(&self) -> Result<RunReport, CommerceError> {
        let mut report = RunReport::default();
        // Somewhere it may be tomorrow already; the exact local date is looked at one by one.
        let latest = local_date(self.clock().now().plus(Duration::from_secs(14 * 3600)), "UTC");
        let mut after = None;
        loop {
            let page = self.read(move |tx| store::due(tx, latest, after, PAGE)).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            let done = stream::iter(page).map(|subscription| async move {
                let mut report = RunReport::default();
                if let Err(error) = self.bill_subscription(&subscription, &mut report).await {
                    report.failed += 1;
                    tracing::error!(subscription = %subscription.id, code = error.code(), %error, "billing failed");
                }
                report
            });
            report.add_all(done.buffer_unordered(AT_ONCE).collect().await);
        }
        // Reminders begin before the due date.
        let ahead = -self.config().overdue.reminder_days.iter().copied().min().unwrap_or(0).min(0);
        let before = latest.checked_add(jiff::Span::new().days(ahead + 1)).unwrap_or(latest);
        let mut after = None;
        loop {
            let page =
                self.read(move |tx| crate::invoices::store::unsettled(tx, before, after, PAGE)).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            let done = stream::iter(page).map(|invoice| async move {
                let mut report = RunReport::default();
                if let Err(error) = self.pursue_invoice(invoice.id, invoice.due_on, &mut report).await {
                    report.failed += 1;
                    tracing::error!(invoice = %invoice.id, code = error.code(), %error, "collecting failed");
                }
                report
            });
            report.add_all(done.buffer_unordered(AT_ONCE).collect().await);
        }
        Ok(report)
    }

    async fn pursue_invoice(
        &self,
        id: InvoiceId,
        due_on: Date,
        report: &mut RunReport,
    ) -> Result<(), CommerceError> {
        let zone = self.read(move |tx| Ok(crate::invoices::store::zone(tx, id)?)).await?;
        let today = local_date(self.clock().now(), zone.as_deref().unwrap_or("UTC"));
        if due_on <= today && self.collect_invoice(id).await? == Collected::Settled {
            report.settled += 1;
            return Ok(());
        }
        self.dun_invoice(id, today, report).await
    }

    /// Bills every period of a subscription that has begun, or ends it.
    async fn bill_subscription(
        &self,
        subscription: &Subscription,
        report: &mut RunReport,
    ) -> Result<(), CommerceError> {
        let mut subscription = subscription.clone();
        let today = local_date(self.clock().now(), &subscription.time_zone);
        while subscription.next_on <= today {
            if subscription.cancel_at_end {
                let (id, on) = (subscription.id, subscription.next_on);
                let ended = self
                    .write(move |tx| {
                        let ended = store::end(tx, id, on)?;
                        if ended {
                            services::change::end_services_of(tx, id)?;
                        }
                        Ok(ended)
                    })
                    .await?;
                report.ended += usize::from(ended);
                return Ok(());
            }
            report.billed += usize::from(self.bill_period(&subscription).await?);
            subscription.next_index += 1;
            subscription.next_on = subscription.next_period().start;
        }
        Ok(())
    }

    /// Counts and bills one period. The count is written first and stays; the invoice, its journal entry and the
    /// subscription's next date are one transaction, guarded by the period's row.
    async fn bill_period(&self, subscription: &Subscription) -> Result<bool, CommerceError> {
        let (id, period) = (subscription.id, subscription.next_period());
        let counted = self.read(move |tx| Ok(store::count(tx, id, period.start)?)).await?;
        let mailboxes = match counted {
            Some((_, Some(_))) => return Ok(false),
            Some((mailboxes, None)) => mailboxes,
            None => self.count_mailboxes(subscription).await?,
        };
        let mailboxes = self
            .write(move |tx| {
                store::insert_count(tx, id, period, mailboxes)?;
                Ok(store::count(tx, id, period.start)?.map_or(mailboxes, |(counted, _)| counted))
            })
            .await?;
        let plan_version = subscription.plan_version;
        let (customer, coupon, index) = (subscription.customer, subscription.coupon, subscription.next_index);
        let config = self.config().clone();
        let (plan, domains, favours) = self
            .read(move |tx| {
                let plan = catalogue::store::by_id(tx, plan_version)?;
                let (customer, currency, on) = (Some(customer), plan.currency, period.start);
                let favours = favours(tx, BillOf { customer, coupon, index, currency, on }, &config)?;
                Ok((plan, services::store::domains_of(tx, id)?, favours))
            })
            .await?;
        let billable = Billable {
            subscription: id,
            plan_version: plan.id,
            plan_name: plan.name.clone(),
            domain: domains.join(", "),
            period,
        };
        let request = PriceRequest {
            currency: plan.currency,
            plans: vec![PlanUse {
                plan,
                interval: subscription.interval,
                quantities: Quantities::ordered(mailboxes),
                part: None,
                begins: false,
            }],
            items: Vec::new(),
            reductions: favours.reductions,
            closed_in_full: self.config().closed_mailboxes_in_full,
        };
        let grant = self
            .policy()
            .grant::<purpose::Deliver>(Use {
                actor: Actor::System("billing run"),
                subject: Subject::customer(subscription.customer),
                act: Act::Read,
                fields: &["billing_profiles.details"],
                fact: Fact::ServiceOrdered(id.uuid()),
            })
            .await?;
        let sealed = self
            .read(move |tx| {
                orders::store::profile(tx, customer)?.ok_or(CommerceError::NotFound("billing address"))
            })
            .await?;
        let place = Place { table: "billing_profiles", column: "details", row: customer.uuid() };
        let sealed = Sealed::<Json<BillingDetails>, category::BillingAddress>::from_bytes(sealed);
        // Issued on the day the period begins, also when the run comes later: the journal does not depend on it.
        let ledger_head = self.ledger_head().await?;
        let draft = self.policy().open(&grant, place, &sealed, |Json(billing)| {
            let terms = Terms {
                customer,
                billing,
                order_number: None,
                issued_on: period.start,
                ledger_head: ledger_head.clone(),
            };
            let taxes = self.taxes_of(TaxParty::of(billing), period.start, favours.exemption.clone());
            self.draft_invoice(&terms, &[billable], &price(&request, &taxes)?)
        })??;
        let next = nth_period(subscription.anchor, subscription.interval, subscription.next_index + 1);
        let (commerce, person, next_index) = (self.clone(), subscription.person, subscription.next_index + 1);
        self.write(move |tx| {
            if !store::set_billed(tx, id, period.start, draft.id)? {
                return Ok(false);
            }
            commerce.finalise_invoice(tx, &draft, person)?;
            store::set_next(tx, id, next_index, next.start)?;
            Ok(true)
        })
        .await
    }

    /// How many mailboxes a subscription is billed for: what its services hold, and at least what was ordered.
    async fn count_mailboxes(&self, subscription: &Subscription) -> Result<u32, CommerceError> {
        let id = subscription.id;
        let services = self.read(move |tx| Ok(services::store::ids_of(tx, id)?)).await?;
        let mut counted = 0u32;
        for service in services {
            let held = self.parts.usage.mailboxes(service).await;
            counted = counted.saturating_add(held.map_err(|error| CommerceError::Port(error.to_string()))?);
        }
        Ok(counted.max(subscription.mailboxes))
    }
}
