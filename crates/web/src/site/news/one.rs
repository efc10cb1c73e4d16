//! One announcement, as everybody may read it.

use serde::Serialize;

use super::{NewsLink, sample_links};
use crate::announced;
use crate::ctx::Ctx;
use crate::markdown;
use crate::page::Page;
use crate::routes::Answer;

/// An announcement.
#[derive(Debug, Serialize)]
pub struct NewsOnePage {
    /// What stands above it.
    pub one: NewsLink,
    /// Its text as HTML.
    pub html: String,
}

impl Page for NewsOnePage {
    const TEMPLATE: &'static str = "site/news/one.html";

    fn samples() -> Vec<Self> {
        let text = "Invitations that you get by mail can be answered **where you read them**.\n\n## What is new\n\n* *Yes*, \
                    *no* and *perhaps*, with a word.\n* Your calendar shows what is open.\n\nSee [the help](/help).";
        let page = |one| NewsOnePage { one, html: markdown::render(text).html };
        sample_links().into_iter().map(page).take(2).collect()
    }
}

/// `GET /news/{announcement}`
pub async fn show(ctx: Ctx) -> Answer {
    let found = ctx.state.outreach.archived(ctx.param("announcement")?).await?;
    ctx.page(&NewsOnePage {
        one: NewsLink::from(&found),
        html: announced::for_page(found.format, &found.body),
    })
}
