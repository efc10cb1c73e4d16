//! Credit on customers' accounts.

use axum::http::Method;
use mailkeep_commerce::credits::GrantReason;
use mailkeep_commerce::credits::grant::Grant;
use mailkeep_types::CustomerId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::describe::Api;
use super::super::value::Amount;
use super::{checked, op};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::routes::StaffPermission;

/// What lies on a customer's account.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AccountCredit")]
pub struct Balance {
    /// Whose account.
    pub customer: String,
    /// What is there.
    pub balance: Amount,
}

/// Credit to be given or taken back.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditToGrant {
    /// Names the act, a UUID of your choice: sent again it is done once.
    #[schemars(with = "String", extend("format" = "uuid"))]
    pub id: uuid::Uuid,
    /// How much, in the smallest unit of the customer's currency; with a minus it is taken back.
    pub amount_minor: i64,
    /// Why: `outage`, `mistake`, `good_will` or `given_in_error`.
    pub reason: String,
}

/// The customer of the path, if there is one.
async fn customer(ctx: &Ctx) -> Result<CustomerId, WebError> {
    let customer: CustomerId = ctx.param("customer")?;
    match ctx.state.commerce.is_customer(customer).await? {
        true => Ok(customer),
        false => Err(WebError::NotFound),
    }
}

async fn show(ctx: Ctx) -> Result<Balance, WebError> {
    let customer = customer(&ctx).await?;
    let balance = ctx.state.commerce.account_credit(customer).await?.into();
    Ok(Balance { customer: customer.to_string(), balance })
}

async fn grant(ctx: Ctx, sent: CreditToGrant) -> Result<Balance, WebError> {
    let customer = customer(&ctx).await?;
    let Some(reason) = GrantReason::from_word(&sent.reason) else {
        let mut form = Form::new();
        form.refuse("reason", msg("form-required"));
        return Err(WebError::Fields(Box::new(form)));
    };
    let grant = Grant { id: sent.id, customer, amount_minor: sent.amount_minor, reason };
    let staff = ctx.who.staff()?.staff;
    let balance = checked(ctx.state.commerce.grant_credit(staff, grant).await, &["amount"])?.into();
    Ok(Balance { customer: customer.to_string(), balance })
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Account credit");
    let (at, bill) = ("/api/staff/v1/customers/{customer}/credit", StaffPermission::Billing);
    api.read(op(at, "showCredit", "What lies on a customer's account", bill), show);
    api.change(Method::POST, op(at, "grantCredit", "Give credit, or take it back", bill), grant);
}
