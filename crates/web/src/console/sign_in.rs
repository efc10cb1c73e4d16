//! Staff sign in with name, password and a code, all at once.

use serde::Serialize;

use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;

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
