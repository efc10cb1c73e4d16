//! Where the person is signed in.

use mailkeep_identity::Scope;
use mailkeep_policy::Shown;
use schemars::JsonSchema;
use serde::Serialize;

use super::describe::{Api, op};
use super::paging::{Page, cut};
use super::value::Instant;
use crate::ctx::Ctx;
use crate::error::WebError;

/// A browser that is signed in.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Session")]
pub struct SessionView {
    /// Its identifier.
    pub id: String,
    /// Browser and system, as far as they say.
    #[schemars(with = "String")]
    pub device: Shown<String>,
    /// The network it came from.
    #[schemars(with = "String")]
    pub network: Shown<String>,
    /// When it was begun.
    pub created_at: Instant,
    /// When it was last used.
    pub last_seen_at: Instant,
    /// When it ends at the latest.
    pub expires_at: Instant,
}

async fn list(ctx: Ctx) -> Result<Page<SessionView>, WebError> {
    let sessions = ctx.state.identity.list_sessions(ctx.access()).await?;
    let part = cut(&ctx, sessions, |session| session.session.uuid())?;
    Ok(part.page(|session| SessionView {
        id: session.session.to_string(),
        device: session.device,
        network: session.network,
        created_at: session.created_at.into(),
        last_seen_at: session.last_seen_at.into(),
        expires_at: session.expires_at.into(),
    }))
}

async fn end(ctx: Ctx) -> Result<(), WebError> {
    Ok(ctx.state.identity.revoke_session(ctx.access(), ctx.param("session")?, &ctx.origin()).await?)
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Sessions");
    let all =
        op("/api/v1/sessions", "listSessions", "Where the person is signed in", Scope::SessionsRead, &[]);
    api.list(all, list);
    let one = op("/api/v1/sessions/{session}", "endSession", "Sign a browser out", Scope::SessionsWrite, &[]);
    api.remove(one, end);
}
