//! Tickets for staff who answer them: the queues. No words stand in a queue: to open the subjects of fifty tickets would be
//! fifty uses of which fifty customers are told, before anybody works on one of them.

pub mod act;
pub mod bulk;
pub mod canned;
pub mod find;
pub mod followers;
pub mod history;
pub mod links;
pub mod macros;
pub mod merges;
pub mod narrow;
pub mod saved;
pub mod show;
pub mod splits;
pub mod tags;
pub mod times;
pub mod trace;

use std::collections::BTreeMap;
use std::time::Duration;

use mailkeep_helpdesk::service_levels::Priority;
use mailkeep_helpdesk::tags::Tag;
use mailkeep_helpdesk::tickets::{Ticket, TicketState};
use mailkeep_helpdesk::views::QueueKind;
use mailkeep_types::{StaffId, Timestamp};
use serde::Serialize;

use self::narrow::{Looked, Narrow};
use self::saved::SavedRow;
use crate::ctx::{Ctx, encode};
use crate::page::Page;
use crate::routes::{Answer, Permission, Routes, StaffPermission};
use crate::samples;
use crate::tickets::{self as view, Due, attachments};

const SIZE: usize = 50;
/// What is due within this time is urgent.
const SOON: Duration = Duration::from_secs(4 * 3600);

/// Declares the routes.
pub fn routes(routes: &mut Routes) {
    let answer = Permission::Staff(StaffPermission::Tickets);
    routes.get("/console/tickets", answer, show);
    routes.post("/console/tickets", answer, bulk::submit);
    routes.post("/console/tickets/find", answer, find::submit);
    routes.post("/console/tickets/views", answer, saved::keep);
    routes.post("/console/tickets/views/{saved_view}/delete", answer, saved::throw_away);
    routes.get("/console/tickets/{ticket}", answer, show::show);
    routes.get("/console/tickets/{ticket}/letters/{letter}", answer, show::letter);
    routes.get("/console/tickets/{ticket}/attachments/{attachment}", answer, attachments::of_ticket);
    let most = attachments::most_form_bytes(routes.state());
    routes.upload("/console/tickets/{ticket}/reply", answer, most, act::reply);
    routes.upload("/console/tickets/{ticket}/canned", answer, most, canned::insert);
    routes.post("/console/tickets/{ticket}/assign", answer, act::assign);
    routes.post("/console/tickets/{ticket}/priority", answer, act::weigh);
    routes.post("/console/tickets/{ticket}/solve", answer, act::solve);
    routes.post("/console/tickets/{ticket}/close", answer, act::close);
    routes.post("/console/tickets/{ticket}/merge", answer, merges::merge);
    routes.post("/console/tickets/{ticket}/unmerge", answer, merges::undo);
    routes.post("/console/tickets/{ticket}/follow", answer, followers::follow);
    routes.post("/console/tickets/{ticket}/unfollow", answer, followers::unfollow);
    routes.get("/console/tickets/{ticket}/macros/{desk_macro}", answer, macros::show);
    routes.post("/console/tickets/{ticket}/macros/{desk_macro}", answer, macros::apply);
    routes.post("/console/tickets/{ticket}/department", answer, macros::send);
    routes.post("/console/tickets/{ticket}/times", answer, times::add);
    routes.post("/console/tickets/{ticket}/times/back", answer, times::take_back);
    let report = Permission::Staff(StaffPermission::Reports);
    routes.get("/console/ticket-times", report, times::show);
    routes.get("/console/ticket-times/csv", report, times::csv);
    routes.post("/console/tickets/{ticket}/links", answer, links::add);
    routes.post("/console/tickets/{ticket}/links/remove", answer, links::remove);
    routes.get("/console/tickets/{ticket}/split", answer, splits::show);
    routes.post("/console/tickets/{ticket}/split", answer, splits::split);
    routes.post("/console/tickets/{ticket}/unsplit", answer, splits::undo);
    routes.get("/console/tickets/{ticket}/trace", answer, trace::show);
    routes.post("/console/tickets/{ticket}/trace", answer, trace::find);
    routes.post("/console/tickets/{ticket}/tags", answer, tags::add);
    routes.post("/console/tickets/{ticket}/tags/remove", answer, tags::remove);
}

/// A queue.
#[derive(Debug, Serialize)]
pub struct QueuePage {
    /// Which one: its word.
    pub view: &'static str,
    /// All of them.
    pub tabs: Vec<Tab>,
    /// The tickets.
    pub rows: Vec<QueueRow>,
    /// Where older ones are.
    pub older: Option<String>,
    /// Whether the list begins with the newest.
    pub newest: bool,
    /// The query of this page's address, without where it begins.
    pub here: String,
    /// What narrows it down.
    pub narrow: Narrow,
    /// The views that were kept.
    pub saved: Vec<SavedRow>,
    /// The priorities, the most urgent first.
    pub priorities: Vec<&'static str>,
}

/// A queue's tab.
#[derive(Debug, Clone, Serialize)]
pub struct Tab {
    /// Its word.
    pub word: &'static str,
    /// How many tickets lie in it; of those that the reader follows, in how many something is new. That of all is not counted.
    pub count: Option<i64>,
}

/// A ticket in a queue; nothing personal.
#[derive(Debug, Clone, Serialize)]
pub struct QueueRow {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its state.
    pub state: &'static str,
    /// How that looks.
    pub tone: &'static str,
    /// How much it hurts.
    pub priority: &'static str,
    /// What kind of thing it is about.
    pub about: Option<&'static str>,
    /// Who takes care of it.
    pub assignee: Option<String>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When something happened to it.
    pub at: Timestamp,
    /// What we owe next.
    pub due: Option<Due>,
    /// Whether that is soon.
    pub soon: bool,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Whether something in it is new to the reader, who follows it.
    pub news: bool,
}

impl QueueRow {
    /// A made-up one.
    fn sample(number: &str, state: TicketState, priority: &'static str) -> Self {
        QueueRow {
            id: number.to_lowercase(),
            number: number.to_owned(),
            state: state.word(),
            tone: view::tone(state),
            priority,
            about: None,
            assignee: None,
            opened_at: samples::minutes_ago(310),
            at: samples::minutes_ago(21),
            due: None,
            soon: true,
            tags: Vec::new(),
            news: priority == "high",
        }
    }
}

impl Page for QueuePage {
    const TEMPLATE: &'static str = "console/tickets/queue.html";

    fn samples() -> Vec<Self> {
        let row = |number: &str, state: TicketState, priority, about, assignee: Option<&str>, due| QueueRow {
            about,
            assignee: assignee.map(str::to_owned),
            due,
            tags: about.and_then(Tag::read).into_iter().collect(),
            ..QueueRow::sample(number, state, priority)
        };
        let due = |minutes: i64| {
            Some(Due { what: "answer", at: samples::minutes_ago(-minutes), late: minutes < 0 })
        };
        let rows = vec![
            row("T-7K2M-Q9XA", TicketState::New, "emergency", Some("domain"), None, due(-12)),
            row("T-4H8R-WD2E", TicketState::WaitingOnUs, "high", Some("mailbox"), Some("rosalind"), due(95)),
            row("T-9B3C-55NM", TicketState::WaitingOnCustomer, "normal", None, Some("tove"), None),
            QueueRow {
                soon: false,
                ..row("T-2V6T-KQ8J", TicketState::Open, "low", Some("invoice"), Some("rosalind"), due(2_000))
            },
        ];
        let page = |view, rows: Vec<QueueRow>| QueuePage {
            view,
            tabs: tabs(mailkeep_helpdesk::tickets::Counts { mine: 2, unassigned: 1, waiting: 2, due: 2 }, 1),
            older: (rows.len() > 1).then(|| "1.a".to_owned()),
            newest: true,
            here: "view=all".to_owned(),
            narrow: Narrow::sample(!rows.is_empty()),
            saved: vec![
                SavedRow::sample("Zones", true, !rows.is_empty()),
                SavedRow::sample("My emergencies", false, false),
            ],
            rows,
            priorities: priorities(),
        };
        vec![page("waiting", rows), page("mine", Vec::new())]
    }
}

fn tabs(counts: mailkeep_helpdesk::tickets::Counts, news: i64) -> Vec<Tab> {
    let count = |word: &str| match word {
        "followed" => Some(news),
        "mine" => Some(counts.mine),
        "unassigned" => Some(counts.unassigned),
        "waiting" => Some(counts.waiting),
        "due" => Some(counts.due),
        _ => None,
    };
    QueueKind::ALL.iter().map(|kind| Tab { word: kind.word(), count: count(kind.word()) }).collect()
}

/// The priorities, the most urgent first.
pub(super) fn priorities() -> Vec<&'static str> {
    Priority::ALL.into_iter().rev().map(Priority::word).collect()
}

fn row(
    ticket: &Ticket,
    names: &BTreeMap<StaffId, String>,
    tags: Option<Vec<Tag>>,
    news: bool,
    now: Timestamp,
) -> QueueRow {
    let due = view::due(ticket, now);
    QueueRow {
        id: ticket.id.to_string(),
        number: ticket.number.clone(),
        state: ticket.state.word(),
        tone: view::tone(ticket.state),
        priority: ticket.priority.word(),
        about: ticket.about.map(|about| about.kind.word()),
        assignee: ticket.assignee.map(|id| names.get(&id).cloned().unwrap_or_default()),
        opened_at: ticket.opened_at,
        at: ticket.changed_at,
        soon: due.is_some_and(|due| due.at < now.plus(SOON)),
        due,
        tags: tags.unwrap_or_default(),
        news,
    }
}

/// `GET /console/tickets?view=…&tag=…&after=…`
pub async fn show(ctx: Ctx) -> Answer {
    let (desk, me, now) = (&ctx.state.desk, ctx.who.staff()?.staff, ctx.state.clock.now());
    let (looked, soon) = (Looked::read(&ctx.query), now.plus(SOON));
    let after = view::read_behind(ctx.query.get("after"));
    let listed = desk.list_view(looked.queue(me, soon), looked.filter.clone(), after, SIZE).await?;
    let ids: Vec<_> = listed.tickets.iter().map(|ticket| ticket.id).collect();
    let news = desk.list_news(me, ids.clone()).await?;
    let mut tags = desk.tags_of(ids).await?;
    let names = ctx.state.identity.name_colleagues(ctx.access()).await?;
    let saved = desk.list_saved_views(me).await?;
    ctx.page(&QueuePage {
        view: looked.queue.word(),
        tabs: tabs(desk.count_queues(me, soon).await?, desk.count_news(me).await?),
        rows: listed
            .tickets
            .iter()
            .map(|ticket| row(ticket, &names, tags.remove(&ticket.id), news.contains(&ticket.id), now))
            .collect(),
        older: listed.next.map(|next| encode(&view::behind(next))),
        newest: after.is_none(),
        here: looked.query(),
        narrow: Narrow::of(&ctx, &looked).await?,
        saved: saved.into_iter().map(|view| SavedRow::of(view, &looked)).collect(),
        priorities: priorities(),
    })
}
