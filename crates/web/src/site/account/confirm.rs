//! Confirming an e-mail address by the link of a mail.

use mailkeep_identity::IdentityError;
use serde::Serialize;

use super::outcome::OutcomePage;
use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::Answer;

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

/// `GET /confirm?token=…`
pub async fn show(ctx: Ctx) -> Answer {
    ctx.page(&ConfirmPage { token: ctx.query.get("token").to_owned() })
}

/// `POST /confirm`
pub async fn submit(ctx: Ctx) -> Answer {
    let (token, origin) = (ctx.form.get("token"), ctx.origin());
    let done = OutcomePage::good("confirm-done-title", "confirm-done-text");
    let bad = || {
        ctx.refused(
            &OutcomePage::bad("confirm-bad-title", "confirm-bad-text").leading("/sign-in", "to-sign-in"),
        )
    };
    if ctx.who.person().is_ok() {
        // Somebody who is signed in confirms a changed address.
        return match ctx.state.identity.confirm_new_email(ctx.access(), token, &origin).await {
            Ok(()) => ctx.page(&done.leading("/center", "to-center")),
            Err(IdentityError::LinkInvalid) => bad(),
            Err(error) => Err(error.into()),
        };
    }
    match ctx.state.identity.confirm_email(token, &origin).await {
        Ok(_) => ctx.page(&done.leading("/sign-in", "to-sign-in")),
        Err(IdentityError::LinkInvalid) => bad(),
        Err(error) => Err(error.into()),
    }
}
