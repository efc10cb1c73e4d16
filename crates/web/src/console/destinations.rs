//! Destinations: to which nothing goes, by a decision of staff, and which are left alone for customers whose mail they refused. For which customers,
//! it does not say: to whom they write is theirs.

use std::collections::BTreeMap;

use mailkeep_mailbox::queue::Waiting;
use mailkeep_outbound_guard::departures::{DestinationStop, PausedDestination, StopError};
use mailkeep_outbound_guard::ladder::StepCause;
use mailkeep_types::{DomainName, StaffId, Timestamp};
use serde::Serialize;

use super::ladder::step_causes;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::{Answer, Permission, Routes, StaffPermission};
use crate::samples;

/// More are not listed.
const MOST: usize = 100;

/// Declares the routes.
pub fn routes(routes: &mut Routes) {
    let abuse = Permission::Staff(StaffPermission::Abuse);
    routes.get("/console/destinations", abuse, show);
    routes.post("/console/destinations", abuse, stop);
    routes.post("/console/destinations/lift", abuse, lift);
}

/// The destinations.
#[derive(Debug, Serialize)]
pub struct DestinationsPage {
    /// Those that are stopped, and then those that were.
    pub stops: Vec<StopRow>,
    /// Those that are left alone for customers.
    pub paused: Vec<PausedRow>,
    /// What staff may give as a reason.
    pub causes: Vec<&'static str>,
    /// What was typed.
    pub form: Form,
}

/// A destination that is stopped, or was.
#[derive(Debug, Clone, Serialize)]
pub struct StopRow {
    /// Its name in forms.
    pub value: String,
    /// As people write it.
    pub name: String,
    /// Why.
    pub why: &'static str,
    /// Who of staff decided.
    pub staff: Option<String>,
    /// Since when.
    pub at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Who ended it.
    pub ended_by: Option<String>,
}

/// A destination that is left alone.
#[derive(Debug, Clone, Serialize)]
pub struct PausedRow {
    /// As people write it.
    pub name: String,
    /// For how many customers.
    pub customers: i64,
    /// When it is tried for the last of them.
    pub until: Timestamp,
}

fn as_written(domain: &str) -> String {
    DomainName::parse(domain).map_or_else(|_| domain.to_owned(), |name| name.to_unicode())
}

impl StopRow {
    fn of(stop: DestinationStop, names: &BTreeMap<StaffId, String>) -> Self {
        let name = |id: Option<StaffId>| id.and_then(|id| names.get(&id).cloned());
        StopRow {
            name: as_written(&stop.domain),
            value: stop.domain,
            why: stop.why.word(),
            staff: name(stop.staff),
            at: stop.at,
            ended_at: stop.ended.map(|(at, _)| at),
            ended_by: stop.ended.and_then(|(_, by)| name(by)),
        }
    }
}

impl PausedRow {
    fn of(paused: &PausedDestination) -> Self {
        PausedRow { name: as_written(&paused.domain), customers: paused.customers, until: paused.until }
    }
}

impl Page for DestinationsPage {
    const TEMPLATE: &'static str = "console/destinations.html";

    fn samples() -> Vec<Self> {
        let stop = |name: &str, ended: bool| StopRow {
            value: name.to_owned(),
            name: name.to_owned(),
            why: StepCause::Fraud.word(),
            staff: Some("rosalind".to_owned()),
            at: samples::minutes_ago(if ended { 9_000 } else { 50 }),
            ended_at: ended.then(|| samples::minutes_ago(8_000)),
            ended_by: ended.then(|| "grace".to_owned()),
        };
        let paused = |name: &str, customers, minutes: i64| PausedRow {
            name: name.to_owned(),
            customers,
            until: samples::minutes_ago(-minutes),
        };
        let page = |stops, paused, form| DestinationsPage { stops, paused, causes: step_causes(), form };
        vec![
            page(
                vec![stop("flooded.example", false), stop("old-flood.example", true)],
                vec![paused("strict.example", 3, 42), paused("moody.example", 1, 700)],
                Form::new(),
            ),
            page(Vec::new(), Vec::new(), Form::new().wrong("domain", msg("destination-wrong"))),
        ]
    }
}

/// `GET /console/destinations`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new()).await?;
    ctx.page(&page)
}

async fn page(ctx: &Ctx, form: Form) -> Result<DestinationsPage, WebError> {
    let (guard, names) = (ctx.state.holds.guard(), ctx.state.identity.name_colleagues(ctx.access()).await?);
    let stops = guard.destination_stops(MOST).await?;
    let paused = guard.paused_destinations(MOST).await?;
    Ok(DestinationsPage {
        stops: stops.into_iter().map(|stop| StopRow::of(stop, &names)).collect(),
        paused: paused.iter().map(PausedRow::of).collect(),
        causes: step_causes(),
        form,
    })
}

/// `POST /console/destinations`: nothing goes there from now on.
pub async fn stop(ctx: Ctx) -> Answer {
    let (mut form, staff) = (Form::of(&ctx.form), ctx.who.staff()?.staff);
    let domain = DomainName::parse(ctx.form.get("domain").trim_start_matches('@'));
    let why = StepCause::from_word(ctx.form.get("why"));
    if why.is_none() {
        form.refuse("why", msg("held-no-reason"));
    }
    match (domain, why) {
        (Ok(domain), Some(why)) if !is_ours(&ctx, &domain).await? => {
            match ctx.state.holds.guard().stop_destination(domain, why, staff).await {
                Ok(()) => return ctx.done("/console/destinations", msg("destination-stopped")),
                Err(StopError::Already) => form.refuse("domain", msg("ladder-already")),
                Err(StopError::Sql(error)) => return Err(WebError::internal(error)),
            }
        }
        (Ok(_), Some(_)) => form.refuse("domain", msg("destination-ours")),
        (Err(_), _) => form.refuse("domain", msg("destination-wrong")),
        (Ok(_), None) => {}
    }
    let page = page(&ctx, form).await?;
    ctx.refused(&page)
}

/// Mail to a domain that is served here does not leave.
async fn is_ours(ctx: &Ctx, domain: &DomainName) -> Result<bool, WebError> {
    Ok(ctx.state.office.proven_domain(domain).await?.is_some())
}

/// `POST /console/destinations/lift`: what waits goes there now.
pub async fn lift(ctx: Ctx) -> Answer {
    let domain = DomainName::parse(ctx.form.get("domain")).map_err(|_| WebError::NotFound)?;
    let staff = ctx.who.staff()?.staff;
    match ctx.state.holds.guard().lift_destination(domain.clone(), staff).await {
        Ok(()) => {}
        Err(StopError::Already) => return ctx.sorry("/console/destinations", msg("ladder-ended-before")),
        Err(StopError::Sql(error)) => return Err(WebError::internal(error)),
    }
    ctx.state.office.make_due(Waiting::For(domain)).await?;
    ctx.done("/console/destinations", msg("destination-lifted"))
}
