//! Adding aliases and distribution lists.

use mailkeep_policy::{Personal, Place, Subject, category};
use mailkeep_types::{AliasId, DomainId, EmailAddress, MailboxId};

use super::{AddressKind, store};
use crate::domains::{self, DomainState};
use crate::error::{MailRefusal, Result};
use crate::lists::{self, Writers};
use crate::mailboxes;
use crate::post_office::{OWN_MAILBOX, PostOffice};

/// Mailboxes that a list may have.
pub(crate) const MAX_MEMBERS: usize = 1_000;

/// A distribution list to be made.
#[derive(Debug)]
pub struct NewList {
    /// Its domain.
    pub domain: DomainId,
    /// Its address in that domain.
    pub address: EmailAddress,
    /// Mailboxes of ours that get its messages; members elsewhere are asked once it is there.
    pub mailboxes: Vec<MailboxId>,
    /// Who may write to it.
    pub writers: Writers,
}

impl PostOffice {
    /// Gives a mailbox another address in a domain of the same customer.
    ///
    /// # Errors
    /// [`MailRefusal::NoMailbox`], [`MailRefusal::AddressTaken`], [`MailRefusal::ForeignAddress`],
    /// [`MailRefusal::DomainUnproven`].
    pub async fn add_alias(
        &self,
        domain: DomainId,
        address: EmailAddress,
        mailbox: MailboxId,
    ) -> Result<AliasId> {
        let id = AliasId::new(&**self.clock());
        let sealed = self.seal_alias_address(mailbox, id, &address)?;
        let hash = self.address_hash(&address);
        let done = self
            .db()
            .write(move |tx| -> Result<AliasId> {
                check_domain(tx, domain, &address)?;
                let own = mailboxes::store::row(tx, mailbox)?.ok_or(MailRefusal::NoMailbox)?;
                let same_customer = domains::store::row(tx, own.domain)?.map(|d| d.customer)
                    == domains::store::row(tx, domain)?.map(|d| d.customer);
                if !same_customer {
                    return Err(MailRefusal::NoMailbox.into());
                }
                if store::find(tx, &hash)?.is_some() {
                    return Err(MailRefusal::AddressTaken.into());
                }
                store::insert(tx, &hash, domain, AddressKind::Alias, Some(mailbox), Some(id), &sealed)?;
                store::notify_changed(tx, domain);
                Ok(id)
            })
            .await?;
        self.forget_cached();
        Ok(done)
    }

    /// Makes a distribution list whose messages go to each of its members.
    ///
    /// # Errors
    /// As for [`PostOffice::add_alias`], and [`MailRefusal::ListMembers`].
    pub async fn add_list(&self, new: NewList) -> Result<AliasId> {
        let id = AliasId::new(&**self.clock());
        let mut members = new.mailboxes;
        members.sort_unstable();
        members.dedup();
        if members.len() > MAX_MEMBERS {
            return Err(MailRefusal::ListMembers(MAX_MEMBERS).into());
        }
        // A list belongs to no mailbox; its address is that of an office rather than of a person.
        let sealed = self.seal_alias_address(OWN_MAILBOX, id, &new.address)?;
        let hash = self.address_hash(&new.address);
        let (domain, address) = (new.domain, new.address);
        let done = self
            .db()
            .write(move |tx| -> Result<AliasId> {
                check_domain(tx, domain, &address)?;
                let customer = domains::store::row(tx, domain)?.map(|d| d.customer);
                if store::find(tx, &hash)?.is_some() {
                    return Err(MailRefusal::AddressTaken.into());
                }
                store::insert(tx, &hash, domain, AddressKind::List, None, Some(id), &sealed)?;
                lists::store::set_writers(tx, id, new.writers)?;
                for (position, member) in (0i64..).zip(&members) {
                    let own = mailboxes::store::row(tx, *member)?.ok_or(MailRefusal::NoMailbox)?;
                    if domains::store::row(tx, own.domain)?.map(|d| d.customer) != customer {
                        return Err(MailRefusal::NoMailbox.into());
                    }
                    store::insert_member(tx, id, position, *member)?;
                }
                store::notify_changed(tx, domain);
                Ok(id)
            })
            .await?;
        self.forget_cached();
        Ok(done)
    }

    fn seal_alias_address(&self, subject: MailboxId, id: AliasId, address: &EmailAddress) -> Result<Vec<u8>> {
        let value: Personal<EmailAddress, category::Identity> = Personal::new(address.clone());
        let place = Place { table: "addresses", column: "address", row: id.uuid() };
        self.seal_personal(Subject::mailbox(subject), place, &value)
    }
}

/// The domain must be proven, no alias domain, and the one that the address names.
fn check_domain(
    tx: &mut mailkeep_storage::sql::Tx<'_>,
    domain: DomainId,
    address: &EmailAddress,
) -> Result<()> {
    let row = domains::store::row(tx, domain)?.ok_or(MailRefusal::NoDomain)?;
    if row.state != DomainState::Proven {
        return Err(MailRefusal::DomainUnproven.into());
    }
    if row.alias_of.is_some() || row.name != address.domain().as_str() {
        return Err(MailRefusal::ForeignAddress.into());
    }
    Ok(())
}
