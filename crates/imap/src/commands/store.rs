//! `STORE` and `UID STORE` (RFC 3501 section 6.4.6, RFC 7162 section 3.1.3).

use std::sync::Arc;

use mailkeep_mailbox::messages::{FlagChange as Change, MessageRow, UidSet};
use mailkeep_protocols::imap::SequenceSet;
use mailkeep_protocols::imap::command::{Flag, FlagChange};
use mailkeep_protocols::imap::write::{number, number_set};

use super::select::enable_condstore;
use super::{flags, open_folder, places, user, writable_folder};
use crate::reply::{Answer, Reply};
use crate::session::{Selected, Session};
use crate::views::Entry;
use crate::wire::Wire;

/// What the command asks.
pub(super) struct Request {
    pub uid: bool,
    pub set: SequenceSet,
    pub change: FlagChange,
    pub flags: Vec<Flag>,
    pub silent: bool,
    pub unchanged_since: Option<u64>,
}

pub(super) async fn store(session: &mut Session, wire: &mut Wire, request: Request) -> Answer {
    if request.unchanged_since.is_some() {
        enable_condstore(session, wire)?;
    }
    let condstore = session.condstore;
    let (access, selected) = writable_folder(session)?;
    let places = places(selected, request.uid, &request.set)?;
    // A keyword that is taken away need not exist.
    let flags = access.flags_of(&request.flags, request.change != FlagChange::Remove).await?;
    let change = match request.change {
        FlagChange::Replace => Change::Replace(flags),
        FlagChange::Add => Change::Add(flags),
        FlagChange::Remove => Change::Remove(flags),
    };
    let uids: UidSet =
        places.iter().filter_map(|place| selected.seen.entries.get(*place)).map(|e| e.uid).collect();
    if uids.is_empty() {
        return Reply::ok("nothing to do");
    }
    let stored = access.mail.change_flags(selected.folder, &uids, change, request.unchanged_since).await?;
    apply(selected, &stored.messages);
    let user = user(session)?;
    flags::tell_keywords(user, wire);
    let (access, selected) = open_folder(session)?;
    let mut gone = false;
    for place in &places {
        let Some(entry) = selected.seen.entries.get(*place) else { continue };
        let was_written = stored.messages.binary_search_by_key(&entry.uid, |e| e.uid).is_ok();
        gone |= !was_written && stored.modified.binary_search(&entry.uid).is_err();
        if !request.silent && was_written {
            flags::write_flags_of(wire, *place, entry, access, condstore);
        } else if condstore && was_written {
            write_modseq(&mut wire.out, *place, entry);
        }
        wire.flush_if_full().await?;
    }
    if !stored.modified.is_empty() {
        let conflicting = |place: &&usize| {
            selected.seen.entries.get(**place).is_some_and(|e| stored.modified.binary_search(&e.uid).is_ok())
        };
        let mut code = b"[MODIFIED ".to_vec();
        if request.uid {
            number_set(&mut code, stored.modified.iter().copied());
        } else {
            let numbers = places.iter().filter(conflicting);
            number_set(&mut code, numbers.map(|place| u32::try_from(place + 1).unwrap_or(u32::MAX)));
        }
        let code = String::from_utf8_lossy(&code).into_owned();
        return Reply::ok(format!("{code}] these changed in the meantime"));
    }
    if gone && !request.uid {
        return Reply::no("[EXPUNGEISSUED] some of the messages are gone");
    }
    Reply::ok("stored")
}

/// Takes what this session changed itself into what it sees, so that it is not told again.
pub(super) fn apply(selected: &mut Selected, rows: &[MessageRow]) {
    selected.dirty = true;
    let seen = Arc::make_mut(&mut selected.seen);
    for row in rows {
        if let Some(known) = seen.place_of(row.uid).and_then(|place| seen.entries.get_mut(place)) {
            *known = Entry::from(row);
        }
    }
}

/// With change numbers, `.SILENT` still tells the new one (RFC 7162 section 3.1.3).
fn write_modseq(out: &mut Vec<u8>, place: usize, entry: &Entry) {
    out.extend_from_slice(b"* ");
    number(out, place as u64 + 1);
    out.extend_from_slice(b" FETCH (UID ");
    number(out, u64::from(entry.uid));
    out.extend_from_slice(b" MODSEQ (");
    number(out, entry.modseq);
    out.extend_from_slice(b"))\r\n");
}
