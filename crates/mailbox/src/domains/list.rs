//! Lists of domains and what they use.

use mailkeep_types::{CustomerId, DomainId, DomainName, ServiceId};

use super::{Domain, store};
use crate::error::Result;
use crate::post_office::PostOffice;

/// What the mailboxes of a domain add up to, for billing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DomainUsage {
    /// Mailboxes, closed ones with them.
    pub mailboxes: i64,
    /// Closed ones.
    pub closed: i64,
    /// Bytes of all messages.
    pub used_bytes: i64,
}

impl PostOffice {
    /// Domains of a customer by name.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn domains_of_customer(&self, customer: CustomerId) -> Result<Vec<Domain>> {
        Ok(self.db().read(move |tx| store::of_customer(tx, customer)).await?)
    }

    /// Domains of a service by name.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn domains_of_service(&self, service: ServiceId) -> Result<Vec<Domain>> {
        Ok(self.db().read(move |tx| store::of_service(tx, service)).await?)
    }

    /// The domain of this name that somebody has proven.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn proven_domain(&self, name: &DomainName) -> Result<Option<Domain>> {
        let name = name.clone();
        Ok(self.db().read(move |tx| store::by_proven_name(tx, name.as_str())).await?)
    }

    /// What the mailboxes of a domain add up to now.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn domain_usage(&self, domain: DomainId) -> Result<DomainUsage> {
        let (mailboxes, used_bytes, closed) = self.db().read(move |tx| store::usage(tx, domain)).await?;
        Ok(DomainUsage { mailboxes, closed, used_bytes })
    }
}
