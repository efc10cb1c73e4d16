//! What waits for a person.

use mailkeep_commerce::cover::{Claim, ClaimStatus};
use mailkeep_commerce::disputes::DisputeState;
use mailkeep_identity::StaffPermission;
use mailkeep_policy::{break_glass, disclosures, unusual_uses};
use mailkeep_storage::jobs;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
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
                figure("followed", 2, Some("/console/tickets?view=followed")),
                figure("orders_in_review", 3, Some("/console/orders")),
                figure("disputes", 1, Some("/console/disputes")),
                figure("cover", 0, Some("/console/cover")),
                figure("held", 12, Some("/console/held")),
                figure("terminations", 1, Some("/console/held")),
                figure("queue", 1240, Some("/console/queue")),
                figure("privacy_cases", 2, Some("/console/privacy-cases")),
                figure("second_look", 2, Some("/console/second-look")),
                figure("break_glass_late", 1, Some("/console/second-look")),
                figure("unusual", 0, Some("/console/unusual")),
                figure("jobs_dead", 0, None),
            ],
        }]
    }
}

/// `GET /console`
pub async fn show(ctx: Ctx) -> Answer {
    let staff = ctx.who.staff()?;
    let mut figures = Vec::new();
    if staff.may(StaffPermission::Tickets) {
        let value = ctx.state.desk.count_news(staff.staff).await?;
        figures.push(Figure { id: "followed", value, href: Some("/console/tickets?view=followed") });
    }
    if staff.may(StaffPermission::Orders) {
        let waiting = ctx.state.commerce.list_orders_in_review().await?.len();
        let value = i64::try_from(waiting).unwrap_or(i64::MAX);
        figures.push(Figure { id: "orders_in_review", value, href: Some("/console/orders") });
    }
    if staff.may(StaffPermission::Billing) {
        let commerce = &ctx.state.commerce;
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let disputes = commerce.list_disputes().await?;
        let waiting = disputes.iter().filter(|one| one.state == DisputeState::NeedsResponse).count();
        figures.push(Figure { id: "disputes", value: count(waiting), href: Some("/console/disputes") });
        let claims = commerce.list_cover_claims().await?;
        let mine = |one: &&Claim| match one.status {
            ClaimStatus::Open => true,
            ClaimStatus::Recorded => one.recorded_by != Some(staff.staff),
            ClaimStatus::Granted | ClaimStatus::Refused => false,
        };
        let value = count(claims.iter().filter(mine).count());
        figures.push(Figure { id: "cover", value, href: Some("/console/cover") });
    }
    if staff.may(StaffPermission::Abuse) {
        let value = ctx.state.office.queue_counts().await?.held;
        figures.push(Figure { id: "held", value, href: Some("/console/held") });
        let value = ctx.state.holds.guard().count_wishes(staff.staff).await?;
        figures.push(Figure { id: "terminations", value, href: Some("/console/held") });
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
    if staff.may(StaffPermission::Privacy) {
        let counts = ctx.state.desk.count_cases(ctx.state.clock.now()).await?;
        let (value, href) = (counts.unread + counts.open, Some("/console/privacy-cases"));
        figures.push(Figure { id: "privacy_cases", value, href });
    }
    privacy_figures(&ctx, &mut figures).await?;
    ctx.page(&ConsolePage { figures })
}

/// What waits for a second person, and what an alarm is about.
async fn privacy_figures(ctx: &Ctx, figures: &mut Vec<Figure>) -> Result<(), WebError> {
    let (staff, policy) = (ctx.who.staff()?, &ctx.state.policy);
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let unusual = unusual_uses::list(policy, false).await?;
    let looks = staff.may(StaffPermission::SecondLook);
    if looks {
        let mut waiting = break_glass::open_to_look(policy, staff.staff).await?.len();
        if staff.may(StaffPermission::Privacy) {
            waiting += disclosures::waiting_for(policy, staff.staff).await?.len();
        }
        waiting +=
            unusual.iter().filter(|one| one.explained_at.is_some() && one.staff != staff.staff).count();
        let href = Some("/console/second-look");
        figures.push(Figure { id: "second_look", value: count(waiting), href });
        let (unseen, disputed) = break_glass::alarms(policy).await?;
        figures.push(Figure { id: "break_glass_late", value: count(unseen + disputed), href });
    }
    let unexplained = unusual.iter().filter(|one| looks || one.staff == staff.staff).count();
    if looks || unexplained > 0 {
        let href = Some("/console/unusual");
        figures.push(Figure { id: "unusual", value: count(unexplained), href });
    }
    Ok(())
}
