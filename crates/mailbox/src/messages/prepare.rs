//! Everything that can be done with a message before its transaction, and once for all its recipients: reading its
//! structure, rendering what IMAP asks for, taking the trigrams of its text, compressing it.

use bytes::Bytes;
use mailkeep_protocols::imap::structure::{self, Part};
use mailkeep_protocols::mime::{self, Leaf, decode_words};

use super::content::pack;
use super::metadata::{LISTING_FIELDS, Metadata};
use crate::search::Grams;
use crate::traces::note;

/// Longer texts of one part are searched without the help of the filter.
const MAX_INDEXED_TEXT: usize = 4 * 1024 * 1024;
/// Characters of the text that a list of messages shows.
const PREVIEW_CHARS: usize = 160;

/// A message ready to be stored in any mailbox.
#[derive(Debug)]
pub struct Prepared {
    pub(crate) size: u64,
    pub(crate) metadata: Metadata,
    pub(crate) grams: Grams,
    pub(crate) thread_root: Option<Vec<u8>>,
    /// Who sends it, as the return path says.
    pub(crate) return_path: Option<String>,
    pub(crate) message_id: Option<String>,
    pub(crate) packed: Vec<u8>,
    /// The text of a message so large that its content will be a blob, packed.
    pub(crate) packed_text: Option<Vec<u8>>,
}

/// Prepares a message. Bounded by the length of the message in time and memory, whatever it holds; for messages over
/// a few hundred kilobytes call it from a thread that may be busy, see [`prepare_large`].
pub fn prepare(raw: &Bytes) -> Prepared {
    let part = structure::parse(raw);
    let leaves = mime::leaves(&part);
    let header = raw.get(..part.body_start).unwrap_or_default();
    let mut grams = Grams::default();
    let mut text_length = 0;
    let mut preview = String::new();
    for_each_text(raw, header, &leaves, MAX_INDEXED_TEXT, |text, kind| {
        grams.add(text);
        text_length += text.len();
        if kind == TextKind::Body && preview.is_empty() {
            preview = preview_of(text);
        }
    });
    if leaves.iter().any(|leaf| leaf.media_type == "text" && leaf.body.len() > MAX_INDEXED_TEXT) {
        grams.give_up();
    }
    let attachments = leaves.iter().filter(|leaf| is_attachment(leaf)).count();
    let packed = pack(raw);
    let packed_text = (packed.len() > super::content::MAX_INLINE).then(|| {
        let mut text = all_text(raw, header, &leaves);
        text.push(HEADERS_END);
        text.push_str(&String::from_utf8_lossy(header));
        pack(text.as_bytes())
    });
    let (return_path, message_id) = note::read(header);
    Prepared {
        size: raw.len() as u64,
        metadata: Metadata::new(
            &structure::render_envelope(raw),
            &structure::render_bodystructure(raw, &part),
            &listing(header),
            &preview,
            attachments,
        ),
        grams,
        thread_root: thread_root(header),
        return_path,
        message_id,
        packed,
        packed_text,
    }
}

/// As [`prepare`], on a thread of its own when the message is large, so that the others are not kept waiting.
pub async fn prepare_large(raw: Bytes) -> Prepared {
    const LARGE: usize = 256 * 1024;
    if raw.len() < LARGE {
        return prepare(&raw);
    }
    match tokio::task::spawn_blocking({
        let raw = raw.clone();
        move || prepare(&raw)
    })
    .await
    {
        Ok(prepared) => prepared,
        // The runtime is shutting down; the work is done here and its result goes nowhere.
        Err(_) => prepare(&raw),
    }
}

/// Where a text was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextKind {
    Header,
    Body,
    FileName,
}

/// Fields whose decoded text is searched by `TEXT`.
pub(crate) const SEARCHED_FIELDS: [&str; 9] =
    ["from", "to", "cc", "bcc", "reply-to", "sender", "subject", "message-id", "list-id"];

/// Hands each piece of searchable text to `each`: header fields, texts, file names. Pieces are cut at `limit` bytes of
/// the encoded part.
pub(crate) fn for_each_text(
    raw: &[u8],
    header: &[u8],
    leaves: &[Leaf],
    limit: usize,
    mut each: impl FnMut(&str, TextKind),
) {
    for field in structure::fields(header) {
        if SEARCHED_FIELDS.iter().any(|name| field.is(name)) {
            each(&decode_words(field.value), TextKind::Header);
        }
    }
    for leaf in leaves {
        if leaf.media_type == "text" {
            let mut cut = leaf.clone();
            cut.body.end = cut.body.end.min(cut.body.start.saturating_add(limit));
            let text = cut.text(raw);
            if leaf.is_html() {
                each(&mime::html_to_text(&text), TextKind::Body);
            } else {
                each(&text, TextKind::Body);
            }
        }
        if let Some(name) = &leaf.file_name {
            each(name, TextKind::FileName);
        }
    }
}

/// All searchable text of a message, a line break between the pieces; headers come first, after a mark of their own,
/// so that the body can be searched alone. Of a message in the blob store the whole header follows after another mark.
pub(crate) fn all_text(raw: &[u8], header: &[u8], leaves: &[Leaf]) -> String {
    let (mut headers, mut bodies) = (String::new(), String::new());
    for_each_text(raw, header, leaves, usize::MAX, |text, kind| {
        let target = if kind == TextKind::Header { &mut headers } else { &mut bodies };
        target.push_str(text);
        target.push('\n');
    });
    headers.push(HEADERS_END);
    headers.push_str(&bodies);
    headers
}

/// Parts the headers from the bodies in a stored text; no mail can hold it, since it is a noncharacter.
pub(crate) const HEADERS_END: char = '\u{fdd0}';

fn is_attachment(leaf: &Leaf) -> bool {
    leaf.disposition == "attachment"
        || (leaf.media_type != "text" && leaf.content_id.is_none() && !leaf.in_message)
}

fn preview_of(text: &str) -> String {
    let mut out = String::with_capacity(PREVIEW_CHARS);
    let mut count = 0;
    for word in text.split_whitespace().take(PREVIEW_CHARS) {
        if count > 0 {
            out.push(' ');
            count += 1;
        }
        for c in word.chars().filter(|c| !c.is_control()) {
            if count >= PREVIEW_CHARS {
                return out;
            }
            out.push(c);
            count += 1;
        }
    }
    out
}

/// The header fields that lists of messages ask for, as they stand.
fn listing(header: &[u8]) -> Vec<u8> {
    const MAX_FIELD: usize = 16 * 1024;
    let mut out = Vec::with_capacity(512);
    for field in structure::fields(header) {
        if field.raw.len() <= MAX_FIELD && LISTING_FIELDS.iter().any(|name| field.is(name)) {
            out.extend_from_slice(field.raw);
            if !field.raw.ends_with(b"\n") {
                out.extend_from_slice(b"\r\n");
            }
        }
    }
    out
}

/// The Message-ID of the first message of the thread: the oldest of References, else In-Reply-To, else its own.
fn thread_root(header: &[u8]) -> Option<Vec<u8>> {
    let first_id = |name: &str| {
        let field = structure::fields(header).find(|field| field.is(name))?;
        let start = memchr::memchr(b'<', field.value)?;
        let id = field.value.get(start..)?;
        let end = memchr::memchr(b'>', id)?;
        id.get(..=end).map(<[u8]>::to_vec)
    };
    first_id("references").or_else(|| first_id("in-reply-to")).or_else(|| first_id("message-id"))
}

/// The structure and leaves of a raw message, for those who verify a search.
pub(crate) fn read_structure(raw: &[u8]) -> (Part, Vec<Leaf>) {
    let part = structure::parse(raw);
    let leaves = mime::leaves(&part);
    (part, leaves)
}
