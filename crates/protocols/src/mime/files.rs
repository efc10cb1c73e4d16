//! What hangs on a message.

use std::ops::Range;

use super::{Leaf, decode_transfer, leaves, safe_file_name};
use crate::imap::structure::{self, Kind, Part};

/// A file that hangs on a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its section number as IMAP counts, e.g. `2.1`; its name in addresses.
    pub section: String,
    /// Its name; never empty and without slashes.
    pub name: String,
    /// Its media type as the message claims it, lower case.
    pub media_type: String,
    /// Its length in bytes, decoded.
    pub size: usize,
    /// Its Content-ID, by which HTML refers to it.
    pub content_id: Option<String>,
    encoding: String,
    body: Range<usize>,
}

impl File {
    /// Its bytes.
    pub fn bytes(&self, raw: &[u8]) -> Vec<u8> {
        decode_transfer(&self.encoding, raw.get(self.body.clone()).unwrap_or_default()).into_owned()
    }
}

/// The file with this section number.
pub fn find_file(raw: &[u8], section: &str) -> Option<File> {
    let part = structure::parse(raw);
    list(raw, &part, &leaves(&part)).into_iter().find(|file| file.section == section)
}

/// The files of a message, of which these are the leaves; those inside attached messages are theirs.
pub fn list(raw: &[u8], part: &Part, leaves: &[Leaf]) -> Vec<File> {
    let mut out: Vec<File> = leaves
        .iter()
        .filter(|leaf| !leaf.in_message && !leaf.is_shown_text())
        .map(|leaf| {
            let media_type = format!("{}/{}", leaf.media_type, leaf.media_subtype);
            File {
                section: section(&leaf.section),
                name: file_name(leaf.file_name.as_deref(), &media_type),
                size: leaf.bytes(raw).len(),
                content_id: leaf.content_id.clone(),
                encoding: leaf.encoding.clone(),
                body: leaf.body.clone(),
                media_type,
            }
        })
        .collect();
    messages(part, &mut Vec::new(), true, &mut |path, body| {
        let media_type = "message/rfc822".to_owned();
        out.push(File {
            section: section(path),
            name: file_name(None, &media_type),
            size: body.len(),
            content_id: None,
            encoding: String::new(),
            body,
            media_type,
        });
    });
    out
}

/// Messages attached to the message; those inside them are theirs. Bounded by the depth that the parser allows.
fn messages(part: &Part, path: &mut Vec<u32>, root: bool, found: &mut impl FnMut(&[u32], Range<usize>)) {
    match &part.kind {
        Kind::Multipart(children) => {
            for (number, child) in (1u32..).zip(children) {
                path.push(number);
                messages(child, path, false, found);
                path.pop();
            }
        }
        Kind::Message(_) if root => found(&[1], part.body_start..part.body_end),
        Kind::Message(_) => found(path, part.body_start..part.body_end),
        Kind::Leaf => {}
    }
}

fn section(path: &[u32]) -> String {
    path.iter().map(u32::to_string).collect::<Vec<_>>().join(".")
}

/// A name that is safe to save under; one by the type where the message gives none.
fn file_name(given: Option<&str>, media_type: &str) -> String {
    let name = safe_file_name(given.unwrap_or_default());
    if !name.is_empty() {
        return name;
    }
    match media_type {
        "message/rfc822" => "message.eml".to_owned(),
        "text/calendar" => "invitation.ics".to_owned(),
        "text/html" => "text.html".to_owned(),
        other => match other.split_once('/') {
            Some(("image", kind @ ("png" | "jpeg" | "gif" | "webp"))) => format!("picture.{kind}"),
            Some(("text", _)) => "text.txt".to_owned(),
            _ => "file".to_owned(),
        },
    }
}
