//! What the pages of the webmail share: the side with the folders, the rows of a list, people.

use mailkeep_types::Timestamp;
use serde::Serialize;

use super::reading::Correspondent;
use crate::samples;

/// What stands beside every page of the webmail.
#[derive(Debug, Clone, Serialize)]
pub struct Side {
    /// The address signed in with.
    pub address: String,
    /// The folders in their order.
    pub folders: Vec<FolderLink>,
    /// The folder that is open, if one is.
    pub open: Option<String>,
    /// Bytes used.
    pub used_bytes: i64,
    /// Bytes there may be; 0 is no limit.
    pub quota_bytes: i64,
    /// How many of its messages the outbound guard holds.
    pub held: i64,
    /// What is limited or stopped, in a word.
    pub limit: Option<&'static str>,
}

/// A folder to go to.
#[derive(Debug, Clone, Serialize)]
pub struct FolderLink {
    /// Its identifier.
    pub id: String,
    /// `inbox`, `drafts`, `sent`, `junk`, `trash`, `archive`, or nothing.
    pub role: String,
    /// The last part of its name.
    pub name: String,
    /// Its whole name.
    pub path: String,
    /// How deep it lies below others.
    pub depth: usize,
    /// Messages in it.
    pub total: i64,
    /// Those not read yet.
    pub unseen: i64,
}

/// Somebody, as pages show them.
#[derive(Debug, Clone, Serialize)]
pub struct Who {
    /// Name, or address where there is none.
    pub shown: String,
    /// Address.
    pub address: String,
    /// Whether the name is more than the address.
    pub named: bool,
    /// One or two letters.
    pub initials: String,
}

impl From<&Correspondent> for Who {
    fn from(person: &Correspondent) -> Self {
        Who {
            shown: person.shown().to_owned(),
            address: person.address.clone(),
            named: !person.name.is_empty(),
            initials: person.initials(),
        }
    }
}

/// A message in a list.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The folder it lies in.
    pub folder: String,
    /// Its number there.
    pub uid: u32,
    /// Not read yet.
    pub unread: bool,
    /// Marked with a star.
    pub starred: bool,
    /// Answered.
    pub answered: bool,
    /// Not sent yet.
    pub draft: bool,
    /// Whom it is from; in Sent and Drafts whom it is to.
    pub who: String,
    /// `Subject`; may be empty.
    pub subject: String,
    /// The first words.
    pub preview: String,
    /// Files that hang on it.
    pub files: u16,
    /// When it arrived.
    pub at: Timestamp,
    /// Its length in bytes.
    pub size: i64,
}

/// Messages just moved, and how to take that back.
#[derive(Debug, Clone, Serialize)]
pub struct Undo {
    /// What was done: `trash`, `junk`, `inbox`, `archive` or `folder`.
    pub what: String,
    /// How many messages.
    pub count: i64,
    /// Where they were.
    pub from: String,
    /// Where they are.
    pub to: String,
    /// Their numbers there, e.g. `4:7,9`.
    pub uids: String,
}

/// A side for samples.
pub fn sample_side(open: Option<&str>) -> Side {
    let folder = |id: &str, role: &str, path: &str, total, unseen| FolderLink {
        id: id.to_owned(),
        role: role.to_owned(),
        name: path.rsplit('/').next().unwrap_or(path).to_owned(),
        path: path.to_owned(),
        depth: path.matches('/').count(),
        total,
        unseen,
    };
    Side {
        address: "ada@larkspur.example".to_owned(),
        folders: vec![
            folder("f-inbox", "inbox", "INBOX", 214, 3),
            folder("f-drafts", "drafts", "Drafts", 1, 0),
            folder("f-sent", "sent", "Sent", 96, 0),
            folder("f-junk", "junk", "Junk", 12, 12),
            folder("f-trash", "trash", "Trash", 31, 0),
            folder("f-archive", "archive", "Archive", 1840, 0),
            folder("f-shop", "", "Shop", 44, 1),
            folder("f-orders", "", "Shop/Orders", 40, 0),
        ],
        open: open.map(str::to_owned),
        used_bytes: 6_400_000_000,
        quota_bytes: 25_000_000_000,
        held: i64::from(open.is_none()) * 2,
        limit: open.is_none().then_some("lock"),
    }
}

/// Rows for samples.
pub fn sample_rows() -> Vec<Row> {
    let row = |uid, who: &str, subject: &str, preview: &str, minutes| Row {
        folder: "f-inbox".to_owned(),
        uid,
        unread: false,
        starred: false,
        answered: false,
        draft: false,
        who: who.to_owned(),
        subject: subject.to_owned(),
        preview: preview.to_owned(),
        files: 0,
        at: samples::minutes_ago(minutes),
        size: 18_432,
    };
    vec![
        Row {
            unread: true,
            files: 2,
            ..row(
                214,
                "Bo Sample",
                "Shelf plan for the new shop",
                "Dear Ada, here is the plan with the measures we took on Tuesday. The long wall takes",
                12,
            )
        },
        Row {
            unread: true,
            starred: true,
            ..row(
                213,
                "Cleo Fictional",
                "Re: Reading on the 21st",
                "Wonderful, we are four and come by train. Is there a place to leave",
                95,
            )
        },
        Row {
            unread: true,
            ..row(
                212,
                "Larkspur Wholesale",
                "Your order 2208 is on its way",
                "Two parcels left our house this morning and should reach you tomorrow before noon.",
                170,
            )
        },
        Row {
            answered: true,
            ..row(
                211,
                "Dorian Testperson",
                "Window display",
                "Thank you, the blue cloth is exactly right. I shall bring the lamps on",
                1_400,
            )
        },
        Row {
            files: 1,
            ..row(
                210,
                "Council of Exampleton",
                "Market stall permit, spring season",
                "Please find enclosed the permit for your stall. Keep it at hand during",
                3_000,
            )
        },
        row(
            209,
            "noreply@press.example",
            "",
            "This month: eleven new titles, three readings, one very long interview.",
            6_900,
        ),
        Row {
            starred: true,
            ..row(
                208,
                "Emil Placeholder",
                "The misprint on page 112",
                "I checked all four copies and only one has it. Shall I send it back or",
                48_000,
            )
        },
        row(
            207,
            "A Correspondent With A Remarkably Long Name Indeed",
            "A subject that goes on for quite a while because nobody told its writer when to stop",
            "and so does the first line",
            610_000,
        ),
    ]
}
