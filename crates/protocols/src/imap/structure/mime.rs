//! The tree of MIME parts with byte offsets, read in one pass (RFC 2046).

use memchr::memchr;

use super::content_type::{Parametrised, parse_parametrised};
use super::headers::{fields, unfold};

/// Parts nested deeper than this are shown as one part without structure.
pub const MAX_DEPTH: usize = 50;

/// Parts beyond this many are shown as belonging to the part before them.
pub const MAX_PARTS: usize = 2_000;

/// Longer values of MIME fields are cut.
const MAX_VALUE: usize = 8 * 1024;

/// A part, or the message itself. Offsets count from the start of the raw message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// Where the header starts.
    pub header_start: usize,
    /// Where the header, with its empty line, ends and the body starts.
    pub body_start: usize,
    /// Where the body ends.
    pub body_end: usize,
    /// What is inside.
    pub kind: Kind,
    pub(super) content_type: Parametrised,
    pub(super) id: Option<Vec<u8>>,
    pub(super) description: Option<Vec<u8>>,
    pub(super) encoding: Option<Vec<u8>>,
    pub(super) md5: Option<Vec<u8>>,
    pub(super) disposition: Option<Parametrised>,
    pub(super) language: Option<Vec<u8>>,
    pub(super) location: Option<Vec<u8>>,
}

/// What a part contains.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Kind {
    /// Text or data.
    #[default]
    Leaf,
    /// `multipart/*` with its parts; at least one.
    Multipart(Vec<Part>),
    /// `message/rfc822` with the message it holds.
    Message(Box<Part>),
}

impl Part {
    /// Type and subtype as written, `text` and `plain` when missing or malformed.
    pub fn media_type(&self) -> (&[u8], &[u8]) {
        self.content_type.split_type().unwrap_or((b"text", b"plain"))
    }

    /// Parameters of the Content-Type as they are written.
    pub fn parameters(&self) -> &[(Vec<u8>, Vec<u8>)] {
        &self.content_type.parameters
    }

    /// Content-Transfer-Encoding as written.
    pub fn encoding(&self) -> Option<&[u8]> {
        self.encoding.as_deref()
    }

    /// Content-ID as written.
    pub fn content_id(&self) -> Option<&[u8]> {
        self.id.as_deref()
    }

    /// Content-Disposition and its parameters as they are written.
    pub fn disposition(&self) -> Option<(&[u8], &[(Vec<u8>, Vec<u8>)])> {
        self.disposition.as_ref().map(|d| (d.value.as_slice(), d.parameters.as_slice()))
    }

    fn is(&self, main: &str, sub: &str) -> bool {
        let (m, s) = self.media_type();
        m.eq_ignore_ascii_case(main.as_bytes()) && (sub.is_empty() || s.eq_ignore_ascii_case(sub.as_bytes()))
    }
}

/// Reads the structure of a message.
pub fn parse(raw: &[u8]) -> Part {
    let mut parser = Parser { raw, at: 0, boundaries: Vec::new(), parts: 0 };
    parser.entity(false, 0).0
}

/// How the content before a boundary line, or the end of the message, ended.
#[derive(Debug, Clone, Copy)]
struct Hit {
    /// Where the content ends: before the line end that belongs to the boundary.
    content_end: usize,
    /// Index into the open boundaries; `None` at the end of the message.
    level: Option<usize>,
    closing: bool,
}

struct Parser<'a> {
    raw: &'a [u8],
    at: usize,
    boundaries: Vec<Vec<u8>>,
    parts: usize,
}

impl<'a> Parser<'a> {
    /// Reads header and body at the current place. Depth of recursion is bounded by `MAX_DEPTH`.
    fn entity(&mut self, in_digest: bool, depth: usize) -> (Part, Hit) {
        self.parts = self.parts.saturating_add(1);
        let start = self.at;
        let early = self.header();
        let mut part = Part {
            header_start: start,
            body_start: early.map_or(self.at, |hit| hit.content_end),
            ..Part::default()
        };
        self.describe(&mut part, in_digest);
        if let Some(hit) = early {
            part.body_start = part.body_start.max(start);
            part.body_end = part.body_start;
            return (part, hit);
        }
        let room = depth < MAX_DEPTH && self.parts < MAX_PARTS;
        let boundary = part.content_type.get("boundary").filter(|b| !b.is_empty()).map(<[u8]>::to_vec);
        let hit = match boundary {
            Some(boundary) if room && part.is("multipart", "") => {
                let digest = part.is("multipart", "digest");
                let (children, hit) = self.multipart(boundary, digest, depth);
                if !children.is_empty() {
                    part.kind = Kind::Multipart(children);
                }
                hit
            }
            _ if room && part.is("message", "rfc822") && identity_encoding(part.encoding.as_deref()) => {
                let (inner, hit) = self.entity(false, depth.saturating_add(1));
                part.kind = Kind::Message(Box::new(inner));
                hit
            }
            _ => self.skip_to_boundary(),
        };
        part.body_end = hit.content_end.max(part.body_start);
        (part, hit)
    }

    fn multipart(&mut self, boundary: Vec<u8>, digest: bool, depth: usize) -> (Vec<Part>, Hit) {
        let own = self.boundaries.len();
        self.boundaries.push(boundary);
        let mut children = Vec::new();
        // The preamble ends at the first boundary.
        let mut hit = self.skip_to_boundary();
        loop {
            if hit.level != Some(own) {
                self.boundaries.truncate(own);
                return (children, hit);
            }
            if hit.closing || self.parts >= MAX_PARTS {
                // What follows is the epilogue, up to a boundary of a part further out.
                self.boundaries.truncate(own);
                let outer = self.skip_to_boundary();
                return (children, outer);
            }
            let (child, next) = self.entity(digest, depth.saturating_add(1));
            children.push(child);
            hit = next;
        }
    }

    /// Reads header lines up to the empty one. A boundary line before it ends the part early.
    fn header(&mut self) -> Option<Hit> {
        loop {
            let start = self.at;
            let line = self.line()?;
            if line.is_empty() {
                return None;
            }
            if let Some((level, closing)) = self.boundary(line) {
                return Some(Hit { content_end: start, level: Some(level), closing });
            }
        }
    }

    /// Moves behind the next line of any open boundary, or to the end.
    fn skip_to_boundary(&mut self) -> Hit {
        if self.boundaries.is_empty() {
            self.at = self.raw.len();
        }
        loop {
            let start = self.at;
            let Some(line) = self.line() else {
                return Hit { content_end: self.raw.len(), level: None, closing: false };
            };
            if let Some((level, closing)) = self.boundary(line) {
                let before = self.raw.get(..start).unwrap_or_default();
                let before = before.strip_suffix(b"\n").unwrap_or(before);
                let before = before.strip_suffix(b"\r").unwrap_or(before);
                return Hit { content_end: before.len(), level: Some(level), closing };
            }
        }
    }

    /// The next line without its end.
    fn line(&mut self) -> Option<&'a [u8]> {
        let raw = self.raw;
        let rest = raw.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = memchr(b'\n', rest).unwrap_or(rest.len());
        self.at = self.at.saturating_add(length).saturating_add(1).min(raw.len());
        let line = rest.get(..length).unwrap_or_default();
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }

    /// Which open boundary a line is, the innermost first; white space may follow it (RFC 2046 section 5.1.1).
    fn boundary(&self, line: &[u8]) -> Option<(usize, bool)> {
        let text = line.strip_prefix(b"--")?;
        for (level, boundary) in self.boundaries.iter().enumerate().rev() {
            if let Some(after) = text.strip_prefix(boundary.as_slice()) {
                let (after, closing) = match after.strip_prefix(b"--") {
                    Some(after) => (after, true),
                    None => (after, false),
                };
                if after.trim_ascii().is_empty() {
                    return Some((level, closing));
                }
            }
        }
        None
    }

    fn describe(&self, part: &mut Part, in_digest: bool) {
        let header =
            self.raw.get(part.header_start..part.body_start.max(part.header_start)).unwrap_or_default();
        let mut content_type = None;
        for field in fields(header) {
            let Some(rest) = strip_content(field.name) else { continue };
            let value = field.value.get(..field.value.len().min(MAX_VALUE)).unwrap_or_default();
            let text = || Some(unfold(value, MAX_VALUE)).filter(|v| !v.is_empty());
            match rest.to_ascii_lowercase().as_slice() {
                b"type" if content_type.is_none() => content_type = Some(parse_parametrised(value)),
                b"transfer-encoding" => {
                    part.encoding = part
                        .encoding
                        .take()
                        .or_else(|| Some(parse_parametrised(value).value).filter(|v| !v.is_empty()))
                }
                b"id" => part.id = part.id.take().or_else(text),
                b"description" => part.description = part.description.take().or_else(text),
                b"md5" => part.md5 = part.md5.take().or_else(text),
                b"disposition" => {
                    part.disposition = part.disposition.take().or_else(|| Some(parse_parametrised(value)))
                }
                b"language" => part.language = part.language.take().or_else(text),
                b"location" => part.location = part.location.take().or_else(text),
                _ => {}
            }
        }
        part.content_type = match content_type.filter(|c| c.split_type().is_some()) {
            Some(given) => given,
            // Parts of a digest are messages unless they say otherwise (RFC 2046 section 5.1.5).
            None if in_digest => Parametrised { value: b"message/rfc822".to_vec(), parameters: Vec::new() },
            None => Parametrised {
                value: b"text/plain".to_vec(),
                parameters: vec![(b"charset".to_vec(), b"us-ascii".to_vec())],
            },
        };
    }
}

fn strip_content(name: &[u8]) -> Option<&[u8]> {
    let (prefix, rest) = name.split_at_checked(8)?;
    prefix.eq_ignore_ascii_case(b"content-").then_some(rest)
}

/// True when the bytes of a `message/rfc822` are those of the message (RFC 2046 section 5.2.1 allows nothing else).
fn identity_encoding(encoding: Option<&[u8]>) -> bool {
    match encoding {
        None => true,
        Some(name) => [&b"7bit"[..], b"8bit", b"binary"].iter().any(|known| name.eq_ignore_ascii_case(known)),
    }
}
