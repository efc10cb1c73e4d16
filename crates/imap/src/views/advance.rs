//! Moving a session from one snapshot to a newer one.

use std::sync::Arc;

use super::{Entry, Snapshot};

/// What to tell the client, in this order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// The numbers for `EXPUNGE` responses, each counted after the ones before it are gone.
    pub expunged: Vec<u32>,
    /// The new number of messages, if there are more or fewer than announced.
    pub exists: Option<u32>,
    /// Places of messages whose flags changed.
    pub flags: Vec<usize>,
}

/// The snapshot that the session sees from now on, and what changed on the way from `old` to `new`.
///
/// Without `may_expunge`, messages that are gone stay as ghosts with what was known of them, so that message numbers
/// keep their meaning (RFC 3501 section 7.4.1).
pub(crate) fn advance(
    old: &Arc<Snapshot>,
    new: &Arc<Snapshot>,
    may_expunge: bool,
) -> (Arc<Snapshot>, Changes) {
    if Arc::ptr_eq(old, new) {
        return (Arc::clone(old), Changes::default());
    }
    let mut changes = Changes::default();
    let mut ghosts: Vec<Entry> = Vec::new();
    let mut next = new.entries.iter().enumerate().peekable();
    // The number that the next old message has when the expunges so far are told.
    let mut number: u32 = 1;
    for before in &old.entries {
        // Messages that came to stand before known ones do not happen; they would be told by EXISTS.
        while next.peek().is_some_and(|(_, after)| after.uid < before.uid) {
            next.next();
        }
        match next.peek() {
            Some((place, after)) if after.uid == before.uid => {
                if after.flags != before.flags || after.modseq != before.modseq {
                    changes.flags.push(*place);
                }
                next.next();
                number = number.saturating_add(1);
            }
            _ if may_expunge => changes.expunged.push(number),
            _ => {
                ghosts.push(*before);
                number = number.saturating_add(1);
            }
        }
    }
    let seen = if ghosts.is_empty() {
        Arc::clone(new)
    } else {
        let mut with_ghosts = (**new).clone();
        with_ghosts.entries.extend_from_slice(&ghosts);
        with_ghosts.entries.sort_unstable_by_key(|entry| entry.uid);
        for place in &mut changes.flags {
            let uid = new.entries.get(*place).map_or(0, |entry| entry.uid);
            *place = with_ghosts.place_of(uid).unwrap_or(*place);
        }
        Arc::new(with_ghosts)
    };
    let told = old.len().saturating_sub(u32::try_from(changes.expunged.len()).unwrap_or(u32::MAX));
    if seen.len() != told {
        changes.exists = Some(seen.len());
    }
    (seen, changes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use mailkeep_mailbox::messages::Flags;
    use mailkeep_types::{BodyId, Timestamp};

    fn entry(uid: u32, modseq: u64, flags: Flags) -> Entry {
        Entry {
            uid,
            size: 1,
            modseq,
            flags,
            internal_at: Timestamp::EPOCH,
            body: BodyId::from_uuid(Default::default()),
        }
    }

    fn snapshot(uids: &[u32], modseq: u64) -> Arc<Snapshot> {
        let entries = uids.iter().map(|uid| entry(*uid, 1, Flags::NONE)).collect();
        Arc::new(Snapshot { entries, modseq, uid_next: uids.last().map_or(1, |u| u + 1) })
    }

    #[test]
    fn tells_expunges_one_by_one() {
        let (seen, changes) = advance(&snapshot(&[1, 2, 3, 5], 1), &snapshot(&[3, 6], 2), true);
        // 1 goes, then 2 has become 1 and goes, then 5 has become 2 and goes.
        assert_eq!(changes, Changes { expunged: vec![1, 1, 2], exists: Some(2), flags: vec![] });
        assert_eq!(seen.len(), 2);
    }

    #[test]
    fn keeps_ghosts_while_numbers_must_stay() {
        let mut newer = (*snapshot(&[1, 3, 4], 2)).clone();
        newer.entries[1].flags = Flags::SEEN;
        let newer = Arc::new(newer);
        let (seen, changes) = advance(&snapshot(&[1, 2, 3], 1), &newer, false);
        assert_eq!(changes, Changes { expunged: vec![], exists: Some(4), flags: vec![2] });
        assert_eq!(seen.entries.iter().map(|e| e.uid).collect::<Vec<_>>(), [1, 2, 3, 4]);
        let (seen, changes) = advance(&seen, &newer, true);
        assert_eq!(changes, Changes { expunged: vec![2], exists: None, flags: vec![] });
        assert!(Arc::ptr_eq(&seen, &newer));
    }

    #[test]
    fn applies_changes() {
        let mut snapshot = (*snapshot(&[1, 2, 3], 1)).clone();
        let flagged = entry(2, 5, Flags::FLAGGED);
        let new = entry(9, 6, Flags::NONE);
        snapshot.apply(&[flagged, new], &[1], 6, 10);
        assert_eq!(snapshot.entries.iter().map(|e| e.uid).collect::<Vec<_>>(), [2, 3, 9]);
        assert_eq!((snapshot.entries[0], snapshot.modseq, snapshot.uid_next), (flagged, 6, 10));
        assert_eq!(snapshot.by_number(&[1..=2, 3..=9]), [0, 1, 2]);
        assert_eq!(snapshot.by_uid(&[1..=3]), [0, 1]);
    }
}
