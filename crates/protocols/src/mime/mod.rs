//! What the parts of a message say: transfer encodings, charsets, encoded words and parameters undone.
//!
//! [`structure`](crate::imap::structure) finds the parts within limits and keeps them as they are written; this
//! module reads them. It is forgiving, since mail is: what cannot be decoded is passed over, nothing is refused, and
//! the work is linear in the length of the message whatever it says.

mod decode;
pub mod files;
mod lines;
mod names;
mod parameters;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

pub use decode::{
    decode_base64, decode_quoted_printable, decode_text, decode_transfer, decode_words, html_to_text,
};
pub use lines::html_to_lines;
pub use names::safe_file_name;
pub use parameters::decode_parameter;

use crate::imap::structure::{Kind, Part};

/// A part without parts: a text, a picture, a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// Its section number as IMAP counts: `[1, 2]` is `BODY[1.2]`.
    pub section: Vec<u32>,
    /// Type, lower case, e.g. `text`.
    pub media_type: String,
    /// Subtype, lower case, e.g. `plain`.
    pub media_subtype: String,
    /// The charset parameter.
    pub charset: Option<String>,
    /// Content-Transfer-Encoding, lower case; empty when none is given.
    pub encoding: String,
    /// `attachment`, `inline`, lower case; empty when none is given.
    pub disposition: String,
    /// File name from Content-Disposition or Content-Type, decoded.
    pub file_name: Option<String>,
    /// Content-ID without its angle brackets.
    pub content_id: Option<String>,
    /// The body as it stands in the message, still encoded.
    pub body: Range<usize>,
    /// Lies in a `multipart/alternative`.
    pub in_alternative: bool,
    /// Lies in a message that is attached to the message.
    pub in_message: bool,
}

impl Leaf {
    /// True for a text that is shown with the message and not offered as a file.
    pub fn is_shown_text(&self) -> bool {
        self.media_type == "text"
            && matches!(self.media_subtype.as_str(), "plain" | "html")
            && self.disposition != "attachment"
            && !self.in_message
    }

    /// True for HTML.
    pub fn is_html(&self) -> bool {
        self.media_type == "text" && self.media_subtype == "html"
    }

    /// The decoded bytes.
    pub fn bytes<'a>(&self, raw: &'a [u8]) -> Cow<'a, [u8]> {
        decode_transfer(&self.encoding, raw.get(self.body.clone()).unwrap_or_default())
    }

    /// The body as Unicode.
    pub fn text(&self, raw: &[u8]) -> String {
        decode_text(self.charset.as_deref(), &self.bytes(raw))
    }
}

/// The leaves of a message in the order in which they stand, those of attached messages with them.
pub fn leaves(message: &Part) -> Vec<Leaf> {
    let mut out = Vec::new();
    let mut walk = Walk { out: &mut out, section: Vec::new() };
    walk.visit(message, false, false, true);
    out
}

struct Walk<'a> {
    out: &'a mut Vec<Leaf>,
    section: Vec<u32>,
}

impl Walk<'_> {
    /// Recursion is bounded by the depth of the tree, which its parser limits.
    fn visit(&mut self, part: &Part, in_alternative: bool, in_message: bool, root: bool) {
        match &part.kind {
            Kind::Multipart(children) => {
                let alternative = in_alternative || part.media_type().1.eq_ignore_ascii_case(b"alternative");
                for (number, child) in (1u32..).zip(children) {
                    self.section.push(number);
                    self.visit(child, alternative, in_message, false);
                    self.section.pop();
                }
            }
            Kind::Message(inner) => self.numbered(root, |walk| walk.visit(inner, false, true, true)),
            Kind::Leaf => self.numbered(root, |walk| {
                let leaf = read_leaf(part, walk.section.clone(), in_alternative, in_message);
                walk.out.push(leaf);
            }),
        }
    }

    /// A message that is not a multipart has one part, number 1 (RFC 9051 section 6.4.5.1).
    fn numbered(&mut self, root: bool, visit: impl FnOnce(&mut Self)) {
        if root {
            self.section.push(1);
        }
        visit(self);
        if root {
            self.section.pop();
        }
    }
}

fn read_leaf(part: &Part, section: Vec<u32>, in_alternative: bool, in_message: bool) -> Leaf {
    let lower = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_ascii_lowercase();
    let (main, sub) = part.media_type();
    let (disposition, of_disposition) = part.disposition().unwrap_or((b"", &[]));
    let file_name =
        decode_parameter(of_disposition, "filename").or_else(|| decode_parameter(part.parameters(), "name"));
    Leaf {
        section,
        media_type: lower(main),
        media_subtype: lower(sub),
        charset: decode_parameter(part.parameters(), "charset"),
        encoding: lower(part.encoding().unwrap_or_default()),
        disposition: lower(disposition),
        file_name: file_name.filter(|name| !name.is_empty()),
        content_id: part.content_id().map(|id| lossy(id.trim_ascii()).trim_matches(['<', '>']).to_owned()),
        body: part.body_start..part.body_end,
        in_alternative,
        in_message,
    }
}

fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}
