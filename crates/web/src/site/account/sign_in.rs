//! Signing in by Registration ID or e-mail address.

use mailkeep_identity::sessions::{NewSession, SignIn};
use mailkeep_identity::{IdentityError, Secret};
use serde::Serialize;

use super::outcome::OutcomePage;
use super::second_factor::SecondFactorPage;
use crate::chrome::Tone;
use crate::cookies;
use crate::ctx::Ctx;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// The sign-in page.
#[derive(Debug, Serialize)]
pub struct SignInPage {
    /// What was typed.
    pub form: Form,
    /// Where to go afterwards; empty for the overview.
    pub next: String,
}

impl Page for SignInPage {
    const TEMPLATE: &'static str = "site/sign_in.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::new().with("login", "ada@larkspur-books.example");
        wrong.refuse_all(msg("sign-in-wrong"));
        vec![
            SignInPage { form: Form::new(), next: String::new() },
            SignInPage { form: wrong, next: "/order/review".to_owned() },
        ]
    }
}

/// `GET /sign-in`
pub async fn show(ctx: Ctx) -> Answer {
    let next = ctx.next().unwrap_or_default();
    if ctx.who.person().is_ok() {
        return Ok(ctx.redirect(&after(&ctx)));
    }
    let mut form = Form::new();
    // A browser that signed in before is greeted with its number; the password is asked for all the same (P40).
    if let Some(known) = cookies::get(&ctx.headers, cookies::KNOWN)
        && let Some(number) = ctx.state.identity.recognise_browser(known).await?
    {
        form = form.with("login", number.to_string());
    }
    // A site that sent the person here may know by which name they sign in.
    if !ctx.query.get("login").is_empty() {
        form = form.with("login", ctx.query.get("login"));
    }
    ctx.page(&SignInPage { form, next })
}

/// `POST /sign-in`
pub async fn submit(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let login = form.required(&ctx.form, "login").to_owned();
    let password = Secret::new(ctx.form.raw("password"));
    if password.expose().is_empty() {
        form.refuse("password", msg("form-required"));
    }
    let next = ctx.next().unwrap_or_default();
    if form.good() {
        match ctx.state.identity.sign_in(&login, password, &ctx.origin()).await {
            Ok(SignIn::Done(session)) => return signed_in(&ctx, &session).await,
            Ok(SignIn::SecondFactor(pending)) => {
                let mut response = ctx.redirect(&with_next("/sign-in/code", &next));
                cookies::set(&mut response, cookies::PENDING, pending.token.expose(), Some(600));
                return Ok(response);
            }
            Err(IdentityError::WrongCredentials) => form.refuse_all(msg("sign-in-wrong")),
            Err(IdentityError::EmailNotConfirmed) => {
                ctx.state.identity.resend_confirmation(&login, &ctx.origin()).await?;
                return ctx.page(&OutcomePage::look_into_mailbox("unconfirmed-title", "unconfirmed-text"));
            }
            Err(error) => form.take(error, &["login", "password"])?,
        }
    }
    ctx.refused(&SignInPage { form, next })
}

/// `GET /sign-in/code`
pub async fn show_code(ctx: Ctx) -> Answer {
    if cookies::get(&ctx.headers, cookies::PENDING).is_none() {
        return ctx.sorry("/sign-in", msg("factor-late"));
    }
    let next = ctx.next().unwrap_or_default();
    ctx.page(&SecondFactorPage { form: Form::new(), next, action: "/sign-in/code" })
}

/// `POST /sign-in/code`
pub async fn submit_code(ctx: Ctx) -> Answer {
    let Some(pending) = cookies::get(&ctx.headers, cookies::PENDING) else {
        return ctx.sorry("/sign-in", msg("factor-late"));
    };
    let code = Secret::new(ctx.form.get("code"));
    match ctx.state.identity.finish_sign_in(pending, code, &ctx.origin()).await {
        Ok(session) => {
            let mut response = signed_in(&ctx, &session).await?;
            cookies::clear(&mut response, cookies::PENDING);
            Ok(response)
        }
        Err(IdentityError::WrongCode) => {
            let form = Form::new().wrong("code", msg("factor-wrong"));
            let next = ctx.next().unwrap_or_default();
            ctx.refused(&SecondFactorPage { form, next, action: "/sign-in/code" })
        }
        Err(error @ IdentityError::Locked { .. }) => Err(error.into()),
        Err(error) if error.is_for_the_person() => ctx.sorry("/sign-in", msg("factor-late")),
        Err(error) => Err(error.into()),
    }
}

/// `POST /sign-out`
pub async fn sign_out(ctx: Ctx) -> Answer {
    ctx.state.identity.sign_out(ctx.access()).await?;
    let mut response = ctx.redirect_saying("/", Tone::Good, msg("signed-out"));
    cookies::clear(&mut response, cookies::PERSON);
    cookies::clear(&mut response, cookies::CUSTOMER);
    Ok(response)
}

/// Sets the session cookie, and the one that recognises this browser next time.
async fn signed_in(ctx: &Ctx, session: &NewSession) -> Answer {
    let mut response = ctx.redirect(&after(ctx));
    cookies::set(&mut response, cookies::PERSON, session.token.expose(), None);
    if cookies::get(&ctx.headers, cookies::KNOWN).is_none() {
        let access = ctx.state.identity.recognise(session.token.expose(), &ctx.origin()).await?;
        let known = ctx.state.identity.remember_browser(&access).await?;
        let days = u64::from(ctx.state.identity.config().recognition_days);
        cookies::set(&mut response, cookies::KNOWN, known.expose(), Some(days * 86_400));
    }
    Ok(response)
}

/// Where to go after signing in: where one wanted to, else on with the order, else to the overview.
fn after(ctx: &Ctx) -> String {
    let ordering = cookies::get(&ctx.headers, cookies::CART).is_some();
    ctx.next().unwrap_or_else(|| if ordering { "/order/review" } else { "/center" }.to_owned())
}

/// An address of ours that keeps `next`.
pub fn with_next(path: &str, next: &str) -> String {
    if next.is_empty() { path.to_owned() } else { format!("{path}?next={}", crate::ctx::encode(next)) }
}
