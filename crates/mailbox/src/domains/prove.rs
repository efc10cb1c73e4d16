//! The proof: a TXT record that only who rules the domain can publish.

use mailkeep_types::DomainId;
use serde::{Deserialize, Serialize};

use super::{Domain, DomainState, store};
use crate::dns::{DnsError, Resolver};
use crate::error::{MailRefusal, Result};
use crate::post_office::PostOffice;

/// The kind of the jobs that look for the proof of a domain.
pub const DOMAIN_CHECK_JOB: &str = "mailbox.domain_check";

/// The payload of [`DOMAIN_CHECK_JOB`].
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct DomainCheck {
    /// The domain.
    pub domain_id: DomainId,
}

/// What came of a look at the DNS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProofOutcome {
    /// The domain is proven, now or since earlier.
    Proven,
    /// There is no such record yet.
    Missing,
    /// There are records, but none with the challenge; these are they.
    Wrong(Vec<String>),
    /// Another customer has proven the name.
    Taken,
    /// The DNS gave no answer; try again.
    NoAnswer(String),
}

impl PostOffice {
    /// Looks for the proof of a domain and makes it proven when it is there. Its DKIM keys are made then.
    ///
    /// # Errors
    /// [`MailRefusal::NoDomain`] or a failure of the store.
    pub async fn prove_domain(&self, id: DomainId, resolver: &dyn Resolver) -> Result<ProofOutcome> {
        let domain = self.domain(id).await?;
        if domain.state != DomainState::Unproven {
            return Ok(ProofOutcome::Proven);
        }
        let found = resolver.txt(&domain.challenge_name()).await;
        self.db().write(move |tx| store::set_checked(tx, id)).await?;
        let records = match found {
            Ok(records) => records,
            Err(DnsError::NoSuchName | DnsError::NoRecords) => return Ok(ProofOutcome::Missing),
            Err(DnsError::Failed(why)) => return Ok(ProofOutcome::NoAnswer(why)),
        };
        if !records.iter().any(|record| record.trim() == domain.challenge) {
            return Ok(if records.is_empty() { ProofOutcome::Missing } else { ProofOutcome::Wrong(records) });
        }
        self.ensure_dkim_keys(id).await?;
        let name = domain.name.clone();
        let proven = self.db().write(move |tx| store::set_proven(tx, id, name.as_str())).await?;
        self.forget_cached();
        Ok(if proven { ProofOutcome::Proven } else { ProofOutcome::Taken })
    }

    /// A domain.
    ///
    /// # Errors
    /// [`MailRefusal::NoDomain`] or a failure of the store.
    pub async fn domain(&self, id: DomainId) -> Result<Domain> {
        let found = self.db().read(move |tx| store::get(tx, id)).await?;
        found.ok_or_else(|| MailRefusal::NoDomain.into())
    }
}
