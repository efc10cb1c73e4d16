//! Rules for tickets that come: all of them in their order.

pub mod edit;

use mailkeep_helpdesk::rules::{Conditions, From, When};
use serde::Serialize;

use crate::console::macros::acts;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::{Msg, msg};
use crate::page::Page;
use crate::routes::{Answer, Permission, Routes, StaffPermission};

/// Where they are.
const LIST: &str = "/console/rules";

/// Declares the routes.
pub fn routes(routes: &mut Routes) {
    let answer = Permission::Staff(StaffPermission::Tickets);
    routes.get("/console/rules", answer, show);
    routes.post("/console/rules", answer, edit::submit);
    routes.get("/console/rules/new", answer, edit::show_new);
    routes.get("/console/rules/{desk_rule}", answer, edit::show_one);
    routes.post("/console/rules/{desk_rule}", answer, edit::change);
    routes.post("/console/rules/{desk_rule}/move", answer, shift);
    routes.post("/console/rules/{desk_rule}/delete", answer, throw_away);
}

/// The rules.
#[derive(Debug, Serialize)]
pub struct RulesPage {
    /// In their order.
    pub rows: Vec<RuleRow>,
}

/// A rule in the list.
#[derive(Debug, Clone, Serialize)]
pub struct RuleRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// `opened` or `written`.
    pub when: &'static str,
    /// What must hold.
    pub asks: Vec<Msg>,
    /// What it does.
    pub does: Vec<Msg>,
    /// Whether it runs.
    pub active: bool,
}

impl Page for RulesPage {
    const TEMPLATE: &'static str = "console/rules/list.html";

    fn samples() -> Vec<Self> {
        let row = |title: &str, when: When, asks: Vec<Msg>, does: Vec<Msg>, active| RuleRow {
            id: title.to_lowercase(),
            title: title.to_owned(),
            when: when.word(),
            asks,
            does,
            active,
        };
        let words = vec![
            msg("rule-asks-words").with("words", "dns, zone, spf"),
            msg("rule-asks-department").with("name", "support"),
        ];
        let zone = vec![
            msg("ticket-did-priority-high"),
            msg("ticket-did-tag").with("tag", "zone"),
            msg("ticket-did-assign").with("who", "rosalind"),
        ];
        let gold = vec![msg("rule-asks-plan").with("plan", "business")];
        let again = vec![msg("ticket-did-untag").with("tag", "waiting")];
        let rows = vec![
            row("Zones", When::Opened, words, zone, true),
            row("Business first", When::Opened, gold, vec![msg("ticket-did-priority-high")], true),
            row("They wrote again", When::Written, Vec::new(), again, false),
        ];
        vec![RulesPage { rows }, RulesPage { rows: Vec::new() }]
    }
}

/// What conditions ask, for a list.
fn asked(conditions: &Conditions) -> Vec<Msg> {
    let Conditions { department, priority, tag, words, from, plan } = conditions;
    let mut all = Vec::new();
    all.extend(department.clone().map(|name| msg("rule-asks-department").with("name", name)));
    all.extend(priority.map(|priority| msg(acts::priority_text(priority))));
    all.extend(tag.as_ref().map(|tag| msg("rule-asks-tag").with("tag", tag.to_string())));
    if !words.is_empty() {
        all.push(msg("rule-asks-words").with("words", words.join(", ")));
    }
    all.extend(from.map(|from| match from {
        From::Customer => msg("rule-asks-customer"),
        From::Writer => msg("rule-asks-writer"),
    }));
    all.extend(plan.clone().map(|plan| msg("rule-asks-plan").with("plan", plan)));
    all
}

/// `GET /console/rules`
pub async fn show(ctx: Ctx) -> Answer {
    let names = ctx.state.identity.name_colleagues(ctx.access()).await?;
    let rules = ctx.state.desk.list_rules().await?;
    let rows = rules.into_iter().map(|rule| RuleRow {
        id: rule.id.to_string(),
        when: rule.when.word(),
        asks: asked(&rule.conditions),
        does: acts::in_short(&rule.acts, &names),
        title: rule.title,
        active: rule.active,
    });
    ctx.page(&RulesPage { rows: rows.collect() })
}

/// `POST /console/rules/{desk_rule}/move`: one place `to` the `front` or the `back`.
pub async fn shift(ctx: Ctx) -> Answer {
    let before = match ctx.form.get("to") {
        "front" => true,
        "back" => false,
        _ => return Err(WebError::NotFound),
    };
    ctx.state.desk.shift_rule(ctx.param("desk_rule")?, before).await?;
    Ok(ctx.redirect(LIST))
}

/// `POST /console/rules/{desk_rule}/delete`
pub async fn throw_away(ctx: Ctx) -> Answer {
    ctx.state.desk.throw_rule_away(ctx.param("desk_rule")?).await?;
    ctx.done(LIST, msg("rule-gone"))
}
