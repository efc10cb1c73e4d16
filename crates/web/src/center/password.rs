//! Asking for the password again before a sensitive act.

use mailkeep_identity::Secret;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// The page that asks for the password again.
#[derive(Debug, Serialize)]
pub struct PasswordPage {
    /// What is wrong.
    pub form: Form,
    /// Where to go afterwards.
    pub next: String,
}

impl Page for PasswordPage {
    const TEMPLATE: &'static str = "center/password.html";

    fn samples() -> Vec<Self> {
        vec![
            PasswordPage { form: Form::new(), next: "/center/security".to_owned() },
            PasswordPage { form: Form::new().wrong("password", msg("password-wrong")), next: String::new() },
        ]
    }
}

/// `GET /center/password?next=…`
pub async fn show(ctx: Ctx) -> Answer {
    ctx.page(&PasswordPage { form: Form::new(), next: ctx.next().unwrap_or_default() })
}

/// `POST /center/password`
pub async fn submit(ctx: Ctx) -> Answer {
    let next = ctx.next().unwrap_or_default();
    let password = Secret::new(ctx.form.raw("password"));
    match ctx.state.identity.confirm_password(ctx.access(), password, &ctx.origin()).await {
        // An act that was interrupted is not repeated by itself; its page is shown to send it again.
        Ok(()) => Ok(ctx.redirect(if next.is_empty() { "/center/security" } else { &next })),
        Err(error) => {
            let mut form = Form::new();
            form.take(error, &["password"])?;
            ctx.refused(&PasswordPage { form, next })
        }
    }
}
