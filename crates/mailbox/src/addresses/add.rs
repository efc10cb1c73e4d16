//! Adding aliases and distribution lists.

use mailkeep_policy::{Personal, Place, Subject, category};
use mailkeep_types::{AliasId, DomainId, EmailAddress, MailboxId};
use uuid::Uuid;

use super::{AddressKind, store};
use crate::domains::{self, DomainState};
use crate::error::{MailRefusal, Result};
use crate::mailboxes;
use crate::post_office::{OWN_MAILBOX, PostOffice};

/// Members that a list may have.
const MAX_MEMBERS: usize = 1_000;

/// A distribution list to be made.
#[derive(Debug)]
pub struct NewList {
    /// Its domain.
    pub domain: DomainId,
    /// Its address in that domain.
    pub address: EmailAddress,
    /// Mailboxes of ours that get its messages.
    pub mailboxes: Vec<MailboxId>,
    /// Addresses elsewhere that get them too.
    pub outside: Vec<EmailAddress>,
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
    /// As for [`PostOffice::add_alias`], [`MailRefusal::ListMembers`] and [`MailRefusal::ListInItself`].
    pub async fn add_list(&self, new: NewList) -> Result<AliasId> {
        let id = AliasId::new(&**self.clock());
        let mut members = new.mailboxes;
        members.sort_unstable();
        members.dedup();
        let mut outside = new.outside;
        outside.sort_by_key(EmailAddress::canonical);
        outside.dedup_by_key(|address| address.canonical());
        let count = members.len() + outside.len();
        if count == 0 || count > MAX_MEMBERS {
            return Err(MailRefusal::ListMembers(MAX_MEMBERS).into());
        }
        if outside.iter().any(|member| member.canonical() == new.address.canonical()) {
            return Err(MailRefusal::ListInItself.into());
        }
        let first_outside = i64::try_from(members.len()).unwrap_or(i64::MAX);
        let mut sealed_outside = Vec::with_capacity(outside.len());
        for (position, member) in (first_outside..).zip(outside) {
            let value: Personal<EmailAddress, category::Identity> = Personal::new(member);
            let sealed =
                self.seal_personal(Subject::mailbox(OWN_MAILBOX), member_place(id, position), &value)?;
            sealed_outside.push((position, sealed));
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
                for (position, member) in (0i64..).zip(&members) {
                    let own = mailboxes::store::row(tx, *member)?.ok_or(MailRefusal::NoMailbox)?;
                    if domains::store::row(tx, own.domain)?.map(|d| d.customer) != customer {
                        return Err(MailRefusal::NoMailbox.into());
                    }
                    store::insert_member(tx, id, position, Some(*member), None)?;
                }
                for (position, sealed) in &sealed_outside {
                    store::insert_member(tx, id, *position, None, Some(sealed))?;
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

/// The place that a member's address is sealed for: the list's identifier, changed by the position.
pub(super) fn member_place(list: AliasId, position: i64) -> Place {
    let row = list.uuid().as_u128() ^ u128::from(position.wrapping_add(1).cast_unsigned());
    Place { table: "list_members", column: "address", row: Uuid::from_u128(row) }
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
