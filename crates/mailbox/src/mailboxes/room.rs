//! Whether a mailbox has room for a message, before the message comes.

use std::time::Duration;

use mailkeep_types::{MailboxId, Timestamp};

use super::store;
use crate::error::Result;
use crate::post_office::PostOffice;

/// Whether there is room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// There is.
    Enough,
    /// There is none for this message, and not for long yet: the sender shall come again.
    FullForNow,
    /// The mailbox has been full for longer than [`crate::Settings::full_patience`]: the sender is refused.
    Full,
}

/// For how long a mailbox with much room is not looked at again. What is stored in the meantime is checked when it is
/// stored.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

impl PostOffice {
    /// Whether a mailbox has room for so many bytes (BUSINESS-RULES 5). It counts as full once a message found no room and
    /// nine tenths are used: what is left seldom comes to nothing at all. That starts the patience; falling below ends it.
    ///
    /// # Errors
    /// [`crate::MailRefusal::NoMailbox`] or a failure of the store.
    pub async fn room_for(&self, mailbox: MailboxId, bytes: u64) -> Result<Room> {
        let quota = self.mailbox_facts(mailbox).await?.quota_bytes;
        let now = self.db().now();
        let looked_at = self.0.roomy.lock().get(&mailbox).copied();
        if quota == 0 || looked_at.is_some_and(|at| at <= now && now < at.plus(LOOK_AGAIN)) {
            return Ok(Room::Enough);
        }
        let (used, full_since) = self.db().read(move |tx| store::fullness(tx, mailbox)).await?;
        let needed = used.saturating_add(bytes.max(1));
        if needed.saturating_mul(10) <= quota.saturating_mul(9) {
            self.0.roomy.lock().put(mailbox, now);
        }
        let nearly_full = used.saturating_mul(10) >= quota.saturating_mul(9);
        if !nearly_full && full_since.is_some() {
            self.set_full_since(mailbox, None).await?;
        }
        if needed <= quota {
            return Ok(Room::Enough);
        }
        if !nearly_full {
            // There is room, only not for this message.
            return Ok(Room::FullForNow);
        }
        let since = match full_since {
            Some(since) => since,
            None => {
                self.set_full_since(mailbox, Some(now)).await?;
                now
            }
        };
        Ok(if now < since.plus(self.settings().full_patience) { Room::FullForNow } else { Room::Full })
    }

    async fn set_full_since(&self, mailbox: MailboxId, since: Option<Timestamp>) -> Result<()> {
        Ok(self.db().write(move |tx| store::set_full_since(tx, mailbox, since)).await?)
    }
}
