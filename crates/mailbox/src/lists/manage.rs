//! What administrators change of a list.

use mailkeep_types::{AliasId, GuestId, MailboxId};

use super::{GuestState, UNANSWERED, store};
use crate::addresses::{self, MAX_MEMBERS};
use crate::domains;
use crate::error::{MailRefusal, Result};
use crate::mailboxes;
use crate::post_office::PostOffice;

impl PostOffice {
    /// Adds a mailbox of the same customer to a list; one that is in it stays as it is.
    ///
    /// # Errors
    /// [`MailRefusal::NoAlias`], [`MailRefusal::NoMailbox`], [`MailRefusal::ListMembers`].
    pub async fn add_list_mailbox(&self, list: AliasId, mailbox: MailboxId) -> Result<()> {
        let added = self.db().write(move |tx| -> Result<()> {
            let row = store::list(tx, list)?.ok_or(MailRefusal::NoAlias)?;
            let own = mailboxes::store::row(tx, mailbox)?.ok_or(MailRefusal::NoMailbox)?;
            if domains::store::row(tx, own.domain)?.map(|domain| domain.customer) != Some(row.customer) {
                return Err(MailRefusal::NoMailbox.into());
            }
            let members = addresses::store::members(tx, list)?;
            if members.contains(&mailbox) {
                return Ok(());
            }
            if members.len() >= MAX_MEMBERS {
                return Err(MailRefusal::ListMembers(MAX_MEMBERS).into());
            }
            let position = addresses::store::next_position(tx, list)?;
            addresses::store::insert_member(tx, list, position, mailbox)?;
            addresses::store::notify_changed(tx, row.domain);
            Ok(())
        });
        added.await?;
        self.forget_cached();
        Ok(())
    }

    /// Takes a mailbox off a list.
    ///
    /// # Errors
    /// [`MailRefusal::NoAlias`], [`MailRefusal::NoMailbox`] for one that is not in it.
    pub async fn remove_list_mailbox(&self, list: AliasId, mailbox: MailboxId) -> Result<()> {
        let removed = self.db().write(move |tx| -> Result<()> {
            let row = store::list(tx, list)?.ok_or(MailRefusal::NoAlias)?;
            if !addresses::store::delete_member(tx, list, mailbox)? {
                return Err(MailRefusal::NoMailbox.into());
            }
            addresses::store::notify_changed(tx, row.domain);
            Ok(())
        });
        removed.await?;
        self.forget_cached();
        Ok(())
    }

    /// Takes a guest off a list. Who was asked and did not answer stays known unseen, without the address, until the time to
    /// answer is over; who left stays left.
    ///
    /// # Errors
    /// [`MailRefusal::NoGuest`] for one that is not in it.
    pub async fn remove_guest(&self, list: AliasId, guest: GuestId) -> Result<()> {
        let removed = self.db().write(move |tx| -> Result<()> {
            let known = store::guest(tx, guest)?.filter(|known| known.list == list);
            let known = known.ok_or(MailRefusal::NoGuest)?;
            match known.state {
                GuestState::Asked => store::hide(tx, guest)?,
                GuestState::Removed => return Err(MailRefusal::NoGuest.into()),
                GuestState::Joined | GuestState::Left | GuestState::Unreachable => store::delete(tx, guest)?,
            }
            if let Some(row) = store::list(tx, list)? {
                addresses::store::notify_changed(tx, row.domain);
            }
            Ok(())
        });
        removed.await?;
        self.forget_cached();
        Ok(())
    }

    /// Removes guests who did not answer for [`UNANSWERED`].
    ///
    /// # Errors
    /// When the store fails.
    pub async fn forget_unanswered_guests(&self) -> Result<u64> {
        let before = self.db().now().minus(UNANSWERED);
        Ok(self.db().write(move |tx| store::forget_unanswered(tx, before)).await?)
    }
}
