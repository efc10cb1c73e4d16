//! A rule is written, tried on the last tickets, and kept.

use mailkeep_helpdesk::rules::{Conditions, From, RuleDraft, TryOut, When};
use mailkeep_helpdesk::service_levels::Priority;
use mailkeep_helpdesk::tags::Tag;
use mailkeep_helpdesk::tickets::TicketError;
use serde::Serialize;
use uuid::Uuid;

use super::LIST;
use crate::console::macros::acts::{self, ActOptions};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;

/// The fields of a form that can be wrong.
const FIELDS: &[&str] = &["title", "words", "give", "tags", "untags", "acts"];

/// One rule, or a new one.
#[derive(Debug, Serialize)]
pub struct RulePage {
    /// Its id; empty for a new one.
    pub id: String,
    /// What was typed.
    pub form: Form,
    /// On what it may run.
    pub whens: Vec<Choose>,
    /// The departments to which a ticket may have come.
    pub departments: Vec<Choose>,
    /// The priorities that it may have.
    pub priorities: Vec<Choose>,
    /// Whose it may be.
    pub froms: Vec<Choose>,
    /// The plans of the catalogue.
    pub plans: Vec<Choose>,
    /// What it may do.
    pub options: ActOptions,
    /// What it would do with the last tickets.
    pub tried: Option<TriedView>,
}

/// What a rule would do with the last tickets.
#[derive(Debug, Clone, Serialize)]
pub struct TriedView {
    /// At how many it looked.
    pub looked: usize,
    /// Those that it would change.
    pub rows: Vec<TriedRow>,
    /// How many more there are than are shown.
    pub more: usize,
}

/// A ticket that it would change.
#[derive(Debug, Clone, Serialize)]
pub struct TriedRow {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Whether it hangs on its subject.
    pub perhaps: bool,
    /// What would change.
    pub does: Vec<Msg>,
}

/// So many are shown.
const SHOWN: usize = 25;

impl Page for RulePage {
    const TEMPLATE: &'static str = "console/rules/one.html";

    fn samples() -> Vec<Self> {
        let any = |words: &[&str]| {
            let all = std::iter::once(Choose::new("", "Any"));
            all.chain(words.iter().map(|word| Choose::new(*word, (*word).to_owned()))).collect::<Vec<_>>()
        };
        let page = |id: &str, form: Form, tried| RulePage {
            id: id.to_owned(),
            form,
            whens: vec![
                Choose::new("opened", "A ticket is opened"),
                Choose::new("written", "The customer writes again"),
            ],
            departments: any(&["support", "billing"]),
            priorities: any(&["high", "normal"]),
            froms: any(&["customer", "writer"]),
            plans: any(&["business", "starter"]),
            options: ActOptions::sample(),
            tried,
        };
        let known = || {
            let form = Form::new().with("title", "Zones").with("words", "dns, zone, spf");
            form.with("when", "opened").with("tags", "zone").with("active", "yes")
        };
        let row = |number: &str, perhaps| TriedRow {
            id: number.to_lowercase(),
            number: number.to_owned(),
            perhaps,
            does: vec![msg("ticket-did-tag").with("tag", "zone")],
        };
        let tried = TriedView {
            looked: 200,
            rows: vec![row("T-7K2M-Q9XA", false), row("T-4H8R-WD2E", true)],
            more: 3,
        };
        let none = TriedView { looked: 14, rows: Vec::new(), more: 0 };
        let wrong = Form::new().wrong("acts", msg("verbatim").with("text", "Choose at least one thing."));
        vec![page("a", known(), Some(tried)), page("", wrong, None), page("", known(), Some(none))]
    }
}

impl TriedView {
    async fn of(ctx: &Ctx, out: TryOut) -> Result<Self, WebError> {
        let names = ctx.state.identity.name_colleagues(ctx.access()).await?;
        let more = out.tried.len().saturating_sub(SHOWN);
        let rows = out.tried.into_iter().take(SHOWN).map(|tried| TriedRow {
            id: tried.ticket.to_string(),
            number: tried.number,
            perhaps: tried.perhaps,
            does: tried.effects.iter().map(|effect| acts::said(effect, &names)).collect(),
        });
        Ok(TriedView { looked: out.looked, rows: rows.collect(), more })
    }
}

/// The keys of the plans of the catalogue.
pub(in crate::console) async fn plan_keys(ctx: &Ctx) -> Result<Vec<String>, WebError> {
    let mut keys: Vec<String> =
        ctx.state.commerce.list_plans().await?.into_iter().map(|plan| plan.key).collect();
    keys.sort();
    keys.dedup();
    Ok(keys)
}

async fn page(ctx: &Ctx, id: Option<Uuid>, form: Form) -> Result<RulePage, WebError> {
    let any = || Choose::new("", ctx.say("tickets-any"));
    let mut options = ActOptions::of(ctx).await?;
    options.givens.retain(|one| one.value != "me");
    let keys = plan_keys(ctx).await?.into_iter().map(|key| Choose::new(key.clone(), key));
    Ok(RulePage {
        id: id.map(|id| id.to_string()).unwrap_or_default(),
        form,
        whens: vec![
            Choose::new("opened", ctx.say("rule-when-opened")),
            Choose::new("written", ctx.say("rule-when-written")),
        ],
        departments: acts::departments(ctx, "tickets-any"),
        priorities: acts::priorities(ctx, "tickets-any"),
        froms: vec![
            any(),
            Choose::new("customer", ctx.say("rule-asks-customer")),
            Choose::new("writer", ctx.say("rule-asks-writer")),
        ],
        plans: std::iter::once(any()).chain(keys).collect(),
        options,
        tried: None,
    })
}

/// `GET /console/rules/new`
pub async fn show_new(ctx: Ctx) -> Answer {
    let page = page(&ctx, None, Form::new().with("active", "yes")).await?;
    ctx.page(&page)
}

/// `GET /console/rules/{desk_rule}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let id = ctx.param("desk_rule")?;
    let rule = ctx.state.desk.show_rule(id).await?;
    let asked = rule.conditions;
    let form = Form::new()
        .with("version", rule.version.to_string())
        .with("title", rule.title)
        .with("when", rule.when.word().to_owned())
        .with("active", if rule.active { "yes" } else { "" }.to_owned())
        .with("if_department", asked.department.unwrap_or_default())
        .with("if_priority", asked.priority.map_or("", Priority::word).to_owned())
        .with("if_tag", asked.tag.map(|tag| tag.to_string()).unwrap_or_default())
        .with("words", asked.words.join(", "))
        .with("if_from", asked.from.map_or("", From::word).to_owned())
        .with("if_plan", asked.plan.unwrap_or_default());
    let page = page(&ctx, Some(id), acts::with_acts(form, &rule.acts)).await?;
    ctx.page(&page)
}

async fn draft(ctx: &Ctx, form: &mut Form) -> Result<RuleDraft, WebError> {
    let asked = |field: &str| Some(ctx.form.get(field)).filter(|typed| !typed.is_empty());
    let tag = match asked("if_tag").map(Tag::read) {
        Some(None) => {
            form.refuse("if_tag", msg("ticket-tag-wrong"));
            None
        }
        tag => tag.flatten(),
    };
    let plan = asked("if_plan").map(str::to_owned);
    if let Some(plan) = &plan
        && !plan_keys(ctx).await?.contains(plan)
    {
        return Err(WebError::NotFound);
    }
    let conditions = Conditions {
        department: acts::read_department(ctx, "if_department")?,
        priority: asked("if_priority").and_then(Priority::from_word),
        tag,
        words: ctx.form.get("words").split(',').map(str::to_owned).collect(),
        from: asked("if_from").and_then(From::from_word),
        plan,
    };
    Ok(RuleDraft {
        title: ctx.form.get("title").to_owned(),
        when: When::from_word(ctx.form.get("when")).unwrap_or(When::Opened),
        conditions,
        acts: acts::read_acts(ctx, form).await?,
        active: ctx.form.ticked("active"),
    })
}

/// Keeps what was written, or with `look` tries it on the last tickets and keeps nothing.
async fn put(ctx: &Ctx, known: Option<(Uuid, i64)>) -> Answer {
    let (desk, id) = (&ctx.state.desk, known.map(|(id, _)| id));
    let mut form = Form::of(&ctx.form);
    let draft = draft(ctx, &mut form).await?;
    let mut tried = None;
    if form.good() && !ctx.form.get("look").is_empty() {
        match desk.try_rule(draft).await {
            Ok(out) => tried = Some(TriedView::of(ctx, out).await?),
            Err(error) => form.take(error, FIELDS)?,
        }
    } else if form.good() {
        match desk.keep_rule(ctx.who.staff()?.staff, known, draft).await {
            Ok(id) => return ctx.done(&format!("{LIST}/{id}"), msg("rule-kept")),
            Err(TicketError::NotFound) => return Err(WebError::NotFound),
            Err(error) => form.take(error, FIELDS)?,
        }
    }
    let page = RulePage { tried, ..page(ctx, id, form).await? };
    if page.tried.is_some() { ctx.page(&page) } else { ctx.refused(&page) }
}

/// `POST /console/rules`
pub async fn submit(ctx: Ctx) -> Answer {
    put(&ctx, None).await
}

/// `POST /console/rules/{desk_rule}`
pub async fn change(ctx: Ctx) -> Answer {
    let id = ctx.param("desk_rule")?;
    // Without the version that was seen it is never the newest.
    put(&ctx, Some((id, ctx.form.get("version").parse().unwrap_or(-1)))).await
}
