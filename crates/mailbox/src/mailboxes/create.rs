//! Making a mailbox with its address and folders.

use mailkeep_policy::{LookupKind, Personal, Place, Subject, category};
use mailkeep_types::{DomainId, EmailAddress, MailboxId};
use mailkeep_webhooks::events::EventKind;

use super::{MailboxState, Secret, password, store};
use crate::addresses::{self, AddressKind};
use crate::domains;
use crate::error::{MailError, MailRefusal, Result};
use crate::folders;
use crate::messages::store::unsigned;
use crate::post_office::PostOffice;

/// A mailbox to be made.
#[derive(Debug)]
pub struct NewMailbox {
    /// Its domain, which must be proven and no alias domain.
    pub domain: DomainId,
    /// Its address in that domain.
    pub address: EmailAddress,
    /// The name of its owner.
    pub display_name: Personal<String, category::Identity>,
    /// Its password; without one only application passwords can be used.
    pub password: Option<Secret>,
    /// Its quota in bytes, 0 for no limit; the class of the domain says it when none is given.
    pub quota_bytes: Option<u64>,
}

impl PostOffice {
    /// Makes a mailbox with its INBOX and the folders with a role.
    ///
    /// # Errors
    /// [`MailRefusal::NoDomain`], [`MailRefusal::DomainUnproven`], [`MailRefusal::AddressTaken`],
    /// [`MailRefusal::ForeignAddress`], [`MailRefusal::MailboxLimit`], [`MailRefusal::WeakPassword`].
    pub async fn create_mailbox(&self, new: NewMailbox) -> Result<MailboxId> {
        let id = MailboxId::new(&**self.clock());
        let password_hash = match new.password {
            Some(secret) => Some(password::hash(secret).await?),
            None => None,
        };
        self.policy().create_key(Subject::mailbox(id)).await?;
        let keys = self.mail_keys(id).await?;
        let first_folders = self.seal_first_folders(&keys)?;
        let place = |column| Place { table: "mailboxes", column, row: id.uuid() };
        let hash = self.address_hash(&new.address);
        let address: Personal<EmailAddress, category::Identity> = Personal::new(new.address.clone());
        let sealed_address = self.seal_personal(Subject::mailbox(id), place("address"), &address)?;
        let sealed_name =
            self.seal_personal(Subject::mailbox(id), place("display_name"), &new.display_name)?;
        let in_addresses = self.seal_personal(
            Subject::mailbox(id),
            Place { table: "addresses", column: "address", row: id.uuid() },
            &address,
        )?;
        let (domain_id, quota, address_domain) = (new.domain, new.quota_bytes, new.address.domain().clone());
        self.db()
            .write(move |tx| -> Result<()> {
                let domain = domains::store::row(tx, domain_id)?.ok_or(MailRefusal::NoDomain)?;
                if domain.state != domains::DomainState::Proven {
                    return Err(MailRefusal::DomainUnproven.into());
                }
                if domain.alias_of.is_some() || domain.name != address_domain.as_str() {
                    return Err(MailRefusal::ForeignAddress.into());
                }
                if let Some(limit) = domain.mailbox_limit
                    && store::count_open(tx, domain_id)? >= limit
                {
                    return Err(MailRefusal::MailboxLimit(limit).into());
                }
                if addresses::store::find(tx, &hash)?.is_some() {
                    return Err(MailRefusal::AddressTaken.into());
                }
                let quota_bytes = quota.or(domain.class.quota_bytes).unwrap_or(unsigned(25_000_000_000));
                store::insert(
                    tx,
                    &store::NewRow {
                        id,
                        domain: domain_id,
                        address_hash: &hash,
                        address: &sealed_address,
                        display_name: &sealed_name,
                        state: MailboxState::Active,
                        quota_bytes,
                        password_hash: password_hash.as_deref(),
                    },
                )?;
                addresses::store::insert(
                    tx,
                    &hash,
                    domain_id,
                    AddressKind::Mailbox,
                    Some(id),
                    None,
                    &in_addresses,
                )?;
                folders::insert_first_folders(tx, id, &first_folders)?;
                store::notify_changed(tx, id);
                store::tell(tx, id, EventKind::MailboxCreated)?;
                Ok(())
            })
            .await?;
        self.forget_cached();
        Ok(id)
    }

    /// The keyed hash under which an address is found.
    pub(crate) fn address_hash(&self, address: &EmailAddress) -> [u8; 32] {
        self.policy().lookup_hash(LookupKind::Email, &address.canonical())
    }

    /// Seals a value of a row.
    pub(crate) fn seal_personal<T: mailkeep_policy::Stored, C: mailkeep_policy::Category>(
        &self,
        subject: Subject,
        place: Place,
        value: &Personal<T, C>,
    ) -> Result<Vec<u8>> {
        let sealed = self.policy().seal(subject, place, value);
        sealed.map(mailkeep_policy::Sealed::into_bytes).map_err(|error| MailError::Library(error.to_string()))
    }
}
