//! The address at which a member of staff is told of tickets, and from which they answer them.

use mailkeep_identity::IdentityError;
use serde::Serialize;

use super::you;
use crate::ctx::Ctx;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// One button: whoever looks at the link of a letter, such as a program that searches it for viruses, changes nothing.
#[derive(Debug, Serialize)]
pub struct AddressPage {
    /// What the link has.
    pub token: String,
}

impl Page for AddressPage {
    const TEMPLATE: &'static str = "console/address.html";

    fn samples() -> Vec<Self> {
        vec![AddressPage { token: "sample".to_owned() }]
    }
}

/// `GET /console/you/address?token=…`
pub async fn show(ctx: Ctx) -> Answer {
    ctx.page(&AddressPage { token: ctx.query.get("token").to_owned() })
}

/// `POST /console/you/address`
pub async fn set(ctx: Ctx) -> Answer {
    match ctx.state.identity.set_staff_address(ctx.access(), ctx.form.get("email"), &ctx.origin()).await {
        Ok(()) => ctx.done("/console/you", msg("staff-address-sent")),
        Err(error) => {
            let mut form = Form::of(&ctx.form);
            form.take(error, &["email"])?;
            let page = you::page(&ctx, you::Forms { address: form, ..you::Forms::default() }, &[]).await?;
            ctx.refused(&page)
        }
    }
}

/// `POST /console/you/address/prove`
pub async fn prove(ctx: Ctx) -> Answer {
    match ctx.state.identity.prove_staff_address(ctx.access(), ctx.form.get("token"), &ctx.origin()).await {
        Ok(()) => ctx.done("/console/you", msg("staff-address-proven")),
        Err(IdentityError::LinkInvalid) => ctx.sorry("/console/you", msg("staff-address-link-wrong")),
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/you/address/remove`
pub async fn remove(ctx: Ctx) -> Answer {
    ctx.state.identity.remove_staff_address(ctx.access()).await?;
    ctx.done("/console/you", msg("staff-address-removed"))
}
