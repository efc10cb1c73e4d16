//! Fulfilling: the payment is taken, so in one transaction the order gets its invoice, subscriptions, services, journal
//! entries and jobs. A paid order that is not served, or served twice, cannot be.

use mailkeep_policy::{Act, Actor, Fact, Json, Place, Sealed, Subject, Use, category, purpose};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{InvoiceId, ServiceId, SubscriptionId, new_uuid};

use super::{BillingDetails, Order, OrderLine, OrderStatus, store};
use crate::catalogue::pricing::{PlanUse, PriceRequest, Priced, Quantities, price_at};
use crate::changes::AskedBy;
use crate::commerce::{Commerce, local_date};
use crate::discounts::{self, coupons::CouponWorth};
use crate::error::CommerceError;
use crate::invoices::collect::settle;
use crate::invoices::finalise::{Billable, Terms};
use crate::payments::{self, Attempt};
use crate::periods::nth_period;
use crate::processor::Answer;
use crate::services::{self, Service};
use crate::subscriptions::{self, Subscription, SubscriptionStatus};
use crate::taxes::TaxDecision;
use crate::{add_ons, brands, catalogue, invoices, notices};

impl Commerce {
    /// Fulfils an order whose capture succeeded.
    pub(crate) async fn fulfil_order(
        &self,
        order: &Order,
        capture: &Attempt,
        answer: Answer,
    ) -> Result<(), CommerceError> {
        let grant = self
            .policy()
            .grant::<purpose::Deliver>(Use {
                actor: Actor::System("order fulfilment"),
                subject: Subject::customer(order.customer),
                act: Act::Read,
                fields: &["orders.billing"],
                fact: Fact::OrderPlaced(order.id),
            })
            .await?;
        let id = order.id;
        let today = local_date(self.clock().now(), &order.time_zone);
        let (parts, new, priced, brand) = self.prepare(order, today).await?;
        let place = Place { table: "orders", column: "billing", row: id.uuid() };
        let billing = Sealed::<Json<BillingDetails>, category::BillingAddress>::from_bytes(parts.billing);
        let billables: Vec<Billable> = new.iter().map(|(_, _, billable)| billable.clone()).collect();
        let ledger_head = self.ledger_head().await?;
        let draft = self.policy().open(&grant, place, &billing, |Json(billing)| {
            let terms = Terms {
                customer: order.customer,
                billing,
                brand: &brand,
                order_number: Some(&order.number),
                issued_on: today,
                pay_by: None,
                ledger_head: ledger_head.clone(),
            };
            self.draft_invoice(&terms, &billables, &priced)
        })??;
        // What was confirmed, authorised and captured is what is billed.
        if draft.totals.total_minor != order.total_minor {
            return Err(CommerceError::Stored("order whose invoice comes to another amount"));
        }
        let entry_id = new_uuid(&**self.clock());
        let (commerce, order, capture) = (self.clone(), order.clone(), capture.clone());
        self.write(move |tx| {
            if !store::move_on(tx, id, OrderStatus::Capturing, OrderStatus::Fulfilled)? {
                return Ok(());
            }
            payments::store::set_answer(tx, capture.id, &answer)?;
            commerce.finalise_invoice(tx, &draft, order.person)?;
            store::set_invoice(tx, id, draft.id)?;
            for ((subscription, service, billable), line) in new.iter().zip(&order.lines) {
                subscriptions::store::insert(tx, subscription)?;
                subscriptions::store::insert_count(
                    tx,
                    subscription.id,
                    billable.period,
                    subscription.mailboxes,
                )?;
                subscriptions::store::set_billed(tx, subscription.id, billable.period.start, draft.id)?;
                services::store::insert(tx, service)?;
                commerce.begin_add_ons(tx, subscription.id, line, today, Some(draft.id))?;
                services::change::announce(tx, service.id)?;
                if let Some(method) = capture.method.filter(|_| order.keep_card) {
                    payments::store::permit(tx, subscription.id, method)?;
                }
            }
            let invoice = invoices::store::find(tx, draft.id)?.ok_or(CommerceError::NotFound("invoice"))?;
            settle(tx, &invoice, &capture, entry_id)?;
            notices::order(tx, commerce.policy(), "commerce/order_accepted", &order)
        })
        .await
    }

    /// Serves an order whose first days cost nothing: as fulfilling it, but for the invoice, which comes when they are over.
    pub(crate) async fn serve_trial(
        &self,
        order: &Order,
        release: &Attempt,
        answer: Answer,
    ) -> Result<(), CommerceError> {
        let today = local_date(self.clock().now(), &order.time_zone);
        let days = jiff::Span::new().days(i64::from(order.trial_days));
        let begins = today.checked_add(days).unwrap_or(today);
        let (_, new, ..) = self.prepare(order, begins).await?;
        let (commerce, order, release) = (self.clone(), order.clone(), release.clone());
        self.write(move |tx| {
            if !store::move_on(tx, order.id, OrderStatus::Capturing, OrderStatus::Fulfilled)? {
                return Ok(());
            }
            payments::store::set_answer(tx, release.id, &answer)?;
            for ((subscription, service, _), line) in new.iter().zip(&order.lines) {
                let tried = Subscription { next_index: 0, next_on: begins, ..subscription.clone() };
                subscriptions::store::insert(tx, &tried)?;
                services::store::insert(tx, service)?;
                commerce.begin_add_ons(tx, subscription.id, line, today, None)?;
                services::change::announce(tx, service.id)?;
                if let Some(method) = release.method.filter(|_| order.keep_card) {
                    payments::store::permit(tx, subscription.id, method)?;
                }
            }
            notices::order(tx, commerce.policy(), "commerce/order_accepted", &order)
        })
        .await
    }

    /// What was ordered besides with a line is had from its first day on.
    fn begin_add_ons(
        &self,
        tx: &mut Tx<'_>,
        subscription: SubscriptionId,
        line: &OrderLine,
        since: jiff::civil::Date,
        invoice: Option<InvoiceId>,
    ) -> Result<(), CommerceError> {
        for key in &line.add_ons {
            let id = new_uuid(&**self.clock());
            add_ons::store::insert(tx, id, subscription, key, since, AskedBy::Customer, invoice)?;
        }
        Ok(())
    }

    /// The subscriptions and services of an order, one for each line, beginning today.
    async fn prepare(
        &self,
        order: &Order,
        today: jiff::civil::Date,
    ) -> Result<(store::SealedParts, Vec<(Subscription, Service, Billable)>, Priced, String), CommerceError>
    {
        let (clock, order) = (self.clock().clone(), order.clone());
        self.read(move |tx| {
            let mut new = Vec::with_capacity(order.lines.len());
            let mut plans = Vec::with_capacity(order.lines.len());
            for line in &order.lines {
                let plan = catalogue::store::by_id(tx, line.plan_version)?;
                let first = nth_period(today, line.interval, 0);
                let subscription = Subscription {
                    id: SubscriptionId::new(&*clock),
                    customer: order.customer,
                    person: order.person,
                    order: order.id,
                    plan_version: plan.id,
                    interval: line.interval,
                    mailboxes: line.mailboxes,
                    tax_name: order.tax_name.clone(),
                    tax_rate: order.tax_rate,
                    anchor: today,
                    time_zone: order.time_zone.clone(),
                    status: SubscriptionStatus::Active,
                    next_index: 1,
                    next_on: first.end,
                    cancel_at_end: false,
                    created_at: tx.now(),
                    ended_on: None,
                    pending: None,
                    coupon: None,
                    currency: Some(order.currency),
                };
                let service = Service {
                    id: ServiceId::new(&*clock),
                    subscription: subscription.id,
                    customer: order.customer,
                    domain: line.domain.clone(),
                    plan_version: plan.id,
                    mailboxes: line.mailboxes,
                    ended_at: None,
                    generation: 0,
                    provisioned: 0,
                    blocks: Vec::new(),
                };
                let billable = Billable {
                    subscription: subscription.id,
                    plan_version: plan.id,
                    plan_name: plan.name.clone(),
                    domain: line.domain.as_str().to_owned(),
                    period: first,
                };
                plans.push(PlanUse {
                    plan,
                    interval: line.interval,
                    quantities: Quantities::ordered(line.mailboxes)
                        .with_add_ons(line.add_ons.iter().map(String::as_str)),
                    part: None,
                    begins: false,
                });
                new.push((subscription, service, billable));
            }
            keep_coupon(tx, &order, &plans, &mut new)?;
            let priced = match &order.priced {
                Some(priced) => priced.clone(),
                // An order from before what was confirmed was kept: one price a mailbox, one tax.
                None => {
                    let request = PriceRequest {
                        currency: order.currency,
                        plans,
                        items: Vec::new(),
                        reductions: Vec::new(),
                        closed_in_full: false,
                    };
                    price_at(&request, &TaxDecision::plain(order.tax_name.clone(), order.tax_rate))?
                }
            };
            let brand = brands::of_customer(tx, order.customer)?;
            Ok((store::sealed_parts(tx, order.id)?, new, priced, brand))
        })
        .await
    }
}

/// The subscriptions that go on with the coupon of their order: a percentage is for each of its plans, an amount for one
/// bill and so for the first of them alone.
fn keep_coupon(
    tx: &mut Tx<'_>,
    order: &Order,
    plans: &[PlanUse],
    new: &mut [(Subscription, Service, Billable)],
) -> Result<(), CommerceError> {
    let Some(id) = order.coupon else { return Ok(()) };
    let coupon =
        discounts::store::coupon_by_id(tx, id)?.ok_or(CommerceError::Stored("coupon of an order"))?;
    let fits = |plan: &PlanUse| coupon.plans.as_ref().is_none_or(|keys| keys.contains(&plan.plan.key));
    let most = match &coupon.worth {
        CouponWorth::Percent(_) => usize::MAX,
        CouponWorth::Amounts(_) => 1,
    };
    let held = new.iter_mut().zip(plans).filter(|(_, plan)| fits(plan)).take(most);
    held.for_each(|((subscription, ..), _)| subscription.coupon = Some(id));
    Ok(())
}
