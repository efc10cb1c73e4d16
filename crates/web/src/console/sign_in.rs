//! Staff sign in with name, password and a code, all at once.

use mailkeep_identity::{IdentityError, Secret};
use serde::Serialize;

use crate::chrome::Tone;
use crate::cookies;
use crate::ctx::Ctx;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// The sign-in page of the console.
#[derive(Debug, Serialize)]
pub struct StaffSignInPage {
    /// What was typed.
    pub form: Form,
    /// Where to go afterwards.
    pub next: String,
}

impl Page for StaffSignInPage {
    const TEMPLATE: &'static str = "console/sign_in.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::new().with("login", "rosalind");
        wrong.refuse_all(msg("console-sign-in-wrong"));
        vec![
            StaffSignInPage { form: Form::new(), next: String::new() },
            StaffSignInPage { form: wrong, next: "/console/orders".to_owned() },
        ]
    }
}

/// `GET /console/sign-in`
pub async fn show(ctx: Ctx) -> Answer {
    ctx.page(&StaffSignInPage { form: Form::new(), next: ctx.next().unwrap_or_default() })
}

/// `POST /console/sign-in`
pub async fn submit(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let login = form.required(&ctx.form, "login").to_owned();
    let next = ctx.next().unwrap_or_default();
    if form.good() {
        let (identity, origin) = (&ctx.state.identity, ctx.origin());
        let password = Secret::new(ctx.form.raw("password"));
        let pending = identity.sign_in_staff(&login, password, &origin).await;
        let code = Secret::new(ctx.form.get("code"));
        let session = match pending {
            Ok(pending) => identity.finish_sign_in(pending.token.expose(), code, &origin).await,
            Err(error) => Err(error),
        };
        match session {
            Ok(session) => {
                let mut response = ctx.redirect(if next.is_empty() { "/console" } else { &next });
                cookies::set(&mut response, cookies::STAFF, session.token.expose(), None);
                return Ok(response);
            }
            // Which of the three was wrong is not said.
            Err(
                IdentityError::WrongCredentials | IdentityError::WrongCode | IdentityError::NoSecondFactor,
            ) => {
                form.refuse_all(msg("console-sign-in-wrong"));
            }
            Err(error) => form.take(error, &["login"])?,
        }
    }
    ctx.refused(&StaffSignInPage { form, next })
}

/// `POST /console/sign-out`
pub async fn sign_out(ctx: Ctx) -> Answer {
    ctx.state.identity.sign_out(ctx.access()).await?;
    let mut response = ctx.redirect_saying("/console/sign-in", Tone::Good, msg("signed-out"));
    cookies::clear(&mut response, cookies::STAFF);
    Ok(response)
}
