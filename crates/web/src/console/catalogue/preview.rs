//! Whom a draft would affect, and publishing it.

use mailkeep_commerce::CommerceError;
use mailkeep_commerce::catalogue::drafts::preview::Impact;
use mailkeep_commerce::catalogue::drafts::publish::ForExisting;
use mailkeep_commerce::price_changes::NoticeMode;
use mailkeep_types::Money;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples::usd;
use crate::site::order::choose::Choice;

/// What a draft would do.
#[derive(Debug, Serialize)]
pub struct PreviewPage {
    /// The plan's key.
    pub key: String,
    /// Its name in the draft.
    pub name: String,
    /// How many subscriptions have the plan.
    pub subscriptions: i64,
    /// How many would pay more.
    pub dearer: i64,
    /// How many would pay less.
    pub cheaper: i64,
    /// What all of them pay in a month now and then, by currency.
    pub monthly: Vec<(Money, Money)>,
    /// Those whose price changes, largest difference first.
    pub rows: Vec<ImpactRow>,
    /// Those whose price changes but that are not listed.
    pub more: i64,
    /// What becomes of who has the plan.
    pub form: Form,
    /// The ways to choose from.
    pub ways: Vec<Choice>,
}

/// What it would do to one subscription.
#[derive(Debug, Clone, Serialize)]
pub struct ImpactRow {
    /// The customer's page.
    pub href: String,
    /// The domains.
    pub domains: String,
    /// `monthly`, `quarterly` or `annual`.
    pub term: &'static str,
    /// Mailboxes counted last.
    pub mailboxes: i64,
    /// What a period costs now.
    pub old: Money,
    /// What it would cost; nothing when it is no longer sold for this term, and stays.
    pub new: Option<Money>,
    /// The difference with its sign.
    pub difference: Money,
    /// The first day at the new price after thirty days' notice from today.
    pub from: String,
}

impl Page for PreviewPage {
    const TEMPLATE: &'static str = "console/catalogue/preview.html";

    fn samples() -> Vec<Self> {
        let row = |domains: &str, term, mailboxes, old, new: Option<i64>| ImpactRow {
            href: "/console/customers/c".to_owned(),
            domains: domains.to_owned(),
            term,
            mailboxes,
            old: usd(old),
            new: new.map(usd),
            difference: usd(new.unwrap_or(old) - old),
            from: "2026-07-01".to_owned(),
        };
        let rows = vec![
            row("larkspur-books.example", "annual", 40, 240_000, Some(280_000)),
            row("harbour-print.example, harbour.example", "monthly", 12, 7200, Some(8400)),
            row("quiet-reading.example", "monthly", 3, 1800, Some(1650)),
            row("old-terms.example", "quarterly", 2, 3600, None),
        ];
        let page = |subscriptions, rows: Vec<ImpactRow>, form| PreviewPage {
            key: "business".to_owned(),
            name: "Business".to_owned(),
            subscriptions,
            dearer: if rows.is_empty() { 0 } else { 1290 },
            cheaper: if rows.is_empty() { 0 } else { 20 },
            monthly: if rows.is_empty() { Vec::new() } else { vec![(usd(1_310_000), usd(1_501_200))] },
            more: if rows.is_empty() { 0 } else { 1106 },
            rows,
            form,
            ways: ways(|id| id.replace('-', " ")),
        };
        let chosen = Form::new().with("existing", "thirty_days");
        vec![
            page(1310, rows.clone(), chosen.clone()),
            page(1310, rows, chosen.wrong("existing", msg("form-required"))),
            page(0, Vec::new(), Form::new().with("existing", "keep")),
        ]
    }
}

fn ways(say: impl Fn(&'static str) -> String) -> Vec<Choice> {
    let way = |word: &str, title, text| Choice::new(word, say(title), say(text));
    vec![
        way("keep", "catalogue-way-keep", "catalogue-way-keep-text"),
        way("thirty_days", "catalogue-way-thirty", "catalogue-way-thirty-text"),
        way("day_after", "catalogue-way-day", "catalogue-way-day-text"),
    ]
}

async fn page(ctx: &Ctx, key: &str, form: Form) -> Result<PreviewPage, WebError> {
    let commerce = &ctx.state.commerce;
    let draft = commerce.plan_draft(key).await?.ok_or(WebError::NotFound)?;
    let impact: Impact = commerce.preview_plan(&draft.plan).await?;
    let changed = i64::from(impact.dearer) + i64::from(impact.cheaper);
    let listed = i64::try_from(impact.rows.iter().filter(|row| row.new_minor.is_some()).count()).unwrap_or(0);
    let rows = impact.rows.iter().map(|row| {
        let money = |minor| Money::new(minor, row.currency);
        ImpactRow {
            href: format!("/console/customers/{}", row.customer),
            domains: row.domains.join(", "),
            term: row.interval.word(),
            mailboxes: i64::from(row.mailboxes),
            old: money(row.old_minor),
            new: row.new_minor.map(money),
            difference: money(row.new_minor.unwrap_or(row.old_minor) - row.old_minor),
            from: row.from.to_string(),
        }
    });
    Ok(PreviewPage {
        key: key.to_owned(),
        name: draft.plan.name.clone(),
        subscriptions: i64::from(impact.subscriptions),
        dearer: i64::from(impact.dearer),
        cheaper: i64::from(impact.cheaper),
        monthly: impact
            .monthly
            .iter()
            .map(|(currency, old, new)| (Money::new(*old, *currency), Money::new(*new, *currency)))
            .collect(),
        rows: rows.collect(),
        more: (changed - listed).max(0),
        form,
        ways: ways(|id| ctx.say(id)),
    })
}

/// `GET /console/catalogue/plans/{plan}/preview`
pub async fn show(ctx: Ctx) -> Answer {
    let key: String = ctx.param("plan")?;
    let page = page(&ctx, &key, Form::new().with("existing", "keep")).await?;
    ctx.page(&page)
}

/// `POST /console/catalogue/plans/{plan}/publish`
pub async fn publish(ctx: Ctx) -> Answer {
    let key: String = ctx.param("plan")?;
    let mut form = Form::of(&ctx.form);
    let existing = match ctx.form.get("existing") {
        "keep" => Some(ForExisting::Keep),
        "thirty_days" => Some(ForExisting::Change(NoticeMode::ThirtyDays)),
        "day_after" => Some(ForExisting::Change(NoticeMode::DayAfter)),
        _ => None,
    };
    let Some(existing) = existing else {
        form.refuse("existing", msg("form-required"));
        let page = page(&ctx, &key, form).await?;
        return ctx.refused(&page);
    };
    match ctx.state.commerce.publish_plan_draft(ctx.who.staff()?.staff, &key, existing).await {
        Ok(_) => {
            let done = match existing {
                ForExisting::Keep => "catalogue-published",
                ForExisting::Change(_) => "catalogue-published-telling",
            };
            ctx.done(&format!("/console/catalogue/plans/{key}"), msg(done))
        }
        Err(CommerceError::Staff(sentence)) => {
            form.refuse_all(msg("verbatim").with("text", crate::error::sentence(&sentence)));
            let page = page(&ctx, &key, form).await?;
            ctx.refused(&page)
        }
        Err(error) => Err(error.into()),
    }
}
