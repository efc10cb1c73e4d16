//! Reporting an outage and planning maintenance.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use mailkeep_outreach::config::KNOWN_COMPONENTS;
use mailkeep_outreach::incidents::{Incident, IncidentKind, Plan, Report};
use mailkeep_types::Timestamp;
use serde::Serialize;

use super::{PartBox, this_minute, zone};
use crate::ctx::Ctx;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::site::status::part_name;

/// The fields that a domain's refusal may be about.
pub(super) const FIELDS: &[&str] = &["title", "text", "components", "starts_at", "planned_until"];

/// The form of a new incident.
#[derive(Debug, Serialize)]
pub struct NewIncidentPage {
    /// outage or maintenance.
    pub kind: &'static str,
    /// What was typed.
    pub form: Form,
    /// The parts to tick.
    pub parts: Vec<PartBox>,
    /// The time zone of the house, in which times are typed.
    pub zone: String,
    /// Hours before which maintenance must be announced to be left out.
    pub notice_hours: u32,
}

impl Page for NewIncidentPage {
    const TEMPLATE: &'static str = "console/incidents/new.html";

    fn samples() -> Vec<Self> {
        let page = |kind, form: Form| NewIncidentPage {
            kind,
            form,
            parts: sample_parts(),
            zone: "America/New_York".to_owned(),
            notice_hours: 72,
        };
        let wrong = Form::new()
            .with("title", "New disks")
            .with("starts_at", "2026-05-20T02:00")
            .with("planned_until", "2026-05-20T01:00")
            .wrong("planned_until", msg("verbatim").with("text", "It must lie after the begin."))
            .wrong("components", msg("form-required"));
        vec![
            page("outage", Form::new().with("starts_at", "2026-05-14T09:30")),
            page("maintenance", Form::new()),
            page("maintenance", wrong),
        ]
    }
}

/// Parts for samples.
pub(super) fn sample_parts() -> Vec<PartBox> {
    let part = |(index, key): (usize, &&str)| PartBox {
        key: (*key).to_owned(),
        name: key.replace('_', " "),
        ticked: index == 2,
    };
    KNOWN_COMPONENTS.iter().enumerate().map(part).collect()
}

/// The parts of the service, some of them ticked.
pub(super) fn parts(ctx: &Ctx, ticked: &[String]) -> Vec<PartBox> {
    let part = |key: &String| PartBox {
        name: part_name(&ctx.state.renderer, &ctx.language, key),
        ticked: ticked.contains(key),
        key: key.clone(),
    };
    ctx.state.outreach.status().components.iter().map(part).collect()
}

/// A time as a field of the kind `datetime-local` takes it.
pub(in crate::console) fn typed(at: Timestamp, zone: &TimeZone) -> String {
    at.to_jiff().to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string()
}

/// The time that was typed in a field; a message stands beside it if it is none.
pub(in crate::console) fn time(ctx: &Ctx, form: &mut Form, field: &str) -> Option<Timestamp> {
    let zone = zone(ctx);
    form.checked(&ctx.form, field, msg("incident-time-wrong"), |text| {
        text.parse::<DateTime>()?.to_zoned(zone).map(|zoned| Timestamp::from_jiff(zoned.timestamp()))
    })
}

/// The parts that were ticked.
pub(super) fn ticked(ctx: &Ctx) -> Vec<String> {
    ctx.form.all("components").map(str::to_owned).collect()
}

/// The text, with lines as everywhere but in browsers.
pub(super) fn text(ctx: &Ctx) -> String {
    ctx.form.lines("text")
}

/// What a plan says now, to be changed.
pub(super) fn plan_form(incident: &Incident, text: &str, zone: &TimeZone) -> Form {
    Form::new()
        .with("title", incident.title.clone())
        .with("text", text.to_owned())
        .with("starts_at", typed(incident.starts_at, zone))
        .with("planned_until", incident.planned_until.map(|at| typed(at, zone)).unwrap_or_default())
}

/// The plan that was typed; `None` where a time is none, which the form says.
pub(super) fn plan_of(ctx: &Ctx, form: &mut Form) -> Option<Plan> {
    let (from, until) = (time(ctx, form, "starts_at"), time(ctx, form, "planned_until"));
    Some(Plan {
        title: ctx.form.get("title").to_owned(),
        text: text(ctx),
        components: ticked(ctx),
        from: from?,
        until: until?,
    })
}

fn blank(ctx: &Ctx, kind: IncidentKind, form: Form) -> NewIncidentPage {
    blank_of(ctx, kind, form, &ticked(ctx))
}

fn blank_of(ctx: &Ctx, kind: IncidentKind, form: Form, touched: &[String]) -> NewIncidentPage {
    NewIncidentPage {
        kind: kind.word(),
        form,
        parts: parts(ctx, touched),
        zone: ctx.state.config.time_zone.clone(),
        notice_hours: ctx.state.outreach.status().notice_hours,
    }
}

/// The form for another one like an incident of before, as the query names it: its title, its parts and what was said first.
async fn again(ctx: &Ctx, kind: IncidentKind, form: Form) -> Answer {
    let Ok(id) = ctx.query.get("from").parse() else {
        return ctx.page(&blank(ctx, kind, form));
    };
    let (before, updates) = ctx.state.outreach.incident(id).await?;
    let first = updates.into_iter().last().map(|update| update.text).unwrap_or_default();
    let form = form.with("title", before.title).with("text", first);
    ctx.page(&blank_of(ctx, kind, form, &before.components))
}

/// `GET /console/incidents/outage?from=…`
pub async fn show_outage(ctx: Ctx) -> Answer {
    let form = Form::new().with("starts_at", typed(this_minute(&ctx), &zone(&ctx)));
    again(&ctx, IncidentKind::Outage, form).await
}

/// `GET /console/incidents/maintenance?from=…`
pub async fn show_maintenance(ctx: Ctx) -> Answer {
    again(&ctx, IncidentKind::Maintenance, Form::new()).await
}

/// `POST /console/incidents/outage`
pub async fn report(ctx: Ctx) -> Answer {
    let (staff, mut form) = (ctx.who.staff()?.staff, Form::of(&ctx.form));
    let Some(began_at) = time(&ctx, &mut form, "starts_at") else {
        return ctx.refused(&blank(&ctx, IncidentKind::Outage, form));
    };
    let (title, text, components) = (ctx.form.get("title").to_owned(), text(&ctx), ticked(&ctx));
    match ctx.state.outreach.report_outage(staff, Report { title, text, components, began_at }).await {
        Ok(id) => ctx.done(&format!("/console/incidents/{id}"), msg("incident-reported")),
        Err(error) => {
            form.take(error, FIELDS)?;
            ctx.refused(&blank(&ctx, IncidentKind::Outage, form))
        }
    }
}

/// `POST /console/incidents/maintenance`
pub async fn plan(ctx: Ctx) -> Answer {
    let (staff, mut form) = (ctx.who.staff()?.staff, Form::of(&ctx.form));
    let Some(plan) = plan_of(&ctx, &mut form) else {
        return ctx.refused(&blank(&ctx, IncidentKind::Maintenance, form));
    };
    match ctx.state.outreach.plan_maintenance(staff, plan).await {
        Ok(id) => ctx.done(&format!("/console/incidents/{id}"), msg("incident-planned")),
        Err(error) => {
            form.take(error, FIELDS)?;
            ctx.refused(&blank(&ctx, IncidentKind::Maintenance, form))
        }
    }
}
