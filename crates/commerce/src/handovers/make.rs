//! The job's part of commerce: the charge, the place for the files, and that they are ready. What is in them the mail side knows.

use std::time::Duration;

use mailkeep_policy::requests;
use mailkeep_storage::blobs::Blobs;
use mailkeep_types::PersonId;
use serde_json::json;
use uuid::Uuid;

use super::{HandOver, HandOverState, store};
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::notices;

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
            let invoice = self.bill_extras(one.customer, subscription, items, id, None).await?;
            self.write(move |tx| Ok(store::set_invoice(tx, id, invoice)?)).await?;
        }
        self.remove_hand_over_files(blobs, id).await?;
        Ok(Some(one))
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
    pub async fn request_for_hand_over(
        &self,
        id: Uuid,
        subject: mailkeep_policy::Subject,
    ) -> Result<mailkeep_policy::Fact, CommerceError> {
        let proof = format!("hand-over {id}");
        Ok(requests::record(self.policy(), subject, mailkeep_policy::Act::Export, "hand-over", &proof)
            .await?)
    }
}
