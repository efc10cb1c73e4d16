//! API tokens: making, listing and revoking the keys of one's own programs.

use mailkeep_identity::api_tokens::ApiTokenView;
use mailkeep_identity::{IdentityError, Scope, Scopes};
use mailkeep_policy::Shown;
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

/// The API tokens of the person.
#[derive(Debug, Serialize)]
pub struct TokensPage {
    /// The tokens.
    pub tokens: Vec<TokenRow>,
    /// One just made, shown this once.
    pub new_token: Option<String>,
    /// The form that makes one.
    pub form: Form,
    /// What a token may do.
    pub scopes: Vec<ScopeBox>,
    /// How long it may live.
    pub lifetimes: Vec<Choose>,
}

/// An API token.
#[derive(Debug, Clone, Serialize)]
pub struct TokenRow {
    /// Its id.
    pub id: String,
    /// What it is for.
    pub name: Shown<String>,
    /// What it may do.
    pub scopes: Vec<String>,
    /// When it ends.
    pub ends_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

/// A scope to tick.
#[derive(Debug, Clone, Serialize)]
pub struct ScopeBox {
    /// The scope's word.
    pub word: &'static str,
    /// What it lets a program do.
    pub text: Msg,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// How long tokens can live, in days.
const LIFETIMES: [u32; 4] = [30, 90, 365, 1095];

fn scopes(ticked: &[&str]) -> Vec<ScopeBox> {
    let text = |scope: &Scope| Msg {
        id: format!("scope-{}", scope.word().replace(':', "-")).into(),
        ..msg("verbatim")
    };
    let one = |scope: &Scope| ScopeBox {
        word: scope.word(),
        text: text(scope),
        ticked: ticked.contains(&scope.word()),
    };
    Scope::ALL.iter().map(one).collect()
}

impl Page for TokensPage {
    const TEMPLATE: &'static str = "center/tokens.html";

    fn samples() -> Vec<Self> {
        let token = TokenRow {
            id: "t".to_owned(),
            name: "Backup script".into(),
            scopes: vec!["domains:read".to_owned(), "mailboxes:read".to_owned()],
            ends_at: samples::days_ago(-200),
            used_at: None,
        };
        let used = TokenRow { id: "u".to_owned(), used_at: Some(samples::days_ago(1)), ..token.clone() };
        let lifetimes = vec![Choose::new("90", "90 days"), Choose::new("365", "365 days")];
        let page = |tokens, new_token, form, ticked: &[&str]| TokensPage {
            tokens,
            new_token,
            form,
            scopes: scopes(ticked),
            lifetimes: lifetimes.clone(),
        };
        vec![
            page(
                vec![token, used],
                Some("mkp_sample".to_owned()),
                Form::new().with("lifetime_days", "90"),
                &[],
            ),
            page(
                Vec::new(),
                None,
                Form::new().wrong("name", msg("form-required")).wrong("scopes", msg("form-required")),
                &["domains:read"],
            ),
        ]
    }
}

/// `GET /center/tokens`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new().with("lifetime_days", "90"), &[], None).await?;
    ctx.page(&page)
}

async fn page(
    ctx: &Ctx,
    form: Form,
    ticked: &[&str],
    new_token: Option<String>,
) -> Result<TokensPage, WebError> {
    let tokens = ctx.state.identity.list_api_tokens(ctx.access()).await?;
    let row = |token: ApiTokenView| TokenRow {
        id: token.id.to_string(),
        name: token.name,
        scopes: token.scopes.iter().map(|scope| scope.word().to_owned()).collect(),
        ends_at: token.expires_at,
        used_at: token.last_used_at,
    };
    let lifetime =
        |days: &u32| Choose::new(days.to_string(), ctx.text(&msg("token-days").with("n", i64::from(*days))));
    Ok(TokensPage {
        tokens: tokens.into_iter().map(row).collect(),
        new_token,
        form,
        scopes: scopes(ticked),
        lifetimes: LIFETIMES.iter().map(lifetime).collect(),
    })
}

/// `POST /center/tokens`
pub async fn make(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let ticked: Vec<&str> = ctx.form.all("scopes").collect();
    let chosen: Vec<Scope> = ticked.iter().filter_map(|word| Scope::from_word(word)).collect();
    let name = form.required(&ctx.form, "name");
    let days = form.checked(&ctx.form, "lifetime_days", msg("form-required"), str::parse::<u32>);
    if let (true, Some(days)) = (form.good(), days) {
        let scopes = Scopes::of(&chosen);
        match ctx.state.identity.issue_api_token(ctx.access(), name, scopes, days, &ctx.origin()).await {
            Ok(token) => {
                // Shown in the answer itself: a token belongs neither into an address nor into a cookie.
                let fresh = Form::new().with("lifetime_days", "90");
                let page = page(&ctx, fresh, &[], Some(token.token.expose().to_owned())).await?;
                return ctx.page(&page);
            }
            Err(IdentityError::PasswordNeeded) => {
                return Ok(ctx.redirect("/center/password?next=/center/tokens"));
            }
            Err(error) => form.take(error, &["name", "scopes", "lifetime_days"])?,
        }
    }
    let page = page(&ctx, form, &ticked, None).await?;
    ctx.refused(&page)
}

/// `POST /center/tokens/{token}/revoke`
pub async fn revoke(ctx: Ctx) -> Answer {
    ctx.state.identity.revoke_api_token(ctx.access(), ctx.param("token")?, &ctx.origin()).await?;
    ctx.done("/center/tokens", msg("token-revoked"))
}
