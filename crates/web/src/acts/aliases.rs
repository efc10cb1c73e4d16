//! Aliases: addresses that lead to a mailbox.

use mailkeep_policy::{Act, Fact, Shown, Use, purpose};
use mailkeep_types::{AliasId, DomainId, EmailAddress, MailboxId, Timestamp};

use crate::ctx::Ctx;
use crate::error::{WebError, sentence};
use crate::form::Form;
use crate::messages::msg;

/// An alias whose address was opened.
pub struct OpenAlias {
    /// Its id.
    pub id: AliasId,
    /// Its address.
    pub address: Shown<EmailAddress>,
    /// The mailbox it leads to; `None` for a list.
    pub mailbox: Option<MailboxId>,
    /// Where a list leads.
    pub members: Vec<MailboxId>,
    /// When it was made.
    pub made_at: Timestamp,
}

/// The aliases of a domain with their addresses.
///
/// # Errors
/// When the gate refuses.
pub async fn opened(ctx: &Ctx, domain: DomainId) -> Result<Vec<OpenAlias>, WebError> {
    let person = ctx.who.person()?;
    let mut out = Vec::new();
    for alias in ctx.state.office.list_aliases(domain).await? {
        let address = if alias.mailbox.is_some() {
            let asked = Use {
                actor: person.actor(),
                subject: alias.subject(),
                act: Act::Read,
                fields: &["addresses.address"],
                fact: Fact::ManagedMailbox(person.session),
            };
            let grant = ctx.state.policy.grant::<purpose::Rights>(asked).await?;
            ctx.state.office.open_alias(&grant, &alias)?
        } else {
            ctx.state.office.open_list_address(&alias).await?
        };
        let (id, mailbox) = (alias.id, alias.mailbox);
        out.push(OpenAlias { id, address, mailbox, members: alias.members, made_at: alias.created_at });
    }
    Ok(out)
}

/// Makes an alias in the domain of its address, which must be the customer's like the mailbox it leads to. What is
/// wrong with the address stands beside `field`.
///
/// # Errors
/// [`WebError::NotFound`] for a mailbox of somebody else.
pub async fn add(
    ctx: &Ctx,
    form: &mut Form,
    field: &str,
    address: EmailAddress,
    mailbox: MailboxId,
) -> Result<Option<AliasId>, WebError> {
    let domains = ctx.state.office.domains_of_customer(ctx.customer()?).await?;
    let facts = ctx.state.office.mailbox_facts(mailbox).await?;
    if !domains.iter().any(|domain| domain.id == facts.domain) {
        return Err(WebError::NotFound);
    }
    let Some(domain) = domains.iter().find(|domain| domain.name == *address.domain()) else {
        form.refuse(field, msg("alias-domain"));
        return Ok(None);
    };
    match ctx.state.office.add_alias(domain.id, address, mailbox).await {
        Ok(id) => Ok(Some(id)),
        Err(mailkeep_mailbox::MailError::Refused(refusal)) => {
            form.refuse(field, msg("verbatim").with("text", sentence(&refusal.to_string())));
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Removes an alias of any of the customer's domains.
///
/// # Errors
/// [`WebError::NotFound`] for one that is not theirs.
pub async fn remove(ctx: &Ctx, alias: AliasId) -> Result<(), WebError> {
    for domain in ctx.state.office.domains_of_customer(ctx.customer()?).await? {
        let listed = ctx.state.office.list_aliases(domain.id).await?;
        if listed.iter().any(|known| known.id == alias) {
            return Ok(ctx.state.office.remove_alias(domain.id, alias).await?);
        }
    }
    Err(WebError::NotFound)
}
