//! Finding uses in several chains at once: a person's own, and those of the customers that are theirs.

use mailkeep_storage::sql::SqlError;
use mailkeep_types::Timestamp;

use super::list::open_entry;
use super::{Decision, Entry, store};
use crate::gate::Grant;
use crate::subject::Subject;
use crate::vocabulary::{CategoryId, PurposeId, Role, purpose};
use crate::{Policy, PolicyError};

/// Who used the data, seen from its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserKind {
    /// The person, or the user of the mailbox.
    You,
    /// Another person who acts for the same customer.
    Contact,
    /// A task of the program.
    Program,
    /// A member of staff.
    Staff,
}

impl UserKind {
    /// Every kind.
    pub const ALL: &'static [UserKind] =
        &[UserKind::You, UserKind::Contact, UserKind::Program, UserKind::Staff];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            UserKind::You => "you",
            UserKind::Contact => "contact",
            UserKind::Program => "program",
            UserKind::Staff => "staff",
        }
    }

    /// Finds the kind by its word.
    pub fn from_word(word: &str) -> Option<Self> {
        UserKind::ALL.iter().copied().find(|kind| kind.word() == word)
    }

    /// The kind of user that an entry names; `reader` is who reads it.
    pub fn of(entry: &Entry, reader: Subject) -> Self {
        match Role::from_id(&entry.role) {
            Some(Role::System) => UserKind::Program,
            Some(Role::Mailbox) => UserKind::You,
            Some(Role::Person) => match (entry.actor.strip_prefix("person "), reader) {
                (Some(id), Subject::Person(reader)) if id == reader.to_string() => UserKind::You,
                (Some(_), _) => UserKind::Contact,
                (None, _) => UserKind::You,
            },
            Some(_) | None => UserKind::Staff,
        }
    }
}

/// Which uses are wanted; the default is all.
#[derive(Debug, Clone, Copy, Default)]
pub struct UseFilter {
    /// By whom.
    pub user: Option<UserKind>,
    /// By anybody but the one who reads.
    pub others: bool,
    /// Only what was refused.
    pub refused: bool,
    /// For what.
    pub purpose: Option<PurposeId>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}

impl UseFilter {
    fn lets(&self, entry: &Entry, reader: Subject) -> bool {
        let kind = UserKind::of(entry, reader);
        self.user.is_none_or(|wanted| kind == wanted)
            && (!self.others || kind != UserKind::You)
            && (!self.refused || entry.decision == Decision::Refused)
            && self.purpose.is_none_or(|purpose| entry.purpose == purpose.id())
            && self.until.is_none_or(|until| entry.at < until)
    }
}

/// A use, and whose data it was.
#[derive(Debug, Clone)]
pub struct FoundUse {
    /// Whose chain it stands in.
    pub subject: Subject,
    /// The entry.
    pub entry: Entry,
}

/// A page of uses, newest first.
#[derive(Debug, Clone)]
pub struct FoundUses {
    /// The uses.
    pub uses: Vec<FoundUse>,
    /// To be given as `before` for the next page; `None` at the end.
    pub next: Option<i64>,
}

/// How many entries are opened for one page before it is shown as it is; the next page goes on from there.
const LOOKED_AT: usize = 4_000;
const CHUNK: i64 = 200;

/// The uses that the filter lets through in the chains of all `grants`, newest first. `before` is the
/// [`FoundUses::next`] of the page before. `reader` is who reads.
///
/// # Errors
/// When a grant has ended, or an entry was changed: see [`super::verify`].
pub async fn find_uses(
    policy: &Policy,
    grants: &[Grant<purpose::Audit>],
    reader: Subject,
    filter: &UseFilter,
    before: Option<i64>,
    limit: usize,
) -> Result<FoundUses, PolicyError> {
    let mut below = before.unwrap_or(i64::MAX);
    let mut uses = Vec::new();
    let mut looked_at = 0;
    loop {
        let mut found = Vec::new();
        let mut more = false;
        for grant in grants {
            let subject = grant.subject();
            grant.covers_category(subject, CategoryId::UseRecord)?;
            let from = filter.from.unwrap_or(Timestamp::from_micros(i64::MIN));
            let rows = policy
                .database()
                .read(move |tx| -> Result<_, SqlError> {
                    store::below_position(tx, subject, below, from, CHUNK)
                })
                .await?;
            more |= rows.len() as i64 == CHUNK;
            found.extend(rows.into_iter().map(|row| (grant, row)));
        }
        found.sort_by_key(|(_, row)| std::cmp::Reverse(row.position));
        // Of several chains, only the part is complete that the shortest answer reaches down to.
        found.truncate(if more { CHUNK as usize } else { usize::MAX });
        looked_at += found.len();
        for (grant, row) in found {
            below = row.position;
            // What is past its term is emptied: only that there was an entry is known.
            if row.payload.is_empty() {
                continue;
            }
            let entry = open_entry(grant, row)?.0;
            if filter.lets(&entry, reader) {
                uses.push(FoundUse { subject: grant.subject(), entry });
                if uses.len() == limit {
                    return Ok(FoundUses { uses, next: Some(below) });
                }
            }
        }
        if !more {
            return Ok(FoundUses { uses, next: None });
        }
        if looked_at >= LOOKED_AT {
            return Ok(FoundUses { uses, next: Some(below) });
        }
    }
}

/// The entry with this identifier, if it stands in one of the chains.
///
/// # Errors
/// When a grant has ended, or the entry was changed.
pub async fn find_use(
    policy: &Policy,
    grants: &[Grant<purpose::Audit>],
    id: mailkeep_types::LedgerEntryId,
) -> Result<Option<FoundUse>, PolicyError> {
    let Some(row) = policy.database().read(move |tx| store::by_id(tx, id)).await? else { return Ok(None) };
    let Some(grant) = grants.iter().find(|grant| row.subject == Some(grant.subject())) else {
        return Ok(None);
    };
    if row.payload.is_empty() {
        return Ok(None);
    }
    grant.covers_category(grant.subject(), CategoryId::UseRecord)?;
    let entry = open_entry(grant, row)?.0;
    Ok(Some(FoundUse { subject: grant.subject(), entry }))
}
