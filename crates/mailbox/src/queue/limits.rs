//! What a mailbox may send: blocks, recipients of a message, recipients of a day.

use mailkeep_storage::sql::Tx;
use mailkeep_types::MailboxId;

use super::store;
use crate::error::{MailRefusal, Result};
use crate::mailboxes::{self, MailboxFacts, MailboxState};
use crate::post_office::PostOffice;

/// Refuses a message before it is sealed.
pub(super) fn check_sender(facts: &MailboxFacts, recipients: i64) -> Result<(), MailRefusal> {
    if facts.state != MailboxState::Active {
        return Err(MailRefusal::MailboxState(facts.state.id()));
    }
    if !facts.blocks.is_empty() {
        let blocks: Vec<String> = facts.blocks.iter().map(ToString::to_string).collect();
        return Err(MailRefusal::SendingBlocked(blocks.join(", ")));
    }
    let limit = facts.class.per_message();
    if recipients > limit { Err(MailRefusal::RecipientsPerMessage(limit)) } else { Ok(()) }
}

/// Counts recipients of the day and refuses what is beyond the limit.
pub(super) fn count_recipients(tx: &mut Tx<'_>, sender: MailboxId, recipients: usize) -> Result<()> {
    const DAY: i64 = 24 * 3600;
    let row = mailboxes::store::row(tx, sender)?.ok_or(MailRefusal::NoMailbox)?;
    let day = tx.now().as_seconds().div_euclid(DAY);
    let age = day - row.created_at.as_seconds().div_euclid(DAY);
    let limit = row.class.per_day(age);
    let count = i64::try_from(recipients).unwrap_or(i64::MAX);
    if store::count_sent(tx, sender, day, count)? > limit && !row.class.day_is_counted_elsewhere {
        return Err(MailRefusal::RecipientsPerDay(limit).into());
    }
    Ok(())
}

impl PostOffice {
    /// Refuses when a mailbox may not send at all, or not to so many in one message. What it may send in a day is checked where
    /// it is counted: at queueing, and by [`PostOffice::count_sent`].
    ///
    /// # Errors
    /// A refusal with a reason to show, or a failure of the store.
    pub async fn check_sending(&self, sender: MailboxId, recipients: usize) -> Result<()> {
        let facts = self.mailbox_facts(sender).await?;
        Ok(check_sender(&facts, i64::try_from(recipients).unwrap_or(i64::MAX))?)
    }

    /// Counts recipients who are served without the queue, such as mailboxes of ours.
    ///
    /// # Errors
    /// [`MailRefusal::RecipientsPerDay`], or a failure of the store.
    pub async fn count_sent(&self, sender: MailboxId, recipients: usize) -> Result<()> {
        self.db().write(move |tx| count_recipients(tx, sender, recipients)).await
    }
}
