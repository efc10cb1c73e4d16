//! Atom feeds (RFC 4287).

use std::fmt::Write as _;

use axum::http::header;
use mailkeep_types::Timestamp;
use minijinja::HtmlEscape;
use uuid::Uuid;

use crate::ctx::Ctx;

/// The header that says what the answer is.
pub const KIND: (header::HeaderName, &str) = (header::CONTENT_TYPE, "application/atom+xml; charset=utf-8");

/// Something that a feed tells of.
#[derive(Debug)]
pub struct Entry {
    /// Its identifier.
    pub id: Uuid,
    /// Its title, plain.
    pub title: String,
    /// When it was first there, where that differs from `updated`.
    pub published: Option<Timestamp>,
    /// When it last changed.
    pub updated: Timestamp,
    /// Its page.
    pub path: String,
    /// What it says.
    pub says: Says,
}

/// What an entry says.
#[derive(Debug)]
pub enum Says {
    /// A plain sentence about it.
    Summary(String),
    /// The whole, as HTML that was made clean.
    Html(String),
}

/// A feed about the page at `path`; it lies beside it with `.atom` at its end.
pub fn feed(ctx: &Ctx, path: &str, title: &str, entries: &[Entry]) -> String {
    feed_at(ctx, path, &format!("{path}.atom"), title, entries)
}

/// A feed about the page at `path` that lies at `own`.
pub fn feed_at(ctx: &Ctx, path: &str, own: &str, title: &str, entries: &[Entry]) -> String {
    let chrome = ctx.chrome();
    let (site, brand) = (&chrome.brand.url, &chrome.brand.name);
    let updated = entries.iter().map(|entry| entry.updated).max().unwrap_or(Timestamp::EPOCH);
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <id>{site}{path}</id><title>{}: {}</title><updated>{updated}</updated><author><name>{}</name></author>\n\
         <link rel=\"self\" href=\"{site}{own}\"/><link href=\"{site}{path}\"/>\n",
        HtmlEscape(&ctx.language),
        HtmlEscape(brand),
        HtmlEscape(title),
        HtmlEscape(brand),
    );
    for Entry { id, title, published, updated, path, says } in entries {
        // Writing to a text does not fail.
        let _ = write!(feed, "<entry><id>urn:uuid:{id}</id><title>{}</title>", HtmlEscape(title));
        if let Some(published) = published {
            let _ = write!(feed, "<published>{published}</published>");
        }
        let _ = write!(feed, "<updated>{updated}</updated><link href=\"{site}{path}\"/>");
        let _ = match says {
            Says::Summary(text) => write!(feed, "<summary>{}</summary>", HtmlEscape(text)),
            Says::Html(html) => write!(feed, "<content type=\"html\">{}</content>", HtmlEscape(html)),
        };
        feed.push_str("</entry>\n");
    }
    feed.push_str("</feed>\n");
    feed
}
