//! What a person asked the privacy desk, and how it stands.

use mailkeep_helpdesk::cases::Asker;
use mailkeep_helpdesk::tickets::{DeskKind, EntryKind, Seen, TicketError, TicketState};
use mailkeep_policy::{Subject, purpose};
use serde::Serialize;

use crate::cases::{self, CaseView};
use crate::ctx::Ctx;
use crate::error::{WebError, sentence};
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::site::order::choose::Choice;
use crate::site::privacy;
use crate::tickets::{EntryView, attachments};

/// The person's cases, and the form for another.
#[derive(Debug, Serialize)]
pub struct CasesPage {
    /// Newest first.
    pub cases: Vec<CaseView>,
    /// A new one as typed.
    pub form: Form,
    /// What can be asked.
    pub kinds: Vec<Choice>,
    /// Where letters go.
    pub address: String,
}

impl Page for CasesPage {
    const TEMPLATE: &'static str = "center/privacy/cases.html";

    fn samples() -> Vec<Self> {
        let page = |cases, form| CasesPage {
            cases,
            form,
            kinds: cases::sample_kinds(),
            address: "privacy@example.com".to_owned(),
        };
        let all = vec![
            CaseView::sample("T-7K2M-Q9XA", Some("erasure"), "waiting", 4),
            CaseView::sample("T-4H8R-WD2E", Some("access"), "settled", 60),
        ];
        vec![page(all, Form::new()), page(Vec::new(), Form::new().wrong("words", msg("form-required")))]
    }
}

/// One case with what was written.
#[derive(Debug, Serialize)]
pub struct CasePage {
    /// The case.
    pub case: CaseView,
    /// What was written.
    pub entries: Vec<EntryView>,
    /// An answer as typed.
    pub form: Form,
    /// Whether it is closed.
    pub closed: bool,
}

impl Page for CasePage {
    const TEMPLATE: &'static str = "center/privacy/case.html";

    fn samples() -> Vec<Self> {
        let entries = vec![
            EntryView::sample("customer", true, None, 5_000, "Please erase what you hold about me."),
            EntryView::sample(
                "agent",
                false,
                None,
                4_000,
                "We have sent a link to your address; please follow it.",
            ),
        ];
        let page = |stage, closed| CasePage {
            case: CaseView::sample("T-7K2M-Q9XA", Some("erasure"), stage, 4),
            entries: entries.clone(),
            form: Form::new(),
            closed,
        };
        vec![page("waiting", false), page("settled", true)]
    }
}

fn own(ctx: &Ctx) -> Result<Seen, WebError> {
    let owner = Some(Subject::person(ctx.who.person()?.person));
    Ok(Seen { ticket: ctx.param("privacy_case")?, owner, version: None, desk: DeskKind::Privacy })
}

async fn list(ctx: &Ctx, form: Form) -> Result<CasesPage, WebError> {
    let now = ctx.state.clock.now();
    let own = Subject::person(ctx.who.person()?.person);
    let found = ctx.state.desk.list_cases_of(own).await?;
    Ok(CasesPage {
        cases: found.iter().map(|(ticket, case)| CaseView::of(ticket, case, now)).collect(),
        form,
        kinds: cases::kinds(ctx),
        address: privacy::address(ctx),
    })
}

/// `GET /center/privacy/cases`
pub async fn show(ctx: Ctx) -> Answer {
    let page = list(&ctx, Form::new()).await?;
    ctx.page(&page)
}

/// `POST /center/privacy/cases`
pub async fn submit(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    if let Some(asking) = privacy::read(&ctx, &mut form) {
        let asker = Asker::Person(ctx.who.person()?.person);
        match ctx.state.mailroom.ask_privacy_desk(asker, asking, None).await {
            Ok(ticket) => {
                return ctx.done(&format!("/center/privacy/cases/{}", ticket.id), msg("case-asked"));
            }
            Err(TicketError::State(text)) => {
                form.refuse_all(msg("verbatim").with("text", sentence(text)));
            }
            Err(error) => form.take(error, &["words"])?,
        }
    }
    let page = list(&ctx, form).await?;
    ctx.refused(&page)
}

async fn page(ctx: &Ctx, form: Form) -> Result<CasePage, WebError> {
    let (seen, person) = (own(ctx)?, ctx.who.person()?);
    let (ticket, case) = ctx.state.desk.look_at_case(seen).await?;
    let thread = ctx.state.desk.read_thread::<purpose::Rights>(seen, person.actor(), person.fact()).await?;
    let at = format!("/center/privacy/cases/{}", ticket.id);
    let entries = thread
        .entries
        .into_iter()
        .map(|entry| EntryView { own: entry.kind == EntryKind::Customer, ..EntryView::of(&at, entry) });
    Ok(CasePage {
        case: CaseView::of(&ticket, &case, ctx.state.clock.now()),
        entries: entries.collect(),
        form,
        closed: ticket.state == TicketState::Closed,
    })
}

/// `GET /center/privacy/cases/{privacy_case}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new()).await?;
    ctx.page(&page)
}

/// `GET /center/privacy/cases/{privacy_case}/attachments/{case_attachment}`: a file of a letter, to be saved and never shown in place.
pub async fn attachment(ctx: Ctx) -> Answer {
    let (seen, person) = (own(&ctx)?, ctx.who.person()?);
    let by = (person.actor(), person.fact());
    attachments::fetch::<purpose::Rights>(&ctx, seen, ctx.param("case_attachment")?, by).await
}

/// `POST /center/privacy/cases/{privacy_case}/reply`
pub async fn reply(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let words = form.required(&ctx.form, "words").to_owned();
    if form.good() {
        let (seen, by) = (own(&ctx)?, ctx.who.person()?.person);
        match ctx.state.desk.write_as_customer(seen, by, &*words).await {
            Ok(_) => {
                let to = format!("/center/privacy/cases/{}#newest", seen.ticket);
                return ctx.done(&to, msg("ticket-written"));
            }
            Err(error) => form.take(error, &["words"])?,
        }
    }
    let page = page(&ctx, form).await?;
    ctx.refused(&page)
}
