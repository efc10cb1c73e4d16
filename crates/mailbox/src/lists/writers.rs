//! Who may write to a list. Whoever knows the address of an open one reaches all its members with one message.

use mailkeep_storage::sql::Tx;
use mailkeep_types::{AliasId, EmailAddress, MailboxId};

use super::{GuestState, store};
use crate::addresses;
use crate::domains;
use crate::error::{MailRefusal, Result};
use crate::mailboxes;
use crate::post_office::PostOffice;
use crate::routing::Route;

/// Who may write to a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Writers {
    /// Whoever knows the address.
    #[default]
    Anyone,
    /// The customer's mailboxes, and guests who joined.
    Members,
    /// The customer's mailboxes alone.
    Inside,
}

impl Writers {
    /// All of them.
    pub const ALL: [Writers; 3] = [Writers::Members, Writers::Inside, Writers::Anyone];

    /// The word in the database and in forms.
    pub const fn id(self) -> &'static str {
        match self {
            Writers::Anyone => "anyone",
            Writers::Members => "members",
            Writers::Inside => "inside",
        }
    }

    /// Reads the word.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|writers| writers.id() == id)
    }
}

/// Who writes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Author {
    /// The mailbox that signed in.
    pub mailbox: Option<MailboxId>,
    /// Their address, where that is known.
    pub address: Option<EmailAddress>,
}

impl PostOffice {
    /// Whether somebody may write to a list.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn may_write_to_list(&self, list: AliasId, author: Author) -> Result<bool> {
        let office = self.clone();
        self.db().read(move |tx| office.may_write_in(tx, list, &author)).await
    }

    fn may_write_in(&self, tx: &mut Tx<'_>, list: AliasId, author: &Author) -> Result<bool> {
        let Some(row) = store::list(tx, list)? else { return Ok(false) };
        if row.writers == Writers::Anyone {
            return Ok(true);
        }
        let of_address = match &author.address {
            Some(address) => match self.resolve_in(tx, address)? {
                Route::Local { mailbox, by_catch_all: false, .. } => Some(mailbox),
                _ => None,
            },
            None => None,
        };
        for mailbox in author.mailbox.iter().chain(&of_address) {
            let Some(own) = mailboxes::store::row(tx, *mailbox)? else { continue };
            if domains::store::row(tx, own.domain)?.is_some_and(|domain| domain.customer == row.customer) {
                return Ok(true);
            }
        }
        match (&author.address, row.writers) {
            (Some(address), Writers::Members) => {
                let hash = self.guest_hash(row.customer, address);
                Ok(store::state_of(tx, list, &hash)? == Some(GuestState::Joined))
            }
            _ => Ok(false),
        }
    }

    /// Says who may write to a list.
    ///
    /// # Errors
    /// [`MailRefusal::NoAlias`].
    pub async fn set_list_writers(&self, list: AliasId, writers: Writers) -> Result<()> {
        let set = self.db().write(move |tx| -> Result<()> {
            let row = store::list(tx, list)?.ok_or(MailRefusal::NoAlias)?;
            store::set_writers(tx, list, writers)?;
            addresses::store::notify_changed(tx, row.domain);
            Ok(())
        });
        set.await?;
        self.forget_cached();
        Ok(())
    }
}
