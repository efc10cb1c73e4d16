//! Folders of a mailbox: names with `/` as hierarchy, roles (RFC 6154), subscriptions, counts.
//!
//! Names are sealed; a name is found by its keyed hash. `INBOX` is one name in any case (RFC 9051 section 5.1), other
//! names differ by case. Folders above a folder need not exist, as IMAP allows.

mod create;
mod delete;
mod list;
mod rename;
pub(crate) mod store;

#[cfg(test)]
mod tests;

pub(crate) use create::insert_first_folders;

use mailkeep_types::FolderId;

use crate::error::{MailRefusal, Result};

/// More folders than this nobody needs, and a loop of a client should stop somewhere.
pub const MAX_FOLDERS: usize = 2_000;
/// Parts a name from those of the folders above it.
pub const SEPARATOR: char = '/';

/// What a folder is for (RFC 6154).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Where mail arrives.
    Inbox,
    /// Messages not sent yet.
    Drafts,
    /// Copies of sent messages.
    Sent,
    /// Spam.
    Junk,
    /// Deleted messages.
    Trash,
    /// Old messages to keep.
    Archive,
}

impl Role {
    /// All roles, each of which a new mailbox has a folder for.
    pub const ALL: [Role; 6] =
        [Role::Inbox, Role::Drafts, Role::Sent, Role::Junk, Role::Trash, Role::Archive];

    /// The name in the database.
    pub const fn id(self) -> &'static str {
        match self {
            Role::Inbox => "inbox",
            Role::Drafts => "drafts",
            Role::Sent => "sent",
            Role::Junk => "junk",
            Role::Trash => "trash",
            Role::Archive => "archive",
        }
    }

    /// The name of the folder in a new mailbox.
    pub const fn folder_name(self) -> &'static str {
        match self {
            Role::Inbox => "INBOX",
            Role::Drafts => "Drafts",
            Role::Sent => "Sent",
            Role::Junk => "Junk",
            Role::Trash => "Trash",
            Role::Archive => "Archive",
        }
    }

    /// The attribute of LIST; `None` for the INBOX, which has its name.
    pub const fn special_use(self) -> Option<&'static str> {
        match self {
            Role::Inbox => None,
            Role::Drafts => Some("\\Drafts"),
            Role::Sent => Some("\\Sent"),
            Role::Junk => Some("\\Junk"),
            Role::Trash => Some("\\Trash"),
            Role::Archive => Some("\\Archive"),
        }
    }

    /// Reads the name in the database.
    pub fn from_id(id: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.id() == id)
    }
}

/// Counts and numbers of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FolderState {
    /// Changes when UIDs are no longer what they were; here never.
    pub uidvalidity: u32,
    /// The UID that the next message gets.
    pub uidnext: u32,
    /// Change number of the last change in it.
    pub modseq: u64,
    /// First UID that no session was told of.
    pub recent_from: u32,
    /// Messages in it.
    pub total: u64,
    /// Those without `\Seen`.
    pub unseen: u64,
    /// Length of all of them in bytes.
    pub bytes: u64,
}

/// A folder with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Its identifier; stays when it is renamed.
    pub id: FolderId,
    /// Its whole name.
    pub name: String,
    /// What it is for.
    pub role: Option<Role>,
    /// The owner subscribed to it.
    pub subscribed: bool,
    /// Its counts.
    pub state: FolderState,
}

/// Brings a name into its one form: `INBOX` as first part in capitals, no slash at the end. Refuses what cannot be a
/// name.
pub fn canonical_name(name: &str) -> Result<String, MailRefusal> {
    let name = name.strip_suffix(SEPARATOR).unwrap_or(name);
    let ok = !name.is_empty()
        && name.chars().count() <= 250
        && !name.chars().any(|c| c.is_control())
        && name.split(SEPARATOR).all(|part| !part.is_empty() && part.trim() == part)
        && name.split(SEPARATOR).count() <= 32;
    if !ok {
        return Err(MailRefusal::FolderName);
    }
    let (first, rest) = name.split_once(SEPARATOR).map_or((name, None), |(first, rest)| (first, Some(rest)));
    if !first.eq_ignore_ascii_case("INBOX") {
        return Ok(name.to_owned());
    }
    Ok(rest.map_or_else(|| "INBOX".to_owned(), |rest| format!("INBOX{SEPARATOR}{rest}")))
}
