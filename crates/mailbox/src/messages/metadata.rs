//! What lists of messages show, made once when a message arrives.

use mailkeep_protocols::imap::structure::{fields, select_fields};

/// The header fields kept in [`Metadata::listing`]: those that mail clients ask for when they list a folder.
pub const LISTING_FIELDS: [&str; 24] = [
    "date",
    "from",
    "sender",
    "reply-to",
    "to",
    "cc",
    "bcc",
    "subject",
    "message-id",
    "in-reply-to",
    "references",
    "content-type",
    "content-transfer-encoding",
    "mime-version",
    "list-id",
    "list-post",
    "priority",
    "x-priority",
    "importance",
    "auto-submitted",
    "newsgroups",
    "return-path",
    "disposition-notification-to",
    "x-spam-flag",
];

const VERSION: u8 = 1;
/// Version, number of attachments, ends of the four pieces.
const HEAD: usize = 1 + 2 + 4 * 4;

/// Envelope, structure and listing of a message, in one piece of bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Metadata {
    bytes: Vec<u8>,
}

impl std::fmt::Debug for Metadata {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Metadata({} bytes)", self.bytes.len())
    }
}

impl Metadata {
    pub(crate) fn new(
        envelope: &[u8],
        structure: &[u8],
        listing: &[u8],
        preview: &str,
        attachments: usize,
    ) -> Self {
        let mut bytes =
            Vec::with_capacity(HEAD + envelope.len() + structure.len() + listing.len() + preview.len());
        bytes.push(VERSION);
        bytes.extend_from_slice(&u16::try_from(attachments).unwrap_or(u16::MAX).to_le_bytes());
        let mut end = HEAD;
        for piece in [envelope, structure, listing, preview.as_bytes()] {
            end += piece.len();
            bytes.extend_from_slice(&u32::try_from(end).unwrap_or(u32::MAX).to_le_bytes());
        }
        for piece in [envelope, structure, listing, preview.as_bytes()] {
            bytes.extend_from_slice(piece);
        }
        Metadata { bytes }
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Takes stored bytes; `None` when they are of another version or cut off.
    pub(crate) fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        let metadata = Metadata { bytes };
        let whole = metadata.bytes.first() == Some(&VERSION) && metadata.end(3)? == metadata.bytes.len();
        whole.then_some(metadata)
    }

    fn end(&self, piece: usize) -> Option<usize> {
        let at = 3 + piece * 4;
        let bytes = self.bytes.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    }

    fn piece(&self, piece: usize) -> &[u8] {
        let start = match piece.checked_sub(1) {
            None => Some(HEAD),
            Some(before) => self.end(before),
        };
        let range = start.zip(self.end(piece)).map(|(start, end)| start..end);
        range.and_then(|range| self.bytes.get(range)).unwrap_or_default()
    }

    /// The rendered IMAP `ENVELOPE`.
    pub fn envelope(&self) -> &[u8] {
        self.piece(0)
    }

    /// The rendered IMAP `BODYSTRUCTURE`.
    pub fn body_structure(&self) -> &[u8] {
        self.piece(1)
    }

    /// The fields of [`LISTING_FIELDS`] as they stand in the message, in their order, without the empty line.
    pub fn listing(&self) -> &[u8] {
        self.piece(2)
    }

    /// The first words of the text.
    pub fn preview(&self) -> &str {
        std::str::from_utf8(self.piece(3)).unwrap_or("")
    }

    /// How many files are attached.
    pub fn attachments(&self) -> u16 {
        match self.bytes.get(1..3) {
            Some([low, high]) => u16::from_le_bytes([*low, *high]),
            _ => 0,
        }
    }

    /// The answer to `BODY[HEADER.FIELDS (…)]`, when all the fields are kept; `None` when the message itself must be
    /// read.
    pub fn header_fields(&self, names: &[String]) -> Option<Vec<u8>> {
        let kept = |name: &String| LISTING_FIELDS.iter().any(|kept| kept.eq_ignore_ascii_case(name));
        names.iter().all(kept).then(|| select_fields(self.listing(), names, false))
    }

    /// The decoded value of a kept field, for pages.
    pub fn field(&self, name: &str) -> Option<String> {
        fields(self.listing()).find(|f| f.is(name)).map(|f| mailkeep_protocols::mime::decode_words(f.value))
    }
}
