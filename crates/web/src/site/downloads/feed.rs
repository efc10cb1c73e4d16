//! Updates for programs: a JSON feed (version 1.1) whose attachments carry hash and signature, and an Atom feed (RFC 4287) for
//! readers. What is not for everybody stands in them without its files.

use axum::http::header;
use axum::response::IntoResponse;
use mailkeep_helpdesk::downloads::{Audience, Product, Release, ReleaseFile, ReleaseState};
use serde_json::{Value, json};

use super::view::{file_path, release_path};
use crate::atom;
use crate::ctx::Ctx;
use crate::markdown;
use crate::messages::msg;
use crate::routes::Answer;

/// Releases in a feed.
const IN_FEED: usize = 40;
/// Programs may ask every five minutes.
const CACHED: (header::HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=300");

fn title(product: &Product, release: &Release) -> String {
    format!("{} {}", product.name, release.version)
}

/// What a feed says of a release.
fn content(ctx: &Ctx, release: &Release) -> String {
    match &release.reason {
        Some(reason) => {
            let text = ctx.text(&msg("download-withdrawn-because").with("reason", reason.clone()));
            markdown::render(&text).html
        }
        None => markdown::render(&release.notes).html,
    }
}

fn attachment(site: &str, product: &Product, release: &Release, file: &ReleaseFile) -> Value {
    let url = format!("{site}{}", file_path(product, release, file));
    json!({
        "url": url,
        "mime_type": "application/octet-stream",
        "title": file.name,
        "size_in_bytes": file.size_bytes,
        "_update": {
            "platform": file.platform.word(),
            "architecture": file.architecture.word(),
            "sha256": file.sha256_text(),
            "minisign_key": file.signed_by,
            "minisign_url": file.signature.as_ref().map(|_| format!("{url}.minisig")),
        },
    })
}

/// `GET /downloads/{program}/feed.json`
pub async fn json(ctx: Ctx) -> Answer {
    let slug: String = ctx.param("program")?;
    let (product, releases) = ctx.state.downloads.seen_product(&slug).await?;
    let site = ctx.chrome().brand.url;
    let items = releases.iter().take(IN_FEED).map(|(release, files)| {
        let open = release.state == ReleaseState::Published && release.audience == Audience::Public;
        let files = files.iter().filter(|_| open);
        json!({
            "id": format!("urn:uuid:{}", release.id),
            "url": format!("{site}{}", release_path(&product, release)),
            "title": title(&product, release),
            "content_html": content(&ctx, release),
            "date_published": release.published_at.map(|at| at.to_string()),
            "date_modified": release.withdrawn_at.map(|at| at.to_string()),
            "tags": [release.channel.word()],
            "attachments": files.map(|file| attachment(&site, &product, release, file)).collect::<Vec<_>>(),
            "_update": {
                "version": release.version,
                "channel": release.channel.word(),
                "state": release.state.word(),
                "audience": release.audience.word(),
                "withdrawn_because": release.reason,
            },
        })
    });
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": product.name,
        "description": product.summary,
        "home_page_url": format!("{site}/downloads/{}", product.slug),
        "feed_url": format!("{site}/downloads/{}/feed.json", product.slug),
        "language": ctx.language,
        "items": items.collect::<Vec<_>>(),
    });
    let kind = (header::CONTENT_TYPE, "application/feed+json; charset=utf-8");
    Ok(([kind, CACHED], feed.to_string()).into_response())
}

/// `GET /downloads/{program}/feed.atom`
pub async fn atom(ctx: Ctx) -> Answer {
    let slug: String = ctx.param("program")?;
    let (product, releases) = ctx.state.downloads.seen_product(&slug).await?;
    let entries: Vec<atom::Entry> = releases
        .iter()
        .take(IN_FEED)
        .map(|(release, _)| atom::Entry {
            id: release.id.uuid(),
            title: title(&product, release),
            published: release.published_at,
            updated: release.withdrawn_at.or(release.published_at).unwrap_or(release.created_at),
            path: release_path(&product, release),
            says: atom::Says::Html(content(&ctx, release)),
        })
        .collect();
    let path = format!("/downloads/{}", product.slug);
    let feed = atom::feed_at(&ctx, &path, &format!("{path}/feed.atom"), &product.name, &entries);
    Ok(([atom::KIND, CACHED], feed).into_response())
}
