//! The job's part of commerce: the charge, the place for the files, and that they are ready. What is in them the mail side knows.

use std::time::Duration;

use mailkeep_policy::{Act, Actor, Fact, Json, Place, Sealed, Subject, Use, category, purpose, requests};
use mailkeep_storage::blobs::Blobs;
use mailkeep_types::{CustomerId, PersonId, SubscriptionId};
use serde_json::json;
use uuid::Uuid;

use super::{HandOver, HandOverState, store};
use crate::carts::CartItem;
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::notices;
use crate::orders::{self, BillingDetails};
use crate::taxes::TaxParty;

impl Commerce {
    /// Takes a hand-over into work: bills the charge, once, and removes what an earlier try made. `None` when it is not to be
    /// made any more.
    ///
    /// # Errors
    /// As [`Commerce::order_extras`], and when a store fails; then it can be done again.
    pub async fn begin_hand_over(&self, blobs: &Blobs, id: Uuid) -> Result<Option<HandOver>, CommerceError> {
        let found = self.read(move |tx| store::find(tx, id)).await?;
        let Some(one) = found.filter(|one| one.state == HandOverState::Making) else { return Ok(None) };
        if one.invoice.is_none()
            && let Some((subscription, items)) = self.charge_of(one.customer).await?
        {
            let invoice = match self.find_extras(one.customer, id).await? {
                Some(billed) => billed,
                None => {
                    let total = self.total_of_charge(one.customer, subscription, items.clone()).await?;
                    self.order_extras(one.customer, subscription, items, id, total).await?
                }
            };
            self.write(move |tx| Ok(store::set_invoice(tx, id, invoice)?)).await?;
        }
        self.remove_hand_over_files(blobs, id).await?;
        Ok(Some(one))
    }

    /// What the charge comes to where the customer is taxed, in minor units.
    async fn total_of_charge(
        &self,
        customer: CustomerId,
        subscription: SubscriptionId,
        items: Vec<CartItem>,
    ) -> Result<i64, CommerceError> {
        let asked = Use {
            actor: Actor::System("hand-over"),
            subject: Subject::customer(customer),
            act: Act::Read,
            fields: &["billing_profiles.details"],
            fact: Fact::ServiceOrdered(subscription.uuid()),
        };
        let grant = self.policy().grant::<purpose::Deliver>(asked).await?;
        let sealed = self.read(move |tx| Ok(orders::store::profile(tx, customer)?)).await?;
        let sealed = sealed.ok_or(CommerceError::NotFound("billing address"))?;
        let place = Place { table: "billing_profiles", column: "details", row: customer.uuid() };
        let sealed = Sealed::<Json<BillingDetails>, category::BillingAddress>::from_bytes(sealed);
        let details = self.policy().show(&grant, place, &sealed)?.reshape(|Json(details)| details.clone());
        let party = TaxParty::of_shown(&details);
        Ok(self.preview_extras(customer, subscription, items, party).await?.totals.total_minor)
    }

    /// Everything is there: the owners are told, and can fetch it for some days. Done again it changes nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn finish_hand_over(&self, id: Uuid, owners: Vec<PersonId>) -> Result<(), CommerceError> {
        let (policy, config) = (self.policy().clone(), self.config().clone());
        self.write(move |tx| {
            let keep = Duration::from_secs(u64::from(config.hand_over.keep_days) * 86_400);
            let until = tx.now().plus(keep);
            if store::set_ready(tx, id, until)? {
                let context = json!({ "fetch_until": local_date(until, &config.time_zone).to_string() });
                notices::hand_over(tx, &policy, "commerce/hand_over_ready", &owners, id, &context)?;
            }
            Ok(())
        })
        .await
    }

    /// Records the request under which everything of a subject is read for a hand-over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn request_for_hand_over(&self, id: Uuid, subject: Subject) -> Result<Fact, CommerceError> {
        let proof = format!("hand-over {id}");
        Ok(requests::record(self.policy(), subject, Act::Export, "hand-over", &proof).await?)
    }
}
