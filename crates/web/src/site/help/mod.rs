//! The knowledgebase as readers see it: by category, by search, article by article. No page of it sets a cookie.

pub mod article;
pub mod feed;
pub mod search;

use mailkeep_helpdesk::articles::{Category, Library, Published};
use serde::Serialize;

use crate::config::WebConfig;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::routes::Answer;

/// Articles of a category that stand on the first page.
const SHOWN: usize = 5;
const POPULAR: usize = 6;

/// The first page: search, what helped most, categories.
#[derive(Debug, Serialize)]
pub struct HelpPage {
    /// What helped most.
    pub popular: Vec<ArticleLink>,
    /// The categories with their first articles.
    pub categories: Vec<CategoryView>,
    /// How many articles there are.
    pub total: usize,
}

/// A category with what lies in it.
#[derive(Debug, Serialize)]
pub struct CategoryPage {
    /// The category.
    pub category: CategoryView,
    /// The category in which it lies.
    pub parent: Option<(String, String)>,
    /// Categories within it.
    pub within: Vec<CategoryView>,
}

/// A category.
#[derive(Debug, Clone, Serialize)]
pub struct CategoryView {
    /// Its address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its articles, or the first of them.
    pub articles: Vec<ArticleLink>,
    /// How many articles lie in it and within.
    pub total: usize,
}

/// An article in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleLink {
    /// Its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// Its language, where that is not the reader's.
    pub language: Option<String>,
    /// Whether it is for customers alone.
    pub customers: bool,
}

impl ArticleLink {
    pub(crate) fn sample(slug: &str, title: &str, summary: &str) -> Self {
        ArticleLink {
            slug: slug.to_owned(),
            title: title.to_owned(),
            summary: summary.to_owned(),
            language: None,
            customers: false,
        }
    }
}

pub(crate) fn sample_links() -> Vec<ArticleLink> {
    let mut links = vec![
        ArticleLink::sample(
            "set-up-thunderbird",
            "Set up Thunderbird",
            "Add your mailbox to Thunderbird on Windows, macOS or Linux.",
        ),
        ArticleLink::sample(
            "two-step-login",
            "Two-step login",
            "A code from your phone beside the password.",
        ),
        ArticleLink::sample(
            "the-billing-month",
            "The billing month",
            "When we count, when the invoice comes, when it is paid.",
        ),
    ];
    links.push(ArticleLink {
        language: Some("de".to_owned()),
        customers: true,
        ..ArticleLink::sample(
            "umziehen",
            "Mit den Mails umziehen",
            "Postfächer von einem anderen Anbieter mitnehmen.",
        )
    });
    links
}

impl Page for HelpPage {
    const TEMPLATE: &'static str = "site/help/home.html";

    fn samples() -> Vec<Self> {
        let category = |slug: &str, name: &str, total| CategoryView {
            slug: slug.to_owned(),
            name: name.to_owned(),
            articles: sample_links(),
            total,
        };
        let categories = vec![
            category("programs", "Mail programs", 9),
            category("domains", "Domains and DNS", 4),
            category("security", "Passwords and safety", 4),
            category("billing", "Billing and plans", 7),
        ];
        vec![
            HelpPage { popular: sample_links(), categories, total: 24 },
            HelpPage { popular: Vec::new(), categories: Vec::new(), total: 0 },
        ]
    }
}

impl Page for CategoryPage {
    const TEMPLATE: &'static str = "site/help/category.html";

    fn samples() -> Vec<Self> {
        let category = |slug: &str, name: &str| CategoryView {
            slug: slug.to_owned(),
            name: name.to_owned(),
            articles: sample_links(),
            total: 4,
        };
        vec![
            CategoryPage {
                category: category("phones", "Phones and tablets"),
                parent: Some(("programs".to_owned(), "Mail programs".to_owned())),
                within: Vec::new(),
            },
            CategoryPage {
                category: category("programs", "Mail programs"),
                parent: None,
                within: vec![category("phones", "Phones and tablets"), category("computers", "Computers")],
            },
        ]
    }
}

/// Whether the reader is nobody who is signed in.
pub(crate) fn is_visitor(ctx: &Ctx) -> bool {
    ctx.access().person_in_browser().is_err()
}

/// Puts in what differs from installation to installation: the names and ports of servers, the brand.
pub(crate) fn filled(config: &WebConfig, text: &str) -> String {
    let url = config.public_url.trim_end_matches('/');
    let ports = [
        ("{imaps_port}", config.imaps_port),
        ("{imap_port}", config.imap_port),
        ("{submissions_port}", config.submissions_port),
        ("{submission_port}", config.submission_port),
    ];
    let names = [
        ("{brand}", config.brand_name.as_str()),
        ("{mail_host}", &config.mail_host),
        ("{support_email}", &config.support_email),
        ("{site}", url),
    ];
    let text = names.iter().fold(text.to_owned(), |text, (place, name)| text.replace(place, name));
    ports.iter().fold(text, |text, (place, port)| text.replace(place, &port.to_string()))
}

/// An article as it stands in a list.
pub(crate) fn link(config: &WebConfig, language: &str, one: &Published) -> ArticleLink {
    ArticleLink {
        slug: one.slug.clone(),
        title: filled(config, &one.title),
        summary: filled(config, &one.summary),
        language: (one.language != language).then(|| one.language.clone()),
        customers: !one.public,
    }
}

/// The category with its articles and those of categories within it; `None` when there are none.
fn category_view(
    ctx: &Ctx,
    library: &Library,
    category: &Category,
    deep: bool,
    most: usize,
) -> Option<CategoryView> {
    let config = ctx.faced_config();
    let is_within = |one: &Published| {
        one.category == category.id
            || (deep
                && library
                    .categories()
                    .iter()
                    .any(|other| other.id == one.category && other.parent == Some(category.id)))
    };
    let all: Vec<&Published> =
        library.in_language(&ctx.language, is_visitor(ctx)).filter(|one| is_within(one)).collect();
    (!all.is_empty()).then(|| CategoryView {
        slug: category.slug.clone(),
        name: category.name(&ctx.language).to_owned(),
        total: all.len(),
        articles: all.into_iter().take(most).map(|one| link(&config, &ctx.language, one)).collect(),
    })
}

/// `GET /help`
pub async fn show(ctx: Ctx) -> Answer {
    let library = ctx.state.articles.library().await?;
    let (config, visitor) = (ctx.faced_config(), is_visitor(&ctx));
    let categories = library.categories().iter().filter(|category| category.parent.is_none());
    ctx.page(&HelpPage {
        popular: library
            .popular(&ctx.language, visitor, POPULAR)
            .into_iter()
            .map(|one| link(&config, &ctx.language, one))
            .collect(),
        categories: categories
            .filter_map(|category| category_view(&ctx, &library, category, true, SHOWN))
            .collect(),
        total: library.in_language(&ctx.language, visitor).count(),
    })
}

/// `GET /help/in/{category}`
pub async fn show_category(ctx: Ctx) -> Answer {
    let library = ctx.state.articles.library().await?;
    let slug: String = ctx.param("category")?;
    let find = |wanted: &dyn Fn(&Category) -> bool| library.categories().iter().find(|one| wanted(one));
    let category = find(&|one| one.slug == slug).ok_or(WebError::NotFound)?;
    let parent = category.parent.and_then(|parent| find(&|one| one.id == parent));
    let within: Vec<CategoryView> = library
        .categories()
        .iter()
        .filter(|one| one.parent == Some(category.id))
        .filter_map(|one| category_view(&ctx, &library, one, false, usize::MAX))
        .collect();
    let own = category_view(&ctx, &library, category, false, usize::MAX);
    // What has nothing in it for this reader does not exist for them.
    if own.is_none() && within.is_empty() {
        return Err(WebError::NotFound);
    }
    let name = category.name(&ctx.language).to_owned();
    let empty = CategoryView { slug, name, articles: Vec::new(), total: 0 };
    ctx.page(&CategoryPage {
        category: own.unwrap_or(empty),
        parent: parent.map(|one| (one.slug.clone(), one.name(&ctx.language).to_owned())),
        within,
    })
}
