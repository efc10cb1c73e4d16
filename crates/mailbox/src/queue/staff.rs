//! What staff sees of the queue and does with it. Addresses stay sealed; the destination's domain is shown.

use mailkeep_storage::sql::Channel;
use mailkeep_types::{MailboxId, QueueId, Timestamp};

use super::{mark, store};
use crate::error::{MailRefusal, Result};
use crate::post_office::PostOffice;

/// A queued message without personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedSummary {
    /// The message.
    pub id: QueueId,
    /// Who sends it; `None` for the installation itself.
    pub sender: Option<MailboxId>,
    /// Length in bytes.
    pub size: u64,
    /// Why it waits for a decision.
    pub hold: Option<String>,
    /// Destinations with the number of waiting recipients.
    pub destinations: Vec<(String, i64)>,
    /// Most tries of any waiting recipient.
    pub attempts: i64,
    /// The next try.
    pub next_at: Option<Timestamp>,
    /// The last reply code of any recipient.
    pub last_code: Option<i64>,
    /// When it was queued.
    pub created_at: Timestamp,
    /// When we give up.
    pub expires_at: Timestamp,
}

/// How much is in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QueueCounts {
    /// Messages.
    pub messages: i64,
    /// Messages that wait for a decision.
    pub held: i64,
    /// Recipients that wait.
    pub recipients: i64,
}

impl PostOffice {
    /// Queued messages, the oldest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list_queued(&self, limit: usize) -> Result<Vec<QueuedSummary>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        Ok(self.db().read(move |tx| store::list(tx, limit)).await?)
    }

    /// How much is in the queue.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn queue_counts(&self) -> Result<QueueCounts> {
        Ok(self.db().read(store::counts).await?)
    }

    /// Holds a message until somebody decides.
    ///
    /// # Errors
    /// [`MailRefusal::NotQueued`] or a failure of the store.
    pub async fn hold_queued(&self, id: QueueId, why: &str) -> Result<()> {
        let why: String = why.chars().take(500).collect();
        let found = self.db().write(move |tx| store::set_hold(tx, id, Some(&why))).await?;
        if found { Ok(()) } else { Err(MailRefusal::NotQueued.into()) }
    }

    /// Lets a held message go, or tries a waiting one at once.
    ///
    /// # Errors
    /// [`MailRefusal::NotQueued`] or a failure of the store.
    pub async fn release_queued(&self, id: QueueId) -> Result<()> {
        let found = self
            .db()
            .write(move |tx| {
                tx.notify(Channel::Queue, *id.as_bytes(), 1);
                store::retry_now(tx, id)?;
                store::set_hold(tx, id, None)
            })
            .await?;
        if found { Ok(()) } else { Err(MailRefusal::NotQueued.into()) }
    }

    /// Removes a message from the queue without telling its sender.
    ///
    /// # Errors
    /// [`MailRefusal::NotQueued`] or a failure of the store.
    pub async fn delete_queued(&self, id: QueueId) -> Result<()> {
        let found = self.db().write(move |tx| mark::remove(tx, id)).await?;
        if found { Ok(()) } else { Err(MailRefusal::NotQueued.into()) }
    }
}
