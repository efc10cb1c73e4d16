//! The status as files that stand alone, for a web server elsewhere: whoever wants to know what is wrong finds it when nothing of the house
//! answers. They are the very pages that visitors get, asked of the same routes; links to anything else lead to the house's own site.

use std::collections::BTreeSet;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use bytes::Bytes;
use tower::ServiceExt as _;

use crate::assets;
use crate::config::WebConfig;

/// What programs read, each beside the page.
const FEEDS: [&str; 4] = ["status.json", "status.atom", "status.rss", "status.ics"];
/// What the pages are drawn with.
const ASSETS: [&str; 3] = ["style.css", "icons.svg", "favicon.svg"];
/// So many bytes an answer has at most.
const MOST: usize = 8 << 20;

/// Why a copy could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// A page is not there, or nothing can be read now.
    #[error("{path} answered {status}")]
    Answer {
        /// Its path.
        path: String,
        /// What it answered.
        status: StatusCode,
    },
    /// It is not text, or too long.
    #[error("what {0} answered cannot be read")]
    Read(String),
}

/// The files of the copy: their paths in its folder, and what is in them.
///
/// # Errors
/// When a page does not answer; what was copied before is better than half of it.
pub async fn files(router: &Router, config: &WebConfig) -> Result<Vec<(String, Bytes)>, CopyError> {
    let site = config.public_url.trim_end_matches('/');
    let page = text(router, site, "/status?copy=1").await?;
    let mut files = Vec::new();
    for path in incidents_in(&page) {
        let one = alone(&text(router, site, &path).await?, site);
        files.push((format!("{}/index.html", path.trim_start_matches('/')), one.into()));
    }
    let page = Bytes::from(alone(&page, site));
    files.push(("index.html".to_owned(), page.clone()));
    files.push(("status/index.html".to_owned(), page));
    for feed in FEEDS {
        files.push((feed.to_owned(), get(router, site, &format!("/{feed}")).await?));
    }
    for path in ASSETS.iter().filter_map(|name| assets::address(name)) {
        files.push((path.trim_start_matches('/').to_owned(), get(router, site, &path).await?));
    }
    Ok(files)
}

async fn get(router: &Router, site: &str, path: &str) -> Result<Bytes, CopyError> {
    let unreadable = || CopyError::Read(path.to_owned());
    let host = site.split_once("://").map_or(site, |(_, host)| host);
    let request =
        Request::get(path).header(header::HOST, host).body(Body::empty()).map_err(|_| unreadable())?;
    let answer = match router.clone().oneshot(request).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    };
    if answer.status() != StatusCode::OK {
        return Err(CopyError::Answer { path: path.to_owned(), status: answer.status() });
    }
    to_bytes(answer.into_body(), MOST).await.map_err(|_| unreadable())
}

async fn text(router: &Router, site: &str, path: &str) -> Result<String, CopyError> {
    let bytes = get(router, site, path).await?;
    let page = String::from_utf8(bytes.into()).map_err(|_| CopyError::Read(path.to_owned()))?;
    // Values of templates have their slashes escaped, which a slash never needs; links are told by them here.
    Ok(page.replace("&#x2f;", "/"))
}

/// The paths of the incidents to which a page leads.
fn incidents_in(page: &str) -> BTreeSet<String> {
    let paths = page.split("href=\"/status/").skip(1).filter_map(|rest| rest.split('"').next());
    let is_number = |number: &&str| {
        number.len() == 36 && number.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
    };
    paths.filter(is_number).map(|number| format!("/status/{number}")).collect()
}

/// A page that needs nothing of the house: without scripts, and with links to the site itself but for what stands beside it.
fn alone(page: &str, site: &str) -> String {
    let mut alone = String::with_capacity(page.len() + 4096);
    let mut rest = page;
    while let Some((before, script)) = rest.split_once("<script ") {
        alone.push_str(before);
        rest = script.split_once("</script>").map_or("", |(_, after)| after);
    }
    alone.push_str(rest);
    let mut pieces = alone.split("href=\"/");
    let mut linked = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let is_here =
            ["status\"", "status/", "status.", "assets/"].iter().any(|start| piece.starts_with(start));
        linked.push_str(if is_here { "href=\"/" } else { "href=\"" });
        if !is_here {
            linked.push_str(site);
            linked.push('/');
        }
        linked.push_str(piece);
    }
    linked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_stands_alone() {
        let page = "<link href=\"/assets/s.css\"><script type=\"module\" src=\"/assets/js/app.js\"></script><a href=\"/\">x</a>\
                    <a href=\"/plans\">p</a><a href=\"/status\">s</a><a href=\"/status.json\">j</a><a href=\"/status/1\">i</a>\
                    <a href=\"https://elsewhere.example/x\">e</a><a href=\"#main\">m</a>";
        let expected = "<link href=\"/assets/s.css\"><a href=\"https://www.example.com/\">x</a>\
                        <a href=\"https://www.example.com/plans\">p</a><a href=\"/status\">s</a><a href=\"/status.json\">j</a>\
                        <a href=\"/status/1\">i</a><a href=\"https://elsewhere.example/x\">e</a><a href=\"#main\">m</a>";
        assert_eq!(alone(page, "https://www.example.com"), expected);
    }

    #[test]
    fn only_incidents_are_followed() {
        let number = "01a22d02-6a25-7529-98e5-bc7ea6748da3";
        let page = format!(
            "<a href=\"/status/{number}\"> <a href=\"/status/{number}\"> <a href=\"/status/../../{}\"> <a href=\"/status?page=2\">",
            &number[..30]
        );
        assert_eq!(incidents_in(&page).into_iter().collect::<Vec<_>>(), [format!("/status/{number}")]);
    }
}
