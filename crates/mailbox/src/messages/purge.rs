//! What was expunged goes for good when its days are over.

use mailkeep_storage::jobs::{self, NewJob};
use serde::{Deserialize, Serialize};

use super::store;
use crate::error::Result;
use crate::post_office::PostOffice;

/// The kind of the scheduled job that purges.
pub const PURGE_JOB: &str = "mailbox.purge";
/// The kind of the jobs that delete the blob of a purged message.
pub const BLOB_JOB: &str = "mailbox.delete_blob";

/// The payload of [`BLOB_JOB`].
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct DeleteBlob {
    pub key: String,
}

impl PostOffice {
    /// Purges what is due, a few hundred at a time so that nobody waits long; gives how many contents were removed.
    ///
    /// # Errors
    /// When the store fails; what was done stays done.
    pub async fn purge_expunged(&self) -> Result<u64> {
        const BATCH: i64 = 300;
        let mut removed = 0;
        loop {
            let (due, gone) = self
                .db()
                .write(|tx| -> Result<(Vec<_>, u64)> {
                    let due = store::due_for_purge(tx, BATCH)?;
                    let mut gone = 0;
                    for (mailbox, folder, uid, body) in &due {
                        store::release(tx, *folder, *uid)?;
                        if let Some(key) = store::remove_unused(tx, *mailbox, *body)? {
                            jobs::enqueue(
                                tx,
                                NewJob::new(BLOB_JOB, &DeleteBlob { key: key.clone() }).key(key),
                            )?;
                        }
                        gone += 1;
                    }
                    Ok((due, gone))
                })
                .await?;
            removed += gone;
            // What searches kept in memory of its words goes with a message.
            let mailboxes: std::collections::HashSet<_> = due.iter().map(|(mailbox, ..)| *mailbox).collect();
            mailboxes.into_iter().for_each(|mailbox| self.0.search.forget(mailbox));
            if i64::try_from(due.len()).unwrap_or(0) < BATCH {
                return Ok(removed);
            }
        }
    }
}
