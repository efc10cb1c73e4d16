//! New mail by itself: server-sent events that say that something changed, and nothing else.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;

use crate::ctx::Ctx;
use crate::routes::Answer;

/// The browser asks again after this; so a session that ended is noticed, and a node that stops is not held up.
const LENGTH: Duration = Duration::from_secs(600);

/// `GET /mail/events`
pub async fn listen(ctx: Ctx) -> Answer {
    let watch = ctx.visit()?.session.watch();
    let end = tokio::time::Instant::now() + LENGTH;
    let events = stream::unfold(watch, move |mut watch| async move {
        match tokio::time::timeout_at(end, watch.changed()).await {
            Ok(_) => Some((Ok::<_, Infallible>(Event::default().event("changed").data("")), watch)),
            Err(_) => None,
        }
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(25))).into_response())
}
