//! The operator's port: metrics, health and readiness.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use mailkeep_storage::sql::{Database, SqlError, params};
use metrics_exporter_prometheus::PrometheusHandle;
use serde::Deserialize;

use crate::steered::Steered;

/// What the operator's port tells of.
#[derive(Clone)]
pub struct Operator {
    /// The metrics.
    pub metrics: PrometheusHandle,
    /// Asked whether it answers.
    pub db: Database,
    /// Is everything started, and not yet stopping?
    pub serving: Arc<AtomicBool>,
    /// The clock, when it can be moved.
    pub steered: Option<Steered>,
}

/// The routes of the operator's port.
pub fn router(operator: Operator) -> Router {
    let mut router = Router::new()
        .route("/metrics", get(|State(operator): State<Operator>| async move { operator.metrics.render() }))
        .route("/health", get(|| async { "alive\n" }))
        .route("/ready", get(ready));
    if operator.steered.is_some() {
        router = router.route("/clock/advance", post(advance));
    }
    router.with_state(operator)
}

/// Ready to serve: started, not stopping, and the database answers within two seconds.
async fn ready(State(operator): State<Operator>) -> (StatusCode, &'static str) {
    if !operator.serving.load(Ordering::Relaxed) {
        return (StatusCode::SERVICE_UNAVAILABLE, "starting or stopping\n");
    }
    let asked =
        operator.db.read(|tx| tx.query_one("SELECT CAST(1 AS BIGINT)", params![], |row| row.get::<i64>(0)));
    match tokio::time::timeout(Duration::from_secs(2), asked).await {
        Ok(Ok(_)) => (StatusCode::OK, "ready\n"),
        Ok(Err(SqlError::Closed)) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database is silent\n"),
        Ok(Err(_)) => (StatusCode::SERVICE_UNAVAILABLE, "the database refuses\n"),
    }
}

/// How often it is looked whether a job runs, before the clock is moved all the same.
const PATIENCE: u32 = 250;
const LOOK_AGAIN: Duration = Duration::from_millis(20);

#[derive(Deserialize)]
struct Advance {
    seconds: u64,
}

/// Moves the clock between jobs: one that began before and ends after would wait its whole turn once more before it sees the new time.
async fn advance(State(operator): State<Operator>, Query(by): Query<Advance>) -> (StatusCode, String) {
    for _ in 0..PATIENCE {
        if !matches!(operator.db.read(mailkeep_storage::jobs::is_any_running).await, Ok(true)) {
            break;
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
    match operator.steered.map(|steered| steered.advance(Duration::from_secs(by.seconds))) {
        Some(Ok(now)) => (StatusCode::OK, format!("{now}\n")),
        Some(Err(error)) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}\n")),
        None => (StatusCode::NOT_FOUND, String::new()),
    }
}
