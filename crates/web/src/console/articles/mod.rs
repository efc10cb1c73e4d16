//! The knowledgebase for staff who write: all articles in all states, their revisions, categories, and what is to be mended.

pub mod act;
pub mod categories;
pub mod edit;
pub mod links;
pub mod misses;

use mailkeep_helpdesk::articles::{ArticleState, Entry, Filter, LANGUAGES};
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::form::Form;
use crate::options::Choose;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::{Answer, Permission, Routes, StaffPermission};
use crate::samples;
use crate::site::help::article::own_name;

const SIZE: i64 = 50;

/// Declares the routes.
pub fn routes(routes: &mut Routes) {
    let write = Permission::Staff(StaffPermission::Articles);
    routes.get("/console/articles", write, show);
    routes.post("/console/articles", write, edit::submit);
    routes.get("/console/articles/new", write, edit::show_new);
    routes.get("/console/articles/links", write, links::show);
    routes.get("/console/articles/searches", write, misses::show);
    routes.get("/console/articles/categories", write, categories::show);
    routes.post("/console/articles/categories", write, categories::add);
    routes.post("/console/articles/categories/{article_category}", write, categories::change);
    routes.post("/console/articles/categories/{article_category}/remove", write, categories::remove);
    routes.get("/console/articles/{text}", write, edit::show_one);
    routes.post("/console/articles/{text}", write, edit::change);
    routes.post("/console/articles/{text}/submit", write, act::submit);
    routes.post("/console/articles/{text}/return", write, act::give_back);
    routes.post("/console/articles/{text}/publish", write, act::publish);
    routes.post("/console/articles/{text}/retire", write, act::retire);
    routes.post("/console/articles/{text}/confirm", write, act::confirm);
    routes.post("/console/articles/{text}/renew", write, act::renew);
}

/// The articles.
#[derive(Debug, Serialize)]
pub struct ArticlesPage {
    /// What is asked for.
    pub form: Form,
    /// Categories to choose from.
    pub categories: Vec<Choose>,
    /// Languages to choose from.
    pub languages: Vec<Choose>,
    /// The articles.
    pub rows: Vec<ArticleRow>,
    /// Which page of them.
    pub paging: Paging,
    /// The filter as it stands in an address.
    pub query: String,
    /// How many wait for review, and how many somebody has to look at.
    pub waiting: [usize; 2],
    /// How many of what the program brings is newer than what staff built on.
    pub newer: usize,
}

/// An article in the list.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleRow {
    /// Its number.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its language.
    pub language: String,
    /// The name of its category.
    pub category: String,
    /// Where its newest revision stands.
    pub state: &'static str,
    /// Whether readers see an older revision meanwhile.
    pub older_is_read: bool,
    /// Whether it is for customers alone.
    pub customers: bool,
    /// Whether somebody has to look at it.
    pub stale: bool,
    /// Whether the program brings newer words.
    pub newer: bool,
    /// How many it helped, and how many not.
    pub votes: (i64, i64),
    /// When something happened to it.
    pub at: Timestamp,
}

impl Page for ArticlesPage {
    const TEMPLATE: &'static str = "console/articles/list.html";

    fn samples() -> Vec<Self> {
        let row = |title: &str, language: &str, state: &'static str, days| ArticleRow {
            id: "a".to_owned(),
            title: title.to_owned(),
            language: language.to_owned(),
            category: "Mail programs".to_owned(),
            state,
            older_is_read: state == "in_review",
            customers: state == "draft",
            stale: days > 300,
            newer: days > 300,
            votes: (41, 3),
            at: samples::days_ago(days),
        };
        let rows = vec![
            row("Set up Thunderbird", "en", "in_review", 0),
            row("Mit den Mails umziehen", "de", "draft", 2),
            row("Space and quotas", "en", "published", 400),
            row("Fax over mail", "en", "retired", 500),
        ];
        let page = |rows: Vec<ArticleRow>, waiting| ArticlesPage {
            form: Form::new().with("q", "mail"),
            categories: vec![Choose::new("", "Every category"), Choose::new("c", "Mail programs")],
            languages: vec![Choose::new("", "Every language"), Choose::new("en", "English")],
            paging: Paging { page: 1, size: SIZE, total: i64::try_from(rows.len()).unwrap_or(0) },
            rows,
            query: "q=mail&".to_owned(),
            waiting,
            newer: waiting[1],
        };
        vec![page(rows, [1, 1]), page(Vec::new(), [0, 0])]
    }
}

/// The categories as options, those within others after them.
pub(super) fn category_choices(
    categories: &[mailkeep_helpdesk::articles::Category],
    language: &str,
) -> Vec<Choose> {
    let mut choices = Vec::new();
    for top in categories.iter().filter(|one| one.parent.is_none()) {
        choices.push(Choose::new(top.id.to_string(), top.name(language)));
        for inner in categories.iter().filter(|one| one.parent == Some(top.id)) {
            let name = format!("{} › {}", top.name(language), inner.name(language));
            choices.push(Choose::new(inner.id.to_string(), name));
        }
    }
    choices
}

/// The languages as options.
pub(super) fn language_choices() -> Vec<Choose> {
    LANGUAGES.iter().map(|language| Choose::new(*language, own_name(language))).collect()
}

fn row(entry: Entry, category: String, now: Timestamp) -> ArticleRow {
    let text = entry.text;
    ArticleRow {
        id: text.id.to_string(),
        title: entry.revision.title,
        category,
        state: text.state.word(),
        older_is_read: text.published.is_some() && text.state != ArticleState::Published,
        customers: entry.article.audience == mailkeep_helpdesk::articles::Audience::Customers,
        stale: text.published.is_some() && text.review_at.is_some_and(|at| at <= now),
        newer: text.shipped_newer,
        language: text.language,
        votes: entry.votes,
        at: text.changed_at,
    }
}

/// `GET /console/articles?q=…&state=…&language=…&category=…&only=stale|newer&page=…`
pub async fn show(ctx: Ctx) -> Answer {
    let articles = &ctx.state.articles;
    let categories = articles.categories().await?;
    let filter = Filter {
        state: ArticleState::from_word(ctx.query.get("state")),
        language: Some(ctx.query.get("language").to_owned()).filter(|language| !language.is_empty()),
        category: ctx.query.get("category").parse().ok(),
        words: ctx.query.get("q").to_owned(),
        stale: ctx.query.get("only") == "stale",
        newer: ctx.query.get("only") == "newer",
    };
    let count = |filter: Filter| async move {
        Ok::<_, crate::error::WebError>(articles.list_articles(filter).await?.len())
    };
    let waiting = [
        count(Filter { state: Some(ArticleState::InReview), ..Filter::default() }).await?,
        count(Filter { stale: true, ..Filter::default() }).await?,
    ];
    let newer = count(Filter { newer: true, ..Filter::default() }).await?;
    let mut paging = Paging::asked(ctx.query.get("page"), SIZE);
    let found = paging.cut(articles.list_articles(filter).await?);
    let now = ctx.state.clock.now();
    let name = |entry: &Entry| {
        let category = categories.iter().find(|one| one.id == entry.article.category);
        category.map(|one| one.name(&ctx.language).to_owned()).unwrap_or_default()
    };
    let rows = found
        .into_iter()
        .map(|entry| {
            let category = name(&entry);
            row(entry, category, now)
        })
        .collect();
    let every = |choices: Vec<Choose>, id: &'static str| {
        let mut all = vec![Choose::new("", ctx.say(id))];
        all.extend(choices);
        all
    };
    let mut form = Form::new();
    let mut query = String::new();
    for field in ["q", "state", "language", "category", "only"] {
        let value = ctx.query.get(field).to_owned();
        if !value.is_empty() {
            query.push_str(&format!("{field}={}&", crate::ctx::encode(&value)));
            form = form.with(field, value);
        }
    }
    ctx.page(&ArticlesPage {
        form,
        categories: every(category_choices(&categories, &ctx.language), "articles-every-category"),
        languages: every(language_choices(), "articles-every-language"),
        rows,
        paging,
        query,
        waiting,
        newer,
    })
}
