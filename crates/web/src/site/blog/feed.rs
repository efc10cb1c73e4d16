//! The blog as an Atom feed (RFC 4287), with the whole text of each post.

use axum::response::IntoResponse;

use crate::atom;
use crate::ctx::Ctx;
use crate::markdown;
use crate::routes::Answer;

const IN_FEED: i64 = 20;

/// `GET /blog.atom`
pub async fn posts(ctx: Ctx) -> Answer {
    let (posts, _) = ctx.state.outreach.published_posts(None, 0, IN_FEED).await?;
    let entries: Vec<atom::Entry> = posts
        .into_iter()
        .map(|post| atom::Entry {
            id: post.id.uuid(),
            title: post.title.clone(),
            published: post.published_at,
            updated: post.updated_at(),
            path: format!("/blog/{}", post.slug),
            says: atom::Says::Html(markdown::render(&post.body).html),
        })
        .collect();
    let feed = atom::feed(&ctx, "/blog", &ctx.say("blog-title"), &entries);
    Ok(([atom::KIND], feed).into_response())
}
