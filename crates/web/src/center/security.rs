//! Password, second factor, sessions.

use mailkeep_identity::Secret;
use mailkeep_policy::Shown;
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// Sign-in and security.
#[derive(Debug, Serialize)]
pub struct SecurityPage {
    /// Whether a second factor is asked for.
    pub factor_on: bool,
    /// How many recovery codes are left.
    pub recovery_left: i64,
    /// The form that changes the password.
    pub password_form: Form,
    /// The sessions.
    pub sessions: Vec<SessionRow>,
}

/// A session.
#[derive(Debug, Clone, Serialize)]
pub struct SessionRow {
    /// Its id.
    pub id: String,
    /// The browser and system, as far as they say.
    pub device: Shown<String>,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When it was last used.
    pub used_at: Timestamp,
    /// Whether it is the one asking.
    pub current: bool,
}

impl Page for SecurityPage {
    const TEMPLATE: &'static str = "center/security.html";

    fn samples() -> Vec<Self> {
        let session = SessionRow {
            id: "a".to_owned(),
            device: "Firefox on Linux".into(),
            begun_at: samples::days_ago(2),
            used_at: samples::minutes_ago(0),
            current: true,
        };
        let other = SessionRow {
            id: "b".to_owned(),
            device: Shown::default(),
            used_at: samples::minutes_ago(90),
            current: false,
            ..session.clone()
        };
        let page = |factor_on, password_form, sessions| SecurityPage {
            factor_on,
            recovery_left: 8,
            password_form,
            sessions,
        };
        vec![
            page(true, Form::new(), vec![session.clone(), other]),
            page(false, Form::new().wrong("current_password", msg("password-wrong")), vec![session]),
        ]
    }
}

/// `GET /center/security`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new()).await?;
    ctx.page(&page)
}

async fn page(ctx: &Ctx, password_form: Form) -> Result<SecurityPage, WebError> {
    let identity = &ctx.state.identity;
    let factor = identity.second_factor_state(ctx.access()).await?;
    let sessions = identity.list_sessions(ctx.access()).await?;
    Ok(SecurityPage {
        factor_on: factor.since.is_some(),
        recovery_left: i64::from(factor.recovery_codes_left),
        password_form,
        sessions: sessions
            .into_iter()
            .map(|session| SessionRow {
                id: session.session.to_string(),
                device: session
                    .device
                    .join(&session.network, |device, network| format!("{device} · {network}")),
                begun_at: session.created_at,
                used_at: session.last_seen_at,
                current: session.current,
            })
            .collect(),
    })
}

/// `POST /center/security/password`
pub async fn change_password(ctx: Ctx) -> Answer {
    let (current, new) = (ctx.form.raw("current_password"), ctx.form.raw("new_password"));
    let (current, new) = (Secret::new(current), Secret::new(new));
    match ctx.state.identity.change_password(ctx.access(), current, new, &ctx.origin()).await {
        Ok(()) => ctx.done("/center/security", msg("password-changed")),
        Err(error) => {
            let mut form = Form::new();
            if error.field_name() == Some("password") {
                form.refuse("new_password", msg("verbatim").with("text", error.to_string()));
            } else {
                form.take(error, &["current_password"])?;
            }
            let page = page(&ctx, form).await?;
            ctx.refused(&page)
        }
    }
}

/// `POST /center/security/sessions/{session}/end`
pub async fn end_session(ctx: Ctx) -> Answer {
    ctx.state.identity.revoke_session(ctx.access(), ctx.param("session")?, &ctx.origin()).await?;
    ctx.done("/center/security", msg("session-ended"))
}

/// `POST /center/security/sessions/end-others`
pub async fn end_other_sessions(ctx: Ctx) -> Answer {
    ctx.state.identity.revoke_other_sessions(ctx.access(), &ctx.origin()).await?;
    ctx.done("/center/security", msg("sessions-ended"))
}
