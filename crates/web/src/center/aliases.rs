//! Aliases: addresses that lead to a mailbox.

use mailkeep_policy::Shown;
use mailkeep_types::{EmailAddress, MailboxId};
use serde::Serialize;

use crate::acts;
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
    pub address: Shown<String>,
    /// Where it leads.
    pub leads_to: Shown<String>,
}

impl Page for AliasesPage {
    const TEMPLATE: &'static str = "center/aliases.html";

    fn samples() -> Vec<Self> {
        let row = |local: &str| AliasRow {
            id: local.to_owned(),
            address: format!("{local}@larkspur-books.example").into(),
            leads_to: "ada@larkspur-books.example".into(),
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

/// `GET /center/aliases`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new()).await?;
    ctx.page(&page)
}

async fn page(ctx: &Ctx, form: Form) -> Result<AliasesPage, WebError> {
    let domains = ctx.state.office.domains_of_customer(ctx.customer()?).await?;
    let (mut rows, mut mailboxes) = (Vec::new(), Vec::new());
    for domain in domains.iter().filter(|domain| domain.alias_of.is_none()) {
        for opened in acts::mailboxes::of_domain(ctx, domain).await? {
            mailboxes.push(Choose::new(opened.summary.id.to_string(), opened.address.text()));
        }
    }
    for domain in &domains {
        // Lists have pages of their own.
        let aliases = acts::aliases::opened(ctx, domain.id).await?.into_iter();
        for alias in aliases.filter(|alias| alias.mailbox.is_some()) {
            let target = alias.mailbox.map(|id| id.to_string()).unwrap_or_default();
            let leads_to =
                mailboxes.iter().find(|choice| choice.value == target).map(|choice| choice.label.clone());
            rows.push(AliasRow {
                id: alias.id.to_string(),
                address: alias.address.text(),
                leads_to: leads_to.unwrap_or_else(|| ctx.say("alias-list").into()),
            });
        }
    }
    Ok(AliasesPage { aliases: rows, mailboxes, form, may_change: ctx.has_role(TECHNICAL) })
}

/// `POST /center/aliases`
pub async fn add(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let address = form.checked(&ctx.form, "address", msg("form-email"), EmailAddress::parse);
    let mailbox = form.checked(&ctx.form, "mailbox", msg("form-required"), str::parse::<MailboxId>);
    if let (Some(address), Some(mailbox)) = (address, mailbox)
        && acts::aliases::add(&ctx, &mut form, "address", address, mailbox).await?.is_some()
    {
        let to = ctx.next().unwrap_or_else(|| "/center/aliases".to_owned());
        return ctx.done(&to, msg("alias-made"));
    }
    let page = page(&ctx, form).await?;
    ctx.refused(&page)
}

/// `POST /center/aliases/{alias}/remove`
pub async fn remove(ctx: Ctx) -> Answer {
    acts::aliases::remove(&ctx, ctx.param("alias")?).await?;
    let to = ctx.next().unwrap_or_else(|| "/center/aliases".to_owned());
    ctx.done(&to, msg("alias-removed"))
}
