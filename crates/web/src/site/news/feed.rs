//! What was sent as an Atom feed (RFC 4287), with the whole text of each: whoever reads feeds needs to give no address.

use axum::response::IntoResponse;

use super::sent_at;
use crate::announced;
use crate::atom;
use crate::ctx::Ctx;
use crate::routes::Answer;

const IN_FEED: i64 = 20;

/// `GET /news.atom`
pub async fn newest(ctx: Ctx) -> Answer {
    let (news, _) = ctx.state.outreach.archive(None, 0, IN_FEED).await?;
    let entries: Vec<atom::Entry> = news
        .into_iter()
        .map(|one| atom::Entry {
            id: one.id.uuid(),
            published: Some(sent_at(&one)),
            updated: sent_at(&one),
            path: format!("/news/{}", one.id),
            says: atom::Says::Html(announced::for_page(one.format, &one.body)),
            title: one.title,
        })
        .collect();
    let feed = atom::feed(&ctx, "/news", &ctx.say("news-title"), &entries);
    Ok(([atom::KIND], feed).into_response())
}
