//! Making an account.

use serde::Serialize;

use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;

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
