//! What a member of staff looks after for themselves: the password and where they are signed in.

use mailkeep_identity::Secret;
use mailkeep_identity::staff::StaffSessionView;
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// One's own sign-in.
#[derive(Debug, Serialize)]
pub struct YouPage {
    /// The form that changes the password.
    pub form: Form,
    /// The sessions.
    pub sessions: Vec<SessionRow>,
}

/// A session.
#[derive(Debug, Clone, Serialize)]
pub struct SessionRow {
    /// Its id.
    pub id: String,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When it was last used.
    pub used_at: Timestamp,
    /// Whether it is the one asking.
    pub current: bool,
}

impl Page for YouPage {
    const TEMPLATE: &'static str = "console/you.html";

    fn samples() -> Vec<Self> {
        let row = |id: &str, minutes, current| SessionRow {
            id: id.to_owned(),
            begun_at: samples::days_ago(1),
            used_at: samples::minutes_ago(minutes),
            current,
        };
        let sessions = vec![row("a", 0, true), row("b", 25, false)];
        vec![
            YouPage { form: Form::new(), sessions: sessions.clone() },
            YouPage { form: Form::new().wrong("current_password", msg("password-wrong")), sessions },
        ]
    }
}

/// `GET /console/you`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new()).await?;
    ctx.page(&page)
}

async fn page(ctx: &Ctx, form: Form) -> Result<YouPage, WebError> {
    let row = |session: StaffSessionView| SessionRow {
        id: session.session.to_string(),
        begun_at: session.created_at,
        used_at: session.last_seen_at,
        current: session.current,
    };
    let sessions = ctx.state.identity.list_staff_sessions(ctx.access()).await?;
    Ok(YouPage { form, sessions: sessions.into_iter().map(row).collect() })
}

/// `POST /console/you/password`
pub async fn change_password(ctx: Ctx) -> Answer {
    let (current, new) = (ctx.form.raw("current_password"), ctx.form.raw("password"));
    let (current, new) = (Secret::new(current), Secret::new(new));
    match ctx.state.identity.change_staff_password(ctx.access(), current, new, &ctx.origin()).await {
        Ok(()) => ctx.done("/console/you", msg("password-changed")),
        Err(error) => {
            let mut form = Form::new();
            form.take(error, &["current_password", "password"])?;
            let page = page(&ctx, form).await?;
            ctx.refused(&page)
        }
    }
}

/// `POST /console/you/sessions/{session}/end`
pub async fn end_session(ctx: Ctx) -> Answer {
    ctx.state.identity.revoke_staff_session(ctx.access(), ctx.param("session")?, &ctx.origin()).await?;
    ctx.done("/console/you", msg("session-ended"))
}
