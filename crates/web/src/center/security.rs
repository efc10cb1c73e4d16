//! Password, second factor, sessions, API tokens.

use mailkeep_identity::{IdentityError, Scope, Scopes, Secret};
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
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
    /// The API tokens.
    pub tokens: Vec<TokenRow>,
    /// A token just made, shown this once.
    pub new_token: Option<String>,
    /// The form that makes a token.
    pub token_form: Form,
    /// What a token may do.
    pub scopes: Vec<Choose>,
}

/// A session.
#[derive(Debug, Clone, Serialize)]
pub struct SessionRow {
    /// Its id.
    pub id: String,
    /// The browser and system, as far as they say.
    pub device: String,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When it was last used.
    pub used_at: Timestamp,
    /// Whether it is the one asking.
    pub current: bool,
}

/// An API token.
#[derive(Debug, Clone, Serialize)]
pub struct TokenRow {
    /// Its id.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<String>,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

impl Page for SecurityPage {
    const TEMPLATE: &'static str = "center/security.html";

    fn samples() -> Vec<Self> {
        let session = SessionRow {
            id: "a".to_owned(),
            device: "Firefox on Linux".to_owned(),
            begun_at: samples::days_ago(2),
            used_at: samples::minutes_ago(0),
            current: true,
        };
        let other = SessionRow {
            id: "b".to_owned(),
            device: String::new(),
            used_at: samples::minutes_ago(90),
            current: false,
            ..session.clone()
        };
        let token = TokenRow {
            id: "t".to_owned(),
            name: "Backup script".to_owned(),
            scopes: vec!["read".to_owned()],
            used_at: None,
        };
        let page = |factor_on, password_form, sessions, tokens, new_token| SecurityPage {
            factor_on,
            recovery_left: 8,
            password_form,
            sessions,
            tokens,
            new_token,
            token_form: Form::new(),
            scopes: vec![Choose::new("read", "Read"), Choose::new("write", "Read and change")],
        };
        vec![
            page(
                true,
                Form::new(),
                vec![session.clone(), other],
                vec![
                    token.clone(),
                    TokenRow { id: "u".to_owned(), used_at: Some(samples::days_ago(1)), ..token },
                ],
                None,
            ),
            page(
                false,
                Form::new().wrong("current_password", msg("password-wrong")),
                vec![session],
                Vec::new(),
                Some("mk_sample".to_owned()),
            ),
        ]
    }
}

/// `GET /center/security`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new(), Form::new(), None).await?;
    ctx.page(&page)
}

async fn page(
    ctx: &Ctx,
    password_form: Form,
    token_form: Form,
    new_token: Option<String>,
) -> Result<SecurityPage, WebError> {
    let identity = &ctx.state.identity;
    let factor = identity.second_factor_state(ctx.access()).await?;
    let sessions = identity.list_sessions(ctx.access()).await?;
    let tokens = identity.list_api_tokens(ctx.access()).await?;
    Ok(SecurityPage {
        factor_on: factor.since.is_some(),
        recovery_left: i64::from(factor.recovery_codes_left),
        password_form,
        sessions: sessions
            .into_iter()
            .map(|session| SessionRow {
                id: session.session.to_string(),
                device: format!("{} · {}", session.device, session.network),
                begun_at: session.created_at,
                used_at: session.last_seen_at,
                current: session.current,
            })
            .collect(),
        tokens: tokens
            .into_iter()
            .map(|token| TokenRow {
                id: token.id.to_string(),
                name: token.name,
                scopes: token.scopes.iter().map(|scope| scope.word().to_owned()).collect(),
                used_at: token.last_used_at,
            })
            .collect(),
        new_token,
        token_form,
        scopes: vec![
            Choose::new("read", ctx.say("token-scope-read")),
            Choose::new("write", ctx.say("token-scope-write")),
        ],
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
            let page = page(&ctx, form, Form::new(), None).await?;
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

/// `POST /center/security/tokens`
pub async fn make_token(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let name = form.required(&ctx.form, "token_name").to_owned();
    form = form.with("token_name", name.clone());
    let scopes = match ctx.form.get("scope") {
        "write" => Scopes::of(Scope::ALL),
        _ => Scopes::of(&[Scope::ProfileRead, Scope::BillingRead, Scope::DomainsRead, Scope::MailboxesRead]),
    };
    if form.good() {
        match ctx.state.identity.issue_api_token(ctx.access(), &name, scopes, TOKEN_DAYS, &ctx.origin()).await
        {
            Ok(token) => {
                // Shown in the answer itself: a token belongs neither into an address nor into a cookie.
                let page =
                    page(&ctx, Form::new(), Form::new(), Some(token.token.expose().to_owned())).await?;
                return ctx.page(&page);
            }
            Err(IdentityError::PasswordNeeded) => return Err(IdentityError::PasswordNeeded.into()),
            Err(error) => form.take(error, &["token_name"])?,
        }
    }
    let page = page(&ctx, Form::new(), form, None).await?;
    ctx.refused(&page)
}

/// How long an API token lives.
const TOKEN_DAYS: u32 = 365;

/// `POST /center/security/tokens/{token}/revoke`
pub async fn revoke_token(ctx: Ctx) -> Answer {
    ctx.state.identity.revoke_api_token(ctx.access(), ctx.param("token")?, &ctx.origin()).await?;
    ctx.done("/center/security", msg("token-revoked"))
}
