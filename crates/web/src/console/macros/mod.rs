//! Macros for staff who answer: several acts on a ticket with one press. All of them, and one to be written.

pub mod acts;

use mailkeep_helpdesk::macros::MacroDraft;
use mailkeep_helpdesk::tickets::TicketError;
use serde::Serialize;
use uuid::Uuid;

use self::acts::ActOptions;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::options::Choose;
use crate::page::Page;
use crate::routes::{Answer, Permission, Routes, StaffPermission};

/// Where they are.
const LIST: &str = "/console/macros";

/// The fields of a form that can be wrong.
const FIELDS: &[&str] = &["title", "tags", "untags", "ending", "canned", "acts"];

/// Declares the routes.
pub fn routes(routes: &mut Routes) {
    let answer = Permission::Staff(StaffPermission::Tickets);
    routes.get("/console/macros", answer, show);
    routes.post("/console/macros", answer, submit);
    routes.get("/console/macros/new", answer, show_new);
    routes.get("/console/macros/{desk_macro}", answer, show_one);
    routes.post("/console/macros/{desk_macro}", answer, change);
    routes.post("/console/macros/{desk_macro}/delete", answer, throw_away);
}

/// The macros.
#[derive(Debug, Serialize)]
pub struct MacrosPage {
    /// By title.
    pub rows: Vec<MacroRow>,
}

/// A macro in the list.
#[derive(Debug, Clone, Serialize)]
pub struct MacroRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its department; nothing when it is for all.
    pub department: Option<String>,
    /// What it does.
    pub does: Vec<Msg>,
}

impl Page for MacrosPage {
    const TEMPLATE: &'static str = "console/macros/list.html";

    fn samples() -> Vec<Self> {
        let row = |title: &str, department: Option<&str>, does: Vec<Msg>| MacroRow {
            id: "a".to_owned(),
            title: title.to_owned(),
            department: department.map(str::to_owned),
            does,
        };
        let ask = vec![
            msg("ticket-did-department").with("name", "billing"),
            msg("ticket-did-tag").with("tag", "refund"),
            msg("macro-ending-ask"),
        ];
        let rows = vec![
            row("Ask which invoice", Some("support"), ask),
            row("Spam", None, vec![msg("ticket-did-priority-low"), msg("macro-ending-close")]),
        ];
        vec![MacrosPage { rows }, MacrosPage { rows: Vec::new() }]
    }
}

/// One macro, or a new one.
#[derive(Debug, Serialize)]
pub struct MacroPage {
    /// Its id; empty for a new one.
    pub id: String,
    /// What was typed.
    pub form: Form,
    /// Who uses it.
    pub departments: Vec<Choose>,
    /// What it may do.
    pub options: ActOptions,
}

impl Page for MacroPage {
    const TEMPLATE: &'static str = "console/macros/one.html";

    fn samples() -> Vec<Self> {
        let page = |id: &str, form: Form| MacroPage {
            id: id.to_owned(),
            form,
            departments: vec![Choose::new("", "All departments"), Choose::new("billing", "billing")],
            options: ActOptions::sample(),
        };
        let known =
            Form::new().with("title", "Ask which invoice").with("tags", "refund").with("ending", "ask");
        let wrong = Form::new().wrong("acts", msg("verbatim").with("text", "Choose at least one thing."));
        vec![page("a", known), page("", wrong)]
    }
}

/// `GET /console/macros`
pub async fn show(ctx: Ctx) -> Answer {
    let names = ctx.state.identity.name_colleagues(ctx.access()).await?;
    let macros = ctx.state.desk.list_macros().await?;
    let rows = macros.into_iter().map(|one| MacroRow {
        id: one.id.to_string(),
        does: acts::in_short(&one.acts, &names),
        title: one.title,
        department: one.department,
    });
    ctx.page(&MacrosPage { rows: rows.collect() })
}

async fn page(ctx: &Ctx, id: Option<Uuid>, form: Form) -> Result<MacroPage, WebError> {
    Ok(MacroPage {
        id: id.map(|id| id.to_string()).unwrap_or_default(),
        form,
        departments: acts::departments(ctx, "canned-every-department"),
        options: ActOptions::of(ctx).await?,
    })
}

/// `GET /console/macros/new`
pub async fn show_new(ctx: Ctx) -> Answer {
    let page = page(&ctx, None, Form::new()).await?;
    ctx.page(&page)
}

/// `GET /console/macros/{desk_macro}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let id = ctx.param("desk_macro")?;
    let kept = ctx.state.desk.show_macro(id).await?;
    let form = Form::new()
        .with("version", kept.version.to_string())
        .with("title", kept.title)
        .with("department", kept.department.unwrap_or_default());
    let page = page(&ctx, Some(id), acts::with_acts(form, &kept.acts)).await?;
    ctx.page(&page)
}

async fn put(ctx: &Ctx, known: Option<(Uuid, i64)>) -> Answer {
    let mut form = Form::of(&ctx.form);
    let department = acts::read_department(ctx, "department")?.unwrap_or_default();
    let acts = acts::read_acts(ctx, &mut form).await?;
    if form.good() {
        let draft = MacroDraft { title: ctx.form.get("title").to_owned(), department, acts };
        match ctx.state.desk.keep_macro(ctx.who.staff()?.staff, known, draft).await {
            Ok(id) => return ctx.done(&format!("{LIST}/{id}"), msg("macro-kept")),
            Err(TicketError::NotFound) => return Err(WebError::NotFound),
            Err(error) => form.take(error, FIELDS)?,
        }
    }
    let page = page(ctx, known.map(|(id, _)| id), form).await?;
    ctx.refused(&page)
}

/// `POST /console/macros`
pub async fn submit(ctx: Ctx) -> Answer {
    put(&ctx, None).await
}

/// `POST /console/macros/{desk_macro}`
pub async fn change(ctx: Ctx) -> Answer {
    let id = ctx.param("desk_macro")?;
    // Without the version that was seen it is never the newest.
    put(&ctx, Some((id, ctx.form.get("version").parse().unwrap_or(-1)))).await
}

/// `POST /console/macros/{desk_macro}/delete`
pub async fn throw_away(ctx: Ctx) -> Answer {
    ctx.state.desk.throw_macro_away(ctx.param("desk_macro")?).await?;
    ctx.done(LIST, msg("macro-gone"))
}
