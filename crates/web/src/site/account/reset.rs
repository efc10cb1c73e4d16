//! Setting a new password by the link of a mail.

use serde::Serialize;

use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;

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
