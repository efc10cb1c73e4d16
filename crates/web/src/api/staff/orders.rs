//! Orders that wait for a person, and decisions about them.

use axum::http::Method;
use mailkeep_commerce::CommerceError;
use mailkeep_commerce::orders::Order;
use mailkeep_commerce::orders::decide::Decision;
use mailkeep_types::OrderId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::describe::Api;
use super::super::paging::{Page, cut};
use super::super::value::{Amount, Instant};
use super::{checked, op};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::routes::StaffPermission;

/// An order.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HouseOrder")]
pub struct HouseOrder {
    /// Its identifier.
    pub id: String,
    /// Its number, as people say it.
    pub number: String,
    /// Who ordered.
    pub customer: String,
    /// `placed`, `authorised`, `verifying`, `in_review`, `more_asked`, `capturing`, `fulfilled`, `releasing` or `refused`.
    pub status: String,
    /// What it comes to, with tax.
    pub total: Amount,
    /// When it was placed.
    pub placed_at: Instant,
    /// When it was accepted or refused.
    pub decided_at: Option<Instant>,
}

/// What is decided.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ToDecide {
    /// `approve`, `ask_for_more` or `refuse`. Blocking what an order came with takes two people, in the console.
    pub decision: String,
    /// The question when more is asked for, which the applicant reads; else a note for other reviewers.
    pub note: Option<String>,
}

impl From<Order> for HouseOrder {
    fn from(order: Order) -> Self {
        HouseOrder {
            id: order.id.to_string(),
            customer: order.customer.to_string(),
            status: order.status.word().to_owned(),
            total: order.total().into(),
            placed_at: order.placed_at.into(),
            decided_at: order.decided_at.map(Instant::from),
            number: order.number,
        }
    }
}

async fn list(ctx: Ctx) -> Result<Page<HouseOrder>, WebError> {
    let all = ctx.state.commerce.list_orders_in_review().await?;
    Ok(cut(&ctx, all, |order| order.id.uuid())?.page(HouseOrder::from))
}

async fn show(ctx: Ctx) -> Result<HouseOrder, WebError> {
    Ok(ctx.state.commerce.find_order(ctx.param("order")?).await?.into())
}

async fn decide(ctx: Ctx, sent: ToDecide) -> Result<HouseOrder, WebError> {
    let (id, staff): (OrderId, _) = (ctx.param("order")?, ctx.who.staff()?.staff);
    let decision = match sent.decision.as_str() {
        "approve" => Decision::Approve,
        "ask_for_more" => Decision::AskForMore,
        "refuse" => Decision::Refuse,
        _ => {
            let mut form = Form::new();
            form.refuse("decision", msg("form-required"));
            return Err(WebError::Fields(Box::new(form)));
        }
    };
    match ctx.state.commerce.decide_order(id, staff, decision, sent.note).await {
        // Somebody else was quicker, or the program asks again.
        Err(CommerceError::Staff(_)) => return Err(WebError::Conflict(msg("decide-late"))),
        outcome => checked(outcome, &["note"])?,
    };
    Ok(ctx.state.commerce.find_order(id).await?.into())
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Orders");
    let review = StaffPermission::Orders;
    let what = "The orders that wait for a person; why they were held is read in the console, under a grant";
    api.list(op("/api/staff/v1/orders", "listHeldOrders", what, review), list);
    api.read(op("/api/staff/v1/orders/{order}", "showOrder", "An order", review), show);
    let decision =
        op("/api/staff/v1/orders/{order}/decision", "decideOrder", "Decide about a held order", review);
    api.change(Method::POST, decision, decide);
}
