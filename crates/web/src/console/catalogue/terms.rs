//! The terms in their versions, and a new one.

use mailkeep_commerce::brands::HOUSE;
use mailkeep_commerce::price_changes::NoticeMode;
use mailkeep_commerce::terms::TermsVersion;
use mailkeep_commerce::terms::publish::NewTerms;
use mailkeep_types::Timestamp;
use serde::Serialize;

use super::{name_of, names};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;
use crate::site::order::choose::Choice;

/// The terms of the house and its brands.
#[derive(Debug, Serialize)]
pub struct TermsPage {
    /// Every version, newest first.
    pub versions: Vec<TermsRow>,
    /// A new one.
    pub form: Form,
    /// The house's own and the brands.
    pub brands: Vec<Choose>,
    /// How long before it holds it is told.
    pub notices: Vec<Choice>,
}

/// A version.
#[derive(Debug, Clone, Serialize)]
pub struct TermsRow {
    /// The brand's name; empty for the house's own.
    pub brand: String,
    /// Its number.
    pub version: i64,
    /// Its title.
    pub title: String,
    /// When it was published.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
    /// From which day on it holds for who had something before.
    pub holds_from: String,
    /// The SHA-256 of its text.
    pub sha256: String,
}

impl Page for TermsPage {
    const TEMPLATE: &'static str = "console/catalogue/terms.html";

    fn samples() -> Vec<Self> {
        let row = |version, days, brand: &str| TermsRow {
            brand: brand.to_owned(),
            version,
            title: "Terms of service".to_owned(),
            at: samples::days_ago(days),
            by: "rosalind".to_owned(),
            holds_from: "2026-06-13".to_owned(),
            sha256: "4f2a".repeat(16),
        };
        let page = |versions, form| TermsPage {
            versions,
            form,
            brands: vec![Choose::new("", "Mailkeep"), Choose::new("harbour", "Harbour Mail")],
            notices: notices(|id| id.replace('-', " ")),
        };
        let form = Form::new()
            .with("title", "Terms of service")
            .with("body", "## What we do\n\nWe keep your mail.")
            .with("notice", "thirty_days");
        vec![
            page(vec![row(2, 1, ""), row(1, 300, ""), row(1, 40, "Harbour Mail")], form.clone()),
            page(Vec::new(), form.wrong("body", msg("form-required"))),
        ]
    }
}

fn notices(say: impl Fn(&'static str) -> String) -> Vec<Choice> {
    vec![
        Choice::new("thirty_days", say("terms-thirty"), say("terms-thirty-text")),
        Choice::new("day_after", say("terms-day"), say("terms-day-text")),
    ]
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn page(ctx: &Ctx, form: Form) -> Result<TermsPage, WebError> {
    let commerce = &ctx.state.commerce;
    let names = names(ctx).await?;
    let brands = &commerce.config().brands;
    let row = |brand: &str, terms: TermsVersion| TermsRow {
        brand: brand.to_owned(),
        version: terms.version,
        title: terms.title,
        at: terms.at,
        by: name_of(&names, Some(terms.by)).unwrap_or_default(),
        holds_from: terms.holds_from.to_string(),
        sha256: hex(&terms.sha256),
    };
    let mut versions: Vec<TermsRow> =
        commerce.list_terms(HOUSE).await?.into_iter().map(|terms| row("", terms)).collect();
    for brand in brands {
        versions
            .extend(commerce.list_terms(&brand.key).await?.into_iter().map(|terms| row(&brand.name, terms)));
    }
    let own = Choose::new(HOUSE, ctx.state.config.brand_name.clone());
    let others = brands.iter().map(|brand| Choose::new(brand.key.clone(), brand.name.clone()));
    Ok(TermsPage {
        versions,
        form,
        brands: std::iter::once(own).chain(others).collect(),
        notices: notices(|id| ctx.say(id)),
    })
}

/// `GET /console/catalogue/terms`
pub async fn show(ctx: Ctx) -> Answer {
    let newest = ctx.state.commerce.terms_for_orders(HOUSE).await?;
    let (title, body) = newest.map(|terms| (terms.title, terms.body)).unwrap_or_default();
    let form = Form::new().with("title", title).with("body", body).with("notice", "thirty_days");
    let page = page(&ctx, form).await?;
    ctx.page(&page)
}

/// `POST /console/catalogue/terms`
pub async fn publish(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let notice = match ctx.form.get("notice") {
        "day_after" => NoticeMode::DayAfter,
        _ => NoticeMode::ThirtyDays,
    };
    let new = NewTerms {
        brand: ctx.form.get("brand").to_owned(),
        title: ctx.form.get("title").to_owned(),
        body: ctx.form.lines("body"),
        notice,
    };
    match ctx.state.commerce.publish_terms(ctx.who.staff()?.staff, new).await {
        Ok(_) => ctx.done("/console/catalogue/terms", msg("terms-published")),
        Err(error) => {
            form.take(error, &["title", "body", "brand"])?;
            let page = page(&ctx, form).await?;
            ctx.refused(&page)
        }
    }
}
