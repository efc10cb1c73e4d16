//! The text of an HTML page in lines, as a person would have typed it: quotes marked with “>”, paragraphs apart.

use super::decode::{after_raw, push_entity};

/// Deeper quotes are marked as deep as this, so that the marks never outweigh the text.
const MAX_QUOTES: usize = 5;
/// A horizontal rule.
const RULE: &str = "________________________________";

/// Elements that begin and end a line.
const BLOCKS: [&str; 22] = [
    "div", "tr", "li", "dt", "dd", "dl", "section", "article", "header", "footer", "main", "aside", "nav",
    "address", "center", "form", "fieldset", "figure", "details", "summary", "caption", "body",
];
/// Elements with an empty line around them.
const PARAGRAPHS: [&str; 11] = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre"];
/// Elements whose content is not shown.
const RAW: [&str; 4] = ["script", "style", "template", "title"];

/// The text that a reader of an HTML page would see, in lines. `<blockquote>` becomes lines that begin with “>”, so that what
/// reads replies can treat both kinds of mail alike. Linear in the length of the page, whatever it says.
pub fn html_to_lines(html: &str) -> String {
    let mut page = Page { out: String::with_capacity(html.len() / 2), ..Page::default() };
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        page.text(before);
        if from.starts_with('&') {
            let mut entity = String::new();
            rest = push_entity(from, &mut entity);
            page.text(&entity);
            continue;
        }
        rest = if let Some(comment) = from.strip_prefix("<!--") {
            comment.find("-->").map_or("", |end| comment.get(end + 3..).unwrap_or(""))
        } else if from
            .as_bytes()
            .get(1)
            .is_some_and(|next| next.is_ascii_alphabetic() || b"/!?".contains(next))
        {
            let end = from.find('>').map_or(from.len(), |end| end + 1);
            let (tag, after) = from.split_at(end);
            let closing = tag.starts_with("</");
            let name = tag.trim_start_matches(['<', '/']);
            let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
            page.tag(name, closing);
            let raw = !closing && RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw));
            if raw { after_raw(name, after) } else { after }
        } else {
            // A bracket that begins no tag is a bracket.
            page.text("<");
            from.get(1..).unwrap_or("")
        };
    }
    page.text(rest);
    page.out
}

#[derive(Default)]
struct Page {
    out: String,
    /// How many line ends come before the next word.
    breaks: usize,
    /// A blank comes before the next word of this line.
    blank: bool,
    /// How deep the next word is quoted.
    quotes: usize,
    /// How deep the last line was quoted.
    quoted: usize,
    /// Within how many `<pre>` this is.
    kept: usize,
}

impl Page {
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' if self.kept > 0 => self.end_line(),
                ' ' if self.kept > 0 => self.put(' '),
                '\u{a0}' => self.blank = true,
                c if c.is_whitespace() => self.blank = true,
                c => self.put(c),
            }
        }
    }

    fn put(&mut self, c: char) {
        if self.out.is_empty() || self.breaks > 0 {
            let between = if self.out.is_empty() { 0 } else { self.breaks };
            for number in 1..=between {
                self.out.push('\n');
                // An empty line within a quote belongs to it.
                if number < between && self.quotes.min(self.quoted) > 0 {
                    self.out.push('>');
                }
            }
            for _ in 0..self.quotes.min(MAX_QUOTES) {
                self.out.push_str("> ");
            }
            self.quoted = self.quotes;
        } else if self.blank {
            self.out.push(' ');
        }
        (self.breaks, self.blank) = (0, false);
        self.out.push(c);
    }

    /// Ends the line, also an empty one; two empty lines in a row are enough.
    fn end_line(&mut self) {
        (self.breaks, self.blank) = ((self.breaks + 1).min(3), false);
    }

    /// Ends the line when something stands in it, with so many line ends.
    fn part(&mut self, breaks: usize) {
        (self.breaks, self.blank) = (self.breaks.max(breaks), false);
    }

    fn tag(&mut self, name: &str, closing: bool) {
        let is = |names: &[&str]| names.iter().any(|known| name.eq_ignore_ascii_case(known));
        if is(&["br"]) {
            self.end_line();
        } else if is(&["hr"]) {
            self.part(1);
            RULE.chars().for_each(|c| self.put(c));
            self.part(1);
        } else if is(&["blockquote"]) {
            self.part(2);
            self.quotes = if closing { self.quotes.saturating_sub(1) } else { self.quotes.saturating_add(1) };
        } else if is(&["td", "th"]) {
            self.blank = true;
        } else if is(&PARAGRAPHS) {
            self.part(2);
            if is(&["pre"]) {
                self.kept = if closing { self.kept.saturating_sub(1) } else { self.kept.saturating_add(1) };
            }
        } else if is(&BLOCKS) {
            self.part(1);
            if is(&["li"]) && !closing {
                self.put('-');
                self.blank = true;
            }
        }
    }
}
