//! One case for the privacy officer who answers it: its words under the fact that it is open, what is known of whoever asks, and what
//! can be done.

use mailkeep_helpdesk::cases::{Case, CaseKind, CaseOutcome, CaseStage, Identity, Jurisdiction};
use mailkeep_helpdesk::tickets::{
    DeskKind, EntryKind, Event, Seen, Thread, Ticket, TicketError, TicketState,
};
use mailkeep_policy::{Actor, Shown, Subject, purpose};
use mailkeep_types::{PersonId, Timestamp};
use serde::Serialize;

use crate::acts::erasures::{Preview, preview_of};
use crate::cases::CaseView;
use crate::console::opening;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;
use crate::tickets::{EntryView, LetterView};
use crate::uses::word;

/// A case.
#[derive(Debug, Serialize)]
pub struct CaseDeskPage {
    /// The case.
    pub case: CaseView,
    /// Its version, for the forms.
    pub version: i64,
    /// What it is called, while it is open.
    pub subject: Option<Shown<String>>,
    /// What was written, while it is open.
    pub entries: Vec<EntryView>,
    /// Why the words are not open.
    pub sealed: Option<Msg>,
    /// Whether it was a case from the beginning, and is not passed on.
    pub certain: bool,
    /// What it may be, from its words.
    pub hint: Option<&'static str>,
    /// Under which law it is answered.
    pub law: &'static str,
    /// Until when the answer can be put off.
    pub longer: Option<Timestamp>,
    /// What can be asked.
    pub kinds: Vec<Choose>,
    /// The laws.
    pub laws: Vec<Choose>,
    /// What can come of it.
    pub outcomes: Vec<Choose>,
    /// The uses that can be objected to.
    pub uses: Vec<Choose>,
    /// Whoever is said to ask, or did show it: their page and number.
    pub person: Option<(String, String)>,
    /// Whether whoever wrote has no account.
    pub stranger: bool,
    /// When they showed that they ask.
    pub shown_at: Option<Timestamp>,
    /// What an erasure would do, where one is asked for and it is known who asks.
    pub preview: Option<Preview>,
    /// What happened, newest first.
    pub history: Vec<HistoryRow>,
    /// What was typed into one of the forms.
    pub form: Form,
}

/// Something that happened to a case.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryRow {
    /// What.
    pub text: Msg,
    /// The login of the colleague who did it.
    pub login: Option<String>,
    /// `asker` or `program`, where it was no colleague.
    pub by: &'static str,
    /// When.
    pub at: Timestamp,
}

impl Page for CaseDeskPage {
    const TEMPLATE: &'static str = "console/cases/show.html";

    fn samples() -> Vec<Self> {
        let entry = EntryView::sample(
            "customer",
            false,
            Some("zoe@far.example"),
            3_000,
            "Please erase what you hold about me.",
        );
        let choose = |word: &str, text: &str| Choose::new(word, text);
        let page = |case: CaseView, form: Form| CaseDeskPage {
            version: 3,
            subject: Some("Privacy Policy".into()),
            entries: vec![entry.clone()],
            sealed: None,
            certain: true,
            hint: Some("erasure"),
            law: "gdpr",
            longer: Some(samples::days_ago(-80)),
            kinds: vec![choose("access", "See what is held"), choose("erasure", "Erasure")],
            laws: vec![choose("usual", "30 days"), choose("gdpr", "GDPR, a month")],
            outcomes: vec![choose("granted", "Done"), choose("refused", "Not done")],
            uses: vec![choose("inform", "to tell of offers and news")],
            person: Some(("/console/persons/p".to_owned(), "R-7F3K-2Q9M-X".to_owned())),
            stranger: false,
            shown_at: (case.identity == "shown").then(|| samples::days_ago(1)),
            preview: None,
            history: vec![
                HistoryRow {
                    text: msg("case-did-case").with("kind", "Erasure"),
                    login: Some("petra".to_owned()),
                    by: "program",
                    at: samples::minutes_ago(400),
                },
                HistoryRow {
                    text: msg("ticket-did-opened"),
                    login: None,
                    by: "asker",
                    at: samples::minutes_ago(3_000),
                },
            ],
            form,
            case,
        };
        let known =
            CaseView { identity: "shown", ..CaseView::sample("T-7K2M-Q9XA", Some("erasure"), "open", 3) };
        let preview = Preview {
            customers: Vec::new(),
            left: Vec::new(),
            services: 1,
            domains: 2,
            mailboxes: 5,
            goes: Vec::new(),
            stays: Vec::new(),
            owes: true,
        };
        let mut wrong = Form::new().with("words", "We did what you asked, and");
        wrong.refuse_all(msg("ticket-changed"));
        vec![
            CaseDeskPage { preview: Some(preview), ..page(known, Form::new()) },
            CaseDeskPage {
                certain: false,
                hint: None,
                stranger: true,
                person: None,
                ..page(CaseView::sample("T-2V6T-KQ8J", None, "unread", 1), wrong)
            },
            page(
                CaseView {
                    identity: "denied",
                    ..CaseView::sample("T-4H8R-WD2E", Some("access"), "open", 40)
                },
                Form::new(),
            ),
            CaseDeskPage {
                subject: None,
                entries: Vec::new(),
                sealed: Some(msg("ticket-sealed-closed")),
                ..page(CaseView::sample("T-9B3C-55NM", Some("objection"), "settled", 20), Form::new())
            },
        ]
    }
}

/// The case in the path, as staff see it.
///
/// # Errors
/// [`WebError::NotFound`].
pub(super) fn seen(ctx: &Ctx) -> Result<Seen, WebError> {
    Ok(Seen { ticket: ctx.param("privacy_case")?, owner: None, version: None, desk: DeskKind::Privacy })
}

/// The words, or why they are not open.
async fn thread(ctx: &Ctx, seen: Seen, ticket: &Ticket) -> Result<Result<Thread, Msg>, WebError> {
    if ticket.state == TicketState::Closed {
        return Ok(Err(msg("ticket-sealed-closed")));
    }
    let actor = Actor::Staff(ctx.who.staff()?.staff);
    match ctx.state.desk.read_thread::<purpose::Rights>(seen, actor, ticket.fact()).await {
        Ok(thread) => Ok(Ok(thread)),
        Err(TicketError::Refused(refusal)) => Ok(Err(opening::why(&refusal)?)),
        Err(error) => Err(error.into()),
    }
}

fn happened(ctx: &Ctx, event: &Event, login: Option<String>) -> HistoryRow {
    let named = |prefix: &'static str| ctx.text(&word(prefix, &event.value));
    let text = match event.what.as_str() {
        "case" => msg("case-did-case").with("kind", named("case-kind")),
        "identity" => word("case-did-identity", &event.value),
        "act" => msg("case-did-act").with("kind", named("case-kind")),
        "settle" => msg("case-did-settle").with("outcome", named("case-outcome")),
        "extend" => msg("case-did-extend"),
        "escalate" => msg("case-did-escalate"),
        "pass" => word("case-did-pass", &event.value),
        "opened" => msg("ticket-did-opened"),
        "answer" => msg("ticket-did-answer"),
        "ask" => msg("ticket-did-ask"),
        "write" => msg("ticket-did-write"),
        "note" => msg("ticket-did-note"),
        "solve" => msg("ticket-did-solve"),
        "close" => msg("ticket-did-close"),
        "take" => msg("ticket-did-take"),
        "reopen" => msg("ticket-did-reopen"),
        _ => msg("case-did-other"),
    };
    let theirs =
        event.person.is_some() || ["opened", "write", "reopen", "identity"].contains(&event.what.as_str());
    HistoryRow { text, login, by: if theirs { "asker" } else { "program" }, at: event.at }
}

fn options<T: Copy>(ctx: &Ctx, all: &[T], id: fn(T) -> &'static str, prefix: &'static str) -> Vec<Choose> {
    let option = |one: &T| Choose::new(id(*one), ctx.text(&word(prefix, id(*one))));
    all.iter().map(option).collect()
}

async fn number_of(ctx: &Ctx, person: PersonId) -> Result<(String, String), WebError> {
    let (summary, _) = ctx.state.identity.find_person_for_staff(ctx.access(), person).await?;
    Ok((format!("/console/persons/{person}"), summary.registration_id.to_string()))
}

/// The page, with what was typed into one of its forms.
///
/// # Errors
/// When it is not there.
pub(super) async fn page(ctx: &Ctx, form: Form) -> Result<CaseDeskPage, WebError> {
    let (seen, me, desk) = (seen(ctx)?, ctx.who.staff()?.staff, &ctx.state.desk);
    let (ticket, case) = desk.look_at_case(seen).await?;
    let (subject, entries, sealed) = match thread(ctx, seen, &ticket).await? {
        Ok(thread) => (Some(thread.subject), thread.entries, None),
        Err(why) => (None, Vec::new(), Some(why)),
    };
    let names = ctx.state.identity.name_colleagues(ctx.access()).await?;
    let letters = desk.list_letters(ticket.id).await?;
    let writer = if sealed.is_none() { desk.open_writer(&ticket, me).await? } else { None };
    let writer = writer.map(|address| address.text());
    let person = match case.person {
        Some(person) => Some(number_of(ctx, person).await?),
        None => None,
    };
    let at = format!("/console/privacy-cases/{}", ticket.id);
    let entries = entries.into_iter().map(|entry| {
        let letter = letters.iter().find(|letter| letter.entry == entry.id);
        let login = entry.staff.and_then(|staff| names.get(&staff).cloned()).map(Shown::from);
        let theirs = entry.kind == EntryKind::Customer;
        let asker = writer.clone().or_else(|| person.clone().map(|(_, number)| number.into()));
        EntryView {
            own: entry.staff == Some(me),
            who: login.or_else(|| asker.filter(|_| theirs)),
            letter: letter.map(|letter| LetterView::at(at.clone(), letter)),
            ..EntryView::of(&at, entry)
        }
    });
    let entries = entries.collect();
    let history = desk.show_history(seen).await?;
    let login = |event: &Event| event.staff.and_then(|staff| names.get(&staff).cloned());
    let law = case.jurisdiction;
    let longer = law.extended_to(case.received_at, ctx.state.hours.zone());
    let preview = match case.confirmed_person() {
        Some(person) if case.kind == Some(CaseKind::Erasure) && case.stage() == CaseStage::Open => {
            Some(preview_of(ctx, person).await?)
        }
        _ => None,
    };
    let kind = form.values.contains_key("kind");
    let form = match (kind, case.kind.or(case.hint)) {
        (false, Some(kind)) => form.with("kind", kind.word()).with("law", law.word()),
        _ => form.with("law", law.word()),
    };
    Ok(CaseDeskPage {
        case: CaseView::of(&ticket, &case, ctx.state.clock.now()),
        version: ticket.version,
        subject,
        entries,
        sealed,
        certain: case.certain,
        hint: case.hint.filter(|_| case.kind.is_none()).map(CaseKind::word),
        law: law.word(),
        longer: longer.filter(|_| may_wait(&case, ctx.state.clock.now())),
        kinds: options(ctx, CaseKind::ALL, CaseKind::word, "case-kind"),
        laws: options(ctx, Jurisdiction::ALL, Jurisdiction::word, "case-law"),
        outcomes: options(ctx, CaseOutcome::ALL, CaseOutcome::word, "case-outcome"),
        uses: super::act::uses(ctx),
        person,
        stranger: case.person.is_none() && matches!(ticket.owner, Subject::Subscriber(_)),
        shown_at: case.shown_at.filter(|_| case.identity == Identity::Shown),
        preview,
        history: history.iter().rev().map(|event| happened(ctx, event, login(event))).collect(),
        form,
    })
}

/// Whether the answer can be put off now.
fn may_wait(case: &Case, now: Timestamp) -> bool {
    case.extended_at.is_none() && case.stage() != CaseStage::Settled && case.answer_due > now
}

/// `GET /console/privacy-cases/{privacy_case}`: the words are open under the case, and whoever asks is told of the look.
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new()).await?;
    ctx.page(&page)
}

/// `GET /console/privacy-cases/{privacy_case}/letters/{letter}`: a letter as it came.
pub async fn letter(ctx: Ctx) -> Answer {
    let (seen, me) = (seen(&ctx)?, ctx.who.staff()?.staff);
    let letter = ctx.param("letter")?;
    let file = ctx.state.desk.open_letter(seen, me, letter).await?;
    ctx.file(&file, "message/rfc822", &format!("{letter}.eml"))
}
