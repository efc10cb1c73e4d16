//! The privacy desk: cases that privacy officers answer, what is due first. No words stand in a queue.

pub mod act;
pub mod show;

use std::time::Duration;

use mailkeep_helpdesk::cases::{CaseCounts, CaseQueue};
use mailkeep_helpdesk::tickets::{DeskKind, TicketError};
use serde::Serialize;

use crate::cases::CaseView;
use crate::ctx::Ctx;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::{Answer, Permission, Routes, StaffPermission};
use crate::tickets::attachments;

const SIZE: i64 = 50;
/// What is due within this time is urgent.
const SOON: Duration = Duration::from_secs(5 * 86_400);

/// The queues in the order of their tabs.
const VIEWS: [&str; 4] = ["unread", "open", "due", "settled"];

/// Declares the routes.
pub fn routes(routes: &mut Routes) {
    let privacy = Permission::Staff(StaffPermission::Privacy);
    routes.get("/console/privacy-cases", privacy, show);
    routes.get("/console/privacy-cases/{privacy_case}", privacy, show::show);
    routes.get("/console/privacy-cases/{privacy_case}/letters/{letter}", privacy, show::letter);
    let attachment = "/console/privacy-cases/{privacy_case}/attachments/{case_attachment}";
    routes.get(attachment, privacy, attachments::of_case);
    routes.post("/console/privacy-cases/{privacy_case}/triage", privacy, act::triage);
    routes.post("/console/privacy-cases/{privacy_case}/confirm", privacy, act::confirm);
    routes.post("/console/privacy-cases/{privacy_case}/act", privacy, act::act);
    routes.post("/console/privacy-cases/{privacy_case}/extend", privacy, act::extend);
    routes.post("/console/privacy-cases/{privacy_case}/reply", privacy, act::reply);
    routes.post("/console/privacy-cases/{privacy_case}/settle", privacy, act::settle);
    routes.post("/console/privacy-cases/{privacy_case}/pass", privacy, act::pass);
    let tickets = Permission::Staff(StaffPermission::Tickets);
    routes.post("/console/tickets/{ticket}/privacy", tickets, act::pass_to_privacy);
}

/// A queue.
#[derive(Debug, Serialize)]
pub struct CaseQueuePage {
    /// Which one: its word.
    pub view: &'static str,
    /// All of them, with how many lie in each; those that are answered are not counted.
    pub tabs: Vec<Tab>,
    /// The cases.
    pub rows: Vec<CaseView>,
    /// Where the list goes on.
    pub next: Option<i64>,
    /// Where it stood before.
    pub before: Option<i64>,
    /// The number that is searched for.
    pub form: Form,
}

/// A queue's tab.
#[derive(Debug, Clone, Serialize)]
pub struct Tab {
    /// Its word.
    pub word: &'static str,
    /// How many cases lie in it.
    pub count: Option<i64>,
}

impl Page for CaseQueuePage {
    const TEMPLATE: &'static str = "console/cases/queue.html";

    fn samples() -> Vec<Self> {
        let page = |view, rows: Vec<CaseView>| CaseQueuePage {
            view,
            tabs: tabs(CaseCounts { unread: 2, open: 3, due: 1 }),
            next: (rows.len() > 2).then_some(50),
            before: None,
            rows,
            form: Form::new(),
        };
        let rows = vec![
            CaseView::sample("T-7K2M-Q9XA", Some("erasure"), "open", 33),
            CaseView::sample("T-4H8R-WD2E", Some("access"), "waiting", 12),
            CaseView::sample("T-9B3C-55NM", Some("complaint"), "open", 2),
        ];
        vec![
            page("open", rows),
            page("unread", vec![CaseView::sample("T-2V6T-KQ8J", None, "unread", 1)]),
            page("due", Vec::new()),
        ]
    }
}

fn tabs(counts: CaseCounts) -> Vec<Tab> {
    let count = |word: &str| match word {
        "unread" => Some(counts.unread),
        "open" => Some(counts.open),
        "due" => Some(counts.due),
        _ => None,
    };
    VIEWS.into_iter().map(|word| Tab { word, count: count(word) }).collect()
}

/// `GET /console/privacy-cases?view=…&from=…`, or with `q` the case of that number.
pub async fn show(ctx: Ctx) -> Answer {
    let (desk, now) = (&ctx.state.desk, ctx.state.clock.now());
    let typed = ctx.query.get("q");
    if !typed.is_empty() {
        return match desk.find_number(DeskKind::Privacy, typed).await {
            Ok(ticket) => Ok(ctx.redirect(&format!("/console/privacy-cases/{}", ticket.id))),
            Err(TicketError::NotFound) => {
                ctx.sorry("/console/privacy-cases", msg("cases-no-number").with("number", typed))
            }
            Err(error) => Err(error.into()),
        };
    }
    let soon = now.plus(SOON);
    let counts = desk.count_cases(soon).await?;
    let asked = ctx.query.get("view");
    let usual = if counts.unread > 0 { "unread" } else { "open" };
    let view = VIEWS.into_iter().find(|word| *word == asked).unwrap_or(usual);
    let queue = match view {
        "unread" => CaseQueue::Unread,
        "due" => CaseQueue::DueBefore(soon),
        "settled" => CaseQueue::Settled,
        _ => CaseQueue::Open,
    };
    let from = ctx.query.get("from").parse::<i64>().ok().filter(|from| *from > 0).unwrap_or(0);
    let mut found = desk.list_cases(queue, from, SIZE + 1).await?;
    let more = found.len() > usize::try_from(SIZE).unwrap_or(usize::MAX);
    if more {
        found.pop();
    }
    ctx.page(&CaseQueuePage {
        view,
        tabs: tabs(counts),
        rows: found.iter().map(|(ticket, case)| CaseView::of(ticket, case, now)).collect(),
        next: more.then_some(from + SIZE),
        before: (from > 0).then_some((from - SIZE).max(0)),
        form: Form::new(),
    })
}
