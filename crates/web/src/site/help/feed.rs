//! The knowledgebase for programs: an Atom feed (RFC 4287) of new articles, and the sitemap of the public site.

use std::fmt::Write as _;

use axum::http::header;
use axum::response::IntoResponse;
use mailkeep_helpdesk::articles::Published;

use super::{filled, link};
use crate::atom;
use crate::ctx::Ctx;
use crate::routes::Answer;

const IN_FEED: usize = 30;
/// Pages of the site that search engines may show, besides articles.
const PAGES: [&str; 12] = [
    "/",
    "/plans",
    "/policy",
    "/transparency",
    "/status",
    "/support",
    "/help",
    "/downloads",
    "/blog",
    "/news",
    "/offers",
    "/contests",
];
/// Posts of the blog that search engines may show.
const POSTS: i64 = 1_000;

/// `GET /help.atom`: what visitors may read, whoever asks.
pub async fn articles(ctx: Ctx) -> Answer {
    let library = ctx.state.articles.library().await?;
    let config = ctx.faced_config();
    let mut newest: Vec<&Published> = library.in_language(&ctx.language, true).collect();
    newest.sort_by_key(|one| std::cmp::Reverse((one.published_at, one.text)));
    newest.truncate(IN_FEED);
    let entries: Vec<atom::Entry> = newest
        .into_iter()
        .map(|one| {
            let shown = link(&config, &ctx.language, one);
            atom::Entry {
                id: one.text.uuid(),
                title: shown.title,
                published: Some(one.published_at),
                updated: one.written_at,
                path: format!("/help/{}", one.slug),
                says: atom::Says::Summary(filled(&config, &shown.summary)),
            }
        })
        .collect();
    let feed = atom::feed(&ctx, "/help", &ctx.say("help-title"), &entries);
    Ok(([atom::KIND], feed).into_response())
}

/// `GET /sitemap.xml`: the pages that everybody may read, each article with its other languages.
pub async fn sitemap(ctx: Ctx) -> Answer {
    let library = ctx.state.articles.library().await?;
    let site = ctx.chrome().brand.url;
    let mut map = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
                   xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n"
        .to_owned();
    for page in PAGES {
        let _ = writeln!(map, "<url><loc>{site}{page}</loc></url>");
    }
    for one in library.readable(true) {
        let _ = write!(map, "<url><loc>{site}/help/{}</loc><lastmod>{}</lastmod>", one.slug, one.written_at);
        let all: Vec<&Published> = library.translations(one.article).collect();
        for other in all.iter().filter(|_| all.len() > 1) {
            let _ = write!(
                map,
                "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{site}/help/{}\"/>",
                other.language, other.slug
            );
        }
        map.push_str("</url>\n");
    }
    for (product, releases) in ctx.state.downloads.seen_products().await? {
        let newest = releases.iter().filter_map(|one| one.withdrawn_at.max(one.published_at)).max();
        let _ = write!(map, "<url><loc>{site}/downloads/{}</loc>", product.slug);
        if let Some(at) = newest {
            let _ = write!(map, "<lastmod>{at}</lastmod>");
        }
        map.push_str("</url>\n");
    }
    for post in ctx.state.outreach.published_posts(None, 0, POSTS).await?.0 {
        let updated = post.updated_at();
        let _ = writeln!(map, "<url><loc>{site}/blog/{}</loc><lastmod>{updated}</lastmod></url>", post.slug);
    }
    for one in ctx.state.outreach.archive(None, 0, POSTS).await?.0 {
        let _ = writeln!(map, "<url><loc>{site}/news/{}</loc></url>", one.id);
    }
    map.push_str("</urlset>\n");
    Ok(([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], map).into_response())
}
