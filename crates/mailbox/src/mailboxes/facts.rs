//! What is asked of a mailbox with every message: cached, and dropped when it changes.

use std::sync::Arc;

use mailkeep_types::{DomainId, FolderId, MailboxId, Timestamp};

use super::{ClassLimits, MailboxState, SendingBlock, store};
use crate::error::{MailError, MailRefusal, Result};
use crate::folders::{self, Role};
use crate::post_office::{OWN_MAILBOX, PostOffice};

/// The facts of a mailbox; none of them is personal.
#[derive(Debug, Clone)]
pub struct MailboxFacts {
    /// The mailbox.
    pub id: MailboxId,
    /// Its domain.
    pub domain: DomainId,
    /// Its state.
    pub state: MailboxState,
    /// Its quota in bytes, with what is granted beyond its own; 0 is no limit.
    pub quota_bytes: u64,
    /// What its service grants, as its domain and itself narrow it.
    pub class: ClassLimits,
    /// What stops it from sending.
    pub blocks: Vec<SendingBlock>,
    /// The INBOX.
    pub inbox: FolderId,
    /// Folders with a role.
    pub roles: Vec<(Role, FolderId)>,
    /// No earlier sign-in holds.
    pub signed_out_at: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
}

impl MailboxFacts {
    /// The folder of a role, the INBOX when there is none.
    pub fn folder_of(&self, role: Role) -> FolderId {
        self.roles.iter().find(|(r, _)| *r == role).map_or(self.inbox, |(_, id)| *id)
    }
}

impl PostOffice {
    /// The facts of a mailbox, from memory where possible.
    ///
    /// # Errors
    /// [`MailRefusal::NoMailbox`] or a failure of the store.
    pub async fn mailbox_facts(&self, mailbox: MailboxId) -> Result<Arc<MailboxFacts>> {
        if let Some(facts) = self.0.facts.lock().get(&mailbox) {
            return Ok(Arc::clone(facts));
        }
        if mailbox == OWN_MAILBOX {
            return Err(MailRefusal::NoMailbox.into());
        }
        let generation = self.0.routes.generation();
        let facts = self
            .db()
            .read(move |tx| {
                let row = store::row(tx, mailbox)?.ok_or(MailRefusal::NoMailbox)?;
                let roles = folders::store::roles(tx, mailbox)?;
                let inbox = roles.iter().find(|(role, _)| *role == Role::Inbox).map(|(_, id)| *id);
                Ok::<_, MailError>(MailboxFacts {
                    id: mailbox,
                    domain: row.domain,
                    state: row.state,
                    quota_bytes: row.class.quota_of(row.quota_bytes),
                    class: row.class,
                    blocks: row.blocks,
                    inbox: inbox.ok_or(MailError::Damaged("a mailbox without INBOX"))?,
                    roles,
                    signed_out_at: row.signed_out_at,
                    created_at: row.created_at,
                })
            })
            .await?;
        let facts = Arc::new(facts);
        let mut cached = self.0.facts.lock();
        // What was read before a change must not be kept after it.
        if self.0.routes.generation() == generation {
            cached.put(mailbox, Arc::clone(&facts));
        }
        Ok(facts)
    }
}
