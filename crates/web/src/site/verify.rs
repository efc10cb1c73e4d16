//! Verifying uses and heads of the ledger: in the browser, by a module of ours that sends nothing anywhere; without
//! JavaScript the page says how others do it.

use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::routes::Answer;

/// The page that verifies.
#[derive(Debug, Serialize)]
pub struct VerifyPage {
    /// The published key, in the note form.
    pub key: String,
}

impl Page for VerifyPage {
    const TEMPLATE: &'static str = "site/verify.html";

    fn samples() -> Vec<Self> {
        let key =
            "mail.mailkeep.example/ledger+1a2b3c4d+AVlO4RhHcQ3N0pV7m4x0J4Rk3sYw5mZ8h8Q1b1kq9f2J".to_owned();
        vec![VerifyPage { key }]
    }
}

/// `GET /verify`
pub async fn show(ctx: Ctx) -> Answer {
    let key = ctx.state.policy.ledger_key().await.map_err(WebError::internal)?;
    ctx.page(&VerifyPage { key })
}
