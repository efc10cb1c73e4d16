//! Plain text: shown with links and quotes, and quoted in answers.

use std::fmt::Write as _;

use linkify::{LinkFinder, LinkKind};

use super::Correspondent;

/// Plain text as HTML: escaped, addresses become links, quoted passages are set apart.
pub fn plain_to_html(text: &str) -> String {
    let mut finder = LinkFinder::new();
    finder.url_must_have_scheme(true).kinds(&[LinkKind::Url, LinkKind::Email]);
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut depth = 0;
    for line in text.lines() {
        let (level, line) = quote_level(line);
        // Deeper levels look alike; a thousand marks in a row shall not make a thousand elements.
        let level = level.min(3);
        while depth < level {
            out.push_str("<blockquote>");
            depth += 1;
        }
        while depth > level {
            out.push_str("</blockquote>");
            depth -= 1;
        }
        push_line(&mut out, line, &finder);
        out.push('\n');
    }
    for _ in 0..depth {
        out.push_str("</blockquote>");
    }
    out
}

fn quote_level(line: &str) -> (usize, &str) {
    let (mut level, mut rest) = (0, line);
    while let Some(after) = rest.strip_prefix('>') {
        level += 1;
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    (level, rest)
}

fn push_line(out: &mut String, line: &str, finder: &LinkFinder) {
    for span in finder.spans(line) {
        let text = escape(span.as_str());
        let scheme = match span.kind() {
            Some(LinkKind::Email) => "mailto:",
            Some(LinkKind::Url) if is_web(span.as_str()) => "",
            _ => {
                out.push_str(&text);
                continue;
            }
        };
        let _ = write!(
            out,
            "<a href=\"{scheme}{text}\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">{text}</a>"
        );
    }
}

fn is_web(address: &str) -> bool {
    let lower = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    lower.starts_with("https://") || lower.starts_with("http://")
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// The text of a message as an answer quotes it, with a line above that says who wrote it.
pub fn quote(intro: &str, text: &str) -> String {
    const MAX_LINES: usize = 2000;
    let mut out = format!("\n\n{intro}\n");
    for line in text.trim_end().lines().take(MAX_LINES) {
        out.push_str(if line.starts_with('>') { ">" } else { "> " });
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

impl Correspondent {
    /// One or two letters for the round mark beside a message.
    pub fn initials(&self) -> String {
        let mut words = self
            .shown()
            .split([' ', '.', '@', '_', '-'])
            .filter_map(|word| word.chars().find(|sign| sign.is_alphanumeric()));
        let first: String = words.next().into_iter().flat_map(char::to_uppercase).collect();
        if self.name.is_empty() {
            return first;
        }
        let last: String = words.next_back().into_iter().flat_map(char::to_uppercase).collect();
        first + &last
    }
}
