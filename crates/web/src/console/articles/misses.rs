//! Searches that found nothing: what readers want and nobody wrote yet.

use mailkeep_helpdesk::articles::{Miss, SHOWN_FROM};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::Answer;

/// The searches.
#[derive(Debug, Serialize)]
pub struct SearchesPage {
    /// Those that were made often enough to be shown.
    pub misses: Vec<Miss>,
    /// How many others there are.
    pub others: i64,
    /// How often is often enough.
    pub shown_from: i64,
}

impl Page for SearchesPage {
    const TEMPLATE: &'static str = "console/articles/searches.html";

    fn samples() -> Vec<Self> {
        let miss = |words: &str, searched| Miss {
            language: "en".to_owned(),
            words: words.to_owned(),
            searched,
            searched_on: "2026-05-12".to_owned(),
        };
        let misses = vec![miss("calendar sharing", 31), miss("fax", 6)];
        vec![
            SearchesPage { misses, others: 12, shown_from: SHOWN_FROM },
            SearchesPage { misses: Vec::new(), others: 0, shown_from: SHOWN_FROM },
        ]
    }
}

/// `GET /console/articles/searches`
pub async fn show(ctx: Ctx) -> Answer {
    let (misses, all) = ctx.state.articles.misses().await?;
    let others = all - i64::try_from(misses.len()).unwrap_or(0);
    ctx.page(&SearchesPage { misses, others, shown_from: SHOWN_FROM })
}
