//! Making an account.

use mailkeep_identity::Secret;
use mailkeep_identity::persons::Registration;
use serde::Serialize;

use super::outcome::OutcomePage;
use crate::ctx::Ctx;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// The registration form.
#[derive(Debug, Serialize)]
pub struct RegisterPage {
    /// What was typed.
    pub form: Form,
    /// Where to go afterwards; empty for the overview.
    pub next: String,
}

impl Page for RegisterPage {
    const TEMPLATE: &'static str = "site/register.html";

    fn samples() -> Vec<Self> {
        let wrong = Form::new()
            .with("name", "Ada Example")
            .with("email", "ada@")
            .wrong("email", msg("form-email"))
            .wrong("password", msg("password-weak"));
        vec![
            RegisterPage { form: Form::new(), next: String::new() },
            RegisterPage { form: wrong, next: "/order/review".to_owned() },
        ]
    }
}

/// `GET /register`
pub async fn show(ctx: Ctx) -> Answer {
    ctx.page(&RegisterPage { form: Form::new(), next: ctx.next().unwrap_or_default() })
}

/// `POST /register`
pub async fn submit(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let registration = Registration {
        name: form.required(&ctx.form, "name").to_owned(),
        email: form.required(&ctx.form, "email").to_owned(),
        password: Secret::new(ctx.form.raw("password")),
        language: ctx.language.clone(),
        time_zone: ctx.state.config.time_zone.clone(),
    };
    if form.good() {
        match ctx.state.identity.register_person(registration, &ctx.origin()).await {
            Ok(()) => {
                return ctx
                    .page(&OutcomePage::look_into_mailbox("register-sent-title", "register-sent-text"));
            }
            Err(error) => form.take(error, &["name", "email", "password"])?,
        }
    }
    ctx.refused(&RegisterPage { form, next: ctx.next().unwrap_or_default() })
}
