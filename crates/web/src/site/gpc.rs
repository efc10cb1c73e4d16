//! Says that the Global Privacy Control signal is honoured, in the form that its specification gives
//! (`/.well-known/gpc.json`).

use axum::http::header;
use axum::response::IntoResponse;
use serde_json::json;

use crate::ctx::Ctx;
use crate::routes::Answer;

/// Since when it is honoured as it is now.
const LAST_UPDATE: &str = "2026-11-27";

/// `GET /.well-known/gpc.json`
pub async fn show(_: Ctx) -> Answer {
    let body = json!({ "gpc": true, "lastUpdate": LAST_UPDATE });
    Ok(([(header::CACHE_CONTROL, "max-age=86400")], axum::Json(body)).into_response())
}
