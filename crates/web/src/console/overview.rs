//! What waits for a person.

use mailkeep_identity::StaffPermission;
use mailkeep_storage::jobs;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::Answer;

/// The overview of the console.
#[derive(Debug, Serialize)]
pub struct ConsolePage {
    /// The figures.
    pub figures: Vec<Figure>,
}

/// A figure with its list.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// Names its text.
    pub id: &'static str,
    /// The figure.
    pub value: i64,
    /// The list behind it, if the reader may open it.
    pub href: Option<&'static str>,
}

impl Page for ConsolePage {
    const TEMPLATE: &'static str = "console/overview.html";

    fn samples() -> Vec<Self> {
        let figure = |id, value, href| Figure { id, value, href };
        vec![ConsolePage {
            figures: vec![
                figure("orders_in_review", 3, Some("/console/orders")),
                figure("queue", 1240, Some("/console/queue")),
                figure("jobs_dead", 0, None),
            ],
        }]
    }
}

/// `GET /console`
pub async fn show(ctx: Ctx) -> Answer {
    let staff = ctx.who.staff()?;
    let mut figures = Vec::new();
    if staff.may(StaffPermission::Orders) {
        let waiting = ctx.state.commerce.list_orders_in_review().await?.len();
        let value = i64::try_from(waiting).unwrap_or(i64::MAX);
        figures.push(Figure { id: "orders_in_review", value, href: Some("/console/orders") });
    }
    if staff.may(StaffPermission::Queue) {
        let value = ctx.state.office.queue_counts().await?.messages;
        figures.push(Figure { id: "queue", value, href: Some("/console/queue") });
    }
    if staff.may(StaffPermission::Jobs) {
        let dead = ctx.state.db.read(jobs::list_dead).await?.len();
        let value = i64::try_from(dead).unwrap_or(i64::MAX);
        figures.push(Figure { id: "jobs_dead", value, href: Some("/console/jobs") });
    }
    ctx.page(&ConsolePage { figures })
}
