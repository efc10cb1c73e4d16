//! Hand-overs: all data of a customer who leaves, or who is asked to.

use mailkeep_commerce::handovers::HandOver;
use mailkeep_identity::Scope;
use schemars::JsonSchema;
use serde::Serialize;

use super::describe::{Api, op};
use super::paging::{Page, cut};
use super::value::{Date, Instant};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::routes::OWNER;

/// A hand-over.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HandOver")]
pub struct HandOverView {
    /// Its identifier.
    pub id: String,
    /// How far it is.
    pub state: String,
    /// When the owners were warned, or an owner asked.
    pub opened_at: Instant,
    /// The last day on which the cause can be cured.
    pub cure_until: Option<Date>,
    /// The day until which everything is delivered.
    pub due_on: Option<Date>,
    /// The invoice of the charge.
    pub invoice: Option<String>,
    /// Since when the files can be fetched in the Customer Center.
    pub ready_at: Option<Instant>,
}

impl From<HandOver> for HandOverView {
    fn from(one: HandOver) -> Self {
        HandOverView {
            id: one.id.to_string(),
            state: one.state.word().to_owned(),
            opened_at: one.opened_at.into(),
            cure_until: one.cure_until.map(Date::from),
            due_on: one.due_on.map(Date::from),
            invoice: one.invoice.map(|id| id.to_string()),
            ready_at: one.ready_at.map(Instant::from),
        }
    }
}

async fn list(ctx: Ctx) -> Result<Page<HandOverView>, WebError> {
    let all = ctx.state.commerce.hand_overs_of(ctx.customer()?).await?;
    Ok(cut(&ctx, all, |one| one.id)?.page(HandOverView::from))
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Hand-overs");
    let what = "The hand-overs of the customer's data";
    api.list(op("/api/v1/hand-overs", "listHandOvers", what, Scope::BillingRead, OWNER), list);
}
