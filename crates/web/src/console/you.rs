//! What a member of staff looks after for themselves: the password, where they are signed in, and tokens for programs.

use mailkeep_identity::staff::{StaffAddress, StaffSessionView};
use mailkeep_identity::staff_tokens::{GRANTABLE, NewStaffToken, StaffTokenView};
use mailkeep_identity::{Secret, StaffPermission};
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::options::Choose;
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
    /// The tokens.
    pub tokens: Vec<TokenRow>,
    /// One just made, shown this once.
    pub new_token: Option<String>,
    /// The form that makes one.
    pub token_form: Form,
    /// What one can be made for; nothing for whoever may do nothing that programs do.
    pub permissions: Vec<PermissionBox>,
    /// How long it may live.
    pub lifetimes: Vec<Choose>,
    /// Where one is told of tickets by mail.
    pub address: Option<StaffAddress>,
    /// The form that names another.
    pub address_form: Form,
    /// Whether one works on tickets, and is told anything.
    pub works: bool,
}

/// The forms of the page, as they were sent.
#[derive(Debug)]
pub(super) struct Forms {
    /// That changes the password.
    pub(super) password: Form,
    /// That makes a token.
    pub(super) token: Form,
    /// That names an address.
    pub(super) address: Form,
}

impl Default for Forms {
    fn default() -> Self {
        Forms { password: Form::new(), token: Form::new().with("lifetime_days", "90"), address: Form::new() }
    }
}

/// A token for programs.
#[derive(Debug, Clone, Serialize)]
pub struct TokenRow {
    /// Its id.
    pub id: String,
    /// What it is for.
    pub title: String,
    /// What it may do.
    pub permissions: Vec<&'static str>,
    /// When it ends.
    pub ends_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

/// A permission to tick.
#[derive(Debug, Clone, Serialize)]
pub struct PermissionBox {
    /// Its word.
    pub word: &'static str,
    /// What it lets a program do.
    pub text: Msg,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// How long tokens can live, in days.
const LIFETIMES: [u32; 3] = [30, 90, 365];

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
        let token = TokenRow {
            id: "t".to_owned(),
            title: "Bank import".to_owned(),
            permissions: vec!["billing"],
            ends_at: samples::days_ago(-80),
            used_at: Some(samples::minutes_ago(12)),
        };
        let fresh = Form::new().with("lifetime_days", "90");
        let page = |form: Form, token_form: Form, tokens, new_token| YouPage {
            form,
            sessions: sessions.clone(),
            tokens,
            new_token,
            token_form,
            permissions: boxes(&GRANTABLE, &["billing"]),
            lifetimes: vec![Choose::new("30", "30 days"), Choose::new("90", "90 days")],
            address: None,
            address_form: Form::new(),
            works: true,
        };
        let address = |proven_at| Some(StaffAddress { domain: "mailkeep.example".to_owned(), proven_at });
        let wrong = Form::new().wrong("current_password", msg("password-wrong"));
        let refused =
            fresh.clone().wrong("title", msg("form-required")).wrong("permissions", msg("form-required"));
        vec![
            YouPage {
                address: address(Some(samples::days_ago(40))),
                ..page(Form::new(), fresh.clone(), vec![token], Some("mks_sample".to_owned()))
            },
            YouPage { address: address(None), ..page(wrong, fresh, Vec::new(), None) },
            YouPage {
                address_form: Form::new().with("email", "tove").wrong("email", msg("form-required")),
                ..page(Form::new(), refused, Vec::new(), None)
            },
        ]
    }
}

fn boxes(offered: &[StaffPermission], ticked: &[&str]) -> Vec<PermissionBox> {
    let one = |permission: &StaffPermission| PermissionBox {
        word: permission.word(),
        text: Msg { id: format!("token-for-{}", permission.word()).into(), ..msg("verbatim") },
        ticked: ticked.contains(&permission.word()),
    };
    offered.iter().map(one).collect()
}

/// `GET /console/you`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Forms::default(), &[]).await?;
    ctx.page(&page)
}

pub(super) async fn page(ctx: &Ctx, forms: Forms, ticked: &[&str]) -> Result<YouPage, WebError> {
    let row = |session: StaffSessionView| SessionRow {
        id: session.session.to_string(),
        begun_at: session.created_at,
        used_at: session.last_seen_at,
        current: session.current,
    };
    let identity = &ctx.state.identity;
    let sessions = identity.list_staff_sessions(ctx.access()).await?;
    let token = |token: StaffTokenView| TokenRow {
        id: token.id.to_string(),
        title: token.title,
        permissions: token.permissions.iter().map(|permission| permission.word()).collect(),
        ends_at: token.expires_at,
        used_at: token.last_used_at,
    };
    let staff = ctx.who.staff()?;
    let offered: Vec<StaffPermission> = GRANTABLE.into_iter().filter(|one| staff.may(*one)).collect();
    let lifetime =
        |days: &u32| Choose::new(days.to_string(), ctx.text(&msg("token-days").with("n", i64::from(*days))));
    Ok(YouPage {
        form: forms.password,
        sessions: sessions.into_iter().map(row).collect(),
        tokens: identity.list_staff_tokens(ctx.access()).await?.into_iter().map(token).collect(),
        new_token: None,
        token_form: forms.token,
        permissions: boxes(&offered, ticked),
        lifetimes: LIFETIMES.iter().map(lifetime).collect(),
        address: identity.staff_address(ctx.access()).await?,
        address_form: forms.address,
        works: staff.may(StaffPermission::Tickets),
    })
}

/// `POST /console/you/tokens`
pub async fn make_token(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let ticked: Vec<&str> = ctx.form.all("permissions").collect();
    let permissions: Vec<_> = ticked.iter().filter_map(|word| StaffPermission::from_word(word)).collect();
    let title = form.required(&ctx.form, "title");
    let days = form.checked(&ctx.form, "lifetime_days", msg("form-required"), str::parse::<u32>);
    if let (true, Some(lifetime_days)) = (form.good(), days) {
        let wish = NewStaffToken { title, permissions: &permissions, lifetime_days };
        let password = Secret::new(ctx.form.raw("current_password"));
        match ctx.state.identity.issue_staff_token(ctx.access(), wish, password, &ctx.origin()).await {
            Ok(token) => {
                // Shown in the answer itself: a token belongs neither into an address nor into a cookie.
                let page = page(&ctx, Forms::default(), &[]).await?;
                let new_token = Some(token.token.expose().to_owned());
                return ctx.page(&YouPage { new_token, ..page });
            }
            Err(error) => form.take(error, &["title", "permissions", "lifetime_days", "current_password"])?,
        }
    }
    let page = page(&ctx, Forms { token: form, ..Forms::default() }, &ticked).await?;
    ctx.refused(&page)
}

/// `POST /console/you/tokens/{token}/revoke`
pub async fn revoke_token(ctx: Ctx) -> Answer {
    ctx.state.identity.revoke_staff_token(ctx.access(), ctx.param("token")?, &ctx.origin()).await?;
    ctx.done("/console/you", msg("token-revoked"))
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
            let page = page(&ctx, Forms { password: form, ..Forms::default() }, &[]).await?;
            ctx.refused(&page)
        }
    }
}

/// `POST /console/you/sessions/{session}/end`
pub async fn end_session(ctx: Ctx) -> Answer {
    ctx.state.identity.revoke_staff_session(ctx.access(), ctx.param("session")?, &ctx.origin()).await?;
    ctx.done("/console/you", msg("session-ended"))
}
