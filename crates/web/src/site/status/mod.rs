//! The status page: how the service does, what is planned, and how it did. For everybody, without a cookie.

pub mod calendar;
pub mod copy;
pub mod feed;
pub mod figures;

use jiff::tz::TimeZone;
use mailkeep_outreach::config::KNOWN_COMPONENTS;
use mailkeep_outreach::incidents::{
    Availability, ComponentState, Incident, IncidentKind, Stage, Update, UpdateKind,
};
use mailkeep_types::{Habits, IncidentId, Timestamp};
use serde::Serialize;

use self::figures::{DayTone, Figures};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::markdown;
use crate::messages::{Msg, msg};
use crate::page::Page;
use crate::paging::Paging;
use crate::render::Renderer;
use crate::routes::Answer;
use crate::samples;
use crate::state::WebState;

const PAST: i64 = 10;

/// The status page.
#[derive(Debug, Serialize)]
pub struct StatusPage {
    /// The worst of all parts: up, maintenance or down.
    pub overall: &'static str,
    /// What goes on.
    pub open: Vec<IncidentView>,
    /// What is planned.
    pub upcoming: Vec<IncidentView>,
    /// The parts of the service.
    pub parts: Vec<PartView>,
    /// Their months.
    pub months: Vec<MonthRow>,
    /// What was.
    pub past: Vec<IncidentView>,
    /// Which page of that.
    pub paging: Paging,
    /// Whose days and months they are.
    pub zone: String,
    /// Hours before which maintenance must be announced to be left out.
    pub notice_hours: u32,
    /// Whether it is for the copy that stands elsewhere.
    pub is_copy: bool,
}

/// One incident with all that was said of it.
#[derive(Debug, Serialize)]
pub struct IncidentPage {
    /// The incident.
    pub incident: IncidentView,
}

/// An incident as readers see it.
#[derive(Debug, Clone, Serialize)]
pub struct IncidentView {
    /// Its number.
    pub id: String,
    /// outage or maintenance.
    pub kind: &'static str,
    /// In a line.
    pub title: String,
    /// The names of the parts that it touches.
    pub parts: Vec<String>,
    /// Where it stands.
    pub stage: &'static str,
    /// When it began or begins.
    pub starts_at: Timestamp,
    /// Until when it is planned.
    pub planned_until: Option<Timestamp>,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
    /// What was said, the newest first.
    pub updates: Vec<UpdateView>,
}

/// What was said of an incident.
#[derive(Debug, Clone, Serialize)]
pub struct UpdateView {
    /// What happened.
    pub what: &'static str,
    /// In words, as HTML.
    pub html: String,
    /// Who said it; for staff only.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// A part of the service.
#[derive(Debug, Clone, Serialize)]
pub struct PartView {
    /// Its name.
    pub name: String,
    /// up, maintenance or down.
    pub state: &'static str,
    /// Its up-time over the days of the bar.
    pub up: Option<String>,
    /// The days.
    pub days: Vec<DayView>,
    /// How many of them were not entirely good.
    pub marked: usize,
}

/// A day of a bar.
#[derive(Debug, Clone, Serialize)]
pub struct DayView {
    /// Where it stands.
    pub x: usize,
    /// Its colour.
    pub tone: &'static str,
    /// The date.
    pub date: String,
    /// What happened, in words.
    pub text: Msg,
}

/// A month of all parts.
#[derive(Debug, Clone, Serialize)]
pub struct MonthRow {
    /// The month.
    pub name: String,
    /// The up-time of each part, in the order of the parts.
    pub figures: Vec<MonthFigure>,
}

/// A month of a part.
#[derive(Debug, Clone, Serialize)]
pub struct MonthFigure {
    /// The name of the part.
    pub part: String,
    /// Up-time; nothing where nothing was measured.
    pub up: Option<String>,
    /// Minutes down, rounded up.
    pub down_minutes: i64,
}

impl Page for StatusPage {
    const TEMPLATE: &'static str = "site/status/page.html";

    fn samples() -> Vec<Self> {
        let calm = sample_page(Vec::new());
        let mut busy = sample_page(sample_incidents());
        busy.upcoming.clear();
        let mut planned = sample_page(sample_incidents().split_off(2));
        planned.open.clear();
        let copy = StatusPage { is_copy: true, ..sample_page(Vec::new()) };
        vec![busy, planned, calm, copy]
    }
}

impl Page for IncidentPage {
    const TEMPLATE: &'static str = "site/status/incident.html";

    fn samples() -> Vec<Self> {
        let name = |key: &str| key.replace('_', " ");
        let view = |incident| {
            let updates = sample_updates(&incident);
            IncidentPage { incident: incident_view(incident, updates, samples::now(), name) }
        };
        sample_incidents().into_iter().map(view).collect()
    }
}

/// What samples tell of: an outage, maintenance past its window, maintenance ahead, and what is over.
pub fn sample_incidents() -> Vec<Incident> {
    let hours = |hours: i64| Timestamp::from_seconds(samples::now().as_seconds() + hours * 3600);
    let incident =
        |kind, title: &str, parts: &[&str], from: i64, until: Option<i64>, ended: Option<i64>| Incident {
            id: IncidentId::from_uuid(uuid::Uuid::from_u128(from.unsigned_abs().into())),
            kind,
            title: title.to_owned(),
            components: parts.iter().map(|part| (*part).to_owned()).collect(),
            starts_at: hours(from),
            planned_until: until.map(hours),
            noticed_at: hours(from - 100),
            ended_at: ended.map(hours),
            cancelled_at: None,
            written_by: mailkeep_types::StaffId::from_uuid(uuid::Uuid::nil()),
            created_at: hours(from - 100),
        };
    use IncidentKind::{Maintenance, Outage};
    vec![
        incident(Outage, "Mail comes in late", &["receiving"], -2, None, None),
        incident(Maintenance, "New disks for the mailboxes", &["mailboxes", "webmail"], -4, Some(-1), None),
        incident(Maintenance, "A newer database", &["customer_center"], 90, Some(92), None),
        incident(Outage, "Webmail did not open", &["webmail"], -400, None, Some(-398)),
        incident(Maintenance, "New certificates", &["sending"], -1000, Some(-998), Some(-999)),
    ]
}

fn sample_updates(incident: &Incident) -> Vec<Update> {
    let update = |what, text: &str, hours: i64| Update {
        id: uuid::Uuid::nil(),
        incident: incident.id,
        what,
        text: text.to_owned(),
        written_by: None,
        at: Timestamp::from_seconds(incident.starts_at.as_seconds() + hours * 3600),
    };
    let first = match incident.kind {
        IncidentKind::Outage => {
            update(UpdateKind::Reported, "Messages wait at the door. **Nothing is lost.**", 0)
        }
        IncidentKind::Maintenance => update(
            UpdateKind::Planned,
            "Mail that comes in meanwhile waits and is delivered afterwards.",
            -90,
        ),
    };
    let mut updates = vec![first];
    if incident.starts_at <= samples::now() {
        updates
            .insert(0, update(UpdateKind::Note, "We found the cause: a full queue at one of the nodes.", 1));
    }
    if incident.ended_at.is_some() {
        updates.insert(0, update(UpdateKind::Ended, "It works again.", 2));
    }
    updates
}

fn sample_page(incidents: Vec<Incident>) -> StatusPage {
    let figures = Figures {
        since: samples::days_ago(75),
        now: samples::now(),
        zone: TimeZone::UTC,
        incidents: incidents.clone(),
        config: mailkeep_outreach::StatusConfig::default(),
    };
    let name = |key: &str| key.replace('_', " ");
    let updates: Vec<Update> = incidents.iter().flat_map(sample_updates).collect();
    let (past, others): (Vec<Incident>, Vec<Incident>) =
        incidents.into_iter().partition(|incident| incident.stage(samples::now()).is_over());
    status_page(&figures, others, past, updates, Paging { page: 1, size: PAST, total: 2 }, "en", name)
}

/// The name of a part in the reader's language, or as the operator wrote it.
pub fn part_name(renderer: &Renderer, language: &str, key: &str) -> String {
    if !KNOWN_COMPONENTS.contains(&key) {
        return key.to_owned();
    }
    renderer.text(language, &crate::uses::word("status-part", key))
}

/// The word of a state.
pub const fn state_word(state: ComponentState) -> &'static str {
    match state {
        ComponentState::Up => "up",
        ComponentState::Maintenance => "maintenance",
        ComponentState::Down => "down",
    }
}

/// An incident with those of the updates that are its own.
pub fn incident_view(
    incident: Incident,
    updates: Vec<Update>,
    now: Timestamp,
    name: impl Fn(&str) -> String,
) -> IncidentView {
    IncidentView {
        id: incident.id.to_string(),
        kind: incident.kind.word(),
        stage: incident.stage(now).word(),
        parts: incident.components.iter().map(|key| name(key)).collect(),
        starts_at: incident.starts_at,
        planned_until: incident.planned_until,
        ended_at: incident.ended_at,
        updates: updates
            .into_iter()
            .filter(|update| update.incident == incident.id)
            .map(|update| UpdateView {
                what: update.what.word(),
                html: markdown::render(&update.text).html,
                by: None,
                at: update.at,
            })
            .collect(),
        title: incident.title,
    }
}

fn status_page(
    figures: &Figures,
    others: Vec<Incident>,
    past: Vec<Incident>,
    updates: Vec<Update>,
    paging: Paging,
    language: &str,
    name: impl Fn(&str) -> String,
) -> StatusPage {
    let habits = Habits::of(language);
    let view = |incident| incident_view(incident, updates.clone(), figures.now, &name);
    let (upcoming, open): (Vec<Incident>, Vec<Incident>) =
        others.into_iter().partition(|incident| incident.stage(figures.now) == Stage::Planned);
    let keys = &figures.config.components;
    let month_row = |first| MonthRow {
        name: habits.month(first, false),
        figures: keys
            .iter()
            .map(|key| {
                let time = figures.month(key, first).time;
                let up = time.up_milli_percent().map(|up| habits.up_time(up));
                MonthFigure { part: name(key), up, down_minutes: minutes(time.down_micros) }
            })
            .collect(),
    };
    StatusPage {
        overall: state_word(figures.overall()),
        open: open.into_iter().map(view).collect(),
        upcoming: upcoming.into_iter().map(view).collect(),
        parts: keys.iter().map(|key| part_view(figures, key, name(key), habits)).collect(),
        months: figures.months().into_iter().map(month_row).collect(),
        past: past.into_iter().map(view).collect(),
        paging,
        zone: figures.zone.iana_name().unwrap_or("UTC").to_owned(),
        notice_hours: figures.config.notice_hours,
        is_copy: false,
    }
}

fn part_view(figures: &Figures, key: &str, name: String, habits: &Habits) -> PartView {
    let days = figures.days(key);
    let view = |(index, day): (usize, &figures::Figure)| DayView {
        x: index * 10,
        tone: DayTone::of(day.time).word(),
        date: habits.date(day.date),
        text: day_text(day.time),
    };
    let days: Vec<DayView> = days.iter().enumerate().map(view).collect();
    PartView {
        state: state_word(figures.state(key)),
        up: figures.in_days(key).up_milli_percent().map(|up| habits.up_time(up)),
        marked: days.iter().filter(|day| !matches!(day.tone, "good" | "none")).count(),
        days,
        name,
    }
}

fn day_text(time: Availability) -> Msg {
    let (down, planned) = (minutes(time.down_micros), minutes(time.excluded_micros));
    match DayTone::of(time) {
        DayTone::None => msg("status-day-none"),
        DayTone::Good => msg("status-day-good"),
        DayTone::Note => msg("status-day-note").with("planned", planned),
        DayTone::Warn | DayTone::Bad if planned > 0 => {
            msg("status-day-both").with("down", down).with("planned", planned)
        }
        DayTone::Warn | DayTone::Bad => msg("status-day-down").with("down", down),
    }
}

/// Whole minutes, rounded up: a second down is not nothing.
fn minutes(micros: i64) -> i64 {
    micros.div_euclid(60_000_000) + i64::from(micros.rem_euclid(60_000_000) > 0)
}

/// What the page and its machine-readable form are made of.
pub(crate) async fn figures(state: &WebState) -> Result<Figures, WebError> {
    let now = state.clock.now();
    let since = state.outreach.measured_since().await?.unwrap_or(now);
    let mut incidents = state.outreach.incidents_between(Figures::earliest(now), Timestamp::NEVER).await?;
    incidents.retain(|incident| incident.stage(now) != Stage::Cancelled);
    let zone = TimeZone::get(&state.config.time_zone).unwrap_or(TimeZone::UTC);
    Ok(Figures { since, now, zone, incidents, config: state.outreach.status().clone() })
}

/// `GET /status?page=…&copy=…`
pub async fn show(ctx: Ctx) -> Answer {
    let figures = figures(&ctx.state).await?;
    let asked = Paging::asked(ctx.query.get("page"), PAST);
    let (past, total) = ctx.state.outreach.past_incidents(asked.skip(), asked.size).await?;
    let paging = asked.of(total);
    let others: Vec<Incident> =
        figures.incidents.iter().filter(|one| !one.stage(figures.now).is_over()).cloned().collect();
    let ids = others.iter().chain(&past).map(|incident| incident.id).collect();
    let updates = ctx.state.outreach.updates_of(ids).await?;
    let name = |key: &str| part_name(&ctx.state.renderer, &ctx.language, key);
    let is_copy = !ctx.query.get("copy").is_empty();
    let page = status_page(&figures, others, past, updates, paging, &ctx.language, name);
    ctx.page(&StatusPage { is_copy, ..page })
}

/// `GET /status/{incident}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let (incident, updates) = ctx.state.outreach.incident(ctx.param("incident")?).await?;
    let name = |key: &str| part_name(&ctx.state.renderer, &ctx.language, key);
    let incident = incident_view(incident, updates, ctx.state.clock.now(), name);
    ctx.page(&IncidentPage { incident })
}
