//! Messages in folders: arriving, listing, reading, flags, copying, expunging, bringing back.
//!
//! A message is a narrow row of `messages`, a sealed row of `message_index` with what lists and searches need, and a
//! sealed row of `message_bodies`. The last two are found by the body's identifier and shared by the copies of a
//! message within its mailbox. Every change takes the next change number of the mailbox (modseq, RFC 7162) in its own
//! transaction; rows with their modseq and the rows of `expunged` with theirs are the change log.

mod append;
mod change_flags;
mod content;
mod copy;
mod deliver;
mod expunge;
mod flags;
mod metadata;
mod prepare;
mod purge;
mod read;
pub(crate) mod store;
mod uids;
mod undelete;
mod view;

#[cfg(test)]
mod model_tests;
#[cfg(test)]
mod tests;

use mailkeep_types::{BodyId, FolderId, MailboxId, Timestamp};

pub use append::Append;
pub use change_flags::StoredFlags;
pub use copy::Copied;
pub use deliver::{Along, DeliverTo, Delivered, Delivery, Stored};
pub use flags::{FlagChange, Flags};
pub use metadata::{LISTING_FIELDS, Metadata};
pub use prepare::{Prepared, prepare, prepare_large};
pub use purge::{BLOB_JOB, PURGE_JOB};
pub use uids::UidSet;
pub use undelete::Restorable;
pub use view::{FolderChanges, FolderView};

pub(crate) use content::{pack, unpack};
pub(crate) use prepare::{HEADERS_END, SEARCHED_FIELDS, all_text, read_structure};
pub(crate) use purge::DeleteBlob;

/// A message in a folder, as the change log knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageRow {
    /// Its number in the folder, ascending, never used twice.
    pub uid: u32,
    /// Change number of its last change.
    pub modseq: u64,
    /// Its flags.
    pub flags: Flags,
    /// When it arrived, or the date that APPEND gave.
    pub internal_at: Timestamp,
    /// When it was put into this folder (RFC 8514).
    pub saved_at: Timestamp,
    /// Length in bytes.
    pub size: u64,
    /// The thread it belongs to, a keyed number within the mailbox.
    pub thread: i64,
    /// Its content; the same for its copies in other folders (RFC 8474 EMAILID).
    pub body: BodyId,
}

/// A sealed message on its way into the database.
#[derive(Debug)]
pub(crate) struct SealedMessage {
    pub mailbox: MailboxId,
    pub body: BodyId,
    pub size: u64,
    pub thread: i64,
    pub meta: Vec<u8>,
    pub filter: Vec<u8>,
    pub content: Option<Vec<u8>>,
    pub blob_key: Option<String>,
    pub search_text: Option<Vec<u8>>,
}

/// Where a message shall be put.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target {
    pub mailbox: MailboxId,
    pub folder: FolderId,
}
