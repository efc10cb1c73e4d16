//! `EXPUNGE` and `UID EXPUNGE` (RFC 4315).

use mailkeep_mailbox::messages::UidSet;
use mailkeep_protocols::imap::SequenceSet;

use super::writable_folder;
use crate::reply::{Answer, Reply};
use crate::session::Session;

pub(super) async fn expunge(session: &mut Session, set: Option<SequenceSet>) -> Answer {
    let (access, selected) = writable_folder(session)?;
    let uids = match set {
        Some(set) => UidSet::from_ranges(set.resolve(selected.seen.last_uid())),
        None => UidSet::all(),
    };
    access.mail.expunge(selected.folder, &uids).await?;
    selected.dirty = true;
    // The responses come with the other changes, right before the tagged reply.
    Reply::ok("expunged")
}
