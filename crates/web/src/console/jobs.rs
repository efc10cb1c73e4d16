//! Jobs and dead letters.

use mailkeep_storage::jobs::{self, DeadJob};
use mailkeep_storage::sql::SqlError;
use mailkeep_types::JobId;
use serde::Serialize;

use super::overview::Figure;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

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
            attempts: 12,
            error: "the font is missing".to_owned(),
        };
        vec![JobsPage { figures: figures.clone(), dead: vec![dead] }, JobsPage { figures, dead: Vec::new() }]
    }
}

/// `GET /console/jobs`
pub async fn show(ctx: Ctx) -> Answer {
    let (counts, dead) = ctx
        .state
        .db
        .read(|tx| -> Result<_, SqlError> { Ok((jobs::counts(tx)?, jobs::list_dead(tx)?)) })
        .await?;
    let figure = |id, value| Figure { id, value, href: None };
    let figures = vec![
        figure("jobs_waiting", counts.iter().map(|count| count.waiting).sum()),
        figure("jobs_dead", counts.iter().map(|count| count.dead).sum()),
    ];
    let row = |job: DeadJob| DeadRow {
        id: job.id.to_string(),
        kind: job.kind,
        attempts: i64::from(job.attempts),
        error: job.last_error,
    };
    let dead = dead.into_iter().map(row).collect();
    ctx.page(&JobsPage { figures, dead })
}

/// `POST /console/jobs/{job}/retry`
pub async fn retry(ctx: Ctx) -> Answer {
    let id: JobId = ctx.param("job")?;
    let found = ctx.state.db.write(move |tx| jobs::retry_dead(tx, id)).await?;
    if found { ctx.done("/console/jobs", msg("jobs-retried")) } else { Err(WebError::NotFound) }
}
