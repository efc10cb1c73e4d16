//! One disclosure.

use mailkeep_policy::disclosures::{self, Disclosure, DisclosureState, KEPT_FOR};
use mailkeep_types::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::list::DisclosureRow;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// A disclosure.
#[derive(Debug, Serialize)]
pub struct DisclosurePage {
    /// What the list shows of it.
    pub row: DisclosureRow,
    /// The categories of the scope.
    pub scope: Vec<&'static str>,
    /// From when.
    pub period_from: Option<Timestamp>,
    /// Until when.
    pub period_until: Option<Timestamp>,
    /// SHA-256 of the document.
    pub document: String,
    /// Who agreed or refused, and when.
    pub second: Option<String>,
    /// When.
    pub second_at: Option<Timestamp>,
    /// Until when the person may not be told.
    pub sealed_until: Option<Timestamp>,
    /// When it was revealed.
    pub revealed_at: Option<Timestamp>,
    /// When it was produced.
    pub produced_at: Option<Timestamp>,
    /// SHA-256 of the archive.
    pub package: Option<String>,
    /// The passphrase of the archive: once, right after it was made.
    pub passphrase: Option<String>,
    /// What the reader may do: `decide`, `withdraw`, `produce`, `take`, `reveal`.
    pub acts: Vec<&'static str>,
}

impl Page for DisclosurePage {
    const TEMPLATE: &'static str = "console/disclosure.html";

    fn samples() -> Vec<Self> {
        let page = |row: DisclosureRow, acts: &[&'static str], passphrase: Option<&str>| {
            let decided = row.state != "waiting";
            let produced = row.state == "produced";
            DisclosurePage {
                scope: vec!["identity", "contact"],
                period_from: Some(samples::days_ago(90)),
                period_until: None,
                document: "9f".repeat(32),
                second: decided.then(|| "emmy".to_owned()),
                second_at: decided.then(|| samples::days_ago(1)),
                sealed_until: row
                    .sealed
                    .then(|| samples::now().plus(std::time::Duration::from_secs(7_776_000))),
                revealed_at: None,
                produced_at: produced.then(|| samples::minutes_ago(3)),
                package: produced.then(|| "a3".repeat(32)),
                passphrase: passphrase.map(str::to_owned),
                acts: acts.to_vec(),
                row,
            }
        };
        let words = "4KQ2-7XJP-M3VA-ZB5T-6NWE-QH2C-RYD4-LUG7";
        vec![
            page(DisclosureRow::sample("waiting", "warn"), &["decide"], None),
            page(DisclosureRow::sample("waiting", "warn"), &["withdraw"], None),
            page(DisclosureRow::sample("agreed", "note"), &["produce", "reveal"], None),
            page(DisclosureRow::sample("produced", "good"), &["produce", "take"], Some(words)),
            page(DisclosureRow::sample("refused", "bad"), &[], None),
        ]
    }
}

/// `GET /console/disclosures/{disclosure}`
pub async fn show(ctx: Ctx) -> Answer {
    let row = found(&ctx).await?;
    let page = page(&ctx, &row, None).await?;
    ctx.page(&page)
}

/// The disclosure of the path.
///
/// # Errors
/// When there is none.
pub async fn found(ctx: &Ctx) -> Result<Disclosure, WebError> {
    let id: Uuid = ctx.param("disclosure")?;
    disclosures::find(&ctx.state.policy, id).await?.ok_or(WebError::NotFound)
}

/// The page of a disclosure.
///
/// # Errors
/// A failure of the database.
pub async fn page(
    ctx: &Ctx,
    row: &Disclosure,
    passphrase: Option<String>,
) -> Result<DisclosurePage, WebError> {
    let names = ctx.state.identity.name_colleagues(ctx.access()).await?;
    let (now, staff) = (ctx.state.clock.now(), ctx.who.staff()?.staff);
    let own = row.opened_by == staff;
    let mut acts = Vec::new();
    match (row.state(), own) {
        (DisclosureState::Waiting, false) => acts.push("decide"),
        (DisclosureState::Waiting, true) => acts.push("withdraw"),
        (DisclosureState::Agreed | DisclosureState::Produced, true) => acts.push("produce"),
        _ => {}
    }
    if own && row.produced_at.is_some_and(|at| now.since(at) < KEPT_FOR) {
        acts.push("take");
    }
    if row.agreed_by.is_some() && row.is_sealed(now) {
        acts.push("reveal");
    }
    let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
    let second = row.agreed_by.or(row.refused_by);
    Ok(DisclosurePage {
        row: DisclosureRow::of(ctx, row, &names).await?,
        scope: row.scope.iter().map(|category| category.id()).collect(),
        period_from: row.period_from,
        period_until: row.period_until,
        document: hex(&row.document),
        second: second.map(|id| names.get(&id).cloned().unwrap_or_default()),
        second_at: row.agreed_at.or(row.refused_at),
        sealed_until: row.sealed_until,
        revealed_at: row.revealed_at,
        produced_at: row.produced_at,
        package: row.package_hash.map(|hash| hex(&hash)),
        passphrase,
        acts,
    })
}
