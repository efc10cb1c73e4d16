//! Outages and maintenance for staff: what goes on, what is planned, and what was said of it.

pub mod act;
pub mod write;

use jiff::tz::TimeZone;
use mailkeep_outreach::incidents::{Incident, IncidentKind, Update};
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
use crate::samples;
use crate::site::status::{IncidentView, incident_view, part_name, sample_incidents};

pub use self::write::NewIncidentPage;

const SIZE: i64 = 20;

/// All incidents.
#[derive(Debug, Serialize)]
pub struct IncidentsPage {
    /// What goes on and what is planned, by its begin.
    pub open: Vec<IncidentView>,
    /// What is over.
    pub past: Vec<IncidentView>,
    /// Which page of that.
    pub paging: Paging,
}

/// One incident.
#[derive(Debug, Serialize)]
pub struct IncidentPage {
    /// As readers see it, with who said what.
    pub incident: IncidentView,
    /// How it counts.
    pub counts: Counts,
    /// How many messages went to customers.
    pub told: i64,
    /// How many messages others got, who chose to hear of it.
    pub told_others: i64,
    /// The next update.
    pub update: Form,
    /// The plan, while it can be changed.
    pub plan: Form,
    /// The end, by the clock of the house.
    pub now: String,
    /// The parts that the plan may touch.
    pub parts: Vec<PartBox>,
    /// The time zone of the house, in which times are typed.
    pub zone: String,
}

/// How an incident counts for the up-time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// Everything counts as down.
    Down,
    /// The window is not measured, what overruns it is down.
    Excluded,
    /// Maintenance that was announced too late: everything counts as down.
    Late,
    /// It did not take place.
    Nothing,
}

/// A part of the service to tick.
#[derive(Debug, Clone, Serialize)]
pub struct PartBox {
    /// As the configuration names it.
    pub key: String,
    /// As readers know it.
    pub name: String,
    /// Whether it is ticked.
    pub ticked: bool,
}

impl Page for IncidentsPage {
    const TEMPLATE: &'static str = "console/incidents/list.html";

    fn samples() -> Vec<Self> {
        let views = sample_incidents()
            .into_iter()
            .map(|incident| incident_view(incident, Vec::new(), samples::now(), |key| key.replace('_', " ")));
        let (past, open): (Vec<_>, Vec<_>) = views.partition(|view| view.stage == "ended");
        vec![
            IncidentsPage { open, past, paging: Paging { page: 1, size: SIZE, total: 2 } },
            IncidentsPage {
                open: Vec::new(),
                past: Vec::new(),
                paging: Paging { page: 1, size: SIZE, total: 0 },
            },
        ]
    }
}

impl Page for IncidentPage {
    const TEMPLATE: &'static str = "console/incidents/one.html";

    fn samples() -> Vec<Self> {
        let counts = [Counts::Down, Counts::Excluded, Counts::Late, Counts::Down, Counts::Excluded];
        let page = |(incident, counts): (Incident, Counts)| {
            let plan = write::plan_form(&incident, "New text for readers.", &TimeZone::UTC);
            let mut view = incident_view(incident, Vec::new(), samples::now(), |key| key.replace('_', " "));
            view.updates = vec![crate::site::status::UpdateView {
                what: if view.kind == "outage" { "reported" } else { "planned" },
                html: "<p>Mail that comes in meanwhile waits and is delivered afterwards.</p>".to_owned(),
                by: Some("rosalind".to_owned()),
                at: samples::days_ago(4),
            }];
            IncidentPage {
                incident: view,
                counts,
                told: 214,
                told_others: 38,
                update: Form::new(),
                plan,
                now: write::typed(samples::now(), &TimeZone::UTC),
                parts: write::sample_parts(),
                zone: "UTC".to_owned(),
            }
        };
        sample_incidents().into_iter().zip(counts).map(page).collect()
    }
}

/// `GET /console/incidents?page=…`
pub async fn show(ctx: Ctx) -> Answer {
    let open = ctx.state.outreach.open_incidents().await?;
    let asked = Paging::asked(ctx.query.get("page"), SIZE);
    let (past, total) = ctx.state.outreach.past_incidents(asked.skip(), asked.size).await?;
    let now = ctx.state.clock.now();
    let name = |key: &str| part_name(&ctx.state.renderer, &ctx.language, key);
    let view = |incident: Incident| incident_view(incident, Vec::new(), now, name);
    ctx.page(&IncidentsPage {
        open: open.iter().cloned().map(view).collect(),
        past: past.into_iter().map(view).collect(),
        paging: asked.of(total),
    })
}

/// `GET /console/incidents/{incident}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let (incident, updates) = ctx.state.outreach.incident(ctx.param("incident")?).await?;
    let text = updates.iter().rev().find(|update| !update.text.is_empty()).map(|update| update.text.clone());
    let plan = write::plan_form(&incident, &text.unwrap_or_default(), &zone(&ctx));
    ctx.page(&page(&ctx, incident, updates, Form::new(), plan).await?)
}

/// The house's clock, by which times are typed.
pub(crate) fn zone(ctx: &Ctx) -> TimeZone {
    TimeZone::get(&ctx.state.config.time_zone).unwrap_or(TimeZone::UTC)
}

/// The time, cut to the minute as a field takes it.
fn this_minute(ctx: &Ctx) -> Timestamp {
    let seconds = ctx.state.clock.now().as_seconds();
    Timestamp::from_seconds(seconds - seconds.rem_euclid(60))
}

async fn page(
    ctx: &Ctx,
    incident: Incident,
    updates: Vec<Update>,
    update: Form,
    plan: Form,
) -> Result<IncidentPage, WebError> {
    let outreach = &ctx.state.outreach;
    let names = ctx.state.identity.name_colleagues(ctx.access()).await?;
    let writers: Vec<Option<String>> = updates
        .iter()
        .map(|update| update.written_by.map(|by| names.get(&by).cloned().unwrap_or_else(|| by.to_string())))
        .collect();
    let counts = match incident.kind {
        _ if incident.cancelled_at.is_some() => Counts::Nothing,
        IncidentKind::Outage => Counts::Down,
        IncidentKind::Maintenance if incident.announced_in_time(outreach.status().notice()) => {
            Counts::Excluded
        }
        IncidentKind::Maintenance => Counts::Late,
    };
    let ((told, told_others), parts) =
        (outreach.told_of_incident(incident.id).await?, write::parts(ctx, &incident.components));
    let name = |key: &str| part_name(&ctx.state.renderer, &ctx.language, key);
    let mut view = incident_view(incident, updates, ctx.state.clock.now(), name);
    for (update, by) in view.updates.iter_mut().zip(writers) {
        update.by = by;
    }
    Ok(IncidentPage {
        incident: view,
        counts,
        told,
        told_others,
        update,
        plan,
        now: write::typed(this_minute(ctx), &zone(ctx)),
        parts,
        zone: ctx.state.config.time_zone.clone(),
    })
}
