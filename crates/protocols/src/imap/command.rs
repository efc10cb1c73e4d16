//! What a client may ask (RFC 3501 section 6 and the extensions named at each variant).

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;
use mailkeep_types::Timestamp;

use super::sequence::SequenceSet;
use super::structure::SectionText;

/// A command with the tag that its reply must carry.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The client's tag.
    pub tag: String,
    /// What it asks.
    pub command: Command,
}

/// A command. Folder names are decoded (RFC 3501 section 5.1.3), with `INBOX` in capitals.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// `CAPABILITY`.
    Capability,
    /// `NOOP`.
    Noop,
    /// `LOGOUT`.
    Logout,
    /// `STARTTLS`.
    StartTls,
    /// `AUTHENTICATE`, with the initial response of RFC 4959 already decoded from Base64.
    Authenticate {
        /// The mechanism in capitals.
        mechanism: String,
        /// The initial response.
        initial: Option<Secret>,
    },
    /// `LOGIN`.
    Login {
        /// The user's name.
        user: String,
        /// The password.
        password: Secret,
    },
    /// `SELECT` and `EXAMINE`.
    Select {
        /// The folder.
        folder: String,
        /// True for `EXAMINE`.
        read_only: bool,
        /// True with `(CONDSTORE)` (RFC 7162 section 3.1.8).
        condstore: bool,
    },
    /// `CREATE`, with the use of RFC 6154 section 3, e.g. `\Sent`.
    Create {
        /// The folder.
        folder: String,
        /// The special use asked for.
        special_use: Option<String>,
    },
    /// `DELETE`.
    Delete(String),
    /// `RENAME`.
    Rename {
        /// The present name.
        from: String,
        /// The new name.
        to: String,
    },
    /// `SUBSCRIBE`.
    Subscribe(String),
    /// `UNSUBSCRIBE`.
    Unsubscribe(String),
    /// `LIST`, plain and extended (RFC 5258, RFC 5819, RFC 6154).
    List(ListCommand),
    /// `LSUB`.
    Lsub {
        /// The reference name.
        reference: String,
        /// The pattern.
        pattern: String,
    },
    /// `STATUS`.
    Status {
        /// The folder.
        folder: String,
        /// What to tell.
        items: Vec<StatusItem>,
    },
    /// `APPEND`.
    Append {
        /// The folder.
        folder: String,
        /// Flags to set.
        flags: Vec<Flag>,
        /// The internal date to set.
        date: Option<Timestamp>,
        /// Where the message stands in the bytes that were parsed.
        message: Range<usize>,
    },
    /// `CHECK`.
    Check,
    /// `CLOSE`.
    Close,
    /// `UNSELECT` (RFC 3691).
    Unselect,
    /// `EXPUNGE`; with a set, `UID EXPUNGE` (RFC 4315).
    Expunge(Option<SequenceSet>),
    /// `SEARCH` and `UID SEARCH`.
    Search {
        /// True for `UID SEARCH`.
        uid: bool,
        /// What to find.
        search: SearchCommand,
    },
    /// `FETCH` and `UID FETCH`.
    Fetch {
        /// True for `UID FETCH`.
        uid: bool,
        /// Which messages.
        set: SequenceSet,
        /// What of them.
        items: Vec<FetchItem>,
        /// Only messages changed since (RFC 7162 section 3.1.4.1).
        changed_since: Option<u64>,
    },
    /// `STORE` and `UID STORE`.
    Store {
        /// True for `UID STORE`.
        uid: bool,
        /// Which messages.
        set: SequenceSet,
        /// How.
        change: FlagChange,
        /// The flags.
        flags: Vec<Flag>,
        /// True with `.SILENT`.
        silent: bool,
        /// Only messages not changed since (RFC 7162 section 3.1.3).
        unchanged_since: Option<u64>,
    },
    /// `COPY` and `MOVE` (RFC 6851) with their `UID` forms.
    Copy {
        /// True with `UID`.
        uid: bool,
        /// True for `MOVE`.
        remove: bool,
        /// Which messages.
        set: SequenceSet,
        /// Into which folder.
        folder: String,
    },
    /// `IDLE` (RFC 2177).
    Idle,
    /// `NAMESPACE` (RFC 2342).
    Namespace,
    /// `ID` (RFC 2971). What the client says of itself is not kept.
    Id,
    /// `ENABLE` (RFC 5161), names in capitals.
    Enable(Vec<String>),
    /// `GETQUOTA` (RFC 9208).
    GetQuota(String),
    /// `GETQUOTAROOT` (RFC 9208).
    GetQuotaRoot(String),
    /// `SETQUOTA` (RFC 9208); no client may.
    SetQuota,
}

/// A password or a SASL response. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub Vec<u8>);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A flag of a message.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Flag {
    /// `\Seen`.
    Seen,
    /// `\Answered`.
    Answered,
    /// `\Flagged`.
    Flagged,
    /// `\Deleted`.
    Deleted,
    /// `\Draft`.
    Draft,
    /// A keyword.
    Keyword(String),
}

impl Flag {
    /// The flag as it goes on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Flag::Seen => "\\Seen",
            Flag::Answered => "\\Answered",
            Flag::Flagged => "\\Flagged",
            Flag::Deleted => "\\Deleted",
            Flag::Draft => "\\Draft",
            Flag::Keyword(name) => name,
        }
    }
}

/// What `STORE` does with its flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlagChange {
    /// `FLAGS`: these and no others.
    Replace,
    /// `+FLAGS`.
    Add,
    /// `-FLAGS`.
    Remove,
}

/// The selection, patterns and return options of `LIST` (RFC 5258).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListCommand {
    /// The reference name.
    pub reference: String,
    /// One or more patterns.
    pub patterns: Vec<String>,
    /// `SUBSCRIBED`: only subscribed folders.
    pub subscribed_only: bool,
    /// `RECURSIVEMATCH`: also parents of what matches.
    pub recursive_match: bool,
    /// `SPECIAL-USE`: only folders with a special use.
    pub special_use_only: bool,
    /// `RETURN (SUBSCRIBED)`.
    pub return_subscribed: bool,
    /// `RETURN (STATUS (…))` (RFC 5819).
    pub return_status: Option<Vec<StatusItem>>,
    /// True when extended syntax was used at all.
    pub extended: bool,
}

/// What `STATUS` can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusItem {
    /// Number of messages.
    Messages,
    /// Always zero: `\Recent` is not kept, as in IMAP4rev2.
    Recent,
    /// The UID that the next message gets at least.
    UidNext,
    /// The validity of UIDs.
    UidValidity,
    /// Number of messages without `\Seen`.
    Unseen,
    /// Number of messages with `\Deleted` (RFC 9208).
    Deleted,
    /// Octets that expunging would free (RFC 9208).
    DeletedStorage,
    /// Total octets (RFC 8438).
    Size,
    /// The highest change number (RFC 7162).
    HighestModSeq,
    /// The largest message that `APPEND` takes (RFC 7889).
    AppendLimit,
}

/// What `FETCH` can tell of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchItem {
    /// `UID`.
    Uid,
    /// `FLAGS`.
    Flags,
    /// `INTERNALDATE`.
    InternalDate,
    /// `RFC822.SIZE`.
    Size,
    /// `ENVELOPE`.
    Envelope,
    /// `BODY` without a section: the structure without extension data.
    Body,
    /// `BODYSTRUCTURE`.
    BodyStructure,
    /// `MODSEQ` (RFC 7162).
    ModSeq,
    /// `BODY[…]`, `BODY.PEEK[…]` and the old `RFC822`, `RFC822.HEADER`, `RFC822.TEXT`.
    Section(SectionItem),
}

/// A piece of a message's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionItem {
    /// The name of the item in the response, without the origin of a partial, e.g. `BODY[1.TEXT]` or `RFC822`.
    pub label: String,
    /// True when reading sets `\Seen`.
    pub sets_seen: bool,
    /// The part's number; empty for the message itself.
    pub path: Vec<u32>,
    /// What of the part.
    pub text: Option<SectionText>,
    /// First octet and greatest number of octets.
    pub partial: Option<(u32, u32)>,
}

/// A search (RFC 3501 section 6.4.4, RFC 4731, RFC 7162).
#[derive(Debug, Clone, PartialEq)]
pub struct SearchCommand {
    /// `RETURN (…)`; `None` asks for the untagged `SEARCH` of RFC 3501.
    pub returns: Option<SearchReturn>,
    /// What matches.
    pub key: SearchKey,
    /// True when `MODSEQ` stands anywhere in the key.
    pub modseq: bool,
}

/// What an extended search returns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SearchReturn {
    /// The lowest match.
    pub min: bool,
    /// The highest match.
    pub max: bool,
    /// All matches.
    pub all: bool,
    /// The number of matches.
    pub count: bool,
}

/// A search key.
#[derive(Debug, Clone, PartialEq)]
pub enum SearchKey {
    /// Every message.
    All,
    /// No message (`NEW` and `RECENT`: the flag is not kept).
    Nothing,
    /// All of these.
    And(Vec<SearchKey>),
    /// One of the two.
    Or(Box<SearchKey>, Box<SearchKey>),
    /// The opposite.
    Not(Box<SearchKey>),
    /// Message numbers.
    Sequence(SequenceSet),
    /// UIDs.
    Uid(SequenceSet),
    /// A flag is set.
    Has(Flag),
    /// Received before the day.
    Before(Date),
    /// Received on the day.
    On(Date),
    /// Received on the day or later.
    Since(Date),
    /// Dated before the day.
    SentBefore(Date),
    /// Dated on the day.
    SentOn(Date),
    /// Dated on the day or later.
    SentSince(Date),
    /// Larger than so many octets.
    Larger(u32),
    /// Smaller than so many octets.
    Smaller(u32),
    /// Changed at or after this change number.
    ModSeq(u64),
    /// Words in the body.
    Body(String),
    /// Words in header or body.
    Text(String),
    /// Words in a field (`FROM`, `SUBJECT`, `HEADER name`); empty words match when the field is there.
    Header(String, String),
}
