//! The terms: what holds for new orders, and every version before.

use mailkeep_commerce::terms::TermsVersion;
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::console::catalogue::terms::hex;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::markdown;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// A version of the terms.
#[derive(Debug, Serialize)]
pub struct TermsPage {
    /// Its number.
    pub version: i64,
    /// Its title.
    pub title: String,
    /// Its text as HTML.
    pub html: String,
    /// When it was published.
    pub at: Timestamp,
    /// From which day on it holds for who had something before.
    pub holds_from: String,
    /// The SHA-256 of title and text.
    pub sha256: String,
    /// The number of the newest version.
    pub newest: i64,
    /// Every version: number and when it was published.
    pub versions: Vec<(i64, Timestamp)>,
}

impl Page for TermsPage {
    const TEMPLATE: &'static str = "site/terms.html";

    fn samples() -> Vec<Self> {
        let text = "## What we do\n\nWe keep your mail, and serve it to you.\n\n## What you pay\n\n* what you ordered\n* \
                    nothing that you did not confirm\n\n## Leaving\n\nYou may leave at any time. Your mail is yours.";
        let page = |version| TermsPage {
            version,
            title: "Terms of service".to_owned(),
            html: markdown::render(text).html,
            at: samples::days_ago(20),
            holds_from: "2026-05-24".to_owned(),
            sha256: "4f2a".repeat(16),
            newest: 2,
            versions: vec![(2, samples::days_ago(20)), (1, samples::days_ago(400))],
        };
        vec![page(2), page(1)]
    }
}

async fn page(ctx: &Ctx, terms: TermsVersion) -> Result<TermsPage, WebError> {
    let versions = ctx.state.commerce.list_terms(&terms.brand).await?;
    Ok(TermsPage {
        version: terms.version,
        html: markdown::render(&terms.body).html,
        title: terms.title,
        at: terms.at,
        holds_from: terms.holds_from.to_string(),
        sha256: hex(&terms.sha256),
        newest: versions.first().map_or(terms.version, |newest| newest.version),
        versions: versions.iter().map(|one| (one.version, one.at)).collect(),
    })
}

/// `GET /terms`
pub async fn show(ctx: Ctx) -> Answer {
    let terms = ctx.state.commerce.terms_for_orders(&ctx.brand_key()).await?.ok_or(WebError::NotFound)?;
    let page = page(&ctx, terms).await?;
    ctx.page(&page)
}

/// `GET /terms/{version}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let terms = ctx.state.commerce.terms_version(&ctx.brand_key(), ctx.param("version")?).await?;
    let page = page(&ctx, terms).await?;
    ctx.page(&page)
}
