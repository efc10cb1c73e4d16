//! Payments that banks took back, of everybody.

use mailkeep_commerce::disputes::Dispute;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::describe::Api;
use super::super::disputes::DisputeView;
use super::super::paging::{Page, cut};
use super::op;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::routes::StaffPermission;

/// A payment of a customer that a bank took back.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HouseDispute")]
pub struct HouseDispute {
    /// Whose payment it was.
    pub customer: String,
    /// The dispute.
    #[serde(flatten)]
    pub dispute: DisputeView,
}

impl From<Dispute> for HouseDispute {
    fn from(dispute: Dispute) -> Self {
        HouseDispute { customer: dispute.customer.to_string(), dispute: dispute.into() }
    }
}

async fn list(ctx: Ctx) -> Result<Page<HouseDispute>, WebError> {
    let all = ctx.state.commerce.list_disputes().await?;
    Ok(cut(&ctx, all, |one| one.id.uuid())?.page(HouseDispute::from))
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Disputes");
    let what = "The payments that banks took back; they are answered in the console, with the evidence";
    api.list(op("/api/staff/v1/disputes", "listDisputes", what, StaffPermission::Billing), list);
}
