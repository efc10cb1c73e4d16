//! Application passwords of mailboxes.

use mailkeep_identity::Scope;
use mailkeep_policy::Shown;
use mailkeep_types::MailboxId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::describe::{Api, op};
use super::paging::{Page, cut};
use super::value::Instant;
use crate::acts::mailboxes as acts;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::msg;
use crate::routes::{ANY_ROLE, TECHNICAL};

/// An application password.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AppPassword")]
pub struct AppPasswordView {
    /// Its identifier.
    pub id: String,
    /// What it is called.
    #[schemars(with = "String")]
    pub name: Shown<String>,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last used, to the hour.
    pub last_used_at: Option<Instant>,
}

/// An application password to be made.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppPasswordToMake {
    /// What it shall be called, at most 60 characters.
    pub name: String,
}

/// An application password just made.
#[derive(Serialize, JsonSchema)]
pub struct NewAppPassword {
    /// Its identifier.
    pub id: String,
    /// The password; it is shown this once.
    pub password: String,
}

async fn list(ctx: Ctx) -> Result<Page<AppPasswordView>, WebError> {
    let all = acts::app_passwords(&ctx, ctx.param("mailbox")?).await?;
    Ok(cut(&ctx, all, |item| item.id.uuid())?.page(|item| AppPasswordView {
        id: item.id.to_string(),
        name: item.name,
        created_at: item.made_at.into(),
        last_used_at: item.used_at.map(Instant::from),
    }))
}

async fn make(ctx: Ctx, wanted: AppPasswordToMake) -> Result<(Uuid, NewAppPassword), WebError> {
    let (id, password) = acts::make_app_password(&ctx, ctx.param("mailbox")?, wanted.name.trim()).await?;
    Ok((id.uuid(), NewAppPassword { id: id.to_string(), password }))
}

/// It was shown once and is known to nobody any more.
async fn made_before(_: Ctx, _: Uuid) -> Result<NewAppPassword, WebError> {
    Err(WebError::Conflict(msg("api-shown-once")))
}

async fn revoke(ctx: Ctx) -> Result<(), WebError> {
    let id: MailboxId = ctx.param("mailbox")?;
    Ok(ctx.state.office.revoke_app_password(id, ctx.param("password")?).await?)
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("App passwords");
    let (read, write) = (Scope::MailboxesRead, Scope::MailboxesWrite);
    let all = "/api/v1/mailboxes/{mailbox}/app-passwords";
    api.list(op(all, "listAppPasswords", "The application passwords of a mailbox", read, ANY_ROLE), list);
    let new = op(all, "makeAppPassword", "Make an application password", write, TECHNICAL);
    api.make(new, all, make, made_before);
    let one = "/api/v1/mailboxes/{mailbox}/app-passwords/{password}";
    api.remove(op(one, "revokeAppPassword", "Revoke an application password", write, TECHNICAL), revoke);
}
