//! Saying what extras come to, and ordering them.

use jiff::civil::Date;
use mailkeep_policy::{Act, Actor, Fact, Json, Place, Sealed, Subject, Use, category, purpose};
use mailkeep_storage::jobs::{NewJob, enqueue};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{Currency, CustomerId, InvoiceId, Ratio, SubscriptionId};
use uuid::Uuid;

use super::store;
use crate::carts::{CartItem, MOST_PIECES};
use crate::catalogue::pricing::{ItemUse, PriceRequest, Priced, price};
use crate::commerce::{Commerce, local_date};
use crate::discounts::{BillOf, favours};
use crate::error::CommerceError;
use crate::invoices::finalise::{Billable, Terms};
use crate::jobs::{COLLECT, InvoiceJob};
use crate::orders::{self, BillingDetails};
use crate::periods::Period;
use crate::subscriptions::{self, Subscription, SubscriptionStatus};
use crate::taxes::{Exemption, TaxParty, rates};
use crate::{brands, catalogue, services};

/// What is wanted, with everything that decides what it comes to.
struct Wanted {
    subscription: Subscription,
    request: PriceRequest,
    exemption: Option<Exemption>,
    brand: String,
    billable: Billable,
    today: Date,
}

impl Commerce {
    /// What extras for a subscription come to, by the function that bills them.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] for the field `item` when something is not on offer or nothing is wanted;
    /// [`CommerceError::State`] when the subscription has ended.
    pub async fn preview_extras(
        &self,
        customer: CustomerId,
        id: SubscriptionId,
        items: Vec<CartItem>,
        party: TaxParty,
    ) -> Result<Priced, CommerceError> {
        let commerce = self.clone();
        self.read(move |tx| {
            let wanted = commerce.want_extras(tx, customer, id, &items)?;
            let rules = rates::rules(tx, &commerce.config().tax)?;
            let taxes =
                commerce.taxes_of(&rules, &wanted.brand, party, wanted.today, wanted.exemption.clone());
            price(&wanted.request, &taxes)
        })
        .await
    }

    /// Orders extras for a subscription: an invoice, charged to the card that pays for it. `act` names the order: sent twice it
    /// is one.
    ///
    /// # Errors
    /// As [`Commerce::preview_extras`]; [`CommerceError::Invalid`] for the field `total` when it comes to something else than
    /// what was confirmed.
    pub async fn order_extras(
        &self,
        customer: CustomerId,
        id: SubscriptionId,
        items: Vec<CartItem>,
        act: Uuid,
        confirmed_minor: i64,
    ) -> Result<InvoiceId, CommerceError> {
        if let Some(done) = self.find_extras(customer, act).await? {
            return Ok(done);
        }
        let grant = self
            .policy()
            .grant::<purpose::Deliver>(Use {
                actor: Actor::System("order of extras"),
                subject: Subject::customer(customer),
                act: Act::Read,
                fields: &["billing_profiles.details"],
                fact: Fact::ServiceOrdered(id.uuid()),
            })
            .await?;
        let commerce = self.clone();
        let (wanted, rules, sealed) = self
            .read(move |tx| {
                let rules = rates::rules(tx, &commerce.config().tax)?;
                let wanted = commerce.want_extras(tx, customer, id, &items)?;
                let sealed = orders::store::profile(tx, customer)?
                    .ok_or(CommerceError::NotFound("billing address"))?;
                Ok((wanted, rules, sealed))
            })
            .await?;
        let place = Place { table: "billing_profiles", column: "details", row: customer.uuid() };
        let sealed = Sealed::<Json<BillingDetails>, category::BillingAddress>::from_bytes(sealed);
        let ledger_head = self.ledger_head().await?;
        let draft = self.policy().open(&grant, place, &sealed, |Json(billing)| {
            let party = TaxParty::of(billing);
            let taxes = self.taxes_of(&rules, &wanted.brand, party, wanted.today, wanted.exemption.clone());
            let priced = price(&wanted.request, &taxes)?;
            if priced.totals.total_minor != confirmed_minor {
                let message = "what it comes to has changed meanwhile; please look at it and confirm again";
                return Err(CommerceError::invalid("total", message));
            }
            let terms = Terms {
                customer,
                billing,
                brand: &wanted.brand,
                order_number: None,
                issued_on: wanted.today,
                pay_by: None,
                ledger_head: ledger_head.clone(),
            };
            self.draft_invoice(&terms, std::slice::from_ref(&wanted.billable), &priced)
        })??;
        let (commerce, person) = (self.clone(), wanted.subscription.person);
        self.write(move |tx| {
            if !store::insert(tx, act, customer, id, draft.id)? {
                return store::invoice_of(tx, act, customer)?.ok_or(CommerceError::NotFound("invoice"));
            }
            commerce.finalise_invoice(tx, &draft, person)?;
            enqueue(tx, NewJob::new(COLLECT, &InvoiceJob { invoice_id: draft.id }))?;
            Ok(draft.id)
        })
        .await
    }

    /// The invoice of an order of extras, by the name of the act; nothing when it was not made.
    pub async fn find_extras(
        &self,
        customer: CustomerId,
        act: Uuid,
    ) -> Result<Option<InvoiceId>, CommerceError> {
        self.read(move |tx| Ok(store::invoice_of(tx, act, customer)?)).await
    }

    fn want_extras(
        &self,
        tx: &mut Tx<'_>,
        customer: CustomerId,
        id: SubscriptionId,
        items: &[CartItem],
    ) -> Result<Wanted, CommerceError> {
        let subscription = subscriptions::store::find(tx, id)?
            .filter(|subscription| subscription.customer == customer)
            .ok_or(CommerceError::NotFound("subscription"))?;
        // What leaving costs is billed also when the services have ended meanwhile.
        let leaving = items.iter().all(|item| item.key == self.config().hand_over.item);
        if subscription.status != SubscriptionStatus::Active && !leaving {
            return Err(CommerceError::State("this subscription has ended; order again to go on".to_owned()));
        }
        let plan = subscription.billed_as(catalogue::store::by_id(tx, subscription.plan_version)?);
        let today = local_date(tx.now(), &subscription.time_zone);
        let currency: Currency = plan.currency;
        let bill = BillOf { customer: Some(customer), coupon: None, index: 0, currency, on: today };
        let request = PriceRequest {
            currency,
            plans: Vec::new(),
            items: uses(tx, items, currency)?,
            reductions: Vec::new(),
            closed_in_full: false,
        };
        Ok(Wanted {
            request,
            exemption: favours(tx, bill, &self.config())?.exemption,
            brand: brands::of_customer(tx, customer)?,
            billable: Billable {
                subscription: id,
                plan_version: plan.id,
                plan_name: plan.name,
                domain: services::store::domains_of(tx, id)?.join(", "),
                period: Period { start: today, end: today.tomorrow().unwrap_or(today) },
            },
            subscription,
            today,
        })
    }
}

/// What is wanted of what is on offer.
fn uses(tx: &mut Tx<'_>, items: &[CartItem], currency: Currency) -> Result<Vec<ItemUse>, CommerceError> {
    let offered = catalogue::store::offered_items(tx)?;
    let mut uses = Vec::new();
    for wanted in items.iter().filter(|wanted| wanted.quantity > 0) {
        if wanted.quantity > MOST_PIECES {
            return Err(CommerceError::invalid("item", format!("write a number up to {MOST_PIECES}")));
        }
        let item = offered.iter().find(|item| item.key == wanted.key && item.price(currency).is_some());
        let item = item
            .ok_or_else(|| CommerceError::invalid("item", "this is not on offer; choose something else"))?;
        uses.push(ItemUse { item: item.clone(), quantity: Ratio::new(i64::from(wanted.quantity), 1) });
    }
    if uses.is_empty() {
        return Err(CommerceError::invalid("item", "write how many of at least one"));
    }
    Ok(uses)
}
