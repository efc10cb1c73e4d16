//! Confirming an e-mail address by the link of a mail.

use serde::Serialize;

use crate::page::Page;

/// The page that the link leads to; the act is its form.
#[derive(Debug, Serialize)]
pub struct ConfirmPage {
    /// The secret of the link.
    pub token: String,
}

impl Page for ConfirmPage {
    const TEMPLATE: &'static str = "site/confirm.html";

    fn samples() -> Vec<Self> {
        vec![ConfirmPage { token: "sample".to_owned() }]
    }
}
