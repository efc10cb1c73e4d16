//! `FETCH` (RFC 3501 section 6.4.5).

use crate::imap::command::{Command, FetchItem, SectionItem};
use crate::imap::cursor::{Bad, Cursor, Parsed};
use crate::imap::sequence::SequenceSet;
use crate::imap::structure::SectionText;
use crate::imap::write::astring;

/// Deeper section numbers are refused.
const MAX_PATH: usize = 100;

/// More items in one `FETCH` are refused: each can answer with the whole message.
const MAX_ITEMS: usize = 100;

/// `FETCH set items [(CHANGEDSINCE n)]`.
pub(super) fn fetch(cursor: &mut Cursor<'_>, uid: bool) -> Parsed<Command> {
    cursor.space()?;
    let set = SequenceSet::read(cursor)?;
    cursor.space()?;
    let mut items = if cursor.peek() == Some(b'(') {
        let mut items = Vec::new();
        cursor.list(1, |cursor| {
            items.push(item(cursor)?);
            if items.len() > MAX_ITEMS { Err(Bad::new("too many items in one FETCH")) } else { Ok(()) }
        })?;
        items
    } else if cursor.eat_word("ALL") {
        vec![FetchItem::Flags, FetchItem::InternalDate, FetchItem::Size, FetchItem::Envelope]
    } else if cursor.eat_word("FAST") {
        vec![FetchItem::Flags, FetchItem::InternalDate, FetchItem::Size]
    } else if cursor.eat_word("FULL") {
        vec![FetchItem::Flags, FetchItem::InternalDate, FetchItem::Size, FetchItem::Envelope, FetchItem::Body]
    } else {
        vec![item(cursor)?]
    };
    let mut changed_since = None;
    if !cursor.at_end() {
        cursor.space()?;
        cursor.list(1, |cursor| {
            if !cursor.eat_word("CHANGEDSINCE") {
                return Err(Bad::new("the only modifier of FETCH is (CHANGEDSINCE number)"));
            }
            cursor.space()?;
            changed_since = Some(cursor.number64()?);
            Ok(())
        })?;
    }
    let mut seen: Vec<FetchItem> = Vec::with_capacity(items.len());
    items.retain(|item| {
        let new = !seen.contains(item);
        if new {
            seen.push(item.clone());
        }
        new
    });
    Ok(Command::Fetch { uid, set, items, changed_since })
}

fn item(cursor: &mut Cursor<'_>) -> Parsed<FetchItem> {
    let name = cursor.take_while(|b| b.is_ascii_alphanumeric() || b == b'.').to_ascii_uppercase();
    Ok(match name.as_slice() {
        b"UID" => FetchItem::Uid,
        b"FLAGS" => FetchItem::Flags,
        b"INTERNALDATE" => FetchItem::InternalDate,
        b"RFC822.SIZE" => FetchItem::Size,
        b"ENVELOPE" => FetchItem::Envelope,
        b"BODYSTRUCTURE" => FetchItem::BodyStructure,
        b"MODSEQ" => FetchItem::ModSeq,
        b"RFC822" => whole("RFC822", true, None),
        b"RFC822.HEADER" => whole("RFC822.HEADER", false, Some(SectionText::Header)),
        b"RFC822.TEXT" => whole("RFC822.TEXT", true, Some(SectionText::Text)),
        b"BODY" if cursor.peek() == Some(b'[') => FetchItem::Section(section(cursor, true)?),
        b"BODY.PEEK" if cursor.peek() == Some(b'[') => FetchItem::Section(section(cursor, false)?),
        b"BODY" => FetchItem::Body,
        other => return Err(Bad::about("unknown item of FETCH", other)),
    })
}

fn whole(label: &str, sets_seen: bool, text: Option<SectionText>) -> FetchItem {
    FetchItem::Section(SectionItem {
        label: label.to_owned(),
        sets_seen,
        path: Vec::new(),
        text,
        partial: None,
    })
}

fn section(cursor: &mut Cursor<'_>, sets_seen: bool) -> Parsed<SectionItem> {
    cursor.expect(b'[')?;
    let mut path = Vec::new();
    let mut label = b"BODY[".to_vec();
    let mut text = None;
    if cursor.peek() != Some(b']') {
        loop {
            if cursor.peek().is_some_and(|b| b.is_ascii_digit()) {
                path.push(cursor.nz_number()?);
                if path.len() > MAX_PATH {
                    return Err(Bad::new("the section number is too deep"));
                }
            } else {
                text = Some(section_text(cursor, !path.is_empty())?);
                break;
            }
            if !cursor.eat(b'.') {
                break;
            }
        }
    }
    if !cursor.eat(b']') {
        return Err(Bad::new("a section looks like [], [1.2], [HEADER], [TEXT] or [HEADER.FIELDS (From)]"));
    }
    let numbers: Vec<String> = path.iter().map(u32::to_string).collect();
    label.extend_from_slice(numbers.join(".").as_bytes());
    if let Some(text) = &text {
        if !path.is_empty() {
            label.push(b'.');
        }
        write_label(&mut label, text);
    }
    label.push(b']');
    // Names of fields are checked to be ASCII.
    let label = String::from_utf8_lossy(&label).into_owned();
    Ok(SectionItem { label, sets_seen, path, text, partial: partial(cursor)? })
}

fn section_text(cursor: &mut Cursor<'_>, in_part: bool) -> Parsed<SectionText> {
    let name = cursor.take_while(|b| b.is_ascii_alphabetic() || b == b'.').to_ascii_uppercase();
    Ok(match name.as_slice() {
        b"HEADER" => SectionText::Header,
        b"TEXT" => SectionText::Text,
        b"MIME" if in_part => SectionText::Mime,
        b"HEADER.FIELDS" => SectionText::HeaderFields(field_names(cursor)?),
        b"HEADER.FIELDS.NOT" => SectionText::HeaderFieldsNot(field_names(cursor)?),
        other => return Err(Bad::about("unknown section", other)),
    })
}

fn field_names(cursor: &mut Cursor<'_>) -> Parsed<Vec<String>> {
    cursor.space()?;
    cursor.list(1, |cursor| {
        let name = cursor.text()?;
        // RFC 5322 section 3.6.8.
        if name.is_empty() || !name.bytes().all(|b| matches!(b, 0x21..=0x7e) && b != b':') {
            return Err(Bad::about("not the name of a header field", name.as_bytes()));
        }
        Ok(name)
    })
}

fn write_label(label: &mut Vec<u8>, text: &SectionText) {
    let (word, names) = match text {
        SectionText::Header => ("HEADER", None),
        SectionText::Text => ("TEXT", None),
        SectionText::Mime => ("MIME", None),
        SectionText::HeaderFields(names) => ("HEADER.FIELDS", Some(names)),
        SectionText::HeaderFieldsNot(names) => ("HEADER.FIELDS.NOT", Some(names)),
    };
    label.extend_from_slice(word.as_bytes());
    for (nth, name) in names.into_iter().flatten().enumerate() {
        label.extend_from_slice(if nth == 0 { b" (" } else { b" " });
        astring(label, name.as_bytes());
    }
    if names.is_some() {
        label.push(b')');
    }
}

/// `<first.count>`.
fn partial(cursor: &mut Cursor<'_>) -> Parsed<Option<(u32, u32)>> {
    if !cursor.eat(b'<') {
        return Ok(None);
    }
    let first = cursor.number()?;
    let bad = || Bad::new("a partial looks like <0.1024>");
    if !cursor.eat(b'.') {
        return Err(bad());
    }
    let count = cursor.nz_number()?;
    if cursor.eat(b'>') { Ok(Some((first, count))) } else { Err(bad()) }
}
