//! Tickets in the Customer Center: what the customer asked of support, and how each stands.

pub mod act;
pub mod new;
pub mod thread;

use mailkeep_helpdesk::tickets::{Ticket, TicketState};
use mailkeep_policy::{Shown, Subject, purpose};
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::{Ctx, encode};
use crate::error::WebError;
use crate::form::Form;
use crate::page::Page;
use crate::routes::{ANY_ROLE, Answer, Permission, Routes, WRITING};
use crate::samples;
use crate::tickets::{self as view, Due, attachments};

const SIZE: i64 = 25;
/// So many of the newest are searched.
const SEARCHED: i64 = 500;

/// Declares the routes.
pub fn routes(routes: &mut Routes) {
    let (look, write) = (Permission::CustomerRole(ANY_ROLE), Permission::CustomerRole(WRITING));
    routes.get("/center/tickets", look, show);
    routes.get("/center/tickets/new", write, new::show);
    let most = attachments::most_form_bytes(routes.state());
    routes.upload("/center/tickets", write, most, new::submit);
    routes.get("/center/tickets/{ticket}", look, thread::show);
    routes.get("/center/tickets/{ticket}/attachments/{attachment}", look, attachments::own);
    routes.upload("/center/tickets/{ticket}/reply", write, most, act::reply);
    routes.post("/center/tickets/{ticket}/solve", write, act::solve);
    routes.post("/center/tickets/{ticket}/reopen", write, act::reopen);
    routes.post("/center/tickets/{ticket}/rate", write, act::rate);
}

/// The tickets of the customer.
#[derive(Debug, Serialize)]
pub struct TicketsPage {
    /// What is searched for.
    pub form: Form,
    /// The tickets.
    pub rows: Vec<TicketRow>,
    /// Where older ones are.
    pub older: Option<String>,
    /// Whether the list begins with the newest.
    pub newest: bool,
    /// Whether something is searched for.
    pub searched: bool,
    /// Whether the one who asks may write to support.
    pub may_write: bool,
}

/// A ticket in the list.
#[derive(Debug, Clone, Serialize)]
pub struct TicketRow {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// What it is called.
    pub subject: Shown<String>,
    /// Its state.
    pub state: &'static str,
    /// How that looks.
    pub tone: &'static str,
    /// When something happened to it.
    pub at: Timestamp,
    /// What support owes next.
    pub due: Option<Due>,
    /// Whether it waits to be rated.
    pub unrated: bool,
}

impl Page for TicketsPage {
    const TEMPLATE: &'static str = "center/tickets/list.html";

    fn samples() -> Vec<Self> {
        let row = |number: &str, subject: &str, state: TicketState, minutes, due| TicketRow {
            id: "t".to_owned(),
            number: number.to_owned(),
            subject: subject.into(),
            state: state.word(),
            tone: view::tone(state),
            at: samples::minutes_ago(minutes),
            due,
            unrated: state == TicketState::Solved,
        };
        let answer = Due { what: "answer", at: samples::minutes_ago(-190), late: false };
        let rows = vec![
            row("T-7K2M-Q9XA", "Mail to our suppliers bounces", TicketState::New, 12, Some(answer)),
            row("T-4H8R-WD2E", "Which plan fits twelve people?", TicketState::WaitingOnCustomer, 300, None),
            row(
                "T-9B3C-55NM",
                "Outlook asks for the password again and again",
                TicketState::Solved,
                1_500,
                None,
            ),
            row(
                "T-2V6T-KQ8J",
                "An invoice in the name of the new company",
                TicketState::Closed,
                52_000,
                None,
            ),
        ];
        let page = |rows: Vec<TicketRow>, q: &str, older: Option<&str>| TicketsPage {
            form: Form::new().with("q", q),
            rows,
            older: older.map(str::to_owned),
            newest: true,
            searched: !q.is_empty(),
            may_write: true,
        };
        vec![page(rows, "", Some("1.a")), page(Vec::new(), "", None), page(Vec::new(), "xylophone", None)]
    }
}

fn row(ticket: &Ticket, subject: Shown<String>, now: Timestamp) -> TicketRow {
    TicketRow {
        id: ticket.id.to_string(),
        number: ticket.number.clone(),
        subject,
        state: ticket.state.word(),
        tone: view::tone(ticket.state),
        at: ticket.changed_at,
        due: view::due(ticket, now),
        unrated: ticket.state == TicketState::Solved && ticket.rating.is_none(),
    }
}

/// Whether a subject, the number, or what was written has what is searched for. The words are compared where nobody reads them.
fn has(subject: &Shown<String>, words: &[Shown<String>], number: &str, typed: &str) -> bool {
    let (typed, wanted) = (typed.to_lowercase(), Shown::from(typed.to_lowercase()));
    let has = |text: &Shown<String>| {
        let within = text.join(&wanted, |text, wanted: &String| text.to_lowercase().contains(wanted));
        within.check(|within| if *within { Ok(()) } else { Err(()) }).is_ok()
    };
    number.to_lowercase().contains(&typed) || has(subject) || words.iter().any(has)
}

/// `GET /center/tickets?q=…&after=…`
pub async fn show(ctx: Ctx) -> Answer {
    let (customer, desk) = (ctx.customer()?, &ctx.state.desk);
    let typed = ctx.query.get("q");
    let after = view::read_behind(ctx.query.get("after"));
    let (after, limit) = if typed.is_empty() { (after, SIZE + 1) } else { (None, SEARCHED) };
    let mut tickets = desk.list_tickets(customer, after, limit).await?;
    let more = typed.is_empty() && tickets.len() > usize::try_from(SIZE).unwrap_or(usize::MAX);
    if more {
        tickets.pop();
    }
    let subjects = subjects(&ctx, &tickets).await?;
    let now = ctx.state.clock.now();
    let words = if typed.is_empty() { Vec::new() } else { words(&ctx, &tickets).await? };
    let rows = tickets
        .iter()
        .zip(subjects)
        .enumerate()
        .filter(|(place, (ticket, subject))| {
            let words = words.get(*place).map(Vec::as_slice).unwrap_or_default();
            typed.is_empty() || has(subject, words, &ticket.number, typed)
        })
        .map(|(_, (ticket, subject))| row(ticket, subject, now))
        .collect();
    ctx.page(&TicketsPage {
        form: Form::new().with("q", typed),
        rows,
        older: tickets.last().filter(|_| more).map(|last| encode(&view::behind((last.changed_at, last.id)))),
        newest: after.is_none(),
        searched: !typed.is_empty(),
        may_write: ctx.has_role(WRITING),
    })
}

async fn subjects(ctx: &Ctx, tickets: &[Ticket]) -> Result<Vec<Shown<String>>, WebError> {
    if tickets.is_empty() {
        return Ok(Vec::new());
    }
    let (person, owner) = (ctx.who.person()?, Subject::customer(ctx.customer()?));
    let (actor, fact) = (person.actor(), person.fact());
    Ok(ctx.state.desk.read_subjects::<purpose::Rights>(owner, tickets, actor, fact).await?)
}

/// What was written in each.
async fn words(ctx: &Ctx, tickets: &[Ticket]) -> Result<Vec<Vec<Shown<String>>>, WebError> {
    if tickets.is_empty() {
        return Ok(Vec::new());
    }
    let (person, owner) = (ctx.who.person()?, Subject::customer(ctx.customer()?));
    let (actor, fact) = (person.actor(), person.fact());
    Ok(ctx.state.desk.read_words::<purpose::Rights>(owner, tickets, actor, fact).await?)
}

#[cfg(test)]
mod tests {
    use super::has;

    #[test]
    fn own_tickets_are_found_by_words_of_the_subject_by_number_and_by_what_was_written() {
        let (subject, written) = ("Mail to the Ærø ferry bounces".into(), ["Since the Storm of May.".into()]);
        let has = |typed: &str| has(&subject, &written, "T-7K2M-Q9XA", typed);
        assert!(has("ærø") && has("q9xa") && has("storm of may"));
        assert!(!has("ship"));
    }
}
