//! The terms that the customer accepted.

use mailkeep_commerce::terms::accept::Acceptance;
use mailkeep_identity::Scope;
use schemars::JsonSchema;
use serde::Serialize;

use super::describe::{Api, op};
use super::paging::{Page, cut};
use super::value::Instant;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::routes::BILLING;

/// A version of the terms that was accepted.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AcceptedTerms")]
pub struct AcceptedView {
    /// The version's number.
    pub version: i64,
    /// Its title.
    pub title: String,
    /// The SHA-256 of what was accepted, in hexadecimal.
    pub sha256: String,
    /// With which order.
    pub order: String,
    /// When.
    pub at: Instant,
}

impl From<Acceptance> for AcceptedView {
    fn from(accepted: Acceptance) -> Self {
        AcceptedView {
            version: accepted.version,
            title: accepted.title,
            sha256: accepted.sha256.iter().map(|byte| format!("{byte:02x}")).collect(),
            order: accepted.order.to_string(),
            at: accepted.at.into(),
        }
    }
}

async fn list(ctx: Ctx) -> Result<Page<AcceptedView>, WebError> {
    let all = ctx.state.commerce.accepted_terms(ctx.customer()?).await?;
    Ok(cut(&ctx, all, |one| one.order.uuid())?.page(AcceptedView::from))
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Terms");
    let what = "The terms that the customer accepted, with each order";
    api.list(op("/api/v1/accepted-terms", "listAcceptedTerms", what, Scope::BillingRead, BILLING), list);
}
