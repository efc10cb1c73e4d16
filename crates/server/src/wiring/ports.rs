//! What commerce asks of the mail side, which it does not know.

use std::sync::Arc;

use mailkeep_commerce::ports::{BoxFuture, MailExchangers, PortError, UsageSource};
use mailkeep_mailbox::PostOffice;
use mailkeep_mailbox::dns::{HickoryResolver, Resolver};
use mailkeep_types::{DomainName, ServiceId};

/// Counts mailboxes.
pub struct Usage(pub PostOffice);

impl UsageSource for Usage {
    fn mailboxes(&self, service: ServiceId) -> BoxFuture<'_, Result<u32, PortError>> {
        Box::pin(async move {
            let failed = |error: mailkeep_mailbox::MailError| PortError(error.to_string());
            let mut count = 0u32;
            for domain in self.0.domains_of_service(service).await.map_err(failed)? {
                let usage = self.0.domain_usage(domain.id).await.map_err(failed)?;
                count = count.saturating_add(u32::try_from(usage.mailboxes).unwrap_or(0));
            }
            Ok(count)
        })
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
}
