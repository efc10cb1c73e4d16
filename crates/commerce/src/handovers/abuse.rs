//! The relationship ends for misuse, by two of staff; and is taken up again. The customer still gets everything that is held for them.

use mailkeep_storage::sql::Tx;
use mailkeep_types::{CustomerId, StaffId, SubscriptionId, Timestamp, new_uuid};
use mailkeep_webhooks::events::EventKind;
use uuid::Uuid;

use super::end::{end_all, order_files};
use super::{Cause, HandOver, HandOverState, after, store};
use crate::changes::AskedBy;
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::{endings, subscriptions};

impl Commerce {
    /// Ends every running subscription of the customer when today is over, without days to cure, and orders the files: one transaction. The
    /// caller tells the customer. Done again it changes nothing.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn end_for_abuse(&self, staff: StaffId, customer: CustomerId) -> Result<(), CommerceError> {
        let (id, config) = (new_uuid(&**self.clock()), self.config().clone());
        self.write(move |tx| {
            let living = subscriptions::store::of_customer(tx, customer)?;
            if living.iter().all(|one| one.status == subscriptions::SubscriptionStatus::Ended) {
                return Ok(());
            }
            end_all(tx, customer, staff)?;
            let today = local_date(tx.now(), &config.time_zone);
            hand_over(tx, staff, customer, id, after(today, config.hand_over.deliver_days))
        })
        .await
    }

    /// Takes up again what staff ended since then: it goes on where it is not paused yet, and is restored where it is and there is something
    /// to restore.
    ///
    /// # Errors
    /// When the store fails; asked again, it does what is left.
    pub async fn take_up_after_abuse(
        &self,
        staff: StaffId,
        customer: CustomerId,
        since: Timestamp,
    ) -> Result<(), CommerceError> {
        let mut endings = self.list_endings(customer).await?;
        endings.retain(|ending| AskedBy::is_staff(&ending.asked_by) && ending.asked_at >= since);
        for ending in endings {
            let id = ending.subscription;
            let taken = match ending.paused_on {
                Some(_) => self.restore_subscription(staff, id).await,
                None => self.write(move |tx| go_on(tx, customer, id)).await,
            };
            match taken {
                Err(CommerceError::Staff(why)) => {
                    tracing::warn!(subscription = %id, why, "a subscription is not taken up again");
                }
                taken => taken?,
            }
        }
        Ok(())
    }
}

/// The files are made now: by the hand-over that is open, or by a new one.
fn hand_over(
    tx: &mut Tx<'_>,
    staff: StaffId,
    customer: CustomerId,
    id: Uuid,
    due_on: jiff::civil::Date,
) -> Result<(), CommerceError> {
    match store::open_of(tx, customer)? {
        Some(open) if open.state == HandOverState::Warned => {
            store::set_ended(tx, open.id, staff, due_on)?;
            order_files(tx, open.id)
        }
        Some(_) => Ok(()),
        None => {
            let new = HandOver {
                id,
                customer,
                cause: Cause::Abuse,
                state: HandOverState::Making,
                opened_at: tx.now(),
                warned_by: None,
                asked_by: None,
                cure_until: None,
                cured_at: None,
                ended_at: None,
                ended_by: None,
                due_on: Some(due_on),
                invoice: None,
                ready_at: None,
                expires_at: None,
            };
            store::insert(tx, &new, None)?;
            store::note_ended(tx, id, staff)?;
            order_files(tx, id)
        }
    }
}

fn go_on(tx: &mut Tx<'_>, customer: CustomerId, id: SubscriptionId) -> Result<(), CommerceError> {
    endings::store::delete(tx, id)?;
    subscriptions::store::set_cancel(tx, id, false)?;
    crate::events::subscription(tx, id, customer, EventKind::SubscriptionResumed)?;
    Ok(())
}
