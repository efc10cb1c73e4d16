//! Files in tickets: with what somebody writes on our pages, and the parts of letters.
//!
//! A file belongs to an entry and is sealed as `ticket` of the ticket's owner, its name too; what it is, its bytes say. One that
//! came on our pages rests in its row, or as a blob when it is large; one of a letter stays in the letter, which is kept as it
//! came, and is cut out of it when somebody asks. What would run at a click is refused on our pages, and not offered of a letter,
//! and so is that in which a scanner for viruses finds something, where the operator named one.
//!
//! To add a kind: a line in `kind.rs`, and one in its test.

mod check;
mod config;
pub(crate) mod keep;
mod kind;
mod open;
pub(crate) mod records;
mod scan;
pub(crate) mod store;
mod sweep;
#[cfg(test)]
mod tests;

use mailkeep_policy::Shown;
use uuid::Uuid;

pub use check::{AttachmentFault, check_attachments};
pub use config::AttachmentsConfig;
pub use kind::{media_type_of, would_run};
pub use open::OpenedAttachment;
pub use scan::{ScanError, Scanned, Scanner, ScannerConfig};
pub use sweep::register;

/// A file as somebody sent it.
#[derive(Clone)]
pub struct NewAttachment {
    /// Its name, as the browser said it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for NewAttachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewAttachment").field("size", &self.bytes.len()).finish_non_exhaustive()
    }
}

/// A file of an entry, without what is in it.
#[derive(Debug)]
pub struct Attachment {
    /// The file.
    pub id: Uuid,
    /// Its name.
    pub name: Shown<String>,
    /// What it is, as its bytes say.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Whether it would run at a click, and is to be had with its whole letter alone.
    pub refused: bool,
    /// Whether the scanner for viruses found something in its letter, so that it is not offered either.
    pub harmful: bool,
}
