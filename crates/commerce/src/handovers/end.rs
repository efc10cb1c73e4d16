//! A person ends what a customer has, after the days to cure; the files are made by a job.

use mailkeep_storage::jobs::{NewJob, enqueue};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{CustomerId, PersonId, StaffId};
use mailkeep_webhooks::events::EventKind;
use serde_json::json;
use uuid::Uuid;

use super::{HandOverState, after, store};
use crate::changes::AskedBy;
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::jobs::{HandOverJob, MAKE_HAND_OVER};
use crate::subscriptions::SubscriptionStatus;
use crate::{endings, events, notices, subscriptions};

impl Commerce {
    /// Ends every running subscription of the customer when today is over, and orders the files: one transaction. The charge
    /// is billed by the job. Done again it changes nothing.
    ///
    /// # Errors
    /// [`CommerceError::Staff`] before the days to cure are over, and when it was cured.
    pub async fn end_for_hand_over(
        &self,
        staff: StaffId,
        id: Uuid,
        owners: Vec<PersonId>,
    ) -> Result<(), CommerceError> {
        let (policy, config) = (self.policy().clone(), self.config().clone());
        self.write(move |tx| {
            let one = store::find(tx, id)?.ok_or(CommerceError::NotFound("hand-over"))?;
            let today = local_date(tx.now(), &config.time_zone);
            match one.state {
                HandOverState::Warned => {}
                HandOverState::Cured => {
                    return Err(CommerceError::Staff("it was cured; there is nothing to end".to_owned()));
                }
                HandOverState::Making | HandOverState::Ready | HandOverState::Expired => return Ok(()),
            }
            if !one.can_be_ended(today) {
                let until = one.cure_until.map(|day| day.to_string()).unwrap_or_default();
                let message = format!("it can be cured until {until}; nothing is ended before");
                return Err(CommerceError::Staff(message));
            }
            let due_on = after(today, config.hand_over.deliver_days);
            if store::set_ended(tx, id, staff, due_on)? {
                end_all(tx, one.customer, staff)?;
                order_files(tx, id)?;
                let context = json!({ "due_on": due_on.to_string() });
                notices::hand_over(tx, &policy, "commerce/hand_over_ended", &owners, id, &context)?;
            }
            Ok(())
        })
        .await
    }
}

/// Orders the files of a hand-over.
pub(super) fn order_files(tx: &mut Tx<'_>, id: Uuid) -> Result<(), CommerceError> {
    enqueue(tx, NewJob::new(MAKE_HAND_OVER, &HandOverJob { hand_over_id: id }).key(id.to_string()))?;
    Ok(())
}

/// Every running subscription ends when today is over; what ends sooner stays so.
pub(super) fn end_all(tx: &mut Tx<'_>, customer: CustomerId, by: StaffId) -> Result<(), CommerceError> {
    for subscription in subscriptions::store::of_customer(tx, customer)? {
        if subscription.status == SubscriptionStatus::Ended {
            continue;
        }
        let today = local_date(tx.now(), &subscription.time_zone);
        let before = endings::store::find(tx, subscription.id)?;
        let tomorrow = today.tomorrow().unwrap_or(today);
        let ends_on = before.as_ref().map_or(tomorrow, |ending| ending.ends_on.min(tomorrow));
        // What the customer wished for stays on its day, and is no longer the customer's to take back.
        let is_so =
            |ending: &endings::Ending| ending.ends_on == ends_on && AskedBy::is_staff(&ending.asked_by);
        if before.as_ref().is_some_and(is_so) {
            continue;
        }
        endings::store::put(tx, subscription.id, &AskedBy::Staff(by).word(), ends_on)?;
        subscriptions::store::set_cancel(tx, subscription.id, subscription.next_on >= ends_on)?;
        events::subscription(tx, subscription.id, customer, EventKind::SubscriptionCancelled)?;
    }
    Ok(())
}
