//! Durable limits on every try at a credential: per identifier and per network, with a lock that grows.
//!
//! A try is counted *before* the credential is looked at, in the transaction that lets it in, so that many at once
//! cannot pass together; success takes the count back. Rows hold a keyed hash, never the identifier or the address.

pub(crate) mod store;
#[cfg(test)]
mod tests;

use std::time::Duration;

use mailkeep_policy::LookupKind;
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{EmailAddress, PersonId, RegistrationId, Timestamp};

use crate::config::{LimitConfig, hours};
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::origin::Origin;
use crate::principal::Principal;

/// What is counted together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    key: [u8; 32],
    most: u32,
}

/// Whether a try is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Admission {
    Open,
    Locked { until: Timestamp },
}

impl Identity {
    fn limit(&self, text: &str, most: u32) -> Limit {
        Limit { key: self.policy().lookup_hash(LookupKind::Other, text), most }
    }

    /// Tries at the credentials of somebody who exists.
    pub(crate) fn limit_of(&self, principal: Principal) -> Limit {
        let text = format!("tries/{}/{}", principal.kind(), principal.uuid());
        self.limit(&text, self.config().limits.tries_per_identifier)
    }

    /// Tries at an identifier that nobody has; it locks just the same, so that a lock says nothing.
    pub(crate) fn limit_of_unknown(&self, identifier: &str) -> Limit {
        let canonical = match (identifier.parse::<RegistrationId>(), EmailAddress::parse(identifier)) {
            (Ok(id), _) => id.to_string(),
            (_, Ok(email)) => email.canonical(),
            _ => identifier.trim().to_lowercase(),
        };
        self.limit(&format!("tries/unknown/{canonical}"), self.config().limits.tries_per_identifier)
    }

    /// Tries at credentials from one network.
    pub(crate) fn limit_of_network(&self, origin: &Origin) -> Limit {
        self.limit(&format!("tries/network/{}", origin.limit_text()), self.config().limits.tries_per_network)
    }

    /// Tries at the secret of a site from one network. Not from all together: whoever guesses shall not lock the site out.
    pub(crate) fn limit_of_site(&self, site: &str, origin: &Origin) -> Limit {
        let text = format!("tries/site/{site}/{}", origin.limit_text());
        self.limit(&text, self.config().limits.tries_per_identifier)
    }

    /// Registrations and requests for links from one network.
    pub(crate) fn limit_of_requests(&self, origin: &Origin) -> Limit {
        self.limit(
            &format!("requests/network/{}", origin.limit_text()),
            self.config().limits.requests_per_network,
        )
    }

    /// Messages with links to the address of one person.
    pub(crate) fn limit_of_person_links(&self, person: PersonId) -> Limit {
        self.limit(&format!("links/person/{person}"), self.config().limits.links_per_address)
    }

    /// Codes of second factors: apart from passwords, so that a right password does not buy more tries at the code.
    pub(crate) fn limit_of_codes(&self, principal: Principal) -> Limit {
        let text = format!("codes/{}/{}", principal.kind(), principal.uuid());
        self.limit(&text, self.config().limits.tries_per_identifier)
    }

    /// Messages with links to one address.
    pub(crate) fn limit_of_links(&self, email_lookup: &[u8; 32]) -> Limit {
        let text = format!("links/{}", data_encoding::HEXLOWER.encode(email_lookup));
        self.limit(&text, self.config().limits.links_per_address)
    }
}

impl Identity {
    /// Counts a secret that does not work as a try from that network, and says what it is answered with: `refusal`, or that the network has
    /// to wait.
    pub(crate) async fn refuse_guess(&self, origin: &Origin, refusal: IdentityError) -> IdentityError {
        let (network, config) = (self.limit_of_network(origin), self.config().limits.clone());
        match self.db().write(move |tx| admit(tx, &[network], &config)).await {
            Ok(Admission::Open) => refusal,
            Ok(Admission::Locked { until }) => IdentityError::locked(until, self.now()),
            Err(error) => error.into(),
        }
    }
}

/// Counts a try for each of `limits`, unless one of them is locked.
pub(crate) fn admit(tx: &mut Tx<'_>, limits: &[Limit], config: &LimitConfig) -> Result<Admission, SqlError> {
    let now = tx.now();
    let mut rows = Vec::with_capacity(limits.len());
    for limit in limits {
        rows.push(
            store::load(tx, &limit.key)?.filter(|row| now.since(row.updated_at) < hours(config.forget_hours)),
        );
    }
    let locked = rows.iter().flatten().map(|row| row.locked_until).max().filter(|until| *until > now);
    if let Some(until) = locked {
        metrics::counter!("identity_tries_locked_total").increment(1);
        return Ok(Admission::Locked { until });
    }
    for (limit, row) in limits.iter().zip(rows) {
        let tries = row.map_or(0, |row| row.tries).saturating_add(1);
        let locked_until = lock(tries, limit.most, config).map_or(Timestamp::EPOCH, |span| now.plus(span));
        store::save(tx, &limit.key, tries, locked_until)?;
    }
    Ok(Admission::Open)
}

/// A try succeeded: what it counted is taken back, and for whom it was the count begins anew.
pub(crate) fn forgive(tx: &mut Tx<'_>, whose: Limit, network: Limit) -> Result<(), SqlError> {
    store::delete(tx, &whose.key)?;
    if let Some(row) = store::load(tx, &network.key)? {
        // The lock of a network falls with the try that would have set it; a lock set by others stays.
        let tries = (row.tries - 1).max(0);
        let locked_until = if tries < i64::from(network.most) { Timestamp::EPOCH } else { row.locked_until };
        store::save(tx, &network.key, tries, locked_until)?;
    }
    Ok(())
}

/// How long the try with this number locks the next one.
fn lock(tries: i64, most: u32, config: &LimitConfig) -> Option<Duration> {
    let beyond = u32::try_from(tries - i64::from(most)).ok()?;
    let factor = 2u64.saturating_pow(beyond.min(32));
    let seconds = u64::from(config.first_lock_seconds).saturating_mul(factor);
    Some(Duration::from_secs(seconds.min(u64::from(config.longest_lock_seconds))))
}
