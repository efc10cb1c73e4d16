//! A copy to take along: asked for with the password, made by a job, fetched until it expires.

use axum::http::{HeaderValue, header};
use mailkeep_identity::IdentityError;
use mailkeep_policy::Shown;
use mailkeep_policy::exports::{self, ExportRow, ExportState, KEPT_FOR};
use mailkeep_policy::requests::Proof;
use mailkeep_types::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::own_customers;
use crate::acts;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// The copies of the person.
#[derive(Debug, Serialize)]
pub struct CopyPage {
    /// The copies, newest first.
    pub copies: Vec<CopyRow>,
    /// Whether one is being made: the page then asks again by itself.
    pub making: bool,
    /// For how many hours a copy is kept.
    pub hours: i64,
    /// The customers that are part of it.
    pub customers: Vec<Shown<String>>,
}

/// A copy.
#[derive(Debug, Clone, Serialize)]
pub struct CopyRow {
    /// Its id.
    pub id: String,
    /// `waiting`, `working`, `ready` or `failed`.
    pub state: &'static str,
    /// How many parts are done.
    pub done: i64,
    /// How many parts there are.
    pub total: i64,
    /// How large the file is.
    pub size: i64,
    /// When it was asked for.
    pub at: Timestamp,
    /// When it goes.
    pub until: Timestamp,
}

impl Page for CopyPage {
    const TEMPLATE: &'static str = "center/privacy/copy.html";

    fn samples() -> Vec<Self> {
        let row = |state, done| CopyRow {
            id: "c".to_owned(),
            state,
            done,
            total: 3,
            size: 48_300,
            at: samples::minutes_ago(2),
            until: samples::days_ago(-3),
        };
        let page =
            |copies, making| CopyPage { copies, making, hours: 72, customers: vec!["Larkspur Books".into()] };
        vec![
            page(Vec::new(), false),
            page(vec![row("working", 1)], true),
            page(vec![row("ready", 3), row("failed", 1)], false),
        ]
    }
}

/// `GET /center/privacy/copy`
pub async fn show(ctx: Ctx) -> Answer {
    let rows = exports::list(&ctx.state.policy, ctx.who.person()?.person).await?;
    let making = rows.iter().any(|row| matches!(row.state, ExportState::Waiting | ExportState::Working));
    ctx.page(&CopyPage {
        copies: rows.iter().map(row).collect(),
        making,
        hours: i64::try_from(KEPT_FOR.as_secs() / 3600).unwrap_or(i64::MAX),
        customers: own_customers(&ctx).await?.into_iter().map(|(_, name)| name).collect(),
    })
}

fn row(copy: &ExportRow) -> CopyRow {
    CopyRow {
        id: copy.id.to_string(),
        state: copy.state.word(),
        done: copy.done,
        total: copy.total,
        size: copy.size,
        at: copy.created_at,
        until: copy.expires_at,
    }
}

/// `POST /center/privacy/copy`: asks for one; the password must have been given a moment ago.
pub async fn ask(ctx: Ctx) -> Answer {
    match ctx.state.identity.require_recent_password(ctx.access()) {
        Err(IdentityError::PasswordNeeded) => {
            return Ok(ctx.redirect("/center/password?next=/center/privacy/copy"));
        }
        other => other?,
    }
    let person = ctx.who.person()?;
    let others = acts::erasures::belongings(&ctx, &own_customers(&ctx).await?).await?;
    exports::ask(&ctx.state.policy, person.person, Proof::Session(person.session), &others).await?;
    ctx.done("/center/privacy/copy", msg("copy-asked"))
}

/// `GET /center/privacy/copy/{copy}`: the file.
pub async fn fetch(ctx: Ctx) -> Answer {
    let (person, id): (_, Uuid) = (ctx.who.person()?, ctx.param("copy")?);
    let (policy, blobs) = (&ctx.state.policy, ctx.state.office.blobs());
    let found = exports::open_content(policy, blobs, person.person, person.session, id).await?;
    let file = found.ok_or(WebError::NotFound)?;
    let mut response =
        ctx.file(&file, "application/zip", &format!("your-data-{}.zip", person.registration_id))?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// `POST /center/privacy/copy/{copy}/remove`
pub async fn remove(ctx: Ctx) -> Answer {
    let (person, id): (_, Uuid) = (ctx.who.person()?, ctx.param("copy")?);
    if !exports::remove(&ctx.state.policy, person.person, id).await? {
        return Err(WebError::NotFound);
    }
    ctx.done("/center/privacy/copy", msg("copy-removed"))
}
