//! Staff warn a customer, and take the warning back when it was cured.

use mailkeep_policy::{Personal, Subject, category};
use mailkeep_types::{CustomerId, PersonId, StaffId, new_uuid};
use serde_json::json;
use uuid::Uuid;

use super::{Cause, HandOver, HandOverState, LONGEST_REASON, SHORTEST_REASON, after, reason_place, store};
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::notices;

impl Commerce {
    /// Warns a customer: the owners get the reason, with the day until which it can be cured.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] for the field `reason`; [`CommerceError::Staff`] when a hand-over is open already.
    pub async fn warn_of_hand_over(
        &self,
        staff: StaffId,
        customer: CustomerId,
        reason: String,
        owners: Vec<PersonId>,
    ) -> Result<Uuid, CommerceError> {
        let reason = reason.trim().to_owned();
        if !(SHORTEST_REASON..=LONGEST_REASON).contains(&reason.chars().count()) {
            let message = format!("write {SHORTEST_REASON} to {LONGEST_REASON} letters");
            return Err(CommerceError::invalid("reason", message));
        }
        let id = new_uuid(&**self.clock());
        let value: Personal<String, category::Ticket> = Personal::new(reason.clone());
        let sealed = self.policy().seal(Subject::customer(customer), reason_place(id), &value)?.into_bytes();
        let (policy, config) = (self.policy().clone(), self.config().clone());
        self.write(move |tx| {
            if store::open_of(tx, customer)?.is_some() {
                let message = "there is a hand-over of this customer already; see to that one";
                return Err(CommerceError::Staff(message.to_owned()));
            }
            let cure_until = after(local_date(tx.now(), &config.time_zone), config.hand_over.cure_days);
            let warned = HandOver {
                id,
                customer,
                cause: Cause::Breach,
                state: HandOverState::Warned,
                opened_at: tx.now(),
                warned_by: Some(staff),
                asked_by: None,
                cure_until: Some(cure_until),
                cured_at: None,
                ended_at: None,
                ended_by: None,
                due_on: None,
                invoice: None,
                ready_at: None,
                expires_at: None,
            };
            store::insert(tx, &warned, Some(&sealed))?;
            let context = json!({ "reason": reason, "cure_until": cure_until.to_string() });
            notices::hand_over(tx, &policy, "commerce/hand_over_warned", &owners, id, &context)?;
            Ok(id)
        })
        .await
    }

    /// Notes that it was cured, and tells the owners. Done again it changes nothing.
    ///
    /// # Errors
    /// [`CommerceError::Staff`] when the services were ended already.
    pub async fn cure_hand_over(
        &self,
        staff: StaffId,
        id: Uuid,
        owners: Vec<PersonId>,
    ) -> Result<(), CommerceError> {
        let policy = self.policy().clone();
        self.write(move |tx| {
            if store::set_cured(tx, id, staff)? {
                let context = json!({});
                return notices::hand_over(tx, &policy, "commerce/hand_over_cured", &owners, id, &context);
            }
            match store::find(tx, id)?.ok_or(CommerceError::NotFound("hand-over"))?.state {
                HandOverState::Cured => Ok(()),
                _ => Err(CommerceError::Staff("the services were ended already".to_owned())),
            }
        })
        .await
    }
}
