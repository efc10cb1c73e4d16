//! Aliases: further addresses of mailboxes, and lists.

use mailkeep_identity::Scope;
use mailkeep_policy::Shown;
use mailkeep_types::{EmailAddress, MailboxId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::describe::{Api, op};
use super::paging::{Page, cut};
use super::value::Instant;
use super::{domains, made};
use crate::acts::aliases::{self as acts, OpenAlias};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::routes::{ANY_ROLE, TECHNICAL};

/// An alias.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Alias")]
pub struct AliasView {
    /// Its identifier.
    pub id: String,
    /// Its address.
    #[schemars(with = "String")]
    pub address: Shown<String>,
    /// The mailboxes that get its messages.
    pub mailboxes: Vec<String>,
    /// When it was made.
    pub created_at: Instant,
}

/// An alias to be made.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AliasToMake {
    /// The part of its address before the `@`.
    pub local: String,
    /// The mailbox that gets its messages.
    pub mailbox: String,
}

impl From<OpenAlias> for AliasView {
    fn from(alias: OpenAlias) -> Self {
        AliasView {
            id: alias.id.to_string(),
            address: alias.address.text(),
            mailboxes: alias.mailbox.iter().chain(&alias.members).map(MailboxId::to_string).collect(),
            created_at: alias.made_at.into(),
        }
    }
}

async fn list(ctx: Ctx) -> Result<Page<AliasView>, WebError> {
    let all = acts::opened(&ctx, ctx.param("domain")?).await?;
    Ok(cut(&ctx, all, |alias| alias.id.uuid())?.page(AliasView::from))
}

async fn make(ctx: Ctx, wanted: AliasToMake) -> Result<(Uuid, AliasView), WebError> {
    let domain = domains::in_path(&ctx).await?;
    let mut form = Form::new();
    let address = EmailAddress::from_parts(wanted.local.trim(), domain.name.clone());
    let (Ok(address), Ok(mailbox)) = (&address, wanted.mailbox.parse()) else {
        let (field, text) = match &address {
            Ok(_) => ("mailbox", "api-id-wrong"),
            Err(_) => ("local", "mailbox-local-wrong"),
        };
        return Err(WebError::Fields(Box::new(form.wrong(field, msg(text)))));
    };
    let id = acts::add(&ctx, &mut form, "local", address.clone(), mailbox).await?;
    let id = made(id, form)?.uuid();
    Ok((id, made_before(ctx, id).await?))
}

async fn made_before(ctx: Ctx, id: Uuid) -> Result<AliasView, WebError> {
    let all = acts::opened(&ctx, ctx.param("domain")?).await?;
    Ok(all.into_iter().find(|alias| alias.id.uuid() == id).ok_or(WebError::NotFound)?.into())
}

async fn remove(ctx: Ctx) -> Result<(), WebError> {
    Ok(ctx.state.office.remove_alias(ctx.param("domain")?, ctx.param("alias")?).await?)
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Aliases");
    let (read, write) = (Scope::DomainsRead, Scope::DomainsWrite);
    let all = "/api/v1/domains/{domain}/aliases";
    api.list(op(all, "listAliases", "The aliases of a domain", read, ANY_ROLE), list);
    let new = op(all, "makeAlias", "Make a further address of a mailbox", write, TECHNICAL);
    api.make(new, all, make, made_before);
    let one = "/api/v1/domains/{domain}/aliases/{alias}";
    api.remove(op(one, "removeAlias", "Remove an alias", write, TECHNICAL), remove);
}
