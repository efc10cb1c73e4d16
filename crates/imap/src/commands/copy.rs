//! `COPY` and `MOVE` (RFC 3501, RFC 6851) with `COPYUID` (RFC 4315).

use mailkeep_mailbox::messages::UidSet;
use mailkeep_protocols::imap::SequenceSet;
use mailkeep_protocols::imap::write::{number, number_set};

use super::{open_folder, places, writable_folder};
use crate::reply::{Answer, Reply, into_folder};
use crate::session::Session;
use crate::wire::Wire;

pub(super) async fn copy(
    session: &mut Session,
    wire: &mut Wire,
    uid: bool,
    remove: bool,
    set: &SequenceSet,
    target: &str,
) -> Answer {
    let (access, selected) = if remove { writable_folder(session)? } else { open_folder(session)? };
    let places = places(selected, uid, set)?;
    let uids: UidSet =
        places.iter().filter_map(|place| selected.seen.entries.get(*place)).map(|e| e.uid).collect();
    let target = access.mail.find_folder(target).await.map_err(into_folder)?;
    if uids.is_empty() {
        return Reply::ok("nothing to do");
    }
    if remove && target.id == selected.folder {
        return Reply::no("[CANNOT] the messages are in this folder already");
    }
    let copied = match remove {
        true => access.mail.move_messages(selected.folder, &uids, target.id).await,
        false => access.mail.copy_messages(selected.folder, &uids, target.id).await,
    }
    .map_err(into_folder)?;
    selected.dirty = true;
    if copied.pairs.is_empty() {
        return Reply::no("[EXPUNGEISSUED] the messages are gone");
    }
    let mut code = b"[COPYUID ".to_vec();
    number(&mut code, u64::from(copied.uidvalidity));
    code.push(b' ');
    number_set(&mut code, copied.pairs.iter().map(|(from, _)| *from));
    code.push(b' ');
    number_set(&mut code, copied.pairs.iter().map(|(_, to)| *to));
    code.push(b']');
    let code = String::from_utf8_lossy(&code).into_owned();
    if remove {
        // RFC 6851 section 4.3: before the EXPUNGE responses.
        wire.untagged(&format!("OK {code} moved"));
        return Reply::ok("done");
    }
    Reply::ok(format!("{code} copied"))
}
