//! One article, and whether it helped.

use mailkeep_helpdesk::articles::{LANGUAGES, Placed};
use mailkeep_types::Timestamp;
use serde::Serialize;

use super::{ArticleLink, filled, is_visitor, link, sample_links};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::markdown;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

const BESIDE: usize = 5;

/// An article.
#[derive(Debug, Serialize)]
pub struct ArticlePage {
    /// Its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// Its text as HTML.
    pub html: String,
    /// The anchor and words of each heading.
    pub headings: Vec<(String, String)>,
    /// Its language.
    pub language: String,
    /// Whether that is the reader's.
    pub own_language: bool,
    /// Its other languages.
    pub translations: Vec<Translation>,
    /// Address and name of the categories in which it lies, the outer first.
    pub categories: Vec<(String, String)>,
    /// Articles that the reader may want next.
    pub beside: Vec<ArticleLink>,
    /// Whether it is for customers alone.
    pub customers: bool,
    /// When it was written.
    pub written_at: Timestamp,
    /// What the reader said just now: `yes`, `no`, or nothing.
    pub voted: &'static str,
}

/// The article in another language.
#[derive(Debug, Clone, Serialize)]
pub struct Translation {
    /// The language.
    pub language: String,
    /// Its name in itself.
    pub name: &'static str,
    /// Its address.
    pub slug: String,
}

/// The name of a language in itself.
pub(crate) fn own_name(language: &str) -> &'static str {
    match language {
        "de" => "Deutsch",
        "es" => "Español",
        _ => "English",
    }
}

impl Page for ArticlePage {
    const TEMPLATE: &'static str = "site/help/article.html";

    fn samples() -> Vec<Self> {
        let text = "Thunderbird finds our servers by itself.\n\n## Add the mailbox\n\n1. Open **Account Settings**.\n2. Type your \
                    name, the address and an *app password*.\n3. Choose **Continue**.\n\n## By hand\n\n| For | Server | Port |\n\
                    |---|---|---|\n| Receiving | `mail.mailkeep.example` | 993 |\n| Sending | `mail.mailkeep.example` | 465 |\n\n\
                    ```\nname=\"value\"\n```\n\n> The password of a device is an app password.\n\n### If it does not work\n\nSee \
                    [the ports](/help/servers-and-ports).";
        let page = |voted, own_language| {
            let chapters = markdown::render_chapters(text);
            ArticlePage {
                slug: "set-up-thunderbird".to_owned(),
                title: "Set up Thunderbird".to_owned(),
                summary: "Add your mailbox to Thunderbird on Windows, macOS or Linux.".to_owned(),
                html: chapters.html,
                headings: chapters.headings,
                language: "en".to_owned(),
                own_language,
                translations: vec![Translation {
                    language: "de".to_owned(),
                    name: own_name("de"),
                    slug: "thunderbird-einrichten".to_owned(),
                }],
                categories: vec![
                    ("programs".to_owned(), "Mail programs".to_owned()),
                    ("computers".to_owned(), "Computers".to_owned()),
                ],
                beside: sample_links(),
                customers: !own_language,
                written_at: samples::days_ago(20),
                voted,
            }
        };
        vec![page("", true), page("yes", true), page("no", false)]
    }
}

/// `GET /help/{slug}`
pub async fn show(ctx: Ctx) -> Answer {
    let library = ctx.state.articles.library().await?;
    let (slug, visitor) = (ctx.param::<String>("slug")?, is_visitor(&ctx));
    let one = match library.at(&slug, visitor) {
        Some(Placed::Here(one)) => one,
        Some(Placed::Moved(one)) => return Ok(ctx.redirect(&format!("/help/{}", one.slug))),
        None => return Err(WebError::NotFound),
    };
    let config = ctx.faced_config();
    let chapters = markdown::render_chapters(&filled(&config, &one.body));
    let mut categories = Vec::new();
    let mut place = Some(one.category);
    while let Some(category) = library.categories().iter().find(|category| Some(category.id) == place) {
        categories.insert(0, (category.slug.clone(), category.name(&ctx.language).to_owned()));
        place = category.parent.filter(|_| categories.len() < 2);
    }
    let mut translations: Vec<Translation> = library
        .translations(one.article)
        .filter(|other| other.text != one.text)
        .map(|other| Translation {
            language: other.language.clone(),
            name: own_name(&other.language),
            slug: other.slug.clone(),
        })
        .collect();
    translations.sort_by_key(|other| LANGUAGES.iter().position(|language| *language == other.language));
    ctx.page(&ArticlePage {
        slug: one.slug.clone(),
        title: filled(&config, &one.title),
        summary: filled(&config, &one.summary),
        html: chapters.html,
        headings: chapters.headings,
        language: one.language.clone(),
        own_language: one.language == ctx.language,
        translations,
        categories,
        beside: library
            .beside(one, visitor, BESIDE)
            .into_iter()
            .map(|other| link(&config, &one.language, other))
            .collect(),
        customers: !one.public,
        written_at: one.written_at,
        voted: match ctx.query.get("voted") {
            "yes" => "yes",
            "no" => "no",
            _ => "",
        },
    })
}

/// `POST /help/{slug}/vote`: counted, without who. What to say afterwards stands in the address, because visitors get no cookie.
pub async fn vote(ctx: Ctx) -> Answer {
    let helped = match ctx.form.get("helped") {
        "yes" => true,
        "no" => false,
        _ => return Err(WebError::Bad(crate::messages::msg("help-vote-none"))),
    };
    let slug: String = ctx.param("slug")?;
    let network = ctx.peer.map(|peer| peer.to_string());
    let slug = ctx.state.articles.count_vote(&slug, is_visitor(&ctx), helped, network.as_deref()).await?;
    Ok(ctx.redirect(&format!("/help/{slug}?voted={}#helped", if helped { "yes" } else { "no" })))
}
