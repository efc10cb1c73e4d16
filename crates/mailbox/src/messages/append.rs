//! APPEND: the owner puts messages into a folder, several in one transaction.

use std::sync::Arc;

use mailkeep_storage::sql::Channel;
use mailkeep_types::{FolderId, Timestamp};

use super::{Flags, Prepared, Stored, Target, store};
use crate::error::{MailRefusal, Result};
use crate::mailboxes::MailboxSession;

/// A message to be put into a folder.
#[derive(Debug, Clone)]
pub struct Append {
    /// The message.
    pub message: Arc<Prepared>,
    /// Its flags.
    pub flags: Flags,
    /// Its date; now when none is given.
    pub internal_at: Option<Timestamp>,
}

impl MailboxSession {
    /// Puts messages into a folder: all of them or none.
    ///
    /// # Errors
    /// [`MailRefusal::NoFolder`], [`MailRefusal::OverQuota`] or a failure of the store.
    pub async fn append(&self, folder: FolderId, messages: Vec<Append>) -> Result<Vec<Stored>> {
        let target = Target { mailbox: self.mailbox(), folder };
        let quota = self.facts().quota_bytes;
        let mut sealed = Vec::with_capacity(messages.len());
        for append in &messages {
            sealed.push(self.office().seal_message(target.mailbox, &append.message).await?);
        }
        let rows: Arc<Vec<_>> = Arc::new(
            messages
                .into_iter()
                .zip(sealed)
                .map(|(append, sealed)| (append.flags, append.internal_at, sealed))
                .collect(),
        );
        self.office()
            .db()
            .write(move |tx| {
                let mut out = Vec::with_capacity(rows.len());
                for (flags, internal_at, message) in rows.iter() {
                    let counters = store::add_usage(tx, target.mailbox, message.size, 1)?
                        .ok_or(MailRefusal::NoMailbox)?;
                    if quota > 0 && counters.used_bytes > quota {
                        return Err(MailRefusal::OverQuota.into());
                    }
                    let unseen = u64::from(!flags.contains(Flags::SEEN));
                    let taken = store::take_uids(
                        tx,
                        folder,
                        target.mailbox,
                        counters.modseq,
                        1,
                        message.size,
                        unseen,
                    )?
                    .ok_or(MailRefusal::NoFolder)?;
                    let internal_at = internal_at.unwrap_or(tx.now());
                    store::insert_message(
                        tx,
                        target,
                        taken.first_uid,
                        counters.modseq,
                        *flags,
                        internal_at,
                        message,
                    )?;
                    tx.notify(Channel::Mailbox, *target.mailbox.as_bytes(), counters.modseq_value());
                    out.push(Stored {
                        folder,
                        uidvalidity: taken.uidvalidity,
                        uid: taken.first_uid,
                        modseq: counters.modseq,
                        body: message.body,
                    });
                }
                Ok(out)
            })
            .await
    }
}
