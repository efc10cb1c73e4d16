//! `SEARCH` and `UID SEARCH` (RFC 3501 section 6.4.4, RFC 4731, RFC 7162 section 3.1.5).

use mailkeep_mailbox::messages::MessageRow;
use mailkeep_protocols::imap::command::{SearchCommand, SearchReturn};
use mailkeep_protocols::imap::write::{number, number_set};

use super::open_folder;
use super::search_keys::translate;
use super::select::enable_condstore;
use crate::reply::{Answer, Reply};
use crate::session::Session;
use crate::wire::Wire;

pub(super) async fn search(
    session: &mut Session,
    wire: &mut Wire,
    uid: bool,
    search: SearchCommand,
) -> Answer {
    if search.modseq {
        enable_condstore(session, wire)?;
    }
    let (access, selected) = open_folder(session)?;
    let seen = &selected.seen;
    let rows: Vec<MessageRow> = seen.entries.iter().map(|entry| entry.to_row()).collect();
    let uids = access.mail.search(&rows, translate(&search.key, access, seen)).await?;
    let mut highest = 0;
    let mut found = Vec::with_capacity(uids.len());
    for found_uid in uids {
        let Some(place) = seen.place_of(found_uid) else { continue };
        highest = highest.max(seen.entries.get(place).map_or(0, |entry| entry.modseq));
        found.push(if uid { found_uid } else { u32::try_from(place + 1).unwrap_or(u32::MAX) });
    }
    let modseq = (search.modseq && !found.is_empty()).then_some(highest);
    match search.returns {
        None => {
            wire.say("* SEARCH");
            for n in &found {
                wire.out.push(b' ');
                number(&mut wire.out, u64::from(*n));
            }
            if let Some(modseq) = modseq {
                wire.say(&format!(" (MODSEQ {modseq})"));
            }
            wire.say("\r\n");
        }
        Some(wanted) => {
            // RFC 4466 section 2.6.2: the tag of the command stands in the response.
            wire.say("* ESEARCH (TAG \"");
            let tag = session.tag.clone();
            wire.say(&tag);
            wire.say(if uid { "\") UID" } else { "\")" });
            write_returns(&mut wire.out, wanted, &found);
            if let Some(modseq) = modseq {
                wire.say(&format!(" MODSEQ {modseq}"));
            }
            wire.say("\r\n");
        }
    }
    wire.flush_if_full().await?;
    Reply::ok("done")
}

fn write_returns(out: &mut Vec<u8>, wanted: SearchReturn, found: &[u32]) {
    let one = |out: &mut Vec<u8>, name: &str, value: u32| {
        out.extend_from_slice(name.as_bytes());
        number(out, u64::from(value));
    };
    if let (true, Some(min)) = (wanted.min, found.first()) {
        one(out, " MIN ", *min);
    }
    if let (true, Some(max)) = (wanted.max, found.last()) {
        one(out, " MAX ", *max);
    }
    if wanted.all && !found.is_empty() {
        out.extend_from_slice(b" ALL ");
        number_set(out, found.iter().copied());
    }
    if wanted.count {
        one(out, " COUNT ", u32::try_from(found.len()).unwrap_or(u32::MAX));
    }
}
