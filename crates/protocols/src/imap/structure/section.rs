//! The bytes behind `BODY[section]` (RFC 3501 section 6.4.5).

use std::ops::Range;

use super::headers::fields;
use super::mime::{Kind, Part};

/// What is asked of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SectionText {
    /// `HEADER`: the header of the message, or of the message that the part holds.
    Header,
    /// `HEADER.FIELDS (…)`: some of its fields.
    HeaderFields(Vec<String>),
    /// `HEADER.FIELDS.NOT (…)`: all but some of its fields.
    HeaderFieldsNot(Vec<String>),
    /// `TEXT`: the body of the message without its header.
    Text,
    /// `MIME`: the header of the part itself.
    Mime,
}

/// Finds the bytes of a section in the raw message. `HEADER.FIELDS` answers with the whole header, to be narrowed by
/// [`select_fields`]. `None` when there is no such part.
pub fn find_section(message: &Part, path: &[u32], text: Option<&SectionText>) -> Option<Range<usize>> {
    if path.is_empty() {
        return match text {
            None => Some(message.header_start..message.body_end),
            Some(SectionText::Text) => Some(message.body_start..message.body_end),
            Some(SectionText::Mime) => None,
            Some(_) => Some(message.header_start..message.body_start),
        };
    }
    let part = descend(message, path)?;
    match (text, &part.kind) {
        (None, _) => Some(part.body_start..part.body_end),
        (Some(SectionText::Mime), _) => Some(part.header_start..part.body_start),
        (Some(SectionText::Text), Kind::Message(inner)) => Some(inner.body_start..inner.body_end),
        (Some(_), Kind::Message(inner)) => Some(inner.header_start..inner.body_start),
        (Some(_), _) => None,
    }
}

/// Walks down the numbers of a section. A message that is not multipart has one part, itself, with number 1.
fn descend<'a>(message: &'a Part, path: &[u32]) -> Option<&'a Part> {
    let mut current = message;
    // Numbers count the parts of a multipart, also through the message/rfc822 that holds it.
    let mut at_message = true;
    for &number in path {
        let holder = match (&current.kind, at_message) {
            (Kind::Message(inner), false) => inner,
            _ => current,
        };
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        current = match &holder.kind {
            Kind::Multipart(children) => children.get(index)?,
            // Only a message (the whole one or a held one) has an implied part 1; a leaf has none.
            _ if index == 0 && (at_message || !std::ptr::eq(holder, current)) => holder,
            _ => return None,
        };
        at_message = false;
    }
    Some(current)
}

/// Copies the fields named (or, with `negate`, all others) and the empty line that ends a header.
pub fn select_fields(header: &[u8], names: &[String], negate: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(512);
    for field in fields(header) {
        if names.iter().any(|name| field.is(name)) != negate {
            out.extend_from_slice(field.raw);
            if !field.raw.ends_with(b"\n") {
                out.extend_from_slice(b"\r\n");
            }
        }
    }
    out.extend_from_slice(b"\r\n");
    out
}
