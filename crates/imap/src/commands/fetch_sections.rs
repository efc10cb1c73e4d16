//! `BODY[section]<partial>` (RFC 3501 section 6.4.5).

use mailkeep_protocols::imap::command::SectionItem;
use mailkeep_protocols::imap::structure::{
    Part, SectionText, find_section, header_length, parse, select_fields,
};
use mailkeep_protocols::imap::write::{literal_length, number};

/// What a section is cut from.
pub(super) enum Content<'m> {
    /// The whole message.
    Raw(&'m [u8]),
    /// Header fields that were selected already.
    Fields(Vec<u8>),
}

/// Appends name and length of a section, and its bytes unless they stand in the message: those are given back.
pub(super) fn write_section<'m>(
    out: &mut Vec<u8>,
    section: &SectionItem,
    content: Content<'m>,
    structure: &mut Option<Part>,
) -> Option<&'m [u8]> {
    out.extend_from_slice(section.label.as_bytes());
    if let Some((origin, _)) = section.partial {
        out.push(b'<');
        number(out, u64::from(origin));
        out.push(b'>');
    }
    out.push(b' ');
    let raw = match content {
        Content::Raw(raw) => raw,
        Content::Fields(fields) => {
            write_copy(out, section, &fields);
            return None;
        }
    };
    let Some(bytes) = locate(raw, section, structure) else {
        out.extend_from_slice(b"NIL");
        return None;
    };
    match &section.text {
        Some(SectionText::HeaderFields(names)) => {
            write_copy(out, section, &select_fields(bytes, names, false))
        }
        Some(SectionText::HeaderFieldsNot(names)) => {
            write_copy(out, section, &select_fields(bytes, names, true))
        }
        _ => {
            let bytes = cut(bytes, section.partial);
            literal_length(out, bytes.len());
            return Some(bytes);
        }
    }
    None
}

fn write_copy(out: &mut Vec<u8>, section: &SectionItem, bytes: &[u8]) {
    let bytes = cut(bytes, section.partial);
    literal_length(out, bytes.len());
    out.extend_from_slice(bytes);
}

/// The bytes of a section; the structure is read only for parts.
fn locate<'m>(raw: &'m [u8], section: &SectionItem, structure: &mut Option<Part>) -> Option<&'m [u8]> {
    if section.path.is_empty() {
        return match section.text {
            None => Some(raw),
            Some(SectionText::Text) => raw.get(header_length(raw)..),
            Some(_) => raw.get(..header_length(raw)),
        };
    }
    let part = structure.get_or_insert_with(|| parse(raw));
    raw.get(find_section(part, &section.path, section.text.as_ref())?)
}

fn cut(bytes: &[u8], partial: Option<(u32, u32)>) -> &[u8] {
    let Some((origin, count)) = partial else { return bytes };
    let rest = bytes.get(origin as usize..).unwrap_or_default();
    rest.get(..count as usize).unwrap_or(rest)
}
