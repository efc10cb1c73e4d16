//! Asks the mail store and the guard, and puts the page together.

use std::collections::HashMap;

use mailkeep_identity::StaffPermission;
use mailkeep_mailbox::block_lists::Listing;
use mailkeep_mailbox::deliveries::{ByTime, Counts, Deliveries, Over};
use mailkeep_outbound_guard::voices::WeekOfVoices;
use mailkeep_types::{CustomerId, DomainId, DomainName};

use super::rows::within;
use super::{CustomerRow, EgressRow, Figure, ListingRow, PlaceRow, SenderRow, SendingPage, Value};
use crate::console::reports::Cell;
use crate::console::reports::chart::{Chart, Drawing, Series, Stand};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::msg;

/// So many customers of whom recipients say something are listed.
const CUSTOMERS: usize = 25;
/// So many senders' domains and addresses of ours are listed, the worst.
const ROWS: usize = 50;
/// So many domains of a customer are named.
const NAMED: usize = 3;

/// The page of a customer that whoever asks may open: that of their held mail, or their own.
pub(super) fn page_of(ctx: &Ctx, customer: CustomerId) -> Result<String, WebError> {
    let held = ctx.who.staff()?.may(StaffPermission::Abuse);
    Ok(if held { format!("/console/held/{customer}") } else { format!("/console/customers/{customer}") })
}

pub(super) async fn deliveries(ctx: &Ctx, over: Over) -> Result<SendingPage, WebError> {
    let office = &ctx.state.office;
    let found = office.deliveries(over).await?;
    let week = if over == Over::Week { found.clone() } else { office.deliveries(Over::Week).await? };
    let voices = ctx.state.holds.guard().voices_of_week(CUSTOMERS).await.map_err(WebError::internal)?;
    let listings = office.block_listings().await?;
    let queue = office.queue_counts().await?;
    let may_decide = ctx.who.staff()?.may(StaffPermission::Abuse);
    let mut figures = figures(&found, &voices, &listings);
    let waiting = Figure {
        id: "waiting",
        value: Value::Count(queue.messages),
        note: msg("sending-note-waiting").with("held", queue.held),
        href: Some(if may_decide && queue.held > 0 { "/console/held" } else { "/console/queue" }),
    };
    figures.push(waiting);
    let listed = listings.iter().filter(|one| one.listed);
    let alarm = |one: &Listing| {
        msg("sending-alarm-listed").with("address", one.address.clone()).with("list", one.list.clone())
    };
    Ok(SendingPage {
        over: if over == Over::Week { "week" } else { "day" },
        figures,
        alarms: listed.map(alarm).collect(),
        chart: chart(&found.times, over),
        senders: senders(ctx, &found, &week, &voices).await?,
        customers: customers(ctx, &voices).await?,
        egresses: egresses(&found, &week, &listings),
        places: found.places.into_iter().map(PlaceRow::of).collect(),
        listings: listings.into_iter().map(ListingRow::of).collect(),
    })
}

fn figures(found: &Deliveries, voices: &WeekOfVoices, listings: &[Listing]) -> Vec<Figure> {
    let (all, answered) = (&found.all, found.all.answered());
    let complaints = voices.complaints;
    let figure = |id, value, note| Figure { id, value, note, href: None };
    let listed = listings.iter().filter(|one| one.listed).count();
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let lists = if listings.is_empty() { Value::None } else { Value::Count(count(listed)) };
    let note = if listings.is_empty() { "sending-note-lists-none" } else { "sending-note-lists" };
    vec![
        figure(
            "delivered",
            Value::share(all.delivered, answered),
            msg("sending-note-delivered").with("n", answered),
        ),
        figure(
            "within",
            if found.waits.half_within().is_some() { Value::Say(within(&found.waits)) } else { Value::None },
            msg("sending-note-within"),
        ),
        figure(
            "blocked",
            Value::share(all.blocked(), answered),
            msg("sending-note-blocked").with("n", all.blocked()),
        ),
        figure("dead", Value::share(all.dead, answered), msg("sending-note-dead").with("n", all.dead)),
        figure(
            "complaints",
            Value::Count(i64::try_from(complaints).unwrap_or(i64::MAX)),
            msg("sending-note-complaints"),
        ),
        figure("lists", lists, msg(note)),
    ]
}

pub(super) fn chart(times: &[ByTime], over: Over) -> Option<Chart> {
    let series = |colour, id| Series { colour, name: msg(id) };
    let name = |at: &ByTime| match over {
        Over::Day => Cell::Clock(at.begins_at),
        Over::Week => Cell::Day(at.begins_at),
    };
    let values = |counts: &Counts| vec![counts.delivered, counts.refused(), counts.deferred];
    let drawing = Drawing {
        title: msg("sending-chart"),
        about: msg(if over == Over::Day { "sending-chart-day" } else { "sending-chart-week" }),
        currency: None,
        stand: Stand::Stacked,
        series: vec![
            series(3, "sending-delivered"),
            series(5, "sending-refused"),
            series(4, "sending-deferred"),
        ],
        groups: times.iter().map(|one| (name(one), values(&one.counts))).collect(),
    };
    drawing.chart()
}

async fn senders(
    ctx: &Ctx,
    found: &Deliveries,
    week: &Deliveries,
    voices: &WeekOfVoices,
) -> Result<Vec<SenderRow>, WebError> {
    let office = &ctx.state.office;
    let domains = found.senders.iter().take(ROWS).filter_map(|one| one.domain).collect();
    let names: HashMap<DomainId, (DomainName, CustomerId)> = office.name_domains(domains).await?;
    let of_mailboxes =
        office.domains_of_mailboxes(voices.mailboxes.iter().map(|(mailbox, _)| *mailbox).collect()).await?;
    let mut complaints: HashMap<DomainId, i64> = HashMap::new();
    for (mailbox, count) in &voices.mailboxes {
        if let Some(domain) = of_mailboxes.get(mailbox) {
            *complaints.entry(*domain).or_default() += i64::try_from(*count).unwrap_or(i64::MAX);
        }
    }
    let mut rows = Vec::new();
    for one in found.senders.iter().take(ROWS) {
        let (name, href) = match one.domain {
            None => (None, None),
            Some(id) => match names.get(&id) {
                Some((name, customer)) => (Some(name.to_unicode()), Some(page_of(ctx, *customer)?)),
                // It was removed since.
                None => continue,
            },
        };
        let complaints = one.domain.and_then(|id| complaints.get(&id).copied()).unwrap_or(0);
        let in_week = week.senders.iter().find(|other| other.domain == one.domain);
        let in_week = in_week.map_or(one.counts, |other| other.counts);
        rows.push(SenderRow::of(name, href, (&one.counts, &in_week, complaints)));
    }
    Ok(rows)
}

async fn customers(ctx: &Ctx, voices: &WeekOfVoices) -> Result<Vec<CustomerRow>, WebError> {
    let mut rows = Vec::new();
    for one in &voices.customers {
        let domains = ctx.state.office.domains_of_customer(one.customer).await?;
        let named: Vec<String> = domains.iter().take(NAMED).map(|domain| domain.name.to_unicode()).collect();
        let more = if domains.len() > NAMED { ", …" } else { "" };
        let domains = format!("{}{more}", named.join(", "));
        rows.push(CustomerRow::of(one, page_of(ctx, one.customer)?, domains));
    }
    Ok(rows)
}

fn egresses(found: &Deliveries, week: &Deliveries, listings: &[Listing]) -> Vec<EgressRow> {
    let row = |one: &mailkeep_mailbox::deliveries::ByEgress| {
        let in_week = week.egresses.iter().find(|other| other.egress == one.egress);
        let in_week = in_week.map_or(one.counts, |other| other.counts);
        EgressRow::of(one.egress.clone(), &one.counts, &in_week, listings)
    };
    found.egresses.iter().take(ROWS).map(row).collect()
}
