//! A canned reply is written, looked at as it will be, and thrown away.

use mailkeep_helpdesk::articles::LANGUAGES;
use mailkeep_helpdesk::canned::{CannedDraft, Template, Values, Variable};
use mailkeep_helpdesk::tickets::TicketError;
use mailkeep_policy::Shown;
use serde::Serialize;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;
use crate::site::help::article::own_name;

const LIST: &str = "/console/canned-replies";
const FIELDS: &[&str] = &["title", "category", "department", "language", "words"];

/// One canned reply, or a new one.
#[derive(Debug, Serialize)]
pub struct CannedReplyPage {
    /// Its id; empty for a new one.
    pub id: String,
    /// What is written.
    pub form: Form,
    /// Departments to choose from.
    pub departments: Vec<Choose>,
    /// Languages to choose from.
    pub languages: Vec<Choose>,
    /// The categories that there are.
    pub categories: Vec<String>,
    /// What can stand in the words, and what each stands for.
    pub variables: Vec<(String, Msg)>,
    /// How it will be, with a made-up ticket.
    pub preview: Option<Shown<String>>,
}

impl Page for CannedReplyPage {
    const TEMPLATE: &'static str = "console/canned/one.html";

    fn samples() -> Vec<Self> {
        let words = "Dear {{ customer_name }},\n\nyour zone has no SPF record. Please put it back.\n\n{{ agent_name }}";
        let written = Form::new()
            .with("title", "The SPF record is missing")
            .with("category", "Zones")
            .with("department", "support")
            .with("language", "en")
            .with("words", words);
        let page = |id: &str, form: Form, preview: Option<&str>| CannedReplyPage {
            id: id.to_owned(),
            form,
            departments: vec![Choose::new("", "All"), Choose::new("support", "support")],
            languages: languages(),
            categories: vec!["Invoices".to_owned(), "Zones".to_owned()],
            variables: variables(),
            preview: preview.map(Shown::from),
        };
        let preview = "Dear Ada Example,\n\nyour zone has no SPF record. Please put it back.\n\nrosalind";
        let unknown = msg("verbatim").with("text", "There is no variable “name”.");
        vec![
            page("a", written.clone().with("version", "3"), Some(preview)),
            page("", written.with("words", "Dear {{ name }},").wrong("words", unknown), None),
            page("", Form::new(), None),
        ]
    }
}

fn languages() -> Vec<Choose> {
    LANGUAGES.iter().map(|language| Choose::new(*language, own_name(language))).collect()
}

fn variables() -> Vec<(String, Msg)> {
    let text = |variable: &Variable| match variable {
        Variable::CustomerName => "canned-variable-customer_name",
        Variable::TicketNumber => "canned-variable-ticket_number",
        Variable::TicketSubject => "canned-variable-ticket_subject",
        Variable::AgentName => "canned-variable-agent_name",
        Variable::ProviderName => "canned-variable-provider_name",
    };
    Variable::ALL.iter().map(|variable| (format!("{{{{ {variable} }}}}"), msg(text(variable)))).collect()
}

/// The words with what a made-up ticket has.
fn preview(ctx: &Ctx, template: &Template) -> Result<Shown<String>, WebError> {
    let values = Values {
        customer_name: Some(Shown::from("Ada Example")),
        ticket_subject: Some(ctx.say("canned-sample-subject").into()),
        ticket_number: "T-7K2M-Q9XA".to_owned(),
        agent_name: ctx.who.staff()?.login.clone(),
        provider_name: ctx.chrome().brand.name,
    };
    Ok(template.fill(&values).words)
}

async fn page(ctx: &Ctx, id: Option<Uuid>, form: Form) -> Result<CannedReplyPage, WebError> {
    let mut categories: Vec<String> =
        ctx.state.desk.list_canned().await?.into_iter().map(|head| head.category).collect();
    categories.dedup();
    categories.retain(|category| !category.is_empty());
    let support = ctx.state.mailroom.departments().iter().filter(|one| !one.is_privacy());
    let mut departments = vec![Choose::new("", ctx.say("canned-every-department"))];
    departments.extend(support.map(|one| Choose::new(one.name.clone(), one.name.clone())));
    Ok(CannedReplyPage {
        id: id.map(|id| id.to_string()).unwrap_or_default(),
        form,
        departments,
        languages: languages(),
        categories,
        variables: variables(),
        preview: None,
    })
}

/// `GET /console/canned-replies/new`
pub async fn show_new(ctx: Ctx) -> Answer {
    let page = page(&ctx, None, Form::new().with("language", ctx.language.clone())).await?;
    ctx.page(&page)
}

/// `GET /console/canned-replies/{canned_reply}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let id = ctx.param("canned_reply")?;
    let canned = ctx.state.desk.show_canned(id).await?;
    let form = Form::new()
        .with("version", canned.head.version.to_string())
        .with("title", canned.head.title)
        .with("category", canned.head.category)
        .with("department", canned.head.department.unwrap_or_default())
        .with("language", canned.head.language)
        .with("words", canned.template.words());
    let preview = preview(&ctx, &canned.template)?;
    let page = CannedReplyPage { preview: Some(preview), ..page(&ctx, Some(id), form).await? };
    ctx.page(&page)
}

/// Keeps what was written, or with `look` shows how it will be and keeps nothing.
async fn put(ctx: &Ctx, known: Option<(Uuid, i64)>) -> Answer {
    let (desk, id) = (&ctx.state.desk, known.map(|(id, _)| id));
    let mut form = Form::of(&ctx.form);
    let given = |field: &str| ctx.form.get(field).to_owned();
    let department = given("department");
    let departments = ctx.state.mailroom.departments();
    if !department.is_empty() && !departments.iter().any(|one| one.name == department && !one.is_privacy()) {
        return Err(WebError::NotFound);
    }
    if !ctx.form.get("look").is_empty() {
        let shown = match Template::read(ctx.form.get("words")) {
            Ok(template) => Some(preview(ctx, &template)?),
            Err(error) => {
                form.take(error, FIELDS)?;
                None
            }
        };
        let page = CannedReplyPage { preview: shown, ..page(ctx, id, form).await? };
        return if page.preview.is_some() { ctx.page(&page) } else { ctx.refused(&page) };
    }
    let draft = CannedDraft {
        title: given("title"),
        category: given("category"),
        department,
        language: given("language"),
        words: given("words"),
    };
    match desk.keep_canned(ctx.who.staff()?.staff, known, draft).await {
        Ok(id) => ctx.done(&format!("{LIST}/{id}"), msg("canned-kept")),
        Err(TicketError::NotFound) => Err(WebError::NotFound),
        Err(error) => {
            form.take(error, FIELDS)?;
            let page = page(ctx, id, form).await?;
            ctx.refused(&page)
        }
    }
}

/// `POST /console/canned-replies`
pub async fn submit(ctx: Ctx) -> Answer {
    put(&ctx, None).await
}

/// `POST /console/canned-replies/{canned_reply}`
pub async fn change(ctx: Ctx) -> Answer {
    let id = ctx.param("canned_reply")?;
    // Without the version that was seen it is never the newest.
    put(&ctx, Some((id, ctx.form.get("version").parse().unwrap_or(-1)))).await
}

/// `POST /console/canned-replies/{canned_reply}/delete`
pub async fn throw_away(ctx: Ctx) -> Answer {
    ctx.state.desk.throw_canned_away(ctx.param("canned_reply")?).await?;
    ctx.done(LIST, msg("canned-gone"))
}
