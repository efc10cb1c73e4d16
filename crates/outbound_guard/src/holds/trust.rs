//! Whom staff trust with sending: a customer altogether, or a mailbox with its campaigns for some time.

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{CustomerId, MailboxId, StaffId, Timestamp, ids::new_uuid};
use uuid::Uuid;

use super::store::{self, NewDecision};
use super::{Act, Cause, EXCEPTED_FOR};
use crate::sending::{Guard, store as sending};
use crate::tiers::Tier;

/// A mailbox whose campaigns go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The mailbox.
    pub mailbox: MailboxId,
    /// Why.
    pub why: Cause,
    /// Who of staff decided.
    pub staff: Option<StaffId>,
    /// Until when.
    pub ends_at: Timestamp,
}

/// How far a customer is trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust {
    /// The tier; nothing before the first message.
    pub tier: Option<Tier>,
    /// The exceptions in force.
    pub exceptions: Vec<Exception>,
}

impl Guard {
    /// Lifts a customer into the highest tier; false when they are there. Its limits are those of the class of service alone, and its
    /// own campaigns are not held; a wave over many customers is.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn trust(&self, customer: CustomerId, why: Cause, by: StaffId) -> Result<bool, SqlError> {
        let id = new_uuid(&**self.0.db.clock());
        let write = self.0.db.write(move |tx| {
            let now = sending::tier(tx, customer)?;
            let number = match now {
                Some((_, Tier::T3)) => return Ok(false),
                Some((number, _)) => number + 1,
                None => 1,
            };
            sending::set_tier(tx, customer, number, Tier::T3, Some(by))?;
            note(tx, id, customer, None, Act::Trust, why, by)?;
            Ok(true)
        });
        write.await
    }

    /// Takes back what [`Guard::trust`] and [`Guard::except`] gave: the customer is in the tier of before, from which paid days lift
    /// them; false when there is nothing to take back.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn untrust(&self, customer: CustomerId, why: Cause, by: StaffId) -> Result<bool, SqlError> {
        let id = new_uuid(&**self.0.db.clock());
        let write = self.0.db.write(move |tx| {
            let mut changed = store::end_exceptions(tx, customer)?;
            if let Some((number, Tier::T3)) = sending::tier(tx, customer)? {
                let before = sending::earned_tier(tx, customer)?.unwrap_or(Tier::T0);
                sending::set_tier(tx, customer, number + 1, before, Some(by))?;
                changed = true;
            }
            if changed {
                note(tx, id, customer, None, Act::Untrust, why, by)?;
            }
            Ok(changed)
        });
        write.await
    }

    /// Lets the campaigns of a mailbox go out from now on for [`EXCEPTED_FOR`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn except(
        &self,
        customer: CustomerId,
        mailbox: MailboxId,
        why: Cause,
        by: StaffId,
    ) -> Result<Timestamp, SqlError> {
        let id = new_uuid(&**self.0.db.clock());
        let write = self.0.db.write(move |tx| {
            let ends_at = tx.now().plus(EXCEPTED_FOR);
            store::except(tx, customer, &Exception { mailbox, why, staff: Some(by), ends_at })?;
            note(tx, id, customer, Some(mailbox), Act::Except, why, by)?;
            Ok(ends_at)
        });
        write.await
    }

    /// How far a customer is trusted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn trust_in(&self, customer: CustomerId) -> Result<Trust, SqlError> {
        let read = self.0.db.read(move |tx| {
            let tier = sending::tier(tx, customer)?.map(|(_, tier)| tier);
            Ok(Trust { tier, exceptions: store::exceptions(tx, customer)? })
        });
        read.await
    }
}

fn note(
    tx: &mut Tx<'_>,
    id: Uuid,
    customer: CustomerId,
    mailbox: Option<MailboxId>,
    act: Act,
    why: Cause,
    by: StaffId,
) -> Result<(), SqlError> {
    let staff = Some(by);
    store::write(
        tx,
        &NewDecision { id, customer, mailbox, queue: None, act, why, code: None, recipients: 0, staff },
    )
}
