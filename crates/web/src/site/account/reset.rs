//! Setting a new password by the link of a mail.

use mailkeep_identity::{IdentityError, Secret};
use serde::Serialize;

use super::outcome::OutcomePage;
use crate::ctx::Ctx;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// Asking for the link, or using it.
#[derive(Debug, Serialize)]
pub struct ResetPage {
    /// What was typed.
    pub form: Form,
    /// The secret of the link; empty while asking for one.
    pub token: String,
}

impl Page for ResetPage {
    const TEMPLATE: &'static str = "site/reset.html";

    fn samples() -> Vec<Self> {
        vec![
            ResetPage { form: Form::new(), token: String::new() },
            ResetPage {
                form: Form::new().wrong("password", msg("password-weak")),
                token: "sample".to_owned(),
            },
        ]
    }
}

/// `GET /reset`
pub async fn show(ctx: Ctx) -> Answer {
    ctx.page(&ResetPage { form: Form::new(), token: String::new() })
}

/// `POST /reset`
pub async fn submit(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let login = form.required(&ctx.form, "login").to_owned();
    if !form.good() {
        return ctx.refused(&ResetPage { form, token: String::new() });
    }
    ctx.state.identity.ask_for_password_reset(&login, &ctx.origin()).await?;
    ctx.page(&OutcomePage::look_into_mailbox("reset-sent-title", "reset-sent-text"))
}

/// `GET /reset/new?token=…`
pub async fn show_new(ctx: Ctx) -> Answer {
    ctx.page(&ResetPage { form: Form::new(), token: ctx.query.get("token").to_owned() })
}

/// `POST /reset/new`
pub async fn submit_new(ctx: Ctx) -> Answer {
    let token = ctx.form.get("token").to_owned();
    let password = Secret::new(ctx.form.raw("password"));
    match ctx.state.identity.reset_password(&token, password, &ctx.origin()).await {
        Ok(()) => ctx.done("/sign-in", msg("reset-done")),
        Err(IdentityError::LinkInvalid) => ctx.refused(
            &OutcomePage::bad("confirm-bad-title", "reset-bad-text").leading("/reset", "reset-again"),
        ),
        Err(error) => {
            let mut form = Form::new();
            form.take(error, &["password"])?;
            ctx.refused(&ResetPage { form, token })
        }
    }
}
