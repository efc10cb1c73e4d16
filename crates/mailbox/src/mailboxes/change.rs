//! Changing a mailbox: state, quota, limits, name, blocks.

use mailkeep_policy::{Personal, Place, Subject, category};
use mailkeep_types::{MailboxId, ServiceId};
use mailkeep_webhooks::events::EventKind;

use super::{ClassLimits, MailboxState, SendingBlock, store};
use crate::error::{MailRefusal, Result};
use crate::post_office::PostOffice;

/// A change; what is `None` stays.
#[derive(Debug, Default)]
pub struct MailboxChange {
    /// A new state.
    pub state: Option<MailboxState>,
    /// A new quota in bytes; 0 is no limit.
    pub quota_bytes: Option<u64>,
    /// What it narrows of its domain's class of service.
    pub class: Option<ClassLimits>,
    /// A new name of its owner.
    pub display_name: Option<Personal<String, category::Identity>>,
}

impl PostOffice {
    /// Changes a mailbox.
    ///
    /// # Errors
    /// [`MailRefusal::NoMailbox`] or a failure of the store.
    pub async fn change_mailbox(&self, mailbox: MailboxId, change: MailboxChange) -> Result<()> {
        let place = Place { table: "mailboxes", column: "display_name", row: mailbox.uuid() };
        let name = match &change.display_name {
            Some(name) => Some(self.seal_personal(Subject::mailbox(mailbox), place, name)?),
            None => None,
        };
        self.db()
            .write(move |tx| -> Result<()> {
                if !store::exists(tx, mailbox)? {
                    return Err(MailRefusal::NoMailbox.into());
                }
                if let Some(state) = change.state {
                    store::set_state(tx, mailbox, state)?;
                }
                if let Some(bytes) = change.quota_bytes {
                    store::set_quota(tx, mailbox, bytes)?;
                }
                if let Some(class) = change.class {
                    store::set_class(tx, mailbox, class)?;
                }
                if let Some(name) = &name {
                    store::set_display_name(tx, mailbox, name)?;
                }
                store::notify_changed(tx, mailbox);
                store::tell(tx, mailbox, EventKind::MailboxChanged)?;
                Ok(())
            })
            .await?;
        self.forget_cached();
        Ok(())
    }

    /// What a mailbox narrows of its domain's class of service.
    ///
    /// # Errors
    /// [`MailRefusal::NoMailbox`] or a failure of the store.
    pub async fn narrowed_class(&self, mailbox: MailboxId) -> Result<ClassLimits> {
        let own = self.db().read(move |tx| store::own_class(tx, mailbox)).await?;
        own.ok_or_else(|| MailRefusal::NoMailbox.into())
    }

    /// Sets or lifts one block on sending; the others stay as they are.
    ///
    /// # Errors
    /// [`MailRefusal::NoMailbox`] or a failure of the store.
    pub async fn set_sending_block(&self, mailbox: MailboxId, block: SendingBlock, on: bool) -> Result<()> {
        self.db().write(move |tx| set_block(tx, mailbox, block, on)).await?;
        self.forget_cached();
        Ok(())
    }

    /// As [`PostOffice::set_sending_block`], for all mailboxes of a service.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn set_service_block(&self, service: ServiceId, block: SendingBlock, on: bool) -> Result<()> {
        self.db()
            .write(move |tx| -> Result<()> {
                for mailbox in store::of_service(tx, service)? {
                    set_block(tx, mailbox, block, on)?;
                }
                Ok(())
            })
            .await?;
        self.forget_cached();
        Ok(())
    }
}

fn set_block(
    tx: &mut mailkeep_storage::sql::Tx<'_>,
    mailbox: MailboxId,
    block: SendingBlock,
    on: bool,
) -> Result<()> {
    let row = store::row(tx, mailbox)?.ok_or(MailRefusal::NoMailbox)?;
    let mut blocks = row.blocks;
    blocks.retain(|b| *b != block);
    if on {
        blocks.push(block);
        blocks.sort_unstable();
    }
    store::set_blocks(tx, mailbox, &blocks)?;
    store::notify_changed(tx, mailbox);
    Ok(())
}
