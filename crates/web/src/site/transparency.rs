//! The transparency report: what happened with people's data outside of everyday work, counted.

use axum::http::header;
use axum::response::IntoResponse;
use mailkeep_policy::disclosures::Ground;
use mailkeep_policy::transparency::{
    self, Band, CaseTotals, GroundTotals, Half, Report, RequestTotals, UnusualTotals,
};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::Answer;

/// The report.
#[derive(Debug, Serialize)]
pub struct TransparencyPage {
    /// What the policy core counted.
    pub report: Report,
}

impl Page for TransparencyPage {
    const TEMPLATE: &'static str = "site/transparency.html";

    fn samples() -> Vec<Self> {
        let half = |year, half, running, disclosed, requests: Vec<RequestTotals>| Half {
            year,
            half,
            running,
            grounds: Ground::ALL
                .iter()
                .enumerate()
                .map(|(index, ground)| GroundTotals {
                    ground: *ground,
                    disclosed: if index == 0 { disclosed } else { 0 },
                    refused: if index < 2 { disclosed / 2 } else { 0 },
                })
                .collect(),
            sealed: Band::of(3),
            break_glass: CaseTotals { opened: disclosed, confirmed: disclosed, disputed: 0, unseen: 0 },
            unusual: UnusualTotals { found: disclosed, explained: disclosed },
            requests,
        };
        let export = RequestTotals {
            kind: "export".to_owned(),
            received: 12,
            answered: 11,
            median_seconds: Some(5 * 3600),
            longest_seconds: Some(9 * 86_400),
        };
        let erase = RequestTotals {
            kind: "erase".to_owned(),
            received: 1,
            answered: 0,
            median_seconds: None,
            longest_seconds: None,
        };
        vec![
            TransparencyPage {
                report: Report {
                    policy_id: "9f".repeat(32),
                    halves: vec![
                        half(2026, 1, true, 4, vec![export, erase]),
                        half(2025, 2, false, 2, Vec::new()),
                    ],
                },
            },
            TransparencyPage {
                report: Report {
                    policy_id: "9f".repeat(32),
                    halves: vec![half(2026, 1, true, 0, Vec::new())],
                },
            },
        ]
    }
}

/// `GET /transparency`
pub async fn show(ctx: Ctx) -> Answer {
    let report = transparency::report(&ctx.state.policy).await?;
    ctx.page(&TransparencyPage { report })
}

/// `GET /transparency.json`
pub async fn json(ctx: Ctx) -> Answer {
    let report = transparency::report(&ctx.state.policy).await?;
    Ok(([(header::CACHE_CONTROL, "max-age=300")], axum::Json(report)).into_response())
}
