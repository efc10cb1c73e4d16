//! Time that staff spent on a ticket is written down and taken back; and how much was spent, by customer and ticket.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::header;
use axum::response::IntoResponse;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use mailkeep_commerce::hosting_reports::csv::cell;
use mailkeep_helpdesk::tickets::{Seen, TicketError};
use mailkeep_helpdesk::times::{SpentTime, TimeOfTicket};
use mailkeep_policy::Shown;
use mailkeep_types::{StaffId, Timestamp};
use serde::Serialize;

use super::act;
use crate::ctx::Ctx;
use crate::error::{WebError, sentence};
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// Time spent on a ticket, as its page shows it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TimesView {
    /// The entries, oldest first.
    pub rows: Vec<TimeRow>,
    /// All minutes together.
    pub minutes: i64,
}

/// An entry.
#[derive(Debug, Clone, Serialize)]
pub struct TimeRow {
    /// Its id.
    pub id: String,
    /// Minutes; below zero in one against another.
    pub minutes: i64,
    /// Who spent it.
    pub login: String,
    /// When it was written down.
    pub at: Timestamp,
    /// What for.
    pub note: Option<Shown<String>>,
    /// Whether the reader may take it back.
    pub own: bool,
}

impl TimesView {
    /// Of the entries of a ticket.
    pub(super) fn of(times: Vec<SpentTime>, me: StaffId, names: &BTreeMap<StaffId, String>) -> Self {
        let back: BTreeSet<_> = times.iter().filter_map(|time| time.against).collect();
        let minutes = times.iter().map(|time| time.minutes).sum();
        let rows = times.into_iter().map(|time| TimeRow {
            own: time.staff == me && time.against.is_none() && !back.contains(&time.id),
            id: time.id.to_string(),
            minutes: time.minutes,
            login: names.get(&time.staff).cloned().unwrap_or_default(),
            at: time.at,
            note: time.note,
        });
        TimesView { rows: rows.collect(), minutes }
    }

    /// Made-up ones.
    pub(super) fn sample() -> Self {
        let row = |minutes, login: &str, note: Option<&str>, own| TimeRow {
            id: "m".to_owned(),
            minutes,
            login: login.to_owned(),
            at: crate::samples::minutes_ago(30),
            note: note.map(Shown::from),
            own,
        };
        let rows = vec![row(20, "tove", Some("Read the zone"), false), row(45, "rosalind", None, true)];
        TimesView { rows, minutes: 65 }
    }
}

/// `POST /console/tickets/{ticket}/times`: `minutes` with a `note`.
pub async fn add(ctx: Ctx) -> Answer {
    let (me, seen) = (ctx.who.staff()?.staff, act::newest(act::seen(&ctx)?));
    let minutes = ctx.form.get("minutes").parse().unwrap_or(0);
    let noted = ctx.state.desk.note_time(seen, me, minutes, ctx.form.get("note")).await;
    said(&ctx, seen, noted.map(drop), "ticket-timed")
}

/// `POST /console/tickets/{ticket}/times/back`: an entry against `time`.
pub async fn take_back(ctx: Ctx) -> Answer {
    let (me, seen) = (ctx.who.staff()?.staff, act::newest(act::seen(&ctx)?));
    let time = ctx.form.get("time").parse().map_err(|_| WebError::NotFound)?;
    said(&ctx, seen, ctx.state.desk.take_time_back(seen, me, time).await.map(drop), "ticket-time-back")
}

fn said(ctx: &Ctx, seen: Seen, done: Result<(), TicketError>, text: &'static str) -> Answer {
    match done {
        Err(TicketError::Field { sentence: wrong, .. }) => {
            ctx.sorry(&act::back(seen), msg("verbatim").with("text", sentence(&wrong)))
        }
        done => act::outcome(ctx, seen, done, text),
    }
}

/// How much time was spent.
#[derive(Debug, Serialize)]
pub struct TimesPage {
    /// The days asked for.
    pub form: Form,
    /// By customer, the most first.
    pub customers: Vec<CustomerTimes>,
    /// All minutes together.
    pub minutes: i64,
    /// The query of the file.
    pub file: String,
}

/// What was spent on the tickets of a customer.
#[derive(Debug, Clone, Serialize)]
pub struct CustomerTimes {
    /// Their page; none for tickets of writers.
    pub href: Option<String>,
    /// Minutes.
    pub minutes: i64,
    /// By ticket: its page, its number, minutes.
    pub tickets: Vec<(String, String, i64)>,
}

impl Page for TimesPage {
    const TEMPLATE: &'static str = "console/tickets/times.html";

    fn samples() -> Vec<Self> {
        let ticket = |number: &str, minutes| ("/console/tickets/t".to_owned(), number.to_owned(), minutes);
        let customers = vec![
            CustomerTimes {
                href: Some("/console/customers/c".to_owned()),
                minutes: 185,
                tickets: vec![ticket("T-7K2M-Q9XA", 120), ticket("T-4H8R-WD2E", 65)],
            },
            CustomerTimes { href: None, minutes: 15, tickets: vec![ticket("T-2F4H-77QX", 15)] },
        ];
        let form = || Form::new().with("from", "2026-03-01").with("until", "2026-03-31");
        let file = "from=2026-03-01&until=2026-03-31".to_owned();
        vec![
            TimesPage { form: form(), customers, minutes: 200, file: file.clone() },
            TimesPage { form: form(), customers: Vec::new(), minutes: 0, file },
        ]
    }
}

/// The days that are asked for; the month so far when none are.
struct Days {
    form: Form,
    from: Timestamp,
    until: Timestamp,
    query: String,
}

impl Days {
    fn of(ctx: &Ctx) -> Self {
        let zone = TimeZone::get(&ctx.state.config.time_zone).unwrap_or(TimeZone::UTC);
        let now = ctx.state.clock.now();
        let today = now.to_jiff().to_zoned(zone.clone()).date();
        let first = today.first_of_month();
        let given = |field: &str, otherwise: Date| {
            let typed = ctx.query.get(field).parse::<Date>();
            typed.ok().filter(|day| (2000..2200).contains(&day.year())).unwrap_or(otherwise)
        };
        let (from, until) = (given("from", first), given("until", today));
        let start = |day: Date| {
            day.to_zoned(zone.clone()).map_or(now, |zoned| Timestamp::from_jiff(zoned.timestamp()))
        };
        Days {
            form: Form::new().with("from", from.to_string()).with("until", until.to_string()),
            from: start(from),
            until: start(until.saturating_add(1.day())),
            query: format!("from={from}&until={until}"),
        }
    }
}

fn by_customer(rows: Vec<TimeOfTicket>) -> Vec<CustomerTimes> {
    let mut all: BTreeMap<_, CustomerTimes> = BTreeMap::new();
    for row in rows {
        let href = row.customer.map(|id| format!("/console/customers/{id}"));
        let one = all.entry(row.customer).or_insert_with(|| CustomerTimes {
            href,
            minutes: 0,
            tickets: Vec::new(),
        });
        one.minutes += row.minutes;
        one.tickets.push((format!("/console/tickets/{}", row.ticket), row.number, row.minutes));
    }
    let mut all: Vec<_> = all.into_values().collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.minutes));
    all
}

/// `GET /console/ticket-times?from=…&until=…`
pub async fn show(ctx: Ctx) -> Answer {
    let days = Days::of(&ctx);
    let customers = by_customer(ctx.state.desk.sum_times(days.from, days.until).await?);
    let minutes = customers.iter().map(|one| one.minutes).sum();
    ctx.page(&TimesPage { form: days.form, customers, minutes, file: days.query })
}

/// `GET /console/ticket-times/csv?from=…&until=…`: a row for each ticket.
pub async fn csv(ctx: Ctx) -> Answer {
    let days = Days::of(&ctx);
    let mut text = "customer,ticket,minutes\r\n".to_owned();
    for row in ctx.state.desk.sum_times(days.from, days.until).await? {
        let customer = row.customer.map(|id| id.to_string()).unwrap_or_default();
        text.push_str(&format!("{},{},{}\r\n", cell(&customer), cell(&row.number), row.minutes));
    }
    let name = format!("attachment; filename=\"ticket-times-{}.csv\"", days.query.replace(['=', '&'], "-"));
    let heads =
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((heads, text).into_response())
}
