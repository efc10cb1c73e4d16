//! Signing in by Registration ID or e-mail address.

use serde::Serialize;

use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;

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
