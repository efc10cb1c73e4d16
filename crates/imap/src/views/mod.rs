//! What a session sees of a folder.
//!
//! A [`Snapshot`] is the folder at one change number: number, flags, size and date of each message, in order. It never
//! changes. Sessions that have the same folder open share the newest one through [`Views`]; each session keeps the one that
//! its client knows of, and [`advance`] computes what to tell the client when it moves on.

mod advance;
mod shared;

pub(crate) use advance::advance;
pub(crate) use shared::{SharedView, Views};

use std::ops::RangeInclusive;

use mailkeep_mailbox::messages::{Flags, MessageRow};
use mailkeep_types::{BodyId, Timestamp};

/// A message as a session sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry {
    pub uid: u32,
    pub size: u32,
    pub modseq: u64,
    pub flags: Flags,
    pub internal_at: Timestamp,
    pub body: BodyId,
}

impl From<&MessageRow> for Entry {
    fn from(row: &MessageRow) -> Self {
        Entry {
            uid: row.uid,
            // Messages are far smaller; their length is limited when they come in.
            size: u32::try_from(row.size).unwrap_or(u32::MAX),
            modseq: row.modseq,
            flags: row.flags,
            internal_at: row.internal_at,
            body: row.body,
        }
    }
}

impl Entry {
    /// The row as the mail store's search takes it; threads and dates of saving are no part of a session's view.
    pub fn to_row(self) -> MessageRow {
        MessageRow {
            uid: self.uid,
            modseq: self.modseq,
            flags: self.flags,
            internal_at: self.internal_at,
            saved_at: self.internal_at,
            size: u64::from(self.size),
            thread: 0,
            body: self.body,
        }
    }
}

/// A folder at one change number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Snapshot {
    /// By ascending UID. The message number is the place, counted from 1.
    pub entries: Vec<Entry>,
    /// The folder's highest change number.
    pub modseq: u64,
    /// The UID that the next message gets at least.
    pub uid_next: u32,
}

impl Snapshot {
    /// Number of messages; no folder has more than fit.
    pub fn len(&self) -> u32 {
        u32::try_from(self.entries.len()).unwrap_or(u32::MAX)
    }

    /// The largest UID in use, 0 when there is none.
    pub fn last_uid(&self) -> u32 {
        self.entries.last().map_or(0, |entry| entry.uid)
    }

    /// The place of a UID, counted from 0.
    pub fn place_of(&self, uid: u32) -> Option<usize> {
        self.entries.binary_search_by_key(&uid, |entry| entry.uid).ok()
    }

    /// The places of the messages whose numbers are in the ranges.
    pub fn by_number(&self, ranges: &[RangeInclusive<u32>]) -> Vec<usize> {
        let mut places = Vec::new();
        for range in ranges {
            let first = (*range.start()).max(1) as usize - 1;
            let end = (*range.end() as usize).min(self.entries.len());
            places.extend(first..end.max(first));
        }
        places
    }

    /// The places of the messages whose UIDs are in the ranges.
    pub fn by_uid(&self, ranges: &[RangeInclusive<u32>]) -> Vec<usize> {
        let mut places = Vec::new();
        for range in ranges {
            let first = self.entries.partition_point(|entry| entry.uid < *range.start());
            let end = self.entries.partition_point(|entry| entry.uid <= *range.end());
            places.extend(first..end);
        }
        places
    }

    /// Takes over what changed since; `changed` may hold messages that are new. Both lists are in order of UID.
    pub fn apply(&mut self, changed: &[Entry], expunged: &[u32], modseq: u64, uid_next: u32) {
        if !expunged.is_empty() {
            self.entries.retain(|entry| expunged.binary_search(&entry.uid).is_err());
        }
        for entry in changed {
            match self.entries.last() {
                Some(last) if last.uid >= entry.uid => {
                    match self.entries.binary_search_by_key(&entry.uid, |known| known.uid) {
                        Ok(place) => {
                            if let Some(known) = self.entries.get_mut(place) {
                                *known = *entry;
                            }
                        }
                        Err(place) => self.entries.insert(place, *entry),
                    }
                }
                _ => self.entries.push(*entry),
            }
        }
        self.modseq = self.modseq.max(modseq);
        self.uid_next = self.uid_next.max(uid_next);
    }
}
