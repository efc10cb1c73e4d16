//! A strict reader in front of the renderer: what an author of an announcement may write, and nothing else. It walks the text once without
//! recursion, holds depth and number of elements within bounds, says in which line something is wrong, and writes anew what it understood:
//! the renderer never sees anything that was not read here.

use std::fmt::Write as _;

use crate::messages::{Msg, msg};

/// Elements are at most so deep in one another.
const DEEPEST: usize = 40;
/// At most so many elements.
const MOST: usize = 2_000;

/// Parts of a design, and what stands in each.
const PARTS: &[(&str, &[&str])] = &[
    ("mjml", &["mj-head", "mj-body"]),
    ("mj-head", &["mj-attributes"]),
    ("mj-body", &["mj-section", "mj-wrapper"]),
    ("mj-wrapper", &["mj-section"]),
    ("mj-section", &["mj-column", "mj-group"]),
    ("mj-group", &["mj-column"]),
    ("mj-column", &["mj-text", "mj-button", "mj-image", "mj-divider", "mj-spacer", "mj-table"]),
    ("mj-text", WORDS),
    ("mj-button", &["b", "strong", "i", "em", "u", "s", "br", "span"]),
    ("mj-table", &["tr", "thead", "tbody"]),
    ("mj-image", &[]),
    ("mj-divider", &[]),
    ("mj-spacer", &[]),
];

/// What can stand among words.
const WORDS: &[&str] = &[
    "a",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "s",
    "br",
    "span",
    "p",
    "h1",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "blockquote",
    "code",
    "hr",
    "img",
    "div",
];

const ROWS: &[(&str, &[&str])] = &[("thead", &["tr"]), ("tbody", &["tr"]), ("tr", &["td", "th"])];

/// What is never closed.
const ALONE: &[&str] = &["br", "hr", "img"];

/// What the parts of a design can say of themselves.
const SAID: &[&str] = &[
    "align",
    "alt",
    "background-color",
    "border",
    "border-bottom",
    "border-color",
    "border-left",
    "border-radius",
    "border-right",
    "border-style",
    "border-top",
    "border-width",
    "cellpadding",
    "cellspacing",
    "color",
    "container-background-color",
    "direction",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "full-width",
    "height",
    "href",
    "inner-padding",
    "letter-spacing",
    "line-height",
    "mj-class",
    "name",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "src",
    "text-align",
    "text-decoration",
    "text-transform",
    "title",
    "vertical-align",
    "width",
];

/// What is wrong, and in which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// What.
    pub what: Wrong,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// A tag does not end, or is none.
    Tag,
    /// An element is not known here.
    Element(String),
    /// An element does not stand in another.
    Place(String),
    /// Words stand where there can be none.
    Words,
    /// An attribute is not known here.
    Attribute(String),
    /// A value has signs that no value has.
    Value(String),
    /// A link leads elsewhere than into the web or to mail.
    Link,
    /// A picture is not ours.
    Picture,
    /// An element is closed that is not open.
    Closes(String),
    /// An element is not closed.
    Open(String),
    /// Too deep.
    Deep,
    /// Too many elements.
    Many,
    /// An `mj-class` has no name.
    Nameless,
    /// There is no `mjml` with an `mj-body`.
    Empty,
    /// The renderer does not take it.
    Refused,
}

impl Fault {
    /// In words, with the line.
    pub fn words(&self) -> Msg {
        let (id, name) = match &self.what {
            Wrong::Tag => ("mjml-tag", ""),
            Wrong::Element(name) => ("mjml-element", name.as_str()),
            Wrong::Place(name) => ("mjml-place", name.as_str()),
            Wrong::Words => ("mjml-words", ""),
            Wrong::Attribute(name) => ("mjml-attribute", name.as_str()),
            Wrong::Value(name) => ("mjml-value", name.as_str()),
            Wrong::Link => ("mjml-link", ""),
            Wrong::Picture => ("mjml-picture", ""),
            Wrong::Closes(name) => ("mjml-closes", name.as_str()),
            Wrong::Open(name) => ("mjml-open", name.as_str()),
            Wrong::Deep => ("mjml-deep", ""),
            Wrong::Many => ("mjml-many", ""),
            Wrong::Nameless => ("mjml-nameless", ""),
            Wrong::Empty => ("mjml-empty", ""),
            Wrong::Refused => ("mjml-refused", ""),
        };
        let line = i64::try_from(self.line).unwrap_or(i64::MAX);
        msg(id).with("line", line).with("name", name.chars().take(40).collect::<String>())
    }
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    open: Vec<(&'a str, usize)>,
    elements: usize,
    bodies: usize,
    out: String,
}

/// Reads a text and writes it anew.
///
/// # Errors
/// With the first fault.
pub fn read(text: &str) -> Result<String, Fault> {
    let mut reader =
        Reader { rest: text, line: 1, open: Vec::new(), elements: 0, bodies: 0, out: String::new() };
    while let Some(at) = reader.rest.find('<') {
        let (words, _) = reader.rest.split_at_checked(at).unwrap_or_default();
        reader.words(words)?;
        reader.tag()?;
    }
    let last = reader.rest;
    reader.words(last)?;
    if let Some((name, line)) = reader.open.pop() {
        return Err(Fault { line, what: Wrong::Open(name.to_owned()) });
    }
    if reader.bodies != 1 {
        return Err(Fault { line: 1, what: Wrong::Empty });
    }
    Ok(reader.out)
}

impl<'a> Reader<'a> {
    fn fault<T>(&self, what: Wrong) -> Result<T, Fault> {
        Err(Fault { line: self.line, what })
    }

    /// Goes on behind so many bytes.
    fn pass(&mut self, bytes: usize) -> &'a str {
        let (passed, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.line += passed.matches('\n').count();
        self.rest = rest;
        passed
    }

    fn words(&mut self, words: &'a str) -> Result<(), Fault> {
        let among_words =
            self.open.iter().any(|(name, _)| ["mj-text", "mj-button", "td", "th"].contains(name));
        if among_words {
            self.out.push_str(&words.replace('>', "&gt;"));
        } else if let Some(at) = words.find(|letter: char| !letter.is_whitespace()) {
            self.pass(at);
            return self.fault(Wrong::Words);
        }
        self.pass(words.len());
        Ok(())
    }

    fn tag(&mut self) -> Result<(), Fault> {
        if self.rest.starts_with("<!--") {
            let Some(end) = self.rest.find("-->") else { return self.fault(Wrong::Tag) };
            self.pass(end + 3);
            return Ok(());
        }
        if let Some(behind) = self.rest.strip_prefix("</") {
            let Some(end) = behind.find('>') else { return self.fault(Wrong::Tag) };
            let name = behind.split_at_checked(end).unwrap_or_default().0.trim_end();
            if self.open.last().is_none_or(|(open, _)| *open != name) {
                return self.fault(Wrong::Closes(name.to_owned()));
            }
            self.open.pop();
            let _ = write!(self.out, "</{name}>");
            self.pass(end + 3);
            return Ok(());
        }
        self.opening()
    }

    fn opening(&mut self) -> Result<(), Fault> {
        let behind = self.rest.strip_prefix('<').unwrap_or_default();
        let length = behind.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-'));
        let name = behind.split_at_checked(length.unwrap_or(behind.len())).unwrap_or_default().0;
        if name.is_empty() {
            return self.fault(Wrong::Tag);
        }
        self.allowed(name)?;
        self.elements += 1;
        if self.elements > MOST {
            return self.fault(Wrong::Many);
        }
        self.bodies += usize::from(name == "mj-body");
        let line = self.line;
        let _ = write!(self.out, "<{name}");
        self.pass(name.len() + 1);
        let mut named = false;
        let closed = loop {
            let blank = self.rest.len() - self.rest.trim_start().len();
            self.pass(blank);
            if self.rest.starts_with("/>") {
                self.pass(2);
                break true;
            }
            if self.rest.starts_with('>') {
                self.pass(1);
                break false;
            }
            if blank == 0 {
                return self.fault(Wrong::Tag);
            }
            named |= self.attribute(name)? == "name";
        };
        if name == "mj-class" && !named {
            return Err(Fault { line, what: Wrong::Nameless });
        }
        if closed || ALONE.contains(&name) {
            self.out.push_str(" />");
            return Ok(());
        }
        self.out.push('>');
        if self.open.len() >= DEEPEST {
            return self.fault(Wrong::Deep);
        }
        self.open.push((name, line));
        Ok(())
    }

    /// Whether an element can stand here.
    fn allowed(&self, name: &str) -> Result<(), Fault> {
        let known = PARTS.iter().chain(ROWS).any(|(part, _)| *part == name)
            || WORDS.contains(&name)
            || ["td", "th", "mj-attributes", "mj-all", "mj-class"].contains(&name);
        if !known {
            return self.fault(Wrong::Element(name.to_owned()));
        }
        let fits = match self.open.last() {
            None => name == "mjml" && self.elements == 0,
            Some(("mj-attributes", _)) => ["mj-all", "mj-class"].contains(&name) || name.starts_with("mj-"),
            // What is said for all has nothing in it.
            Some(_) if self.open.iter().any(|(open, _)| *open == "mj-attributes") => false,
            Some((open, _)) => {
                let inside = PARTS.iter().chain(ROWS).find(|(part, _)| part == open);
                inside.map_or(WORDS, |(_, inside)| inside).contains(&name)
            }
        };
        if fits { Ok(()) } else { self.fault(Wrong::Place(name.to_owned())) }
    }

    /// Reads an attribute and gives its name.
    fn attribute(&mut self, element: &str) -> Result<&'a str, Fault> {
        let length =
            self.rest.find(|letter: char| !(letter.is_ascii_lowercase() || letter == '-')).unwrap_or(0);
        let name = self.rest.split_at_checked(length).unwrap_or_default().0;
        let behind = self.rest.split_at_checked(length).unwrap_or_default().1;
        let quote = if behind.starts_with("=\"") { '"' } else { '\'' };
        if name.is_empty() || !behind.starts_with('=') {
            return self.fault(Wrong::Tag);
        }
        if !can_say(element, name) {
            return self.fault(Wrong::Attribute(name.to_owned()));
        }
        let value = behind.strip_prefix('=').and_then(|value| value.strip_prefix(quote));
        let value = value.and_then(|value| value.split_once(quote)).map(|(value, _)| value);
        let Some(value) = value else { return self.fault(Wrong::Tag) };
        let plain = |letter: char| !letter.is_control() && !"<>\"".contains(letter);
        if !value.chars().all(|letter| plain(letter) || letter == '\n') {
            return self.fault(Wrong::Value(name.to_owned()));
        }
        match name {
            "href" if !leads_well(value) => return self.fault(Wrong::Link),
            "src" if !crate::markdown::is_own_picture(value) => return self.fault(Wrong::Picture),
            _ => {}
        }
        let _ = write!(self.out, " {name}=\"{}\"", value.replace('\n', " "));
        self.pass(length + 3 + value.len());
        Ok(name)
    }
}

/// Whether an element can have an attribute.
fn can_say(element: &str, name: &str) -> bool {
    match element {
        "mjml" | "mj-head" | "mj-attributes" => false,
        part if part.starts_with("mj-") => SAID.contains(&name),
        "a" => ["href", "title", "style"].contains(&name),
        "img" => ["src", "alt", "title", "width", "height", "style"].contains(&name),
        "td" | "th" => ["align", "valign", "colspan", "rowspan", "width", "style"].contains(&name),
        _ => ["align", "style"].contains(&name),
    }
}

/// Whether a link leads into the web or to mail. Entities are read by what comes after, so there are none in its beginning.
fn leads_well(value: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|start| value.starts_with(start))
        && !value.contains(|letter: char| letter.is_whitespace() || letter == '\\')
}
