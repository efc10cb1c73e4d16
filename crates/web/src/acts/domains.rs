//! Adding a domain, and the records that its owner publishes.

use mailkeep_mailbox::dns::{CheckedRecord, DnsRecord, check_records, records_to_publish};
use mailkeep_mailbox::domains::{Domain, NewDomain};
use mailkeep_types::{DomainId, DomainName};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;

/// Adds a domain to the customer, unproven. A further domain is paid for by the service of the first; its limits hold
/// for both.
///
/// # Errors
/// A failure of the store.
pub async fn add(
    ctx: &Ctx,
    form: &mut Form,
    name: &str,
    alias_of: Option<DomainId>,
) -> Result<Option<Domain>, WebError> {
    let Ok(name) = DomainName::parse(name) else {
        form.refuse("domain", msg(if name.is_empty() { "form-required" } else { "domain-wrong" }));
        return Ok(None);
    };
    let customer = ctx.customer()?;
    let domains = ctx.state.office.domains_of_customer(customer).await?;
    let Some(model) = domains.iter().find(|domain| domain.service.is_some()) else {
        form.refuse_all(msg("domain-needs-service"));
        return Ok(None);
    };
    let new = NewDomain {
        customer,
        service: model.service,
        name,
        alias_of,
        mailbox_limit: model.mailbox_limit,
        class: model.class,
    };
    match ctx.state.office.add_domain(new).await {
        Ok(domain) => Ok(Some(domain)),
        Err(error) => {
            form.take(error, &["domain", "alias_of"])?;
            Ok(None)
        }
    }
}

/// The records to publish for a domain.
///
/// # Errors
/// A failure of the store.
pub async fn records(ctx: &Ctx, domain: &Domain) -> Result<Vec<DnsRecord>, WebError> {
    let keys = ctx.state.office.dkim_public_keys(domain.id).await?;
    Ok(records_to_publish(domain, &keys, &ctx.state.mail_hosts))
}

/// Looks the records up now.
pub async fn check(ctx: &Ctx, records: Vec<DnsRecord>) -> Vec<CheckedRecord> {
    check_records(records, &*ctx.state.resolver).await
}
