//! Bringing expunged messages back.

use std::sync::Arc;

use mailkeep_policy::MailColumn;
use mailkeep_types::{FolderId, Timestamp};

use super::{Flags, Metadata, Target, copy::insert_copies, store};
use crate::error::{MailError, MailRefusal, Result};
use crate::mailboxes::MailboxSession;

/// An expunged message that can be brought back.
#[derive(Debug, Clone)]
pub struct Restorable {
    /// The folder it was in, which may be gone.
    pub folder: FolderId,
    /// Its UID there.
    pub uid: u32,
    /// When it went.
    pub expunged_at: Timestamp,
    /// Its length.
    pub size: u64,
    /// Sender, subject and so on.
    pub metadata: Metadata,
}

impl MailboxSession {
    /// The messages that can be brought back, the latest first.
    ///
    /// # Errors
    /// When the store fails or the grant ended.
    pub async fn list_restorable(&self, limit: usize) -> Result<Vec<Restorable>> {
        let (mailbox, keys, grant) = (self.mailbox(), self.keys().clone(), Arc::clone(self.grant()));
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.office()
            .db()
            .read(move |tx| {
                let mut out = Vec::new();
                for expunged in store::restorable(tx, mailbox, limit)? {
                    let body = expunged.row.body;
                    let sealed = store::meta(tx, mailbox, body)?.ok_or(MailError::Damaged("metadata"))?;
                    let bytes = keys.cipher.open(&grant, MailColumn::Envelope, body.as_bytes(), &sealed)?;
                    out.push(Restorable {
                        folder: expunged.folder,
                        uid: expunged.row.uid,
                        expunged_at: expunged.expunged_at,
                        size: expunged.row.size,
                        metadata: Metadata::from_bytes(bytes).ok_or(MailError::Damaged("metadata"))?,
                    });
                }
                Ok(out)
            })
            .await
    }

    /// Brings a message back: into its folder if that is there, else into the INBOX. Gives the folder and new UID.
    ///
    /// # Errors
    /// [`MailRefusal::NoMessage`] when its time is over; [`MailRefusal::OverQuota`].
    pub async fn undelete(&self, folder: FolderId, uid: u32) -> Result<(FolderId, u32)> {
        let (mailbox, facts) = (self.mailbox(), Arc::clone(self.facts()));
        self.office()
            .db()
            .write(move |tx| {
                let mut row =
                    store::take_expunged(tx, mailbox, folder, uid)?.ok_or(MailRefusal::NoMessage)?;
                row.flags = row.flags.without(Flags::DELETED);
                let counters = store::add_usage(tx, mailbox, row.size, 1)?.ok_or(MailRefusal::NoMailbox)?;
                if facts.quota_bytes > 0 && counters.used_bytes > facts.quota_bytes {
                    return Err(MailRefusal::OverQuota.into());
                }
                let there = crate::folders::store::state(tx, mailbox, folder)?.is_some();
                let into = if there { folder } else { facts.inbox };
                let copied = insert_copies(tx, Target { mailbox, folder: into }, &[row], counters)?;
                let new = copied.pairs.first().map(|(_, new)| *new).ok_or(MailRefusal::NoMessage)?;
                Ok((into, new))
            })
            .await
    }
}
