//! One ticket for staff: the words under the fact that it is open, how the thing stands that it is about, and its history.

use std::collections::BTreeMap;

use mailkeep_helpdesk::tags::Tag;
use mailkeep_helpdesk::tickets::{DeskKind, EntryKind, Seen, Thread, Ticket, TicketError, TicketState};
use mailkeep_identity::StaffPermission;
use mailkeep_policy::{Actor, Fact, Shown, purpose};
use mailkeep_types::{StaffId, Timestamp};
use serde::Serialize;

use super::canned;
use super::followers::FollowersView;
use super::history::{HistoryRow, happened};
use super::links::{LinkedRow, LinksView};
use super::macros;
use super::merges::{MergedRow, MergesView};
use super::splits::SplitsView;
use super::times::TimesView;
use crate::console::opening;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;
use crate::tickets::about::{self, RecordState, Standing};
use crate::tickets::attachments::{AttachmentView, Limits};
use crate::tickets::{self as view, Due, EntryView, LetterView};

/// A ticket.
#[derive(Debug, Serialize)]
pub struct TicketPage {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its version, for the forms.
    pub version: i64,
    /// Its state.
    pub state: &'static str,
    /// How that looks.
    pub tone: &'static str,
    /// How much it hurts.
    pub priority: &'static str,
    /// The priorities, the most urgent first.
    pub priorities: Vec<&'static str>,
    /// What we owe next.
    pub due: Option<Due>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// The page of its customer; none for a writer.
    pub customer: Option<String>,
    /// Who takes care of it.
    pub assignee: Option<String>,
    /// Whether that is the reader.
    pub mine: bool,
    /// To whom it can be given.
    pub colleagues: Vec<Choose>,
    /// What it is called, while it is open.
    pub subject: Option<Shown<String>>,
    /// What was written, while it is open.
    pub entries: Vec<EntryView>,
    /// Why the words are not open.
    pub sealed: Option<Msg>,
    /// How the thing stands that it is about.
    pub about: Option<Standing>,
    /// What happened, newest first.
    pub history: Vec<HistoryRow>,
    /// An answer as typed.
    pub form: Form,
    /// How content the customer is.
    pub rating: Option<i64>,
    /// How much may be sent with an answer; nothing where who asked could not fetch it.
    pub limits: Option<Limits>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// The tags that the desk has.
    pub known_tags: Vec<Tag>,
    /// What it was merged with.
    pub merges: MergesView,
    /// What it was split from, and what from it.
    pub splits: SplitsView,
    /// With what it is linked.
    pub links: LinksView,
    /// Who follows it.
    pub followers: FollowersView,
    /// The time that was spent on it, while it is open.
    pub times: Option<TimesView>,
    /// The macros that its department uses.
    pub macros: Vec<Choose>,
    /// To which departments it can be sent; none where there is one alone.
    pub departments: Vec<String>,
    /// The titles of canned replies to choose from.
    pub canned: Vec<Choose>,
}

impl Page for TicketPage {
    const TEMPLATE: &'static str = "console/tickets/show.html";

    fn samples() -> Vec<Self> {
        let entries = vec![
            EntryView {
                href: Some("/console/persons/p".to_owned()),
                ..EntryView::sample(
                    "customer",
                    false,
                    Some("R-7F3K-2Q9M-X"),
                    300,
                    "Since this morning our letters to hartwell.example come back.\n\n550 5.7.1 rejected by policy",
                )
            },
            EntryView::sample(
                "note",
                false,
                Some("tove"),
                250,
                "SPF was fine on Monday; somebody edited the zone.",
            ),
            EntryView::sample(
                "agent",
                true,
                Some("rosalind"),
                240,
                "Please put include:_spf.mailkeep.example back.",
            ),
        ];
        let did = |text: Msg, by, login: Option<&str>, minutes| HistoryRow {
            text,
            login: login.map(str::to_owned),
            by,
            at: samples::minutes_ago(minutes),
        };
        let mut letter = EntryView::sample(
            "customer",
            false,
            Some("zoe@far.example"),
            200,
            "Is it still there?\n\nOn Monday you wrote:\n> Please put it back.",
        );
        letter.brief = Some("Is it still there?".into());
        letter.files = vec![
            AttachmentView::sample("the whole zone.pdf", "pdf", 48_200, true),
            AttachmentView::sample("look-here.js", "other", 900, false),
        ];
        letter.letter = Some(LetterView {
            href: "/console/tickets/t/letters/l".to_owned(),
            size: 4_210,
            proof: "unknown".to_owned(),
            because: Some("letter-stranger"),
            machine: false,
            related: Some(("/console/tickets/u".to_owned(), "T-2F4H-77QX".to_owned())),
        });
        let letters = vec![letter];
        let mut merged = entries.clone();
        if let Some(last) = merged.last_mut() {
            last.from = Some("T-2F4H-77QX".to_owned());
        }
        let mut moved = entries.clone();
        if let Some(first) = moved.first_mut() {
            first.from = Some("T-2F4H-77QX".to_owned());
        }
        let history = vec![
            did(msg("ticket-did-ask"), "staff", Some("rosalind"), 240),
            did(msg("ticket-did-assign").with("who", "rosalind"), "staff", Some("rosalind"), 260),
            did(msg("ticket-did-opened"), "customer", None, 300),
        ];
        let records = vec![
            RecordState { kind: "mx", state: "good", tone: "good", advice: None },
            RecordState {
                kind: "spf",
                state: "differs",
                tone: "warn",
                advice: Some("The record exists, but does not include our servers.".to_owned()),
            },
        ];
        let domain = Standing {
            kind: "domain",
            name: Some("larkspur-books.example".to_owned()),
            state: "proven",
            tone: "good",
            records,
            space: None,
            owed: None,
        };
        let page = |state: TicketState, sealed: Option<Msg>, about, form| TicketPage {
            id: "t".to_owned(),
            number: "T-7K2M-Q9XA".to_owned(),
            version: 4,
            state: state.word(),
            tone: view::tone(state),
            priority: "high",
            priorities: super::priorities(),
            due: (state == TicketState::WaitingOnUs).then(|| Due {
                what: "solution",
                at: samples::minutes_ago(-150),
                late: false,
            }),
            opened_at: samples::minutes_ago(300),
            customer: Some("/console/customers/c".to_owned()),
            assignee: Some("rosalind".to_owned()),
            mine: true,
            colleagues: vec![Choose::new("", "Nobody"), Choose::new("s", "tove")],
            subject: sealed.is_none().then(|| "Mail to our suppliers bounces".into()),
            entries: if sealed.is_none() { entries.clone() } else { Vec::new() },
            sealed,
            about,
            history: history.clone(),
            form,
            rating: (state == TicketState::Closed).then_some(5),
            limits: Some(Limits::sample()),
            tags: ["dns", "zone-edited"].into_iter().filter_map(Tag::read).collect(),
            known_tags: ["dns", "refund"].into_iter().filter_map(Tag::read).collect(),
            merges: MergesView { may: state != TicketState::Closed, undoes: true, ..MergesView::default() },
            splits: SplitsView { may: state != TicketState::Closed, undoes: true, ..SplitsView::default() },
            links: LinksView::default(),
            followers: FollowersView { names: vec!["tove".to_owned()], mine: false },
            times: (state != TicketState::Closed).then(TimesView::sample),
            macros: vec![Choose::new("a", "Ask which invoice"), Choose::new("b", "Spam")],
            departments: vec!["billing".to_owned()],
            canned: vec![Choose::new("The SPF record is missing", "Zones · EN")],
        };
        let mailbox = Standing {
            kind: "mailbox",
            name: None,
            state: "locked",
            tone: "bad",
            records: Vec::new(),
            space: Some((24_100_000_000, 25_000_000_000)),
            owed: None,
        };
        let mut changed = Form::new().with("words", "We have looked at your zone, and");
        changed.refuse_all(msg("ticket-changed"));
        vec![
            page(TicketState::WaitingOnUs, None, Some(domain), Form::new()),
            page(TicketState::WaitingOnUs, None, Some(mailbox), changed),
            page(TicketState::Closed, Some(msg("ticket-sealed-closed")), None, Form::new()),
            TicketPage {
                merges: MergesView {
                    into: Some(MergedRow::sample("T-2F4H-77QX")),
                    undoes: true,
                    ..MergesView::default()
                },
                ..page(TicketState::Closed, Some(msg("ticket-sealed-closed")), None, Form::new())
            },
            TicketPage {
                entries: merged,
                merges: MergesView {
                    within: vec![MergedRow::sample("T-2F4H-77QX"), MergedRow::sample("T-9B3C-55NM")],
                    undoes: true,
                    ..MergesView::default()
                },
                ..page(TicketState::Open, None, None, Form::new())
            },
            TicketPage {
                entries: moved,
                splits: SplitsView {
                    from: Some(MergedRow::sample("T-2F4H-77QX")),
                    parts: vec![MergedRow::sample("T-9B3C-55NM")],
                    may: true,
                    undoes: true,
                },
                links: LinksView {
                    whole: Some(LinkedRow::sample("T-5D8N-A3WR", TicketState::Open)),
                    parts: vec![
                        LinkedRow::sample("T-9B3C-55NM", TicketState::WaitingOnUs),
                        LinkedRow::sample("T-2V6T-KQ8J", TicketState::Solved),
                    ],
                    related: vec![LinkedRow::sample("T-4H8R-WD2E", TicketState::Closed)],
                    open_parts: 1,
                },
                ..page(TicketState::Open, None, None, Form::new())
            },
            TicketPage {
                customer: None,
                entries: letters,
                limits: None,
                ..page(TicketState::New, None, None, Form::new())
            },
        ]
    }
}

/// Those to whom tickets can be given.
///
/// # Errors
/// A failure of the store.
pub(in crate::console) async fn colleagues(ctx: &Ctx) -> Result<BTreeMap<StaffId, String>, WebError> {
    let identity = &ctx.state.identity;
    Ok(identity.name_colleagues_who_may(ctx.access(), StaffPermission::Tickets).await?)
}

/// Why nobody of staff reads a ticket's words now. The gate is not asked in vain: each refusal stands in the customer's record.
fn sealed(ticket: &Ticket) -> Option<Msg> {
    if ticket.state == TicketState::Closed {
        Some(msg("ticket-sealed-closed"))
    } else if !ticket.is_asked() {
        Some(msg("ticket-sealed-staff"))
    } else {
        None
    }
}

/// The words, or why they are not open.
async fn thread(ctx: &Ctx, seen: Seen, ticket: &Ticket) -> Result<Result<Thread, Msg>, WebError> {
    if let Some(why) = sealed(ticket) {
        return Ok(Err(why));
    }
    let (actor, fact) = (Actor::Staff(ctx.who.staff()?.staff), Fact::OpenTicket(ticket.id));
    match ctx.state.desk.read_thread::<purpose::Troubleshoot>(seen, actor, fact).await {
        Ok(thread) => Ok(Ok(thread)),
        Err(TicketError::Refused(refusal)) => Ok(Err(opening::why(&refusal)?)),
        Err(error) => Err(error.into()),
    }
}

/// A ticket that is opened to be looked at.
pub(super) struct Opened {
    pub(super) seen: Seen,
    pub(super) ticket: Ticket,
    /// The words, or why they are not open.
    pub(super) thread: Result<Thread, Msg>,
}

/// Opens the ticket of the path.
///
/// # Errors
/// When it is not there.
pub(super) async fn opened(ctx: &Ctx) -> Result<Opened, WebError> {
    let seen = Seen { ticket: ctx.param("ticket")?, owner: None, version: None, desk: DeskKind::Support };
    let ticket = ctx.state.desk.look_at(seen).await?;
    let thread = thread(ctx, seen, &ticket).await?;
    Ok(Opened { seen, ticket, thread })
}

/// The page, with an answer as typed.
///
/// # Errors
/// When it is not there.
pub(super) async fn page(ctx: &Ctx, form: Form) -> Result<TicketPage, WebError> {
    let (desk, identity, me) = (&ctx.state.desk, &ctx.state.identity, ctx.who.staff()?.staff);
    let names = identity.name_colleagues(ctx.access()).await?;
    let Opened { seen, ticket, thread } = opened(ctx).await?;
    let (subject, entries, times, sealed) = match thread {
        Ok(thread) => {
            let times = TimesView::of(thread.times, me, &names);
            (Some(thread.subject), thread.entries, Some(times), None)
        }
        Err(why) => (None, Vec::new(), None, Some(why)),
    };
    let numbers: BTreeMap<_, _> = match ticket.customer().filter(|_| !entries.is_empty()) {
        Some(customer) => {
            let shapes = identity.list_contact_shapes(ctx.access(), customer).await?;
            shapes.into_iter().map(|shape| (shape.person, shape.registration_id.to_string())).collect()
        }
        None => BTreeMap::new(),
    };
    let letters = desk.list_letters(ticket.id).await?;
    let writer = if sealed.is_none() { desk.open_writer(&ticket, me).await? } else { None };
    let writer = writer.map(|address| address.text());
    let at = format!("/console/tickets/{}", ticket.id);
    let entries = entries
        .into_iter()
        .map(|entry| {
            let letter = letters.iter().find(|letter| letter.entry == entry.id);
            let (person, staff) = (entry.person, entry.staff);
            let theirs = entry.kind == EntryKind::Customer;
            let number = person.and_then(|person| numbers.get(&person).cloned());
            let login = staff.and_then(|staff| names.get(&staff).cloned());
            EntryView {
                own: staff == Some(me),
                who: login.or(number).map(Shown::from).or_else(|| writer.clone().filter(|_| theirs)),
                href: person.map(|person| format!("/console/persons/{person}")),
                letter: letter.map(|letter| LetterView::at(at.clone(), letter)),
                ..EntryView::of(&at, entry)
            }
        })
        .collect();
    let about = match (ticket.about, ticket.customer()) {
        (Some(about), Some(customer)) if sealed.is_none() => about::standing(ctx, customer, about).await?,
        _ => None,
    };
    let history = desk.show_history(seen).await?;
    let mut to = vec![Choose::new("", ctx.say("ticket-nobody"))];
    to.extend(colleagues(ctx).await?.into_iter().map(|(id, login)| Choose::new(id.to_string(), login)));
    let assigned = ticket.assignee.map(|id| id.to_string()).unwrap_or_default();
    Ok(TicketPage {
        id: ticket.id.to_string(),
        number: ticket.number.clone(),
        version: ticket.version,
        state: ticket.state.word(),
        tone: view::tone(ticket.state),
        priority: ticket.priority.word(),
        priorities: super::priorities(),
        due: view::due(&ticket, ctx.state.clock.now()),
        opened_at: ticket.opened_at,
        customer: ticket.customer().map(|id| format!("/console/customers/{id}")),
        assignee: ticket.assignee.map(|id| names.get(&id).cloned().unwrap_or_default()),
        mine: ticket.assignee == Some(me),
        colleagues: to,
        subject,
        entries,
        sealed,
        about,
        history: history.iter().rev().map(|event| happened(event, &ticket, &names)).collect(),
        form: form.with("to", assigned),
        rating: ticket.rating,
        limits: ticket.customer().map(|_| Limits::of(&desk.attachments())),
        tags: desk.tags_of(vec![ticket.id]).await?.remove(&ticket.id).unwrap_or_default(),
        known_tags: desk.list_tags().await?,
        merges: MergesView::of(ctx, seen, &ticket).await?,
        splits: SplitsView::of(ctx, seen, &ticket).await?,
        links: LinksView::of(ctx, seen).await?,
        followers: FollowersView::of(ctx, seen, &names).await?,
        times,
        macros: macros::offered(ctx, &ticket).await?,
        departments: ctx
            .state
            .mailroom
            .departments()
            .iter()
            .filter(|one| !one.is_privacy() && one.name != ticket.department)
            .map(|one| one.name.clone())
            .collect(),
        canned: canned::offered(ctx, &ticket).await?,
    })
}

/// `GET /console/tickets/{ticket}/letters/{letter}`: a letter as it came, for a program that can show it safely.
pub async fn letter(ctx: Ctx) -> Answer {
    let seen = Seen { ticket: ctx.param("ticket")?, owner: None, version: None, desk: DeskKind::Support };
    let me = ctx.who.staff()?.staff;
    let letter = ctx.param("letter")?;
    let file = ctx.state.desk.open_letter(seen, me, letter).await?;
    ctx.file(&file, "message/rfc822", &format!("{letter}.eml"))
}

/// `GET /console/tickets/{ticket}`: the words are open under the ticket, and its customer is told of the look.
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new()).await?;
    ctx.state.desk.saw_ticket(ctx.param("ticket")?, ctx.who.staff()?.staff, page.version).await?;
    ctx.page(&page)
}
