//! The second step of signing in: a code of the authenticator app, or a recovery code.

use serde::Serialize;

use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;

/// The page that asks for a code.
#[derive(Debug, Serialize)]
pub struct SecondFactorPage {
    /// What was typed.
    pub form: Form,
    /// Where to go afterwards.
    pub next: String,
    /// Where the form goes: of the Customer Center or of the console.
    pub action: &'static str,
}

impl Page for SecondFactorPage {
    const TEMPLATE: &'static str = "site/second_factor.html";

    fn samples() -> Vec<Self> {
        vec![
            SecondFactorPage { form: Form::new(), next: String::new(), action: "/sign-in/code" },
            SecondFactorPage {
                form: Form::new().wrong("code", msg("factor-wrong")),
                next: "/center".to_owned(),
                action: "/sign-in/code",
            },
        ]
    }
}
