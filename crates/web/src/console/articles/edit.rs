//! Writing an article: the form, how readers will see it, and what changed.

use mailkeep_helpdesk::articles::diff::{self, Line};
use mailkeep_helpdesk::articles::{ArticleError, Audience, Draft, Revision, Whole};
use mailkeep_types::{ArticleId, ArticleTextId, StaffId, Timestamp};
use serde::Serialize;

use super::{category_choices, language_choices};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::markdown;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;
use crate::site::help::article::own_name;
use crate::site::help::filled;

const FIELDS: &[&str] =
    &["title", "slug", "summary", "keywords", "body", "note", "category", "language", "related"];

/// One article, or a new one.
#[derive(Debug, Serialize)]
pub struct ArticlePage {
    /// Its number; empty for a new one.
    pub id: String,
    /// The article that a new text translates.
    pub of: String,
    /// What is written.
    pub form: Form,
    /// Categories to choose from.
    pub categories: Vec<Choose>,
    /// Languages to choose from.
    pub languages: Vec<Choose>,
    /// Who may read it.
    pub audiences: Vec<Choose>,
    /// How it stands; nothing for a new one.
    pub stands: Option<Stands>,
}

/// How an article stands.
#[derive(Debug, Serialize)]
pub struct Stands {
    /// The title of the newest revision.
    pub title: String,
    /// Where the newest revision stands.
    pub state: &'static str,
    /// The newest revision.
    pub newest: i64,
    /// The revision that readers see.
    pub published: Option<i64>,
    /// Its language.
    pub language: String,
    /// Its address.
    pub slug: String,
    /// When somebody has to look whether it still holds.
    pub review_at: Option<Timestamp>,
    /// Whether that day has come.
    pub stale: bool,
    /// Whether the program brings newer words.
    pub newer: bool,
    /// How many it helped, and how many not.
    pub votes: (i64, i64),
    /// Number, language and state of its other languages.
    pub translations: Vec<(String, &'static str, &'static str)>,
    /// The article in all its languages.
    pub article: String,
    /// Whether a language is missing.
    pub can_be_translated: bool,
    /// The newest revision as readers will see it.
    pub preview: String,
    /// All revisions, the newest first.
    pub revisions: Vec<RevisionRow>,
    /// Which two revisions are compared.
    pub compared: (i64, i64),
    /// What changed between them.
    pub changes: Vec<Line>,
}

/// A revision.
#[derive(Debug, Clone, Serialize)]
pub struct RevisionRow {
    /// Its number.
    pub number: i64,
    /// What changed.
    pub note: String,
    /// Who wrote it; nobody for what the program brought.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl Page for ArticlePage {
    const TEMPLATE: &'static str = "console/articles/one.html";

    fn samples() -> Vec<Self> {
        let written = Form::new()
            .with("title", "Set up Thunderbird")
            .with("slug", "set-up-thunderbird")
            .with("summary", "Add your mailbox to Thunderbird on Windows, macOS or Linux.")
            .with("body", "Open **Account Settings**.\n\n1. Type your name.\n2. Type the address.\n\n## By hand\n\nSee the table.")
            .with("category", "c")
            .with("audience", "public")
            .with("built_on", "3");
        let revision = |number, note: &str, by: Option<&str>| RevisionRow {
            number,
            note: note.to_owned(),
            by: by.map(str::to_owned),
            at: samples::days_ago(30 - number * 9),
        };
        let line = |text: &str| text.to_owned();
        let stands = |state: &'static str, published, newer| {
            Stands {
            title: "Set up Thunderbird".to_owned(),
            state,
            newest: 3,
            published,
            language: "en".to_owned(),
            slug: "set-up-thunderbird".to_owned(),
            review_at: Some(samples::days_ago(-300)),
            stale: newer,
            newer,
            votes: (41, 3),
            translations: vec![("b".to_owned(), "Deutsch", "published")],
            article: "a".to_owned(),
            can_be_translated: true,
            preview: markdown::render_chapters("Open **Account Settings**.\n\n1. Type your name.\n2. Type the address.\n\n## By hand\n\nSee the table.").html,
            revisions: vec![
                revision(3, "The menu has another name now", Some("wilma")),
                revision(2, "", None),
                revision(1, "", None),
            ],
            compared: (2, 3),
            changes: vec![
                Line::Skipped(4),
                Line::Same(line("## Add the mailbox")),
                Line::Removed(line("1. Open **Tools**.")),
                Line::Added(line("1. Open **Account Settings**.")),
                Line::Same(line("2. Type the address.")),
                Line::Skipped(12),
            ],
        }
        };
        let page = |id: &str, form: Form, stands| ArticlePage {
            id: id.to_owned(),
            of: String::new(),
            form,
            categories: vec![Choose::new("c", "Mail programs")],
            languages: language_choices(),
            audiences: vec![Choose::new("public", "Everybody"), Choose::new("customers", "Customers")],
            stands,
        };
        vec![
            page("", Form::new().with("title", "Fax").wrong("summary", msg("form-required")), None),
            page("a", written.clone(), Some(stands("draft", Some(2), false))),
            page("a", written.clone(), Some(stands("in_review", None, false))),
            page("a", written.clone(), Some(stands("published", Some(3), true))),
            page("a", written, Some(stands("retired", None, false))),
        ]
    }
}

fn audiences(ctx: &Ctx) -> Vec<Choose> {
    Audience::ALL
        .iter()
        .map(|audience| {
            Choose::new(audience.word(), ctx.text(&crate::uses::word("article-audience", audience.word())))
        })
        .collect()
}

async fn blank(ctx: &Ctx, form: Form) -> Result<ArticlePage, WebError> {
    let categories = ctx.state.articles.categories().await?;
    let of = if ctx.form.get("of").is_empty() { ctx.query.get("of") } else { ctx.form.get("of") };
    Ok(ArticlePage {
        id: String::new(),
        of: of.to_owned(),
        form,
        categories: category_choices(&categories, &ctx.language),
        languages: language_choices(),
        audiences: audiences(ctx),
        stands: None,
    })
}

fn form_of(whole: &Whole, newest: &Revision) -> Form {
    Form::new()
        .with("title", newest.title.clone())
        .with("slug", whole.text.slug.clone())
        .with("summary", newest.summary.clone())
        .with("keywords", newest.keywords.clone())
        .with("body", newest.body.clone())
        .with("category", whole.article.category.to_string())
        .with("audience", whole.article.audience.word().to_owned())
        .with("related", whole.related.join(", "))
        .with("built_on", whole.text.newest.to_string())
}

async fn page(ctx: &Ctx, whole: Whole, form: Option<Form>) -> Result<ArticlePage, WebError> {
    let names = ctx.state.identity.name_colleagues(ctx.access()).await?;
    let name = |by: StaffId| names.get(&by).cloned().unwrap_or_else(|| by.to_string());
    let newest = whole.revisions.first().ok_or(WebError::NotFound)?;
    let numbered = |asked: &str, otherwise: i64| {
        let asked = asked.parse().unwrap_or(otherwise);
        whole.revisions.iter().find(|one| one.number == asked)
    };
    let newer = numbered(ctx.query.get("to"), newest.number).unwrap_or(newest);
    let older = numbered(ctx.query.get("from"), newer.number - 1);
    let written =
        |one: &Revision| format!("{}\n{}\n{}\n\n{}", one.title, one.summary, one.keywords, one.body);
    let changes = older.map(|older| diff::lines(&written(older), &written(newer))).unwrap_or_default();
    let text = &whole.text;
    let stands = Stands {
        title: newest.title.clone(),
        state: text.state.word(),
        newest: text.newest,
        published: text.published,
        language: own_name(&text.language).to_owned(),
        slug: text.slug.clone(),
        review_at: text.review_at,
        stale: text.published.is_some() && text.review_at.is_some_and(|at| at <= ctx.state.clock.now()),
        newer: text.shipped_newer,
        votes: whole.votes,
        translations: whole
            .translations
            .iter()
            .filter(|other| other.id != text.id)
            .map(|other| (other.id.to_string(), own_name(&other.language), other.state.word()))
            .collect(),
        article: whole.article.id.to_string(),
        can_be_translated: whole.translations.len() < language_choices().len(),
        preview: markdown::render_chapters(&filled(&ctx.faced_config(), &newest.body)).html,
        compared: (older.map_or(0, |one| one.number), newer.number),
        changes,
        revisions: whole
            .revisions
            .iter()
            .map(|one| RevisionRow {
                number: one.number,
                note: one.note.clone(),
                by: one.written_by.map(name),
                at: one.at,
            })
            .collect(),
    };
    let form = form.unwrap_or_else(|| form_of(&whole, newest));
    let id = text.id.to_string();
    Ok(ArticlePage { id, stands: Some(stands), ..blank(ctx, form).await? })
}

/// `GET /console/articles/new?of=…`: a new article, or the translation of one.
pub async fn show_new(ctx: Ctx) -> Answer {
    let mut form =
        Form::new().with("audience", Audience::Public.word()).with("language", ctx.language.clone());
    if let Ok(of) = ctx.query.get("of").parse::<ArticleId>() {
        let all = ctx.state.articles.list_articles(Default::default()).await?;
        let mut texts = all.iter().filter(|one| one.article.id == of);
        let first = texts.next().ok_or(WebError::NotFound)?;
        let taken: Vec<&str> =
            all.iter().filter(|one| one.article.id == of).map(|one| one.text.language.as_str()).collect();
        let free = language_choices().into_iter().find(|one| !taken.contains(&one.value.as_str()));
        form = form
            .with("category", first.article.category.to_string())
            .with("audience", first.article.audience.word())
            .with("body", first.revision.body.clone())
            .with("language", free.map(|one| one.value).unwrap_or_default());
    }
    let page = blank(&ctx, form).await?;
    ctx.page(&page)
}

fn draft(ctx: &Ctx) -> Result<Draft, ArticleError> {
    let form = &ctx.form;
    let missing = |field| ArticleError::Field { field, sentence: "Choose a category.".to_owned() };
    Ok(Draft {
        title: form.get("title").to_owned(),
        slug: form.get("slug").to_owned(),
        summary: form.get("summary").to_owned(),
        keywords: form.get("keywords").to_owned(),
        body: form.lines("body"),
        note: form.get("note").to_owned(),
        category: form.get("category").parse().map_err(|_| missing("category"))?,
        audience: Audience::from_word(form.get("audience")).unwrap_or(Audience::Customers),
        related: form
            .get("related")
            .split([',', ' '])
            .map(|slug| slug.trim().trim_start_matches("/help/").to_owned())
            .filter(|slug| !slug.is_empty())
            .collect(),
    })
}

/// `POST /console/articles`
pub async fn submit(ctx: Ctx) -> Answer {
    let staff = ctx.who.staff()?.staff;
    let (language, of) = (ctx.form.get("language").to_owned(), ctx.form.get("of").parse().ok());
    let begun = match draft(&ctx) {
        Ok(draft) => ctx.state.articles.begin_article(staff, language, of, draft).await,
        Err(error) => Err(error),
    };
    match begun {
        Ok(id) => ctx.done(&format!("/console/articles/{id}"), msg("article-saved")),
        Err(error) => {
            let mut form = Form::of(&ctx.form);
            form.take(error, FIELDS)?;
            let page = blank(&ctx, form).await?;
            ctx.refused(&page)
        }
    }
}

/// `GET /console/articles/{text}?from=…&to=…`
pub async fn show_one(ctx: Ctx) -> Answer {
    let whole = ctx.state.articles.article(ctx.param("text")?).await?;
    let page = page(&ctx, whole, None).await?;
    ctx.page(&page)
}

/// `POST /console/articles/{text}`
pub async fn change(ctx: Ctx) -> Answer {
    let (staff, id) = (ctx.who.staff()?.staff, ctx.param::<ArticleTextId>("text")?);
    let built_on = ctx.form.get("built_on").parse().unwrap_or(0);
    let written = match draft(&ctx) {
        Ok(draft) => ctx.state.articles.write_article(staff, id, built_on, draft).await,
        Err(error) => Err(error),
    };
    match written {
        Ok(()) => ctx.done(&format!("/console/articles/{id}"), msg("article-saved")),
        Err(error) => {
            let mut form = Form::of(&ctx.form);
            let overtaken = matches!(error, ArticleError::State(_));
            form.take(error, FIELDS)?;
            let whole = ctx.state.articles.article(id).await?;
            if overtaken {
                // What was written meanwhile stands beside it now; saving again is then meant.
                form = form.with("built_on", whole.text.newest.to_string());
            }
            let page = page(&ctx, whole, Some(form)).await?;
            ctx.refused(&page)
        }
    }
}
