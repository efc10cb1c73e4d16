//! Signing in with the address and password of a mailbox.

use serde::Serialize;

use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;

/// The form.
#[derive(Debug, Serialize)]
pub struct SignInPage {
    /// Address and password.
    pub form: Form,
    /// Where to go afterwards.
    pub next: String,
}

impl Page for SignInPage {
    const TEMPLATE: &'static str = "webmail/sign_in.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::new().with("address", "ada@larkspur.example");
        wrong.refuse_all(msg("mail-sign-in-wrong"));
        vec![
            SignInPage { form: Form::new(), next: String::new() },
            SignInPage { form: wrong, next: "/mail".to_owned() },
        ]
    }
}
