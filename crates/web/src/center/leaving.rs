//! Leaving: when a service ends, what happens on which day, and how the data is taken along.

use mailkeep_commerce::changes::AskedBy;
use mailkeep_commerce::endings::EndWhen;
use mailkeep_types::{SubscriptionId, Timestamp};
use serde::Serialize;

use super::services::start_of;
use crate::ctx::Ctx;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// A service to be left.
#[derive(Debug, Serialize)]
pub struct LeavingPage {
    /// Its subscription's id.
    pub id: String,
    /// The domain it was ordered for.
    pub domain: String,
    /// The plan.
    pub plan: String,
    /// Whether it is cancelled already.
    pub cancelled: bool,
    /// The ways to end.
    pub ways: Vec<Way>,
    /// Whether what is unused is credited.
    pub credits: bool,
}

/// One way to end, with its days.
#[derive(Debug, Clone, Serialize)]
pub struct Way {
    /// `renewal` or `now`.
    pub id: &'static str,
    /// The last day's end: the day of the pause.
    pub paused: Timestamp,
    /// The day on which mail is deleted.
    pub deleted: Timestamp,
    /// The last day on which staff can restore it.
    pub restorable: Timestamp,
}

impl Page for LeavingPage {
    const TEMPLATE: &'static str = "center/leaving.html";

    fn samples() -> Vec<Self> {
        let way = |id, days: i64| Way {
            id,
            paused: samples::days_ago(-days),
            deleted: samples::days_ago(-days - 14),
            restorable: samples::days_ago(-days - 44),
        };
        let page = |cancelled| LeavingPage {
            id: "a".to_owned(),
            domain: "larkspur-books.example".to_owned(),
            plan: "Business".to_owned(),
            cancelled,
            ways: vec![way("renewal", 18), way("now", 1)],
            credits: true,
        };
        vec![page(false), page(true)]
    }
}

/// `GET /center/services/{subscription}/leave`
pub async fn show(ctx: Ctx) -> Answer {
    let (customer, id): (_, SubscriptionId) = (ctx.customer()?, ctx.param("subscription")?);
    let commerce = &ctx.state.commerce;
    let subscription = commerce.show_subscription(customer, id).await?;
    let plan = commerce.plan_version(subscription.plan_version).await?;
    let services = commerce.list_services(customer).await?;
    let service = services.iter().find(|service| service.subscription == id);
    let cancelled = commerce.list_endings(customer).await?.iter().any(|ending| ending.subscription == id);
    let zone = subscription.time_zone.clone();
    let days = [("renewal", EndWhen::AtRenewal), ("now", EndWhen::Now)];
    let ways = days
        .into_iter()
        .map(|(way, when)| {
            let days = commerce.days_of_leaving(&subscription, when);
            Way {
                id: way,
                paused: start_of(days.paused, &zone),
                deleted: start_of(days.deleted, &zone),
                restorable: start_of(days.restorable, &zone),
            }
        })
        .collect();
    ctx.page(&LeavingPage {
        id: id.to_string(),
        domain: service.map(|service| service.domain.to_unicode()).unwrap_or_default(),
        plan: plan.name,
        cancelled,
        ways,
        credits: commerce.config().leaving.credit_unused,
    })
}

/// `POST /center/services/{subscription}/leave`
pub async fn submit(ctx: Ctx) -> Answer {
    let (customer, id): (_, SubscriptionId) = (ctx.customer()?, ctx.param("subscription")?);
    ctx.state.commerce.show_subscription(customer, id).await?;
    let when = match ctx.form.get("when") {
        "now" => EndWhen::Now,
        "renewal" => EndWhen::AtRenewal,
        _ => return ctx.sorry(&format!("/center/services/{id}/leave"), msg("leaving-choose")),
    };
    ctx.state.commerce.end_subscription(customer, id, when, AskedBy::Customer).await?;
    ctx.done("/center/services", msg("leaving-done"))
}
