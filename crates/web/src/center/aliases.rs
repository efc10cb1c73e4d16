//! Aliases: addresses that lead to a mailbox.

use mailkeep_mailbox::MailError;
use mailkeep_policy::{Act, Fact, Use, purpose};
use mailkeep_types::{AliasId, DomainId, EmailAddress, MailboxId};
use serde::Serialize;

use super::mailboxes;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::routes::{Answer, TECHNICAL};

/// The aliases of the customer.
#[derive(Debug, Serialize)]
pub struct AliasesPage {
    /// The aliases.
    pub aliases: Vec<AliasRow>,
    /// Mailboxes they can lead to.
    pub mailboxes: Vec<Choose>,
    /// A new alias.
    pub form: Form,
    /// Whether the one who asks may change them.
    pub may_change: bool,
}

/// An alias.
#[derive(Debug, Clone, Serialize)]
pub struct AliasRow {
    /// Its id.
    pub id: String,
    /// The address.
    pub address: String,
    /// Where it leads.
    pub leads_to: String,
}

impl Page for AliasesPage {
    const TEMPLATE: &'static str = "center/aliases.html";

    fn samples() -> Vec<Self> {
        let row = |local: &str| AliasRow {
            id: local.to_owned(),
            address: format!("{local}@larkspur-books.example"),
            leads_to: "ada@larkspur-books.example".to_owned(),
        };
        let mailboxes = vec![Choose::new("m", "ada@larkspur-books.example")];
        vec![
            AliasesPage {
                aliases: vec![row("sales"), row("info")],
                mailboxes: mailboxes.clone(),
                form: Form::new(),
                may_change: true,
            },
            AliasesPage {
                aliases: Vec::new(),
                mailboxes,
                form: Form::new().wrong("address", msg("alias-domain")),
                may_change: true,
            },
        ]
    }
}

/// An alias whose address was opened for the page.
pub struct OpenAlias {
    /// Its id.
    pub id: AliasId,
    /// Its address.
    pub address: EmailAddress,
    /// The mailbox it leads to.
    pub mailbox: Option<MailboxId>,
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
            let grant = ctx
                .state
                .policy
                .grant::<purpose::Rights>(Use {
                    actor: person.actor(),
                    subject: alias.subject(),
                    act: Act::Read,
                    fields: &["addresses.address"],
                    fact: Fact::ManagedMailbox(person.session),
                })
                .await?;
            ctx.state.office.open_alias(&grant, &alias)?
        } else {
            ctx.state.office.open_list_address(&alias).await?
        };
        out.push(OpenAlias { id: alias.id, address, mailbox: alias.mailbox });
    }
    Ok(out)
}

/// `GET /center/aliases`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new()).await?;
    ctx.page(&page)
}

async fn page(ctx: &Ctx, form: Form) -> Result<AliasesPage, WebError> {
    let domains = ctx.state.office.domains_of_customer(ctx.customer()?).await?;
    let (mut rows, mut mailboxes) = (Vec::new(), Vec::new());
    for domain in domains.iter().filter(|domain| domain.alias_of.is_none()) {
        for opened in mailboxes::of_domain(ctx, domain).await? {
            mailboxes.push(Choose::new(opened.summary.id.to_string(), opened.address.to_string()));
        }
    }
    for domain in &domains {
        for alias in opened(ctx, domain.id).await? {
            let target = alias.mailbox.map(|id| id.to_string()).unwrap_or_default();
            let leads_to =
                mailboxes.iter().find(|choice| choice.value == target).map(|choice| choice.label.clone());
            rows.push(AliasRow {
                id: alias.id.to_string(),
                address: alias.address.to_string(),
                leads_to: leads_to.unwrap_or_else(|| ctx.say("alias-list")),
            });
        }
    }
    Ok(AliasesPage { aliases: rows, mailboxes, form, may_change: ctx.has_role(TECHNICAL) })
}

/// `POST /center/aliases`
pub async fn add(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let customer = ctx.customer()?;
    let address = form.checked(&ctx.form, "address", msg("form-email"), EmailAddress::parse);
    let mailbox = form.checked(&ctx.form, "mailbox", msg("form-required"), str::parse::<MailboxId>);
    if let (Some(address), Some(mailbox)) = (address, mailbox) {
        let domains = ctx.state.office.domains_of_customer(customer).await?;
        let domain = domains.iter().find(|domain| domain.name == *address.domain());
        let facts = ctx.state.office.mailbox_facts(mailbox).await?;
        if !domains.iter().any(|domain| domain.id == facts.domain) {
            return Err(WebError::NotFound);
        }
        match domain {
            None => form.refuse("address", msg("alias-domain")),
            Some(domain) => match ctx.state.office.add_alias(domain.id, address, mailbox).await {
                Ok(_) => {
                    let to = ctx.next().unwrap_or_else(|| "/center/aliases".to_owned());
                    return ctx.done(&to, msg("alias-made"));
                }
                Err(MailError::Refused(refusal)) => {
                    let text = crate::error::sentence(&refusal.to_string());
                    form.refuse("address", msg("verbatim").with("text", text));
                }
                Err(error) => return Err(error.into()),
            },
        }
    }
    let page = page(&ctx, form).await?;
    ctx.refused(&page)
}

/// `POST /center/aliases/{alias}/remove`
pub async fn remove(ctx: Ctx) -> Answer {
    let alias: AliasId = ctx.param("alias")?;
    let domains = ctx.state.office.domains_of_customer(ctx.customer()?).await?;
    for domain in domains {
        let listed = ctx.state.office.list_aliases(domain.id).await?;
        if listed.iter().any(|known| known.id == alias) {
            ctx.state.office.remove_alias(domain.id, alias).await?;
            let to = ctx.next().unwrap_or_else(|| "/center/aliases".to_owned());
            return ctx.done(&to, msg("alias-removed"));
        }
    }
    Err(WebError::NotFound)
}
