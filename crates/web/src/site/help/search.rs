//! Searching the knowledgebase: a plain GET, so that a search can be linked to and works without a script.

use mailkeep_helpdesk::articles::FoundArticle;
use serde::Serialize;

use super::{filled, is_visitor};
use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::Answer;

/// Longer searches are cut.
const LONGEST: usize = 200;

/// What a search found.
#[derive(Debug, Serialize)]
pub struct SearchPage {
    /// What was typed.
    pub typed: String,
    /// What was found, the best first.
    pub results: Vec<ResultView>,
    /// What was probably meant.
    pub meant: Option<String>,
}

/// A result.
#[derive(Debug, Clone, Serialize)]
pub struct ResultView {
    /// Its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// A piece of its text.
    pub snippet: String,
    /// The name of its category.
    pub category: String,
    /// Its language, where that is not the reader's.
    pub language: Option<String>,
}

impl Page for SearchPage {
    const TEMPLATE: &'static str = "site/help/search.html";

    fn samples() -> Vec<Self> {
        let result = |slug: &str, title: &str, language: Option<&str>| ResultView {
            slug: slug.to_owned(),
            title: title.to_owned(),
            summary: "Add your mailbox to Thunderbird on Windows, macOS or Linux.".to_owned(),
            snippet:
                "… type your name, the address and an app password. Thunderbird finds our servers by itself …"
                    .to_owned(),
            category: "Mail programs".to_owned(),
            language: language.map(str::to_owned),
        };
        let page = |typed: &str, results, meant: Option<&str>| SearchPage {
            typed: typed.to_owned(),
            results,
            meant: meant.map(str::to_owned),
        };
        let results = vec![
            result("set-up-thunderbird", "Set up Thunderbird", None),
            result("umziehen", "Mit den Mails umziehen", Some("de")),
        ];
        vec![
            page("thunderbrid", results.clone(), Some("thunderbird")),
            page("set up", results, None),
            page("xylophone", Vec::new(), None),
            page("", Vec::new(), None),
        ]
    }
}

/// `GET /help/search?q=…`
pub async fn show(ctx: Ctx) -> Answer {
    let typed: String = ctx.query.get("q").chars().take(LONGEST).collect();
    let library = ctx.state.articles.library().await?;
    let found = library.search(&ctx.language, &typed, is_visitor(&ctx));
    if found.results.is_empty() && !typed.is_empty() {
        ctx.state.articles.count_miss(&ctx.language, &typed).await?;
    }
    let config = ctx.faced_config();
    let view = |one: FoundArticle| ResultView {
        category: library
            .categories()
            .iter()
            .find(|category| category.id == one.category)
            .map(|category| category.name(&ctx.language).to_owned())
            .unwrap_or_default(),
        slug: one.slug,
        title: filled(&config, &one.title),
        summary: filled(&config, &one.summary),
        snippet: one.snippet,
        language: (one.language != ctx.language).then_some(one.language),
    };
    let results = found.results.into_iter().map(view).collect();
    ctx.page(&SearchPage { typed, results, meant: found.meant })
}
