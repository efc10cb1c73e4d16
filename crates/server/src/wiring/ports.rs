//! What commerce asks of the mail side, which it does not know.

use std::sync::Arc;

use mailkeep_commerce::ports::{BoxFuture, HeldDomain, HeldMailbox, MailExchangers, PortError, UsageSource};
use mailkeep_mailbox::dns::{HickoryResolver, Resolver};
use mailkeep_mailbox::{MailboxState, PostOffice};
use mailkeep_types::{DomainName, ServiceId};
use mailkeep_webhooks::{Hosts, LookedUp};

/// Counts mailboxes.
pub struct Usage(pub PostOffice);

impl UsageSource for Usage {
    fn held(&self, service: ServiceId) -> BoxFuture<'_, Result<Vec<HeldDomain>, PortError>> {
        Box::pin(async move {
            let failed = |error: mailkeep_mailbox::MailError| PortError(error.to_string());
            let mut held = Vec::new();
            for domain in self.0.domains_of_service(service).await.map_err(failed)? {
                // An alias domain has no mailboxes of its own and costs nothing.
                if domain.alias_of.is_some() {
                    continue;
                }
                let aliases = self.0.alias_domains(domain.id).await.map_err(failed)?;
                let mailboxes = self.0.list_mailboxes(domain.id).await.map_err(failed)?;
                held.push(HeldDomain {
                    name: domain.name,
                    aliases: aliases.into_iter().map(|alias| alias.name).collect(),
                    mailboxes: mailboxes
                        .into_iter()
                        .map(|mailbox| HeldMailbox {
                            id: mailbox.id,
                            quota_bytes: mailbox.quota_bytes,
                            used_bytes: mailbox.used_bytes,
                            closed: mailbox.state == MailboxState::Closed,
                        })
                        .collect(),
                });
            }
            Ok(held)
        })
    }
}

/// Looks up where programs are that are told what happens.
pub struct HostNames(pub Arc<HickoryResolver>);

impl Hosts for HostNames {
    fn addresses<'a>(&'a self, host: &'a str) -> LookedUp<'a> {
        Box::pin(async move { self.0.addresses(host).await.map_err(|error| error.to_string()) })
    }
}

/// Looks mail exchangers up.
pub struct Exchangers(pub Arc<HickoryResolver>);

impl MailExchangers for Exchangers {
    fn receives_mail<'a>(&'a self, domain: &'a DomainName) -> BoxFuture<'a, Result<bool, PortError>> {
        Box::pin(async move {
            let records = self.0.mx(domain.as_str()).await.map_err(|error| PortError(error.to_string()))?;
            if !records.is_empty() {
                // A single record that names nothing says that the domain takes no mail (RFC 7505).
                return Ok(records.iter().any(|record| !record.host.is_empty()));
            }
            let addresses =
                self.0.addresses(domain.as_str()).await.map_err(|error| PortError(error.to_string()))?;
            Ok(!addresses.is_empty())
        })
    }

    fn exchangers<'a>(&'a self, domain: &'a DomainName) -> BoxFuture<'a, Result<Vec<String>, PortError>> {
        Box::pin(async move {
            let records = self.0.mx(domain.as_str()).await.map_err(|error| PortError(error.to_string()))?;
            Ok(records.into_iter().map(|record| record.host).collect())
        })
    }
}
