//! An owner asks for everything, after the charge was shown.

use mailkeep_storage::sql::Tx;
use mailkeep_types::{CustomerId, PersonId, SubscriptionId};
use uuid::Uuid;

use super::end::order_files;
use super::{Cause, HandOver, HandOverState, after, store};
use crate::carts::CartItem;
use crate::catalogue::pricing::Priced;
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::subscriptions::{self, SubscriptionStatus};
use crate::taxes::TaxParty;

impl Commerce {
    /// What a hand-over costs, by the function that bills it; nothing where it is free.
    ///
    /// # Errors
    /// As [`Commerce::preview_extras`].
    pub async fn preview_hand_over(
        &self,
        customer: CustomerId,
        party: TaxParty,
    ) -> Result<Option<Priced>, CommerceError> {
        let Some((subscription, items)) = self.charge_of(customer).await? else { return Ok(None) };
        self.preview_extras(customer, subscription, items, party).await.map(Some)
    }

    /// An owner asks for everything. `id` names the act: sent twice it is one.
    ///
    /// # Errors
    /// [`CommerceError::State`] while there is another one; [`CommerceError::Invalid`] for the field `total` when it comes to
    /// something else than what was confirmed.
    pub async fn ask_for_hand_over(
        &self,
        customer: CustomerId,
        person: PersonId,
        id: Uuid,
        confirmed_minor: i64,
        party: TaxParty,
    ) -> Result<(), CommerceError> {
        let priced = self.preview_hand_over(customer, party).await?;
        if priced.map_or(0, |priced| priced.totals.total_minor) != confirmed_minor {
            let message = "what it comes to has changed meanwhile; please look at it and confirm again";
            return Err(CommerceError::invalid("total", message));
        }
        let config = self.config().clone();
        self.write(move |tx| {
            if store::find(tx, id)?.is_some_and(|same| same.customer == customer) {
                return Ok(());
            }
            if store::open_of(tx, customer)?.is_some() {
                let message = "everything is being handed over already; please wait until it is there";
                return Err(CommerceError::State(message.to_owned()));
            }
            let today = local_date(tx.now(), &config.time_zone);
            let asked = HandOver {
                id,
                customer,
                cause: Cause::Wish,
                state: HandOverState::Making,
                opened_at: tx.now(),
                warned_by: None,
                asked_by: Some(person),
                cure_until: None,
                cured_at: None,
                ended_at: None,
                ended_by: None,
                due_on: Some(after(today, config.hand_over.deliver_days)),
                invoice: None,
                ready_at: None,
                expires_at: None,
            };
            store::insert(tx, &asked, None)?;
            order_files(tx, id)
        })
        .await
    }

    /// What is charged and on which subscription, a running one before others; nothing where it is free.
    pub(super) async fn charge_of(
        &self,
        customer: CustomerId,
    ) -> Result<Option<(SubscriptionId, Vec<CartItem>)>, CommerceError> {
        let key = self.config().hand_over.item.clone();
        if key.is_empty() {
            return Ok(None);
        }
        let subscription = self.read(move |tx| charged(tx, customer)).await?;
        Ok(subscription.map(|id| (id, vec![CartItem { key, quantity: 1 }])))
    }
}

fn charged(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Option<SubscriptionId>, CommerceError> {
    let all = subscriptions::store::of_customer(tx, customer)?;
    let running = all.iter().find(|one| one.status == SubscriptionStatus::Active);
    Ok(running.or(all.first()).map(|one| one.id))
}
