//! Mailboxes.

use axum::http::Method;
use mailkeep_identity::Scope;
use mailkeep_mailbox::domains::Domain;
use mailkeep_mailbox::mailboxes::{MailboxChange, MailboxSummary};
use mailkeep_mailbox::{MailboxState, Secret};
use mailkeep_policy::{Personal, Shown};
use mailkeep_types::MailboxId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::describe::{Api, op};
use super::paging::{Page, cut};
use super::value::Instant;
use super::{domains, made};
use crate::acts::mailboxes::{self as acts, MailboxToMake as Wanted};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::routes::{ANY_ROLE, TECHNICAL};

/// A mailbox.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Mailbox")]
pub struct MailboxView {
    /// Its identifier.
    pub id: String,
    /// Its address.
    #[schemars(with = "String")]
    pub address: Shown<String>,
    /// Its owner's name.
    #[schemars(with = "String")]
    pub name: Shown<String>,
    /// `active`, `maintenance`, `pending`, `locked` or `closed`.
    pub state: String,
    /// Bytes of its own quota; 0 is no limit.
    pub quota_bytes: u64,
    /// Bytes there may be: its own quota with what add-ons grant beyond it; 0 is no limit.
    pub whole_quota_bytes: u64,
    /// Bytes used.
    pub used_bytes: u64,
    /// Messages in it.
    pub messages: u64,
    /// When it was made.
    pub created_at: Instant,
}

/// A mailbox to be made.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MailboxToMake {
    /// The part of its address before the `@`.
    pub local: String,
    /// Its owner's name; the local part when left out.
    pub name: Option<String>,
    /// Its password; left out, it opens for application passwords alone.
    pub password: Option<String>,
    /// Bytes there may be, at most what the plan gives; that when left out.
    pub quota_bytes: Option<u64>,
}

/// What to change of a mailbox; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MailboxToChange {
    /// Its owner's name.
    pub name: Option<String>,
    /// Bytes there may be, at most what the plan gives.
    pub quota_bytes: Option<u64>,
    /// `active` opens a closed mailbox again, `closed` closes it.
    pub state: Option<StateToSet>,
}

/// A state that an administrator can set.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StateToSet {
    /// In use.
    Active,
    /// Closed; what is in it is kept for 30 days.
    Closed,
}

/// A new password of a mailbox.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordToSet {
    /// The password.
    pub password: String,
}

async fn view(ctx: &Ctx, summary: MailboxSummary) -> Result<MailboxView, WebError> {
    let opened = acts::open(ctx, summary).await?;
    Ok(MailboxView {
        id: opened.summary.id.to_string(),
        address: opened.address.text(),
        name: opened.name,
        state: opened.summary.state.id().to_owned(),
        quota_bytes: opened.summary.quota_bytes,
        whole_quota_bytes: opened.summary.whole_quota_bytes,
        used_bytes: opened.summary.used_bytes,
        messages: opened.summary.messages,
        created_at: opened.summary.created_at.into(),
    })
}

/// Opens only what the page holds.
async fn part(ctx: &Ctx, all: Vec<MailboxSummary>) -> Result<Page<MailboxView>, WebError> {
    let part = cut(ctx, all, |summary| summary.id.uuid())?;
    let mut items = Vec::with_capacity(part.rows.len());
    for summary in part.rows {
        items.push(view(ctx, summary).await?);
    }
    Ok(Page { items, next_cursor: part.next_cursor })
}

fn within_plan(form: &mut Form, domain: &Domain, wanted: Option<u64>) -> Result<(), WebError> {
    let Some(most) = acts::too_much(domain, wanted) else { return Ok(()) };
    form.refuse("quota_bytes", msg("api-quota-most").with("most", most.to_string()));
    Err(WebError::Fields(Box::new(std::mem::take(form))))
}

async fn list_all(ctx: Ctx) -> Result<Page<MailboxView>, WebError> {
    part(&ctx, acts::of_customer(&ctx).await?).await
}

async fn list(ctx: Ctx) -> Result<Page<MailboxView>, WebError> {
    part(&ctx, ctx.state.office.list_mailboxes(ctx.param("domain")?).await?).await
}

async fn show(ctx: Ctx) -> Result<MailboxView, WebError> {
    view(&ctx, ctx.state.office.mailbox_summary(ctx.param("mailbox")?).await?).await
}

async fn make(ctx: Ctx, wanted: MailboxToMake) -> Result<(Uuid, MailboxView), WebError> {
    let domain = domains::in_path(&ctx).await?;
    let mut form = Form::new();
    within_plan(&mut form, &domain, wanted.quota_bytes)?;
    let mailbox = Wanted {
        local: wanted.local.trim(),
        name: wanted.name.as_deref().unwrap_or_default(),
        password: wanted.password.map(Secret::new),
        quota_bytes: wanted.quota_bytes,
    };
    let id = acts::make(&ctx, &mut form, &domain, mailbox).await?;
    let id = made(id, form)?;
    Ok((id.uuid(), view(&ctx, ctx.state.office.mailbox_summary(id).await?).await?))
}

/// What a request that is sent again made; it was in the domain of the path, which is the customer's.
async fn made_before(ctx: Ctx, id: Uuid) -> Result<MailboxView, WebError> {
    view(&ctx, ctx.state.office.mailbox_summary(MailboxId::from_uuid(id)).await?).await
}

async fn change(ctx: Ctx, wanted: MailboxToChange) -> Result<MailboxView, WebError> {
    let id: MailboxId = ctx.param("mailbox")?;
    let domain = ctx.state.office.domain(ctx.state.office.mailbox_facts(id).await?.domain).await?;
    within_plan(&mut Form::new(), &domain, wanted.quota_bytes)?;
    match wanted.state {
        Some(StateToSet::Active) => acts::set_state(&ctx, id, MailboxState::Active).await?,
        Some(StateToSet::Closed) => acts::set_state(&ctx, id, MailboxState::Closed).await?,
        None => {}
    }
    let change = MailboxChange {
        quota_bytes: wanted.quota_bytes,
        display_name: wanted.name.map(|name| Personal::new(name.chars().take(200).collect())),
        ..MailboxChange::default()
    };
    ctx.state.office.change_mailbox(id, change).await?;
    show(ctx).await
}

async fn close(ctx: Ctx) -> Result<(), WebError> {
    acts::set_state(&ctx, ctx.param("mailbox")?, MailboxState::Closed).await
}

async fn set_password(ctx: Ctx, wanted: PasswordToSet) -> Result<MailboxView, WebError> {
    let password = Secret::new(wanted.password);
    if let Err(error) = ctx.state.office.set_mailbox_password(ctx.param("mailbox")?, password).await {
        let mut form = Form::new();
        form.take(error, &["password"])?;
        return Err(WebError::Fields(Box::new(form)));
    }
    show(ctx).await
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Mailboxes");
    let (read, write) = (Scope::MailboxesRead, Scope::MailboxesWrite);
    api.list(
        op("/api/v1/mailboxes", "listAllMailboxes", "The mailboxes of the customer", read, ANY_ROLE),
        list_all,
    );
    let (of_domain, one) = ("/api/v1/domains/{domain}/mailboxes", "/api/v1/mailboxes/{mailbox}");
    api.list(op(of_domain, "listMailboxes", "The mailboxes of a domain", read, ANY_ROLE), list);
    let new = op(of_domain, "makeMailbox", "Make a mailbox in a proven domain", write, TECHNICAL);
    api.make(new, "/api/v1/mailboxes", make, made_before);
    api.read(op(one, "showMailbox", "One mailbox", read, ANY_ROLE), show);
    let some = op(one, "changeMailbox", "Change name, space or state of a mailbox", write, TECHNICAL);
    api.change(Method::PATCH, some, change);
    let end = "Close a mailbox; it takes and gives no more mail";
    api.remove(op(one, "closeMailbox", end, write, TECHNICAL), close);
    let password = op(
        "/api/v1/mailboxes/{mailbox}/password",
        "setPassword",
        "Set the password of a mailbox",
        write,
        TECHNICAL,
    );
    api.change(Method::PUT, password, set_password);
}
