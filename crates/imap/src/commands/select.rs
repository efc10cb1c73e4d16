//! `SELECT`, `EXAMINE`, `CLOSE`, `UNSELECT` and `ENABLE`.

use mailkeep_mailbox::messages::{Flags, UidSet};
use mailkeep_protocols::imap::write::number;

use super::{flags, user};
use crate::reply::{Answer, Reply, Stop};
use crate::session::{Selected, Session};
use crate::wire::Wire;

pub(super) async fn select(
    session: &mut Session,
    wire: &mut Wire,
    name: &str,
    read_only: bool,
    condstore: bool,
) -> Answer {
    session.condstore |= condstore;
    let shared = std::sync::Arc::clone(&session.shared);
    let user = user(session)?;
    if user.selected.take().is_some() {
        // RFC 7162 section 3.2.11: responses from here on are about the new folder.
        wire.untagged("OK [CLOSED] the folder before is closed");
    }
    let folder = user.access.mail.find_folder(name).await?;
    let _ = user.watch.take();
    let (view, seen) = shared.views.open(&user.access, folder.id).await?;
    user.access.reload_keywords().await?;
    let keywords = user.access.keywords().len();
    let flags = flags::known_flags(&user.access);
    wire.untagged(&format!("FLAGS ({flags})"));
    let permanent = if read_only { String::new() } else { format!("{flags} \\*") };
    wire.untagged(&format!("OK [PERMANENTFLAGS ({permanent})] flags that stay"));
    wire.untagged(&format!("{} EXISTS", seen.len()));
    wire.untagged("0 RECENT");
    if let Some(place) = seen.entries.iter().position(|entry| !entry.flags.contains(Flags::SEEN)) {
        wire.untagged(&format!("OK [UNSEEN {}] the first unseen message", place + 1));
    }
    wire.untagged(&format!("OK [UIDVALIDITY {}] UIDs are valid", folder.state.uidvalidity));
    wire.untagged(&format!("OK [UIDNEXT {}] predicted next UID", seen.uid_next));
    wire.untagged(&format!("OK [HIGHESTMODSEQ {}] highest change number", seen.modseq.max(1)));
    user.selected =
        Some(Selected { folder: folder.id, view, seen, read_only, keywords_told: keywords, dirty: false });
    Reply::ok(if read_only { "[READ-ONLY] folder opened to look at" } else { "[READ-WRITE] folder opened" })
}

/// `CLOSE` removes what is marked `\Deleted` without telling; `UNSELECT` does not (RFC 3691).
pub(super) async fn close(session: &mut Session, expunge: bool) -> Answer {
    let user = user(session)?;
    if let Some(selected) = user.selected.take()
        && expunge
        && !selected.read_only
    {
        user.access.mail.expunge(selected.folder, &UidSet::all()).await?;
    }
    Reply::ok("folder closed")
}

pub(super) fn enable(session: &mut Session, wire: &mut Wire, names: &[String]) -> Answer {
    wire.say("* ENABLED");
    if names.iter().any(|name| name == "CONDSTORE") {
        wire.say(" CONDSTORE");
    }
    wire.say("\r\n");
    if names.iter().any(|name| name == "CONDSTORE") {
        enable_condstore(session, wire)?;
    }
    Reply::ok("done")
}

/// Turns change numbers on for the session; the first time the client learns the highest (RFC 7162 section 3.1.1).
pub(super) fn enable_condstore(session: &mut Session, wire: &mut Wire) -> Result<(), Stop> {
    if std::mem::replace(&mut session.condstore, true) {
        return Ok(());
    }
    if let Some(selected) = session.user.as_deref().and_then(|user| user.selected.as_ref()) {
        wire.say("* OK [HIGHESTMODSEQ ");
        number(&mut wire.out, selected.seen.modseq.max(1));
        wire.say("] change numbers are told from now on\r\n");
    }
    Ok(())
}
