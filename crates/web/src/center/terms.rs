//! The terms that the customer accepted: which version, when, with which order, and as a file.

use mailkeep_policy::Shown;
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// The accepted terms.
#[derive(Debug, Serialize)]
pub struct AcceptedPage {
    /// What was accepted, newest first.
    pub accepted: Vec<AcceptedRow>,
}

/// One acceptance.
#[derive(Debug, Clone, Serialize)]
pub struct AcceptedRow {
    /// The version's id.
    pub terms: String,
    /// The version's number.
    pub version: i64,
    /// Its title.
    pub title: String,
    /// The SHA-256 of what was accepted, in hexadecimal digits.
    pub sha256: String,
    /// The order it was accepted with.
    pub order: String,
    /// That order's number.
    pub number: String,
    /// When.
    pub at: Timestamp,
}

impl Page for AcceptedPage {
    const TEMPLATE: &'static str = "center/terms.html";

    fn samples() -> Vec<Self> {
        let row = |version, days| AcceptedRow {
            terms: "t".to_owned(),
            version,
            title: "Terms of service".to_owned(),
            sha256: "4fd0".repeat(16),
            order: "o".to_owned(),
            number: "O-2026-00042".to_owned(),
            at: samples::days_ago(days),
        };
        vec![AcceptedPage { accepted: vec![row(2, 12), row(1, 300)] }, AcceptedPage { accepted: Vec::new() }]
    }
}

/// `GET /center/terms`
pub async fn show(ctx: Ctx) -> Answer {
    let (customer, commerce) = (ctx.customer()?, &ctx.state.commerce);
    let orders = commerce.list_orders(customer).await?;
    let accepted = commerce.accepted_terms(customer).await?.into_iter().map(|one| AcceptedRow {
        terms: one.terms.to_string(),
        version: one.version,
        title: one.title,
        sha256: data_encoding::HEXLOWER.encode(&one.sha256),
        number: orders
            .iter()
            .find(|order| order.id == one.order)
            .map(|order| order.number.clone())
            .unwrap_or_default(),
        order: one.order.to_string(),
        at: one.at,
    });
    ctx.page(&AcceptedPage { accepted: accepted.collect() })
}

/// `GET /center/terms/{terms}`: the version as it was accepted, as a text file.
pub async fn download(ctx: Ctx) -> Answer {
    let terms = ctx.state.commerce.show_accepted_terms(ctx.customer()?, ctx.param("terms")?).await?;
    let text = format!("# {}\n\n{}\n", terms.title, terms.body);
    ctx.file(&Shown::from(text), "text/markdown; charset=utf-8", &format!("terms-{}.md", terms.version))
}
