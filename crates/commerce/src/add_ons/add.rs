//! Adding something to a subscription that runs: at once, for what is left of the term, at a price that is said before by the
//! function that bills it.

use jiff::civil::Date;
use mailkeep_policy::{Act, Actor, Fact, Json, Place, Sealed, Subject, Use, category, purpose};
use mailkeep_storage::jobs::{NewJob, enqueue};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{CustomerId, InvoiceId, SubscriptionId, new_uuid};
use mailkeep_webhooks::events::EventKind;

use super::store;
use crate::catalogue::PlanVersion;
use crate::catalogue::pricing::{AddOnQuantity, PlanUse, PriceRequest, Priced, Quantities, Span, price};
use crate::catalogue::sheet::AddOnPrice;
use crate::changes::AskedBy;
use crate::commerce::{Commerce, local_date};
use crate::config::CommerceConfig;
use crate::counts::{self, Count, Stage};
use crate::discounts::{BillOf, Favours, favours};
use crate::error::CommerceError;
use crate::invoices::finalise::{Billable, Terms};
use crate::jobs::{COLLECT, InvoiceJob};
use crate::months::due::{self, Known};
use crate::orders::{self, BillingDetails};
use crate::periods::{Interval, Period};
use crate::subscriptions::{self, Subscription, SubscriptionStatus};
use crate::taxes::{TaxParty, Taxes, rates};
use crate::totals::DiscountBy;
use crate::{notices, services};

/// What an add-on comes to.
#[derive(Debug, Clone)]
pub struct AddOnPreview {
    /// The add-on.
    pub add_on: AddOnPrice,
    /// For how many mailboxes it is billed at once; none while the first days cost nothing.
    pub mailboxes: u32,
    /// The days that are left of what is paid for.
    pub period: Period,
    /// What is billed at once: lines, tax and sums.
    pub now: Priced,
    /// What it comes to with each whole term from then on; nothing when the plan that begins does not sell it.
    pub later: Option<Priced>,
    /// When that is billed first.
    pub next_billing: Date,
}

/// What was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Added {
    /// Its first day.
    pub since: Date,
    /// The invoice, if there was something to bill.
    pub invoice: Option<InvoiceId>,
}

/// What may be added, with everything that decides what it comes to.
struct Allowed {
    /// As it is stored.
    stored: Subscription,
    known: Known,
    add_on: AddOnPrice,
    favours: Favours,
    today: Date,
}

impl Commerce {
    /// What an add-on comes to, by the function that bills it.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] for the field `add_on` when the plan does not sell it; [`CommerceError::State`] when the
    /// subscription has it, or has ended.
    pub async fn preview_add_on(
        &self,
        customer: CustomerId,
        id: SubscriptionId,
        key: &str,
        party: TaxParty,
    ) -> Result<AddOnPreview, CommerceError> {
        let (commerce, key) = (self.clone(), key.to_owned());
        self.read(move |tx| {
            let allowed = commerce.allow_add_on(tx, customer, id, &key)?;
            let (known, config) = (&allowed.known, commerce.config());
            let exemption = allowed.favours.exemption.clone();
            let rules = rates::rules(tx, &config.tax)?;
            let taxes = commerce.taxes_of(&rules, &known.brand, party, allowed.today, exemption);
            Ok(AddOnPreview {
                mailboxes: known.covered.mailboxes,
                period: Period { start: allowed.today, end: allowed.stored.next_on },
                now: allowed.now(&config, &taxes)?,
                later: allowed.later(&config, &taxes)?,
                next_billing: config.month.invoice_until(allowed.stored.next_on).max(allowed.today),
                add_on: allowed.add_on,
            })
        })
        .await
    }

    /// Adds it at once and bills what is left of the term. `expected_minor` is the total that was shown and confirmed; another
    /// one is not billed.
    ///
    /// # Errors
    /// As [`Commerce::preview_add_on`]; [`CommerceError::Invalid`] for the field `total` when it would come to something else
    /// by now.
    pub async fn add_add_on(
        &self,
        customer: CustomerId,
        id: SubscriptionId,
        key: &str,
        asked_by: AskedBy,
        expected_minor: Option<i64>,
    ) -> Result<Added, CommerceError> {
        let grant = self
            .policy()
            .grant::<purpose::Deliver>(Use {
                actor: Actor::System("order of an add-on"),
                subject: Subject::customer(customer),
                act: Act::Read,
                fields: &["billing_profiles.details"],
                fact: Fact::ServiceOrdered(id.uuid()),
            })
            .await?;
        let (commerce, key) = (self.clone(), key.to_owned());
        let (allowed, rules, sealed) = self
            .read(move |tx| {
                let rules = rates::rules(tx, &commerce.config().tax)?;
                let allowed = commerce.allow_add_on(tx, customer, id, &key)?;
                let sealed = orders::store::profile(tx, customer)?
                    .ok_or(CommerceError::NotFound("billing address"))?;
                Ok((allowed, rules, sealed))
            })
            .await?;
        let place = Place { table: "billing_profiles", column: "details", row: customer.uuid() };
        let sealed = Sealed::<Json<BillingDetails>, category::BillingAddress>::from_bytes(sealed);
        let ledger_head = self.ledger_head().await?;
        let (known, today) = (&allowed.known, allowed.today);
        let draft = self.policy().open(&grant, place, &sealed, |Json(billing)| {
            let exemption = allowed.favours.exemption.clone();
            let taxes = self.taxes_of(&rules, &known.brand, TaxParty::of(billing), today, exemption);
            let priced = allowed.now(&self.config(), &taxes)?;
            let total = priced.totals.total_minor;
            if expected_minor.is_some_and(|expected| expected != total) {
                let message = "what it comes to has changed meanwhile; please look at it and confirm again";
                return Err(CommerceError::invalid("total", message));
            }
            if total == 0 {
                return Ok(None);
            }
            let terms = Terms {
                customer,
                billing,
                brand: &known.brand,
                order_number: None,
                issued_on: today,
                pay_by: None,
                ledger_head: ledger_head.clone(),
            };
            let billables: Vec<Billable> = allowed
                .stored
                .paid_spans(allowed.today, &self.config().month)
                .into_iter()
                .map(|span| Billable {
                    subscription: id,
                    plan_version: known.plan.id,
                    plan_name: known.plan.name.clone(),
                    domain: known.domains.join(", "),
                    period: span.part,
                })
                .collect();
            self.draft_invoice(&terms, &billables, &priced).map(Some)
        })??;
        let (commerce, act) = (self.clone(), new_uuid(&**self.clock()));
        self.write(move |tx| {
            let (stored, known) = (&allowed.stored, &allowed.known);
            // What was computed from must still be so: another plan or another term asks for another amount.
            let same = subscriptions::store::find(tx, id)?.as_ref() == Some(stored)
                && subscriptions::store::covered(tx, id)? == known.covered
                && store::of_subscription(tx, id)? == known.add_ons;
            if !same {
                let message = "it was changed meanwhile; look at it again";
                return Err(CommerceError::State(message.to_owned()));
            }
            let invoice = draft.as_ref().map(|draft| draft.id);
            store::insert(tx, act, id, &allowed.add_on.key, today, asked_by, invoice)?;
            if let Some(draft) = &draft {
                commerce.finalise_invoice(tx, draft, stored.person)?;
                enqueue(tx, NewJob::new(COLLECT, &InvoiceJob { invoice_id: draft.id }))?;
            }
            services::change::announce_services_of(tx, id)?;
            subscriptions::store::tell(tx, id, EventKind::SubscriptionChanged)?;
            let (name, template) = (&allowed.add_on.name, notices::ADD_ON_ADDED);
            notices::add_on(tx, commerce.policy(), template, stored, &known.domains, name, today)?;
            Ok(Added { since: today, invoice })
        })
        .await
    }

    /// Whether it may be added; everything that decides what it comes to.
    fn allow_add_on(
        &self,
        tx: &mut Tx<'_>,
        customer: CustomerId,
        id: SubscriptionId,
        key: &str,
    ) -> Result<Allowed, CommerceError> {
        let stored = subscriptions::store::find(tx, id)?
            .filter(|subscription| subscription.customer == customer)
            .ok_or(CommerceError::NotFound("subscription"))?;
        let today = local_date(tx.now(), &stored.time_zone);
        refuse_by_state(&stored, today)?;
        let count = counts::store::newest(tx, id)?.unwrap_or(Count {
            subscription: id,
            invoice_on: today,
            stage: Stage::First,
            domains: Vec::new(),
            counted_on: today,
        });
        let known = due::know(tx, stored.clone(), count, &self.config())?;
        let sold = known.plan.add_on(stored.interval, key).cloned();
        let add_on = sold.ok_or_else(|| {
            let message =
                format!("{} is not sold with this for its term; choose something else", known.plan.name);
            CommerceError::invalid("add_on", message)
        })?;
        if let Some(had) = known.add_ons.iter().find(|had| had.key == key && had.is_had_on(today)) {
            return Err(CommerceError::State(match had.until {
                Some(until) => {
                    format!("you have {} until {until}; keep it, or add it again then", add_on.name)
                }
                None => format!("you have {} already", add_on.name),
            }));
        }
        let bill = BillOf {
            customer: Some(customer),
            coupon: stored.coupon,
            index: stored.next_index - 1,
            currency: known.plan.currency,
            on: today,
        };
        let mut favours = favours(tx, bill, &self.config())?;
        // An amount is taken off one bill of the period, and the period was billed.
        favours.reductions.retain(|reduction| matches!(reduction.by, DiscountBy::Share(_)));
        Ok(Allowed { stored, known, add_on, favours, today })
    }
}

impl Allowed {
    fn request(&self, plans: Vec<PlanUse>, config: &CommerceConfig) -> PriceRequest {
        PriceRequest {
            currency: self.known.plan.currency,
            plans,
            items: Vec::new(),
            reductions: self.favours.reductions.clone(),
            closed_in_full: config.closed_mailboxes_in_full,
        }
    }

    /// It alone, for so many mailboxes.
    fn used(&self, plan: &PlanVersion, interval: Interval, mailboxes: u32, part: Option<Span>) -> PlanUse {
        let add_ons = vec![AddOnQuantity { key: self.add_on.key.clone(), mailboxes, space_mb: 0 }];
        let quantities = Quantities { add_ons, ..Quantities::default() };
        PlanUse { plan: plan.clone(), interval, quantities, part, begins: false }
    }

    /// What it comes to today, for the mailboxes that are paid for. Those that come with the next count are billed with it.
    fn now(&self, config: &CommerceConfig, taxes: &Taxes<'_>) -> Result<Priced, CommerceError> {
        let (plan, interval) = (&self.known.plan, self.stored.interval);
        let mailboxes = self.known.covered.mailboxes;
        let spans = self.stored.paid_spans(self.today, &config.month).into_iter();
        let plans = spans.map(|span| self.used(plan, interval, mailboxes, Some(span))).collect();
        price(&self.request(plans, config), taxes)
    }

    /// What it comes to with a whole term of what is billed next.
    fn later(&self, config: &CommerceConfig, taxes: &Taxes<'_>) -> Result<Option<Priced>, CommerceError> {
        let next = self.known.subscription.next_billing(&config.month);
        let plan = &self.known.next_plan;
        if plan.add_on(next.interval, &self.add_on.key).is_none() {
            return Ok(None);
        }
        let mailboxes = self.known.billable_mailboxes().max(next.mailboxes);
        let used = self.used(plan, next.interval, mailboxes, None);
        price(&self.request(vec![used], config), taxes).map(Some)
    }
}

fn refuse_by_state(subscription: &Subscription, today: Date) -> Result<(), CommerceError> {
    let state = |message: &str| Err(CommerceError::State(message.to_owned()));
    if subscription.status != SubscriptionStatus::Active {
        return state("this subscription has ended; order again to go on");
    }
    if subscription.cancel_at_end {
        return state("this subscription is cancelled; take that back first");
    }
    if subscription.next_on <= today {
        return state("the next period is being billed; try again in a few minutes");
    }
    Ok(())
}
