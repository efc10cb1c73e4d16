//! Jobs and dead letters.

use mailkeep_types::Timestamp;
use serde::Serialize;

use super::overview::Figure;
use crate::page::Page;
use crate::samples;

/// Jobs by state, and those that failed for good.
#[derive(Debug, Serialize)]
pub struct JobsPage {
    /// How many are ready, running, waiting, dead.
    pub figures: Vec<Figure>,
    /// Those that failed for good.
    pub dead: Vec<DeadRow>,
}

/// A job that failed for good.
#[derive(Debug, Clone, Serialize)]
pub struct DeadRow {
    /// Its id.
    pub id: String,
    /// What it does.
    pub kind: String,
    /// When it failed.
    pub at: Timestamp,
    /// How often it was tried.
    pub attempts: i64,
    /// What went wrong.
    pub error: String,
}

impl Page for JobsPage {
    const TEMPLATE: &'static str = "console/jobs.html";

    fn samples() -> Vec<Self> {
        let figures: Vec<Figure> =
            [("jobs_ready", 4), ("jobs_running", 1), ("jobs_waiting", 12), ("jobs_dead", 1)]
                .into_iter()
                .map(|(id, value)| Figure { id, value, href: None })
                .collect();
        let dead = DeadRow {
            id: "j".to_owned(),
            kind: "commerce.invoice_pdf".to_owned(),
            at: samples::minutes_ago(200),
            attempts: 12,
            error: "the font is missing".to_owned(),
        };
        vec![JobsPage { figures: figures.clone(), dead: vec![dead] }, JobsPage { figures, dead: Vec::new() }]
    }
}
