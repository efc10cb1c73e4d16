//! Payments that a bank took back, and card fraud that we cover.

use mailkeep_commerce::cover::Claim;
use mailkeep_commerce::disputes::Dispute;
use mailkeep_identity::Scope;
use schemars::JsonSchema;
use serde::Serialize;

use super::describe::{Api, op};
use super::paging::{Page, cut};
use super::value::{Amount, Date, Instant};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::routes::BILLING;

/// A payment that a bank took back.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Dispute")]
pub struct DisputeView {
    /// Its identifier.
    pub id: String,
    /// `needs_response`, `under_review`, `won` or `lost`, as the provider sees it.
    pub state: String,
    /// What the bank took back.
    pub amount: Amount,
    /// The payment.
    pub payment: String,
    /// The invoice that it paid.
    pub invoice: String,
    /// When we learned of it.
    pub opened_at: Instant,
    /// When the bank decided.
    pub closed_at: Option<Instant>,
}

/// A claim that a card was misused with us.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CoverClaim")]
pub struct ClaimView {
    /// Its identifier.
    pub id: String,
    /// How far it is.
    pub status: String,
    /// What the bank leaves to the customer.
    pub amount: Amount,
    /// The payment.
    pub payment: String,
    /// On which day the bank heard of it.
    pub reported_on: Date,
    /// When it was told.
    pub claimed_at: Instant,
    /// When it was decided.
    pub decided_at: Option<Instant>,
}

impl From<Dispute> for DisputeView {
    fn from(dispute: Dispute) -> Self {
        DisputeView {
            id: dispute.id.to_string(),
            state: dispute.state.word().to_owned(),
            amount: dispute.amount.into(),
            payment: dispute.payment.to_string(),
            invoice: dispute.invoice.to_string(),
            opened_at: dispute.opened_at.into(),
            closed_at: dispute.closed_at.map(Instant::from),
        }
    }
}

impl From<Claim> for ClaimView {
    fn from(claim: Claim) -> Self {
        ClaimView {
            id: claim.id.to_string(),
            status: claim.status.word().to_owned(),
            amount: claim.amount.into(),
            payment: claim.payment.to_string(),
            reported_on: claim.reported_on.into(),
            claimed_at: claim.claimed_at.into(),
            decided_at: claim.decided_at.map(Instant::from),
        }
    }
}

async fn disputes(ctx: Ctx) -> Result<Page<DisputeView>, WebError> {
    let all = ctx.state.commerce.list_disputes_of(ctx.customer()?).await?;
    Ok(cut(&ctx, all, |one| one.id.uuid())?.page(DisputeView::from))
}

async fn claims(ctx: Ctx) -> Result<Page<ClaimView>, WebError> {
    let all = ctx.state.commerce.list_cover_claims_of(ctx.customer()?).await?;
    Ok(cut(&ctx, all, |one| one.id)?.page(ClaimView::from))
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Disputes");
    let scope = Scope::BillingRead;
    let what = "The payments that a bank took back";
    api.list(op("/api/v1/disputes", "listDisputes", what, scope, BILLING), disputes);
    let what = "What the customer told of misused cards";
    api.list(op("/api/v1/cover-claims", "listCoverClaims", what, scope, BILLING), claims);
}
