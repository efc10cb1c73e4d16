//! RSS 2.0 feeds, for programs that do not know Atom: the same entries.

use std::fmt::Write as _;

use axum::http::header;
use mailkeep_types::Timestamp;
use minijinja::HtmlEscape;

use crate::atom::{Entry, Says};
use crate::ctx::Ctx;

/// The header that says what the answer is.
pub const KIND: (header::HeaderName, &str) = (header::CONTENT_TYPE, "application/rss+xml; charset=utf-8");

/// A feed about the page at `path`; it lies beside it with `.rss` at its end.
pub fn feed(ctx: &Ctx, path: &str, title: &str, entries: &[Entry]) -> String {
    let chrome = ctx.chrome();
    let (site, brand) = (&chrome.brand.url, &chrome.brand.name);
    let title = format!("{brand}: {title}");
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel>\n\
         <title>{0}</title><link>{site}{path}</link><description>{0}</description><language>{1}</language>\n\
         <atom:link rel=\"self\" type=\"application/rss+xml\" href=\"{site}{path}.rss\"/>\n",
        HtmlEscape(&title),
        HtmlEscape(&ctx.language),
    );
    // Writing to a text does not fail.
    if let Some(updated) = entries.iter().map(|entry| entry.updated).max() {
        let _ = writeln!(feed, "<lastBuildDate>{}</lastBuildDate>", moment(updated));
    }
    for Entry { id, title, published, updated, path, says } in entries {
        let says = match says {
            Says::Summary(text) | Says::Html(text) => text,
        };
        let _ = writeln!(
            feed,
            "<item><guid isPermaLink=\"false\">urn:uuid:{id}</guid><title>{}</title><link>{site}{path}</link>\
             <pubDate>{}</pubDate><description>{}</description></item>",
            HtmlEscape(title),
            moment(published.unwrap_or(*updated)),
            HtmlEscape(says),
        );
    }
    feed.push_str("</channel></rss>\n");
    feed
}

/// As in mail (RFC 5322 section 3.3), which RSS asks for.
fn moment(at: Timestamp) -> String {
    at.to_jiff().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_as_in_mail() {
        assert_eq!(moment(Timestamp::from_seconds(1_772_330_405)), "Sun, 01 Mar 2026 02:00:05 GMT");
    }
}
