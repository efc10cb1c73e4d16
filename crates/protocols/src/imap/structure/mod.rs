//! The structure of a message as IMAP shows it: `ENVELOPE`, `BODY`, `BODYSTRUCTURE` and the parts behind
//! `BODY[section]`.
//!
//! IMAP wants header values as they stand in the message (encoded words and all), byte offsets of every part and line
//! counts, which parsers made for reading mail do not keep. So this module reads the raw bytes itself, in one pass, with
//! limits on depth and number of parts.
//!
//! ```
//! use mailkeep_protocols::imap::structure;
//! let raw = b"Subject: Hello\r\nFrom: Ann Example <ann@example.com>\r\n\r\nHi!\r\n";
//! let message = structure::parse(raw);
//! let envelope = structure::render_envelope(raw);
//! assert!(envelope.starts_with(b"(NIL \"Hello\" ((\"Ann Example\" NIL \"ann\" \"example.com\"))"));
//! let structure = structure::render_bodystructure(raw, &message);
//! assert!(structure.starts_with(b"(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 5 1"));
//! ```

mod address;
mod body;
mod content_type;
mod envelope;
mod headers;
mod mime;
mod section;

pub use address::{Address, mailboxes, parse_addresses, sole_author};
pub use body::{render_body, render_bodystructure};
pub use envelope::render_envelope;
pub use headers::{Field, fields, header_length, unfold};
pub use mime::{Kind, MAX_DEPTH, MAX_PARTS, Part, parse};
pub use section::{SectionText, find_section, select_fields};

#[cfg(test)]
mod tests;
