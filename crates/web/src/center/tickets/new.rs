//! A new ticket: what it is about, how much it hurts, and what the knowledgebase says of it meanwhile.

use mailkeep_helpdesk::hours::Hours;
use mailkeep_helpdesk::service_levels::Priority;
use mailkeep_helpdesk::tickets::{Hand, NewTicket};
use mailkeep_policy::Subject;
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;
use crate::site::help::{ArticleLink, filled, is_visitor, sample_links};
use crate::tickets::about::{self, Group};
use crate::tickets::attachments::{self, Limits};

/// The department that customers write to.
pub const SUPPORT: &str = "support";
/// So many articles are offered.
const OFFERED: usize = 4;
/// Longer searches are cut.
const LONGEST_SEARCH: usize = 200;

/// The form of a new ticket.
#[derive(Debug, Serialize)]
pub struct NewTicketPage {
    /// What was typed.
    pub form: Form,
    /// How much it may hurt, and until when a person answers then.
    pub priorities: Vec<PriorityChoice>,
    /// What it may be about.
    pub about: Vec<Group>,
    /// Articles that may answer it; nothing before somebody looked.
    pub articles: Option<Vec<ArticleLink>>,
    /// How much may be sent with it.
    pub limits: Limits,
}

/// A priority to choose.
#[derive(Debug, Clone, Serialize)]
pub struct PriorityChoice {
    /// `low`, `normal`, `high` or `emergency`.
    pub word: &'static str,
    /// Until when a person answers who is asked now; never, when support never opens.
    pub answer: Option<Timestamp>,
}

impl Page for NewTicketPage {
    const TEMPLATE: &'static str = "center/tickets/new.html";

    fn samples() -> Vec<Self> {
        let page = |form, articles| NewTicketPage {
            form,
            priorities: priorities(&Hours::always(), samples::now()),
            about: vec![
                Group { kind: "domain", options: vec![Choose::new("domain:d", "larkspur-books.example")] },
                Group {
                    kind: "mailbox",
                    options: vec![Choose::new("mailbox:m", "ada@larkspur-books.example")],
                },
                Group {
                    kind: "subscription",
                    options: vec![Choose::new("subscription:s", "Business, 2026-02-01")],
                },
                Group { kind: "invoice", options: vec![Choose::new("invoice:i", "INV-2026-000118")] },
            ],
            articles,
            limits: Limits::sample(),
        };
        let typed = Form::new()
            .with("subject", "Thunderbird does not find the server")
            .with("words", "Since this morning it says that it cannot connect.")
            .with("priority", "high");
        vec![
            page(Form::new().with("priority", "normal"), None),
            page(typed.clone(), Some(sample_links())),
            page(typed, Some(Vec::new())),
            page(Form::new().with("priority", "normal").wrong("words", msg("form-required")), None),
            page(
                Form::new()
                    .with("priority", "normal")
                    .wrong("files", msg("attachment-would-run").with("name", "setup.exe")),
                None,
            ),
        ]
    }
}

fn priorities(hours: &Hours, now: Timestamp) -> Vec<PriorityChoice> {
    let always = Hours::always();
    let choice = |priority: Priority| {
        let hours = if priority == Priority::Emergency { &always } else { hours };
        let span = std::time::Duration::from_secs(u64::from(priority.usual().first_answer_minutes) * 60);
        PriorityChoice { word: priority.word(), answer: hours.due(now, span) }
    };
    Priority::ALL.into_iter().rev().map(choice).collect()
}

async fn page(ctx: &Ctx, form: Form, articles: Option<Vec<ArticleLink>>) -> Result<NewTicketPage, WebError> {
    Ok(NewTicketPage {
        form,
        priorities: priorities(&ctx.state.hours, ctx.state.clock.now()),
        about: about::groups(ctx).await?,
        articles,
        limits: Limits::of(&ctx.state.desk.attachments()),
    })
}

/// `GET /center/tickets/new?about=domain:…`
pub async fn show(ctx: Ctx) -> Answer {
    let form = Form::new().with("priority", Priority::Normal.word()).with("about", ctx.query.get("about"));
    let page = page(&ctx, form, None).await?;
    ctx.page(&page)
}

/// What the knowledgebase says of a subject. It is not counted as a search that found nothing: it is a question to us.
async fn articles(ctx: &Ctx, subject: &str) -> Result<Vec<ArticleLink>, WebError> {
    let library = ctx.state.articles.library().await?;
    let typed: String = subject.chars().take(LONGEST_SEARCH).collect();
    let config = ctx.faced_config();
    let found = library.search(&ctx.language, &typed, is_visitor(ctx)).results;
    let link = |one: mailkeep_helpdesk::articles::FoundArticle| ArticleLink {
        title: filled(&config, &one.title),
        summary: filled(&config, &one.summary),
        slug: one.slug,
        language: (one.language != ctx.language).then_some(one.language),
        customers: false,
    };
    Ok(found.into_iter().take(OFFERED).map(link).collect())
}

/// `POST /center/tickets`: opens a ticket; with `look` it shows what the knowledgebase says first. What was typed stands in no
/// address.
pub async fn submit(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let subject = ctx.form.get("subject");
    if ctx.form.ticked("look") {
        let found = articles(&ctx, subject).await?;
        attachments::told_again(&ctx, &mut form);
        let page = page(&ctx, form, Some(found)).await?;
        return ctx.page(&page);
    }
    form.required(&ctx.form, "subject");
    form.required(&ctx.form, "words");
    let priority =
        form.checked(&ctx.form, "priority", msg("form-required"), |word| Priority::from_word(word).ok_or(()));
    let about = match ctx.form.get("about") {
        "" => None,
        text => match about::read(text) {
            Some(about) if about::is_of(&ctx, ctx.customer()?, about).await? => Some(about),
            _ => {
                form.refuse("about", msg("ticket-about-gone"));
                None
            }
        },
    };
    if let (true, Some(priority)) = (form.good(), priority) {
        let new = NewTicket {
            owner: Subject::customer(ctx.customer()?),
            department: SUPPORT.to_owned(),
            subject: subject.to_owned(),
            words: ctx.form.get("words").to_owned(),
            priority,
            about,
        };
        let by = Hand::Person(ctx.who.person()?.person);
        match ctx.state.desk.open_ticket_with(by, new, attachments::sent(&ctx)).await {
            Ok(ticket) => {
                let said = msg("ticket-opened").with("number", ticket.number);
                return ctx.done(&format!("/center/tickets/{}", ticket.id), said);
            }
            Err(error) => attachments::refuse(&ctx, &mut form, error, &["subject", "words"])?,
        }
    }
    attachments::told_again(&ctx, &mut form);
    let page = page(&ctx, form, None).await?;
    ctx.refused(&page)
}
