//! Doing what was previewed.

use mailkeep_policy::{Act, Actor, Fact, Json, Place, Sealed, Subject, Use, category, purpose};
use mailkeep_storage::jobs::{NewJob, enqueue};
use mailkeep_types::{CustomerId, SubscriptionId, new_uuid};

use super::compute::Computed;
use super::{AskedBy, Changed, When, Wish, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::invoices::finalise::{Billable, Terms};
use crate::jobs::{COLLECT, InvoiceJob};
use crate::orders::{self, BillingDetails};
use crate::subscriptions::next::PendingChange;
use crate::taxes::{TaxParty, rates};
use crate::{add_ons, notices, services};

impl Commerce {
    /// Changes plan, term or number of mailboxes. `expected_minor` is the total that was shown and confirmed; another one is
    /// not billed.
    ///
    /// # Errors
    /// As [`Commerce::preview_change`]; [`CommerceError::Invalid`] for the field `total` when it would come to something
    /// else by now, and [`CommerceError::State`] when it would give money back.
    pub async fn change_subscription(
        &self,
        customer: CustomerId,
        id: SubscriptionId,
        wish: Wish,
        asked_by: AskedBy,
        expected_minor: Option<i64>,
    ) -> Result<Changed, CommerceError> {
        match wish.when {
            When::NextBilling => self.change_later(customer, id, wish, asked_by).await,
            When::Now => self.change_now(customer, id, wish, asked_by, expected_minor).await,
        }
    }

    /// Takes a change that waits for the next billing back.
    ///
    /// # Errors
    /// [`CommerceError::State`] when none waits.
    pub async fn take_back_change(
        &self,
        customer: CustomerId,
        id: SubscriptionId,
    ) -> Result<(), CommerceError> {
        self.write(move |tx| {
            let subscription = crate::subscriptions::store::find(tx, id)?
                .filter(|subscription| subscription.customer == customer)
                .ok_or(CommerceError::NotFound("subscription"))?;
            if subscription.pending.is_none() {
                return Err(CommerceError::State("no change waits for the next billing".to_owned()));
            }
            store::set_pending(tx, id, None)?;
            Ok(())
        })
        .await
    }

    async fn change_later(
        &self,
        customer: CustomerId,
        id: SubscriptionId,
        wish: Wish,
        asked_by: AskedBy,
    ) -> Result<Changed, CommerceError> {
        let (commerce, change_id) = (self.clone(), new_uuid(&**self.clock()));
        self.write(move |tx| {
            let allowed = commerce.allow(tx, customer, id, &wish, asked_by)?;
            let subscription = &allowed.known.subscription;
            let to = PendingChange {
                plan_version: allowed.to.id,
                interval: wish.interval,
                mailboxes: wish.mailboxes,
            };
            let effective_on = subscription.next_on;
            store::set_pending(tx, id, Some(to))?;
            store::insert_change(tx, change_id, subscription, &asked_by.word(), to, effective_on, None)?;
            let (domains, plan) = (&allowed.known.domains, &allowed.to.name);
            notices::plan_changed(
                tx,
                commerce.policy(),
                subscription,
                domains,
                plan,
                effective_on,
                change_id,
            )?;
            Ok(Changed { effective_on, invoice: None, plan_version: to.plan_version })
        })
        .await
    }

    async fn change_now(
        &self,
        customer: CustomerId,
        id: SubscriptionId,
        wish: Wish,
        asked_by: AskedBy,
        expected_minor: Option<i64>,
    ) -> Result<Changed, CommerceError> {
        let grant = self
            .policy()
            .grant::<purpose::Deliver>(Use {
                actor: Actor::System("change of plan"),
                subject: Subject::customer(customer),
                act: Act::Read,
                fields: &["billing_profiles.details"],
                fact: Fact::ServiceOrdered(id.uuid()),
            })
            .await?;
        let (commerce, asked) = (self.clone(), wish.clone());
        let (allowed, rules, old, sealed) = self
            .read(move |tx| {
                let rules = rates::rules(tx, &commerce.config().tax)?;
                let allowed = commerce.allow(tx, customer, id, &asked, asked_by)?;
                let old = store::lines_beyond(tx, id, allowed.today)?;
                let sealed = orders::store::profile(tx, customer)?
                    .ok_or(CommerceError::NotFound("billing address"))?;
                Ok((allowed, rules, old, sealed))
            })
            .await?;
        let place = Place { table: "billing_profiles", column: "details", row: customer.uuid() };
        let sealed = Sealed::<Json<BillingDetails>, category::BillingAddress>::from_bytes(sealed);
        let ledger_head = self.ledger_head().await?;
        let (known, today) = (&allowed.known, allowed.today);
        let (computed, draft) = self.policy().open(&grant, place, &sealed, |Json(billing)| {
            let exemption = allowed.favours.exemption.clone();
            let taxes = self.taxes_of(&rules, &known.brand, TaxParty::of(billing), today, exemption);
            let computed = allowed.change(&wish).now(&self.config(), &taxes, &old)?;
            refuse_totals(&computed, expected_minor)?;
            let billable = |plan_version, plan_name: &str, period| Billable {
                subscription: id,
                plan_version,
                plan_name: plan_name.to_owned(),
                domain: known.domains.join(", "),
                period,
            };
            let given_back = computed.credits.iter();
            let given_back = given_back
                .map(|(old, unused)| billable(old.line.plan_version, &old.plan_name, unused.period));
            let charged =
                computed.charged.iter().map(|part| billable(allowed.to.id, &allowed.to.name, *part));
            let billables: Vec<Billable> = given_back.chain(charged).collect();
            let terms = Terms {
                customer,
                billing,
                brand: &known.brand,
                order_number: None,
                issued_on: today,
                pay_by: None,
                ledger_head: ledger_head.clone(),
            };
            let draft = self.draft_invoice(&terms, &billables, &computed.priced)?;
            Ok::<_, CommerceError>((computed, draft))
        })??;
        let (commerce, change_id) = (self.clone(), new_uuid(&**self.clock()));
        let (known, to, mailboxes) = (known.clone(), allowed.to.clone(), wish.mailboxes);
        self.write(move |tx| {
            let subscription = &known.subscription;
            let moved = || CommerceError::State("it was changed meanwhile; look at it again".to_owned());
            // What was computed from must still be so, or another change would be credited twice.
            if store::lines_beyond(tx, id, today)? != old
                || !store::set_plan(tx, subscription, to.id, mailboxes)?
            {
                return Err(moved());
            }
            let invoice = (draft.totals.total_minor != 0 || !computed.credits.is_empty()).then_some(draft.id);
            if invoice.is_some() {
                commerce.finalise_invoice(tx, &draft, subscription.person)?;
                for (position, (old, unused)) in (1i64..).zip(&computed.credits) {
                    store::insert_credited(tx, old, draft.id, position, unused.net_minor, unused.tax_minor)?;
                }
                enqueue(tx, NewJob::new(COLLECT, &InvoiceJob { invoice_id: draft.id }))?;
            }
            store::cover(tx, id, computed.period, computed.covers, invoice)?;
            add_ons::end_unsold(tx, &known, &to, subscription.interval, today)?;
            services::change::change_plan_of(tx, id, to.id, mailboxes)?;
            let change = PendingChange { plan_version: to.id, interval: subscription.interval, mailboxes };
            store::insert_change(tx, change_id, subscription, &asked_by.word(), change, today, invoice)?;
            let policy = commerce.policy();
            notices::plan_changed(tx, policy, subscription, &known.domains, &to.name, today, change_id)?;
            Ok(Changed { effective_on: today, invoice, plan_version: to.id })
        })
        .await
    }
}

/// What was confirmed is billed, or nothing.
fn refuse_totals(computed: &Computed, expected_minor: Option<i64>) -> Result<(), CommerceError> {
    let total = computed.priced.totals.total_minor;
    if expected_minor.is_some_and(|expected| expected != total) {
        let message = "what it comes to has changed meanwhile; please look at it and confirm again";
        return Err(CommerceError::invalid("total", message));
    }
    if total < 0 {
        let message =
            "what you would use is less than what is paid for; choose the next billing for this change";
        return Err(CommerceError::State(message.to_owned()));
    }
    Ok(())
}
