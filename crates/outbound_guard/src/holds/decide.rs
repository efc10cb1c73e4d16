//! One message is decided on.

use mailkeep_storage::sql::SqlError;
use mailkeep_types::{CustomerId, StaffId, ids::new_uuid};

use super::store::{self, NewDecision};
use super::{Act, CONFIRMED_ONCE_IN, Cause, Decision, HeldMessage, Holds, HoldsError, Note};
use crate::content;
use crate::suspicions::{self, Answer};
use crate::tiers::Tier;
use crate::verdict::ReasonCode;

/// What a sender is told of a message that was dropped.
fn words(act: Act, why: Cause, code: Option<ReasonCode>) -> &'static str {
    match (act, why) {
        (Act::Withdraw, _) => "you took the message back before it was sent",
        (Act::Expire, _) if code == Some(ReasonCode::SignIn) => {
            "it was held because it came from a place that is new for your mailbox, and nobody said within 48 hours that it is theirs"
        }
        (Act::Expire, _) if code == Some(ReasonCode::Returns) => {
            "it was held because many addresses that your mailbox wrote to do not exist, and nobody decided on it within 48 hours; clean your list, or write to support if it shall go out"
        }
        (Act::Expire, _) if code == Some(ReasonCode::Complaints) => {
            "it was held because too many of those who got your mail take it for unwanted, and nobody decided on it within 48 hours; write to support if it shall go out"
        }
        (Act::Expire, _) => {
            "it was held because much the same text went to many people, and nobody decided on it within 48 hours; write to support if it shall go out"
        }
        (_, Cause::Stolen) => {
            "it was held and not sent, because somebody else seems to write from your mailbox; change its password"
        }
        (_, Cause::Spam) => {
            "it was held and not sent, because mail to many people who did not ask for it is against the terms"
        }
        _ => "it was held and not sent by a decision of the abuse desk; write to support to ask why",
    }
}

/// Whether what was decided says that a message was unwanted. Owners speak for themselves, and passing time for nobody.
const fn teaches(act: Act, why: Cause) -> Option<bool> {
    match (act, why) {
        (Act::Drop, Cause::Spam | Cause::Stolen) => Some(true),
        (Act::Release, Cause::Consented | Cause::Business | Cause::Mistaken) => Some(false),
        _ => None,
    }
}

impl Holds {
    /// Lets a held message go; false when it does not wait any more.
    ///
    /// # Errors
    /// When the queue fails.
    pub async fn release(&self, held: HeldMessage, why: Cause, by: StaffId) -> Result<bool, HoldsError> {
        let note = self.note(held, Act::Release, why, Some(by));
        self.queue.release(held.queue, note).await.map_err(HoldsError::Queue)
    }

    /// Drops a held message and tells its sender; false when it does not wait any more.
    ///
    /// # Errors
    /// When the queue fails.
    pub async fn drop_held(&self, held: HeldMessage, why: Cause, by: StaffId) -> Result<bool, HoldsError> {
        self.give_back(held, Act::Drop, why, Some(by)).await
    }

    /// The owner of the mailbox takes a held message back; false when it does not wait any more.
    ///
    /// # Errors
    /// When the queue fails.
    pub async fn withdraw(&self, held: HeldMessage) -> Result<bool, HoldsError> {
        self.give_back(held, Act::Withdraw, Cause::Owner, None).await
    }

    /// The time for a decision is over: the message goes back to its sender.
    ///
    /// # Errors
    /// When the queue fails; the message is held as before.
    pub async fn expire(&self, held: HeldMessage) -> Result<bool, HoldsError> {
        self.give_back(held, Act::Expire, Cause::Time, None).await
    }

    /// The owner of a mailbox says that what is held is theirs. It goes out when they may let it go (from where the mailbox is at home,
    /// once in a time, not in the lowest tier, and not as a part of a wave over many customers); else the desk sees what they said.
    /// Gives how many messages went out, and how many wait on.
    ///
    /// # Errors
    /// When the database or the queue fails.
    pub async fn confirm(&self, held: &[HeldMessage], at_home: bool) -> Result<(usize, usize), HoldsError> {
        let Some(first) = held.first().copied() else { return Ok((0, 0)) };
        let read = self.guard.0.db.read(move |tx| {
            let tier = crate::sending::store::tier(tx, first.customer)?.map_or(Tier::T0, |(_, tier)| tier);
            let since = tx.now().minus(CONFIRMED_ONCE_IN);
            let lately = store::was_confirmed(tx, first.mailbox, ReasonCode::Campaign, since)?;
            Ok::<_, SqlError>(tier > Tier::T0 && !lately)
        });
        let may = read.await? && at_home;
        let (mut gone, mut waiting) = (0, 0);
        for held in held.iter().filter(|held| held.mailbox == first.mailbox) {
            if may && held.code == Some(ReasonCode::Campaign) {
                gone += usize::from(self.let_go(*held, Act::Confirm, Cause::Owner).await?);
            } else {
                let note = self.note(*held, Act::Know, Cause::Owner, None);
                waiting +=
                    usize::from(self.queue.confirm(held.queue, note).await.map_err(HoldsError::Queue)?);
            }
        }
        Ok((gone, waiting))
    }

    /// What was decided on a customer's mail and trust, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_decisions(
        &self,
        customer: CustomerId,
        limit: usize,
    ) -> Result<Vec<Decision>, HoldsError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        Ok(self.guard.0.db.read(move |tx| store::decisions(tx, customer, limit)).await?)
    }

    /// The owner lets a message go.
    pub(crate) async fn let_go(&self, held: HeldMessage, act: Act, why: Cause) -> Result<bool, HoldsError> {
        let note = self.note(held, act, why, None);
        self.queue.release(held.queue, note).await.map_err(HoldsError::Queue)
    }

    pub(crate) async fn give_back(
        &self,
        held: HeldMessage,
        act: Act,
        why: Cause,
        by: Option<StaffId>,
    ) -> Result<bool, HoldsError> {
        let note = self.note(held, act, why, by);
        self.queue.give_back(held.queue, words(act, why, held.code), note).await.map_err(HoldsError::Queue)
    }

    fn note(&self, held: HeldMessage, act: Act, why: Cause, by: Option<StaffId>) -> Note {
        let id = new_uuid(&**self.guard.0.db.clock());
        Box::new(move |tx| {
            let decision = NewDecision {
                id,
                customer: held.customer,
                mailbox: Some(held.mailbox),
                queue: Some(held.queue),
                act,
                why,
                code: held.code,
                recipients: held.recipients,
                staff: by,
            };
            // What staff let out of a strange place they take for the owner's.
            if act == Act::Release && held.code == Some(ReasonCode::SignIn) {
                suspicions::store::answer(tx, held.mailbox, Answer::Mine)?;
            }
            // What its owner knows waits on.
            if let Some(number) = held.number.filter(|_| act != Act::Know) {
                content::store::answer(tx, number, teaches(act, why))?;
            }
            store::write(tx, &decision)
        })
    }
}
