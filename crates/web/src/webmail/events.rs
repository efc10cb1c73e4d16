//! New mail by itself: server-sent events that say that something changed, and nothing else.

use std::convert::Infallible;
use std::time::Duration;

use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{StreamExt, stream};

use crate::ctx::Ctx;
use crate::routes::Answer;

/// The browser asks again after this; so a session that ended is noticed, and a node that stops is not held up.
const LENGTH: Duration = Duration::from_secs(600);

/// `GET /mail/events`
pub async fn listen(ctx: Ctx) -> Answer {
    let watch = ctx.visit()?.session.watch();
    let end = tokio::time::Instant::now() + LENGTH;
    // A browser drops an event without data. The first one comes at once, because something may have changed between the
    // page and this request.
    let changed = || Ok::<_, Infallible>(Event::default().event("changed").data("mailbox"));
    let later = stream::unfold(watch, move |mut watch| async move {
        tokio::time::timeout_at(end, watch.changed()).await.ok().map(|_| (changed(), watch))
    });
    let events = stream::once(async move { changed() }).chain(later);
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(25))).into_response())
}
