//! What recipients say of mail that mailboxes of ours sent: servers that refuse it, and readers here who move it to Junk or back. The trace
//! knows who sent it; whoever limits sending is told by a job, after the commit.

use mailkeep_protocols::reports::Cause;
use mailkeep_storage::jobs::{NewJob, enqueue};
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{CustomerId, FolderId, MailboxId, QueueId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::store;
use crate::error::Result;
use crate::folders::{self, Role};
use crate::mailboxes::customer_of;
use crate::messages::MessageRow;
use crate::post_office::PostOffice;

/// The kind of the job whose payload is [`RecipientRefused`].
pub const REFUSED_JOB: &str = "mailbox.recipient_refused";
/// The kind of the job whose payload is [`ReaderMoved`].
pub const MOVED_JOB: &str = "mailbox.reader_moved";
/// Whoever moves more at once tidies up.
const MOST_MOVED: usize = 100;

/// A server refused a message of a mailbox of ours for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecipientRefused {
    /// Who sent it.
    pub sender: MailboxId,
    /// Whose mailbox that is.
    pub customer: CustomerId,
    /// The message, as its trace names it.
    pub message: Uuid,
    /// The recipient's place in it.
    pub position: i64,
    /// It was taken for spam; else the address does not exist.
    pub spam: bool,
}

/// A reader here moved a message of a mailbox of ours to Junk, or out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReaderMoved {
    /// Who sent it.
    pub sender: MailboxId,
    /// Whose mailbox that is.
    pub customer: CustomerId,
    /// Who moved it.
    pub reader: MailboxId,
    /// To Junk.
    pub junk: bool,
}

/// A message of a mailbox of ours, to one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentTo {
    /// Who sent it.
    pub mailbox: MailboxId,
    /// Whose mailbox that is.
    pub customer: CustomerId,
    /// The recipient, as a hash under a secret.
    pub recipient: Vec<u8>,
    /// The recipient's domain.
    pub domain: String,
}

/// Whether a final refusal says something of the message or its list.
pub(crate) const fn is_heard(cause: Cause) -> bool {
    matches!(cause, Cause::Hard | Cause::Spam)
}

/// Passes on that a server refused a message for good.
pub(crate) fn refused(
    tx: &mut Tx<'_>,
    sender: MailboxId,
    (id, position): (QueueId, i64),
    cause: Cause,
) -> Result<()> {
    let Some(customer) = customer_of(tx, sender)? else { return Ok(()) };
    let spam = cause == Cause::Spam;
    let payload = RecipientRefused { sender, customer, message: id.uuid(), position, spam };
    enqueue(tx, NewJob::new(REFUSED_JOB, &payload).key(format!("{id}:{position}")))?;
    Ok(())
}

/// Passes on that a reader moved messages from one folder to another, where one of them is Junk, and somebody here, of another customer,
/// sent them.
pub(crate) fn moved(
    tx: &mut Tx<'_>,
    reader: MailboxId,
    (from, into): (Option<FolderId>, FolderId),
    rows: &[MessageRow],
) -> Result<()> {
    let roles = folders::store::roles(tx, reader)?;
    let junk = roles.iter().find(|(role, _)| *role == Role::Junk).map(|(_, folder)| *folder);
    let is_junk = match (junk, from) {
        (Some(junk), from) if into == junk && from != Some(junk) => true,
        (Some(junk), Some(from)) if from == junk && into != junk => false,
        _ => return Ok(()),
    };
    if rows.len() > MOST_MOVED {
        return Ok(());
    }
    let own = customer_of(tx, reader)?;
    for row in rows {
        let Some((sender, customer)) = store::sender_here(tx, row.body.uuid(), reader)? else { continue };
        if own == Some(customer) {
            continue;
        }
        let payload = ReaderMoved { sender, customer, reader, junk: is_junk };
        enqueue(tx, NewJob::new(MOVED_JOB, &payload).key(format!("{reader}:{}:{is_junk}", row.body.uuid())))?;
    }
    Ok(())
}

impl PostOffice {
    /// Who here sent the message of a Message-ID to somebody: to this recipient where one is named, else to one of these domains, else to
    /// anybody.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sent_to(
        &self,
        message_id: &str,
        recipient: Option<&str>,
        domains: Vec<String>,
    ) -> std::result::Result<Option<SentTo>, SqlError> {
        let message = self.traced_message(message_id);
        let recipient = match recipient {
            None => None,
            // An address that nobody could have written to was written to by nobody.
            Some(address) => match self.traced_party(address) {
                None => return Ok(None),
                known => known,
            },
        };
        self.db().read(move |tx| store::sent_to(tx, &message, recipient.as_ref(), &domains)).await
    }

    /// The last recipients elsewhere of a mailbox that have a final answer, the newest first, by message and place.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn last_answered(
        &self,
        mailbox: MailboxId,
        limit: usize,
    ) -> std::result::Result<Vec<(Uuid, i64)>, SqlError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.db().read(move |tx| store::last_answered(tx, mailbox, limit)).await
    }
}
