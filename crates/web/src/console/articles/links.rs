//! Where the links of articles lead: those within the site are held against its routes and articles, those that leave it are
//! listed. Nothing is fetched: who asks other sites tells them something.

use std::collections::BTreeMap;

use axum::http::Method;
use mailkeep_helpdesk::articles::{Library, Placed, Published, source};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::markdown;
use crate::page::Page;
use crate::routes::{Answer, Route};

/// The report.
#[derive(Debug, Serialize)]
pub struct LinksPage {
    /// Links that lead nowhere.
    pub dead: Vec<DeadLink>,
    /// Links that leave the site, with the articles that have them.
    pub outside: Vec<(String, Vec<ArticleAt>)>,
    /// How many links were looked at.
    pub total: usize,
}

/// A link that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeadLink {
    /// Where it leads.
    pub target: String,
    /// In which article.
    pub article: ArticleAt,
    /// Why it is dead: `address`, `heading`, `customers` or `form`.
    pub why: &'static str,
}

/// An article, for staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArticleAt {
    /// Its number.
    pub id: String,
    /// Its title.
    pub title: String,
}

impl Page for LinksPage {
    const TEMPLATE: &'static str = "console/articles/links.html";

    fn samples() -> Vec<Self> {
        let article = ArticleAt { id: "a".to_owned(), title: "Set up Thunderbird".to_owned() };
        let dead = |target: &str, why| DeadLink { target: target.to_owned(), article: article.clone(), why };
        vec![
            LinksPage {
                dead: vec![
                    dead("/help/fax", "address"),
                    dead("/help/quotas#full", "heading"),
                    dead("/help/keys", "customers"),
                ],
                outside: vec![("https://support.example.com/".to_owned(), vec![article.clone()])],
                total: 61,
            },
            LinksPage { dead: Vec::new(), outside: Vec::new(), total: 12 },
        ]
    }
}

/// Whether a path is one of a declared pattern.
fn fits(pattern: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    for wanted in pattern.split('/') {
        if wanted.starts_with("{*") {
            return true;
        }
        match parts.next() {
            Some(part) if wanted == part || (wanted.starts_with('{') && !part.is_empty()) => {}
            _ => return false,
        }
    }
    parts.next().is_none()
}

fn has_heading(one: &Published, anchor: &str) -> bool {
    markdown::render_chapters(&one.body).html.contains(&format!(" id=\"{anchor}\""))
}

/// Why a link within the site is dead; `None` when it is not.
fn why_dead(library: &Library, routes: &[Route], one: &Published, target: &str) -> Option<&'static str> {
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let path = path.split('?').next().unwrap_or_default();
    if path.is_empty() {
        return (!has_heading(one, anchor)).then_some("heading");
    }
    if !path.starts_with('/') {
        return Some("form");
    }
    let article = path.strip_prefix("/help/").filter(|rest| !rest.contains('/') && *rest != "search");
    if let Some(slug) = article {
        return match (library.at(slug, one.public), library.at(slug, false)) {
            (Some(Placed::Here(other) | Placed::Moved(other)), _) => {
                (!anchor.is_empty() && !has_heading(other, anchor)).then_some("heading")
            }
            // Visitors who read this one could not follow it.
            (None, Some(_)) => Some("customers"),
            (None, None) => Some("address"),
        };
    }
    if let Some(slug) = path.strip_prefix("/help/in/") {
        return (!library.categories().iter().any(|category| category.slug == slug)).then_some("address");
    }
    let known = routes.iter().any(|route| route.method == Method::GET && fits(route.path, path));
    (!known).then_some("address")
}

fn report(library: &Library, routes: &[Route]) -> LinksPage {
    let mut page = LinksPage { dead: Vec::new(), outside: Vec::new(), total: 0 };
    let mut outside: BTreeMap<String, Vec<ArticleAt>> = BTreeMap::new();
    for one in library.readable(false) {
        let article = ArticleAt { id: one.text.to_string(), title: one.title.clone() };
        for link in source::links(&one.body) {
            page.total += 1;
            let target = link.strip_prefix("{site}").unwrap_or(&link);
            if ["http://", "https://"].iter().any(|begin| target.starts_with(begin)) {
                let from = outside.entry(target.to_owned()).or_default();
                if !from.contains(&article) {
                    from.push(article.clone());
                }
            } else if !target.starts_with("mailto:")
                && let Some(why) = why_dead(library, routes, one, target)
            {
                page.dead.push(DeadLink { target: target.to_owned(), article: article.clone(), why });
            }
        }
    }
    page.outside = outside.into_iter().collect();
    page
}

/// `GET /console/articles/links`
pub async fn show(ctx: Ctx) -> Answer {
    let library = ctx.state.articles.library().await?;
    let (_, routes) = crate::declare(ctx.state.clone()).finish();
    ctx.page(&report(&library, &routes))
}

#[cfg(test)]
mod tests {
    use mailkeep_storage::sql::Dialect;
    use mailkeep_storage::testing::run;

    use super::{fits, report};

    #[test]
    fn paths_are_held_against_patterns() {
        assert!(fits("/help/{slug}", "/help/a") && fits("/", "/") && fits("/assets/{*name}", "/assets/a/b"));
        assert!(
            !fits("/help/{slug}", "/help/") && !fits("/help", "/help/a") && !fits("/help/{slug}", "/help")
        );
    }

    #[test]
    fn no_link_of_the_articles_that_we_bring_is_dead() {
        run(Dialect::Sqlite, async |db| {
            let test = mailkeep_mailbox::testing::TestOffice::open(db).await;
            let state = crate::testing::state(&test).await;
            state.articles.bring_articles().await.unwrap();
            let library = state.articles.library().await.unwrap();
            // The webmail is served where there is one, and articles may lead to it.
            let (_, routes) = crate::declare(state).finish();
            let page = report(&library, &routes);
            assert!(page.total > 50, "{}", page.total);
            assert_eq!(page.dead, vec![]);
        });
    }
}
