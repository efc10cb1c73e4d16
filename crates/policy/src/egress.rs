//! Ways out of the program: a connection is made only to a declared recipient of the policy file, or to a store of our
//! own, and only to the hosts that the configuration names for it.
//!
//! The code that connects asks [`Egress::pass`] first and shows what it gets; `xtask tidy` lists the files in which
//! connections are made at all.

use parking_lot::RwLock;

use crate::file::CompiledPolicy;

/// The name of registered sites in logs and metrics.
const SITES: &str = "sites";

/// To whom a connection leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Destination {
    /// A database or store of ours elsewhere; where it stands is the matter of residency.
    OwnStore(&'static str),
    /// A recipient of the policy file, by its id.
    Recipient(&'static str),
}

impl Destination {
    /// The name for logs and metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Destination::OwnStore(name) | Destination::Recipient(name) => name,
        }
    }
}

/// A way out that the configuration opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// To whom.
    pub destination: Destination,
    /// Which host: its name or address, `*.` and a domain for all hosts in it, or `*` where anybody may be meant, e.g.
    /// the servers of those to whom people write.
    pub host: String,
    /// Where the host stands, ISO 3166-1 alpha-2; `*` where that cannot be said.
    pub country: String,
}

/// Why a connection is not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EgressError {
    /// The policy file has no such recipient.
    #[error(
        "nothing is sent to {0}: the policy has no such recipient; declare it there with its country first"
    )]
    Undeclared(&'static str),
    /// The recipient is declared elsewhere than where the configured host stands.
    #[error(
        "{name} stands in {country}, and the policy declares {declared}; use one there, or declare that country"
    )]
    Abroad {
        /// To whom.
        name: &'static str,
        /// Where the host stands.
        country: String,
        /// Where the policy says it does.
        declared: String,
    },
    /// A host that the configuration does not name for the destination.
    #[error("no connection to a host that the configuration does not name for {0}")]
    OtherHost(&'static str),
}

/// That a connection may be made. Shown to the code that makes it; there is no other way to have one.
#[derive(Debug, PartialEq, Eq)]
pub struct Passed(());

/// The gate for connections.
#[derive(Debug, Default)]
pub struct Egress(RwLock<Vec<Way>>);

impl Egress {
    /// Opens a way, at the start.
    ///
    /// # Errors
    /// When the policy does not declare the recipient, or declares it elsewhere.
    pub fn open(&self, policy: &CompiledPolicy, way: Way) -> Result<(), EgressError> {
        if let Destination::Recipient(id) = way.destination {
            let recipients = &policy.raw.recipient;
            let declared = recipients.iter().find(|recipient| recipient.id.get_ref() == id);
            let declared = &declared.ok_or(EgressError::Undeclared(id))?.country;
            if declared != "*" && *declared != way.country {
                let (country, declared) = (way.country, declared.clone());
                return Err(EgressError::Abroad { name: id, country, declared });
            }
        }
        self.0.write().push(way);
        Ok(())
    }

    /// Asks whether a connection may be made. A refusal is counted and logged, without the host: a name can say a lot.
    ///
    /// # Errors
    /// When no way to this host was opened for the destination.
    pub fn pass(&self, destination: Destination, host: &str) -> Result<Passed, EgressError> {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let leads = |way: &Way| way.destination == destination && fits(&way.host, &host);
        if self.0.read().iter().any(leads) {
            return Ok(Passed(()));
        }
        let name = destination.name();
        metrics::counter!("policy_egress_refused_total", "destination" => name).increment(1);
        tracing::error!(destination = name, "a connection to a host that is not declared was refused");
        Err(EgressError::OtherHost(name))
    }

    /// Asks whether a registered site may be called, at an address of its own. Sites are registered while we run, so that no way
    /// to them is opened at the start: the policy must list the recipient as a site, and the host must be one to which the site
    /// sends people. A refusal is counted and logged.
    ///
    /// # Errors
    /// When either is not so.
    pub fn pass_to_site(
        &self,
        policy: &CompiledPolicy,
        listed_as: &str,
        hosts: &[String],
        host: &str,
    ) -> Result<Passed, EgressError> {
        let host = host.trim_end_matches('.');
        if policy.terms_of_site(listed_as).is_some() && hosts.iter().any(|own| own.eq_ignore_ascii_case(host))
        {
            return Ok(Passed(()));
        }
        metrics::counter!("policy_egress_refused_total", "destination" => SITES).increment(1);
        tracing::error!(destination = SITES, "a call to a site at a host that is not its own was refused");
        Err(EgressError::OtherHost(SITES))
    }

    /// The ways that are open, for the operator.
    pub fn ways(&self) -> Vec<Way> {
        self.0.read().clone()
    }
}

fn fits(pattern: &str, host: &str) -> bool {
    match pattern.strip_prefix("*.") {
        _ if pattern == "*" => true,
        Some(domain) => host
            .strip_suffix(&domain.to_ascii_lowercase())
            .is_some_and(|rest| rest.len() > 1 && rest.ends_with('.')),
        None => pattern.eq_ignore_ascii_case(host),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(destination: Destination, host: &str, country: &str) -> Way {
        Way { destination, host: host.to_owned(), country: country.to_owned() }
    }

    const CARDS: Destination = Destination::Recipient("card-processor");

    #[test]
    fn a_site_is_called_at_its_own_hosts_alone() {
        let policy = CompiledPolicy::built().unwrap();
        let egress = Egress::default();
        let hosts = ["library.example".to_owned()];
        egress.pass_to_site(&policy, "own-sites", &hosts, "Library.example.").unwrap();
        for (listed_as, host) in [
            ("own-sites", "evil.example"),
            ("own-sites", "a.library.example"),
            ("your-programs", "library.example"),
        ] {
            let refused = egress.pass_to_site(&policy, listed_as, &hosts, host);
            assert_eq!(refused, Err(EgressError::OtherHost(SITES)), "{listed_as} {host}");
        }
    }

    #[test]
    fn only_declared_recipients_at_their_hosts_are_reached() {
        let policy = CompiledPolicy::built().unwrap();
        let egress = Egress::default();
        assert_eq!(egress.pass(CARDS, "api.cards.example"), Err(EgressError::OtherHost("card-processor")));
        let abroad = egress.open(&policy, way(CARDS, "api.cards.example", "FR"));
        assert!(matches!(abroad, Err(EgressError::Abroad { .. })), "{abroad:?}");
        let friend = way(Destination::Recipient("friend"), "*", "US");
        assert_eq!(egress.open(&policy, friend), Err(EgressError::Undeclared("friend")));
        egress.open(&policy, way(CARDS, "*.cards.example", "US")).unwrap();
        for host in ["api.cards.example", "API.Cards.Example."] {
            egress.pass(CARDS, host).unwrap();
        }
        for host in ["cards.example", "cards.example.evil.example", "evilcards.example", ".cards.example", ""]
        {
            assert!(egress.pass(CARDS, host).is_err(), "{host}");
        }
        // A way is one destination's.
        assert!(egress.pass(Destination::OwnStore("bodies"), "api.cards.example").is_err());
        let mail = Destination::Recipient("whom-you-write-to");
        egress.open(&policy, way(mail, "*", "*")).unwrap();
        egress.pass(mail, "mx.anywhere.example").unwrap();
    }
}
