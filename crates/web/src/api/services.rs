//! What was ordered and runs: subscriptions, each with the service it pays for.

use mailkeep_commerce::subscriptions::Subscription;
use mailkeep_identity::Scope;
use mailkeep_types::SubscriptionId;
use schemars::JsonSchema;
use serde::Serialize;

use super::describe::{Api, op};
use super::paging::{Page, cut};
use super::value::{Date, Instant};
use crate::center::services::state;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::routes::{ANY_ROLE, BILLING};

/// A service.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Service")]
pub struct ServiceView {
    /// The identifier of its subscription.
    pub id: String,
    /// The plan's name, as it was sold.
    pub plan: String,
    /// The domain it was ordered for.
    pub domain: Option<String>,
    /// `pending`, `active`, `suspended`, `cancelled` or `ended`.
    pub state: String,
    /// Mailboxes ordered.
    pub mailboxes: u32,
    /// `monthly`, `quarterly` or `annual`.
    pub term: String,
    /// The day on which it is billed next, or ends if it is cancelled.
    pub next_on: Date,
    /// Whether it ends on that day.
    pub cancelled: bool,
    /// When it began.
    pub created_at: Instant,
}

async fn view(ctx: &Ctx, subscription: Subscription) -> Result<ServiceView, WebError> {
    let commerce = &ctx.state.commerce;
    let plan = commerce.plan_version(subscription.plan_version).await?;
    let services = commerce.list_services(subscription.customer).await?;
    let service = services.iter().find(|service| service.subscription == subscription.id);
    let (state, _) = state(&subscription, service);
    Ok(ServiceView {
        id: subscription.id.to_string(),
        plan: plan.name,
        domain: service.map(|service| service.domain.to_string()),
        state: state.to_owned(),
        mailboxes: subscription.mailboxes,
        term: subscription.interval.word().to_owned(),
        next_on: subscription.next_on.into(),
        cancelled: subscription.cancel_at_end,
        created_at: subscription.created_at.into(),
    })
}

async fn list(ctx: Ctx) -> Result<Page<ServiceView>, WebError> {
    let all = ctx.state.commerce.list_subscriptions(ctx.customer()?).await?;
    let part = cut(&ctx, all, |subscription| subscription.id.uuid())?;
    let mut items = Vec::with_capacity(part.rows.len());
    for subscription in part.rows {
        items.push(view(&ctx, subscription).await?);
    }
    Ok(Page { items, next_cursor: part.next_cursor })
}

async fn show(ctx: Ctx) -> Result<ServiceView, WebError> {
    let id: SubscriptionId = ctx.param("subscription")?;
    let subscription = ctx.state.commerce.show_subscription(ctx.customer()?, id).await?;
    view(&ctx, subscription).await
}

async fn cancel(ctx: Ctx) -> Result<ServiceView, WebError> {
    ctx.state.commerce.cancel_subscription(ctx.customer()?, ctx.param("subscription")?).await?;
    show(ctx).await
}

async fn keep(ctx: Ctx) -> Result<ServiceView, WebError> {
    ctx.state.commerce.keep_subscription(ctx.customer()?, ctx.param("subscription")?).await?;
    show(ctx).await
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Services");
    let (read, write) = (Scope::BillingRead, Scope::BillingWrite);
    api.list(op("/api/v1/services", "listServices", "The services of the customer", read, ANY_ROLE), list);
    let at = "/api/v1/services/{subscription}";
    api.read(op(at, "showService", "One service", read, ANY_ROLE), show);
    let at = "/api/v1/services/{subscription}/cancel";
    api.act(op(at, "cancelService", "End a service when its term ends", write, BILLING), cancel);
    let at = "/api/v1/services/{subscription}/keep";
    api.act(op(at, "keepService", "Take a cancellation back", write, BILLING), keep);
}
