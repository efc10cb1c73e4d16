//! Markdown (CommonMark) that staff write, as HTML for mails and pages and as plain text. Raw HTML in it is left out, and
//! what comes out goes through a second wall. Pictures come from our own site alone: one from elsewhere would tell somebody
//! else who reads.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use comrak::Options;
use mailkeep_helpdesk::articles::source::slug_of;
use minijinja::HtmlEscape;
use parking_lot::Mutex;
use serde::Serialize;

/// How wide plain text is, in letters.
const WIDTH: usize = 76;

/// A text in both forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rendered {
    /// As HTML; of Markdown without classes and styles.
    pub html: String,
    /// As plain text with its links.
    pub text: String,
    /// The sheet that a design needs in the head of a letter, written by the house; empty otherwise.
    pub sheet: String,
    /// Whether its author designed it, with headings of their own.
    pub designed: bool,
}

/// A long text with its headings, each of which can be linked to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Chapters {
    /// As HTML; headings begin at the second level, because the first is the page's title.
    pub html: String,
    /// The anchor and the words of each heading of the second level.
    pub headings: Vec<(String, String)>,
}

/// Renders a long text.
pub fn render_chapters(markdown: &str) -> Chapters {
    let html = html(markdown).replace("<h1>", "<h2>").replace("</h1>", "</h2>");
    let mut chapters = Chapters::default();
    let mut taken = Vec::new();
    let mut rest = html.as_str();
    // The text went through the second wall, so headings have no attributes, and no other tag begins so.
    while let Some((at, level)) =
        ["<h2>", "<h3>"].iter().filter_map(|tag| Some((rest.find(tag)?, *tag))).min_by_key(|(at, _)| *at)
    {
        let (before, heading) = rest.split_at(at);
        let inside = heading.get(level.len()..).unwrap_or_default();
        let closing = level.replace('<', "</");
        let Some((words, after)) = inside.split_once(&closing) else { break };
        let plain = without_tags(words);
        let mut anchor = slug_of(&plain);
        while anchor.is_empty() || taken.contains(&anchor) {
            anchor.push_str("-x");
        }
        let open = level.replace('>', &format!(" id=\"{anchor}\">"));
        chapters.html.push_str(&format!("{before}{open}{words}{closing}"));
        if level == "<h2>" {
            chapters.headings.push((anchor.clone(), plain));
        }
        taken.push(anchor);
        rest = after;
    }
    chapters.html.push_str(rest);
    chapters
}

/// The words of a piece of HTML that went through the second wall.
fn without_tags(html: &str) -> String {
    let mut words = String::new();
    let mut within = false;
    for letter in html.chars() {
        match letter {
            '<' => within = true,
            '>' => within = false,
            other if !within => words.push(other),
            _ => {}
        }
    }
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn html(markdown: &str) -> String {
    html_leading(markdown, |_| None)
}

/// A text whose links lead where `lead` says, or as they are written.
fn html_leading(markdown: &str, lead: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> String {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.table = true;
    ammonia::Builder::default()
        .attribute_filter(move |element, attribute, value| match (element, attribute) {
            ("img", "src") if !is_own_picture(value) => None,
            ("a", "href") => Some(lead(value).map_or(Cow::Borrowed(value), Cow::Owned)),
            _ => Some(Cow::Borrowed(value)),
        })
        .clean(&comrak::markdown_to_html(markdown, &options))
        .to_string()
}

/// Whether an address is a path on our own site. Browsers take backslashes for slashes and skip line breaks and tabs in
/// addresses, so only plain letters count, and nothing that is written with a percent sign.
pub(crate) fn is_own_picture(address: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "/-_.?=&".contains(letter);
    address.starts_with('/') && !address.starts_with("//") && address.chars().all(plain)
}

/// Renders a text.
pub fn render(markdown: &str) -> Rendered {
    let html = html(markdown);
    let text = plain(&html, markdown);
    Rendered { html, text, sheet: String::new(), designed: false }
}

/// HTML as plain text.
pub(crate) fn plain(html: &str, written: &str) -> String {
    let text = html2text::from_read(html.as_bytes(), WIDTH)
        // What cannot be laid out is still readable as it was written.
        .unwrap_or_else(|_| HtmlEscape(written).to_string());
    text.trim_end().to_owned()
}

/// The addresses in the web to which the links of a text lead, each once and in the order of their letters.
pub fn links(markdown: &str) -> Vec<String> {
    let found: Arc<Mutex<BTreeSet<String>>> = Arc::default();
    let noted = Arc::clone(&found);
    html_leading(markdown, move |address| {
        if is_web(address) {
            noted.lock().insert(address.to_owned());
        }
        None
    });
    let found = std::mem::take(&mut *found.lock());
    found.into_iter().collect()
}

/// Renders a text whose links into the web lead to `place` and their number among [`links`], where it is counted that they were
/// followed. As plain text they stay as they were written: who reads that sees where they go.
pub(crate) fn render_counted(markdown: &str, place: &str) -> Rendered {
    let (links, place) = (links(markdown), place.to_owned());
    let lead = move |address: &str| {
        let number = links.binary_search_by(|link| link.as_str().cmp(address)).ok()?;
        Some(format!("{place}{number}"))
    };
    Rendered { html: html_leading(markdown, lead), ..render(markdown) }
}

pub(crate) fn is_web(address: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::{render, render_chapters};

    #[test]
    fn headings_can_be_linked_to() {
        let text = "# One & *two*\n\n## One & two\n\n### Deep\n\nText <h2 onclick=x>no</h2>";
        let chapters = render_chapters(text);
        assert_eq!(
            chapters.headings,
            [
                ("one-two".to_owned(), "One & two".to_owned()),
                ("one-two-x".to_owned(), "One & two".to_owned())
            ]
        );
        assert!(
            chapters.html.contains("<h2 id=\"one-two\">One &amp; <em>two</em></h2>"),
            "{}",
            chapters.html
        );
        assert!(chapters.html.contains("<h3 id=\"deep\">Deep</h3>"), "{}", chapters.html);
        assert!(!chapters.html.contains("onclick"), "{}", chapters.html);
    }

    #[test]
    fn what_is_written_is_shown_and_nothing_else_gets_through() {
        let rendered =
            render("# Hello\n\n* one\n* two\n\nSee <https://example.com/a>.\n\n<img src=x onerror=alert(1)>");
        assert!(rendered.html.contains("<h1>Hello</h1>") && rendered.html.contains("<li>one</li>"));
        assert!(!rendered.html.contains("onerror"), "{}", rendered.html);
        assert!(rendered.text.contains("* one") && rendered.text.contains("https://example.com/a"));
    }

    #[test]
    fn pictures_are_our_own() {
        assert!(render("![map](/assets/map.png?v=2)").html.contains("src=\"/assets/map.png?v=2\""));
        for elsewhere in [
            "https://elsewhere.example/p.png",
            "//elsewhere.example/p.png",
            "/\\elsewhere.example/p.png",
            "/&#9;/elsewhere.example/p.png",
            "p.png",
        ] {
            let html = render(&format!("![map](<{elsewhere}>)")).html;
            assert!(html.contains("alt=\"map\"") && !html.contains("src"), "{html}");
        }
    }

    #[test]
    fn links_lead_to_the_web_and_to_mail_alone() {
        for bad in ["[a](javascript:alert(1))", "[a](data:text/html,x)", "<javascript:alert(1)>"] {
            let html = render(bad).html;
            assert!(!html.contains("href=\"javascript:") && !html.contains("href=\"data:"), "{html}");
        }
    }
}
