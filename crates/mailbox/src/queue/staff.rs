//! What staff sees of the queue and does with it. Addresses stay sealed; the destination's domain is shown.

use mailkeep_storage::sql::{Channel, SqlError};
use mailkeep_types::{MailboxId, QueueId, Timestamp};

use super::{mark, store};
use crate::error::{MailRefusal, Result};
use crate::post_office::PostOffice;
use crate::traces::{StepKind, note};

/// A queued message without personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedSummary {
    /// The message.
    pub id: QueueId,
    /// Who sends it; `None` for the installation itself.
    pub sender: Option<MailboxId>,
    /// Length in bytes.
    pub size: u64,
    /// Whether it waits for a decision.
    pub held: bool,
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

    /// Tries a waiting message at once. What is held stays held.
    ///
    /// # Errors
    /// [`MailRefusal::NotQueued`] or a failure of the store.
    pub async fn retry_queued(&self, id: QueueId) -> Result<()> {
        let found = self
            .db()
            .write(move |tx| {
                tx.notify(Channel::Queue, *id.as_bytes(), 1);
                store::retry_now(tx, id)?;
                Ok::<_, SqlError>(store::sender(tx, id)?.is_some())
            })
            .await?;
        if found { Ok(()) } else { Err(MailRefusal::NotQueued.into()) }
    }

    /// Removes a message from the queue without telling its sender.
    ///
    /// # Errors
    /// [`MailRefusal::NotQueued`] or a failure of the store.
    pub async fn delete_queued(&self, id: QueueId) -> Result<()> {
        let write = self.db().write(move |tx| {
            note::step_of_all(tx, id, StepKind::Removed)?;
            mark::remove(tx, id)
        });
        let found = write.await?;
        if found { Ok(()) } else { Err(MailRefusal::NotQueued.into()) }
    }
}
