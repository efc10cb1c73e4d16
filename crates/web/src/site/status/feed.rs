//! The status for programs: JSON, and what was said as feeds, Atom (RFC 4287) and RSS 2.0.

use axum::http::header;
use axum::response::IntoResponse;
use mailkeep_outreach::incidents::{Availability, Incident, Update};
use mailkeep_types::Timestamp;
use serde_json::{Value, json};

use super::{figures, part_name, state_word};
use crate::atom;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::markdown;
use crate::routes::Answer;
use crate::rss;
use crate::uses::word;

/// Programs may ask each minute.
const CACHED: (header::HeaderName, &str) = (header::CACHE_CONTROL, "max-age=60");
/// Incidents whose updates are in the feed.
const IN_FEED: i64 = 20;

/// Up-time in percent with three digits after the point, and what it is made of, in seconds.
fn figure(time: Availability) -> Value {
    let percent = time.up_milli_percent().map(|up| format!("{}.{:03}", up / 1000, up % 1000));
    json!({
        "up_percent": percent,
        "measured_seconds": time.measured_micros / 1_000_000,
        "down_seconds": time.down_micros / 1_000_000,
        "planned_maintenance_seconds": time.excluded_micros / 1_000_000,
    })
}

fn incident(one: &Incident, updates: &[Update], now: Timestamp) -> Value {
    let text = |at: Option<Timestamp>| at.map(|at| at.to_string());
    let said = updates
        .iter()
        .filter(|update| update.incident == one.id)
        .map(|update| json!({ "at": update.at.to_string(), "what": update.what, "text": update.text }));
    json!({
        "id": one.id,
        "kind": one.kind,
        "stage": one.stage(now),
        "title": one.title,
        "components": one.components,
        "starts_at": one.starts_at.to_string(),
        "planned_until": text(one.planned_until),
        "noticed_at": one.noticed_at.to_string(),
        "ended_at": text(one.ended_at),
        "updates": said.collect::<Vec<_>>(),
    })
}

/// `GET /status.json`
pub async fn json(ctx: Ctx) -> Answer {
    let figures = figures(&ctx.state).await?;
    let now = figures.now;
    let going: Vec<&Incident> = figures.incidents.iter().filter(|one| !one.stage(now).is_over()).collect();
    let updates = ctx.state.outreach.updates_of(going.iter().map(|one| one.id).collect()).await?;
    let components = figures.config.components.iter().map(|key| {
        let months = figures.months().into_iter().map(|first| {
            let mut month = figure(figures.month(key, first).time);
            month["month"] = first.strftime("%Y-%m").to_string().into();
            month
        });
        json!({
            "key": key,
            "name": part_name(&ctx.state.renderer, &ctx.language, key),
            "state": figures.state(key),
            "last_90_days": figure(figures.in_days(key)),
            "months": months.collect::<Vec<_>>(),
        })
    });
    let answer = json!({
        "at": now.to_string(),
        "state": state_word(figures.overall()),
        "measured_since": figures.since.to_string(),
        "time_zone": figures.zone.iana_name().unwrap_or("UTC"),
        "notice_hours": figures.config.notice_hours,
        "components": components.collect::<Vec<_>>(),
        "incidents": going.into_iter().map(|one| incident(one, &updates, now)).collect::<Vec<_>>(),
    });
    Ok(([CACHED], axum::Json(answer)).into_response())
}

/// What was said lately, newest first.
async fn said(ctx: &Ctx) -> Result<Vec<atom::Entry>, WebError> {
    let incidents = ctx.state.outreach.newest_incidents(IN_FEED).await?;
    let mut updates =
        ctx.state.outreach.updates_of(incidents.iter().map(|incident| incident.id).collect()).await?;
    updates.sort_by_key(|update| std::cmp::Reverse(update.at));
    let entries = updates.into_iter().filter_map(|update| {
        let of = incidents.iter().find(|incident| incident.id == update.incident)?;
        let said = ctx.text(&word("status-said", update.what.word()));
        Some(atom::Entry {
            id: update.id,
            title: format!("{}: {said}", of.title),
            published: None,
            updated: update.at,
            path: format!("/status/{}", of.id),
            says: atom::Says::Html(markdown::render(&update.text).html),
        })
    });
    Ok(entries.collect())
}

/// `GET /status.atom`
pub async fn updates(ctx: Ctx) -> Answer {
    let feed = atom::feed(&ctx, "/status", &ctx.say("status-title"), &said(&ctx).await?);
    Ok(([atom::KIND, CACHED], feed).into_response())
}

/// `GET /status.rss`
pub async fn rss(ctx: Ctx) -> Answer {
    let feed = rss::feed(&ctx, "/status", &ctx.say("status-title"), &said(&ctx).await?);
    Ok(([rss::KIND, CACHED], feed).into_response())
}
