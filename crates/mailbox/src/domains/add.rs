//! A customer names a domain; it is theirs once they prove it.

use mailkeep_types::{CustomerId, DomainId, DomainName, ServiceId, Timestamp};

use super::{Domain, DomainState, store};
use crate::error::{MailError, MailRefusal, Result};
use crate::mailboxes::ClassLimits;
use crate::post_office::PostOffice;

/// A domain to be added.
#[derive(Debug, Clone)]
pub struct NewDomain {
    /// Whose it is.
    pub customer: CustomerId,
    /// The service that pays for its mailboxes.
    pub service: Option<ServiceId>,
    /// Its name.
    pub name: DomainName,
    /// For an alias domain: the domain of the same customer whose addresses it repeats.
    pub alias_of: Option<DomainId>,
    /// How many mailboxes the service allows.
    pub mailbox_limit: Option<i64>,
    /// Limits for its mailboxes.
    pub class: ClassLimits,
}

impl PostOffice {
    /// Adds a domain, unproven. Any number of customers may add the same name; the first to prove it has it, so nobody
    /// can keep a domain from its owner by naming it first.
    ///
    /// # Errors
    /// [`MailRefusal::DomainTaken`], [`MailRefusal::DomainExists`], [`MailRefusal::AliasTarget`].
    pub async fn add_domain(&self, new: NewDomain) -> Result<Domain> {
        let mut random = [0u8; 20];
        getrandom::fill(&mut random)
            .map_err(|error| MailError::Library(format!("no random numbers: {error}")))?;
        let domain = Domain {
            id: DomainId::new(&**self.clock()),
            customer: new.customer,
            service: new.service,
            name: new.name,
            state: DomainState::Unproven,
            alias_of: new.alias_of,
            challenge: format!(
                "mailkeep-{}",
                data_encoding::BASE32_NOPAD.encode(&random).to_ascii_lowercase()
            ),
            catch_all: None,
            mailbox_limit: new.mailbox_limit,
            class: new.class,
            own_class: ClassLimits::default(),
            proven_at: None,
            checked_at: None,
            created_at: Timestamp::EPOCH,
        };
        self.db()
            .write(move |tx| {
                if let Some(target) = domain.alias_of {
                    let target = store::row(tx, target)?.filter(|t| t.alias_of.is_none());
                    if target.is_none_or(|t| t.customer != domain.customer) {
                        return Err(MailRefusal::AliasTarget.into());
                    }
                }
                if store::by_proven_name(tx, domain.name.as_str())?
                    .is_some_and(|d| d.customer != domain.customer)
                {
                    return Err(MailRefusal::DomainTaken.into());
                }
                if !store::insert(tx, &domain)? {
                    return Err(MailRefusal::DomainExists.into());
                }
                Ok(Domain { created_at: tx.now(), ..domain.clone() })
            })
            .await
    }
}
