//! One post.

use serde::Serialize;

use super::{PostLink, sample_links};
use crate::ctx::Ctx;
use crate::markdown;
use crate::page::Page;
use crate::routes::Answer;

/// A post.
#[derive(Debug, Serialize)]
pub struct PostPage {
    /// What stands above it.
    pub post: PostLink,
    /// Its text as HTML.
    pub html: String,
    /// Whether its language is the reader's.
    pub own_language: bool,
}

impl Page for PostPage {
    const TEMPLATE: &'static str = "site/blog/post.html";

    fn samples() -> Vec<Self> {
        let text = "A server that does not know the sender may ask it to *come again later*.\n\n## What we do\n\n1. We try again \
                    after a minute.\n2. Then after two.\n\n> Mail is never lost while it waits.\n\nSee [the status](/status).";
        let page = |(index, post)| PostPage {
            post,
            html: markdown::render_chapters(text).html,
            own_language: index == 0,
        };
        sample_links().into_iter().enumerate().map(page).collect()
    }
}

/// `GET /blog/{slug}`
pub async fn show(ctx: Ctx) -> Answer {
    let post = ctx.state.outreach.published_post(&ctx.param::<String>("slug")?).await?;
    ctx.page(&PostPage {
        html: markdown::render_chapters(&post.body).html,
        own_language: post.language == ctx.language,
        post: PostLink::from(post),
    })
}
