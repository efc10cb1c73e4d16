//! Markdown (CommonMark) that staff write, as HTML for mails and pages and as plain text. Raw HTML in it is left out, and
//! what comes out goes through a second wall.

use comrak::Options;
use minijinja::HtmlEscape;
use serde::Serialize;

/// How wide plain text is, in letters.
const WIDTH: usize = 76;

/// A text in both forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rendered {
    /// As HTML without classes and styles.
    pub html: String,
    /// As plain text with its links.
    pub text: String,
}

/// Renders a text.
pub fn render(markdown: &str) -> Rendered {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.table = true;
    let html = ammonia::clean(&comrak::markdown_to_html(markdown, &options));
    let text = html2text::from_read(html.as_bytes(), WIDTH)
        // What cannot be laid out is still readable as it was written.
        .unwrap_or_else(|_| HtmlEscape(markdown).to_string());
    Rendered { html, text: text.trim_end().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::render;

    #[test]
    fn what_is_written_is_shown_and_nothing_else_gets_through() {
        let rendered =
            render("# Hello\n\n* one\n* two\n\nSee <https://example.com/a>.\n\n<img src=x onerror=alert(1)>");
        assert!(rendered.html.contains("<h1>Hello</h1>") && rendered.html.contains("<li>one</li>"));
        assert!(!rendered.html.contains("onerror"), "{}", rendered.html);
        assert!(rendered.text.contains("* one") && rendered.text.contains("https://example.com/a"));
    }

    #[test]
    fn links_lead_to_the_web_and_to_mail_alone() {
        for bad in ["[a](javascript:alert(1))", "[a](data:text/html,x)", "<javascript:alert(1)>"] {
            let html = render(bad).html;
            assert!(!html.contains("href=\"javascript:") && !html.contains("href=\"data:"), "{html}");
        }
    }
}
