//! What is done with an incident: an update, another plan, its end.

use mailkeep_outreach::OutreachError;
use mailkeep_types::IncidentId;

use super::write::{FIELDS, parts, plan_form, plan_of, text, ticked, time};
use super::{page, zone};
use crate::ctx::Ctx;
use crate::form::Form;
use crate::messages::msg;
use crate::routes::Answer;

/// The page again, with what was typed and what is wrong with it.
async fn again(ctx: &Ctx, id: IncidentId, update: Option<Form>, plan: Option<Form>) -> Answer {
    let (incident, updates) = ctx.state.outreach.incident(id).await?;
    let (typed, ticked) = (plan.is_some(), ticked(ctx));
    let plan = plan.unwrap_or_else(|| plan_form(&incident, "", &zone(ctx)));
    let mut page = page(ctx, incident, updates, update.unwrap_or_default(), plan).await?;
    if typed {
        page.parts = parts(ctx, &ticked);
    }
    ctx.refused(&page)
}

/// `POST /console/incidents/{incident}`
pub async fn post_update(ctx: Ctx) -> Answer {
    let (staff, id) = (ctx.who.staff()?.staff, ctx.param("incident")?);
    match ctx.state.outreach.post_update(staff, id, text(&ctx)).await {
        Ok(()) => ctx.done(&format!("/console/incidents/{id}"), msg("incident-updated")),
        Err(error) => {
            let mut form = Form::of(&ctx.form);
            form.take(error, &["text"])?;
            again(&ctx, id, Some(form), None).await
        }
    }
}

/// `POST /console/incidents/{incident}/change`
pub async fn change(ctx: Ctx) -> Answer {
    let (staff, id) = (ctx.who.staff()?.staff, ctx.param("incident")?);
    let mut form = Form::of(&ctx.form);
    let Some(plan) = plan_of(&ctx, &mut form) else { return again(&ctx, id, None, Some(form)).await };
    match ctx.state.outreach.change_maintenance(staff, id, plan).await {
        Ok(()) => ctx.done(&format!("/console/incidents/{id}"), msg("incident-changed")),
        Err(error) => {
            form.take(error, FIELDS)?;
            again(&ctx, id, None, Some(form)).await
        }
    }
}

/// `POST /console/incidents/{incident}/end`
pub async fn end(ctx: Ctx) -> Answer {
    let (staff, id) = (ctx.who.staff()?.staff, ctx.param::<IncidentId>("incident")?);
    let at = format!("/console/incidents/{id}");
    let Some(ended_at) = time(&ctx, &mut Form::new(), "ended_at") else {
        return ctx.sorry(&at, msg("incident-time-wrong"));
    };
    let outcome = ctx.state.outreach.end_incident(staff, id, ended_at, text(&ctx)).await;
    asked(&ctx, &at, outcome, "incident-ended")
}

/// `POST /console/incidents/{incident}/cancel`
pub async fn cancel(ctx: Ctx) -> Answer {
    let (staff, id) = (ctx.who.staff()?.staff, ctx.param::<IncidentId>("incident")?);
    let outcome = ctx.state.outreach.cancel_maintenance(staff, id, text(&ctx)).await;
    asked(&ctx, &format!("/console/incidents/{id}"), outcome, "incident-cancelled")
}

/// After a question in a dialog: what was refused is said above the page.
fn asked(ctx: &Ctx, at: &str, outcome: Result<(), OutreachError>, done: &'static str) -> Answer {
    match outcome {
        Ok(()) => ctx.done(at, msg(done)),
        Err(OutreachError::State(text) | OutreachError::Field { sentence: text, .. }) => {
            ctx.sorry(at, msg("verbatim").with("text", text))
        }
        Err(error) => Err(error.into()),
    }
}
