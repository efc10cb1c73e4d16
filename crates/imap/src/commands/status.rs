//! `STATUS` (RFC 3501, RFC 7162, RFC 7889, RFC 8438, RFC 9208).

use mailkeep_mailbox::folders::Folder;
use mailkeep_mailbox::messages::Flags;
use mailkeep_protocols::imap::command::StatusItem;
use mailkeep_protocols::imap::write::folder_name;

use super::select::enable_condstore;
use super::user;
use crate::access::Access;
use crate::reply::{Answer, Reply, Stop};
use crate::server::Shared;
use crate::session::Session;
use crate::wire::Wire;

pub(super) async fn status(
    session: &mut Session,
    wire: &mut Wire,
    name: &str,
    items: &[StatusItem],
) -> Answer {
    if items.contains(&StatusItem::HighestModSeq) {
        enable_condstore(session, wire)?;
    }
    let shared = std::sync::Arc::clone(&session.shared);
    let user = user(session)?;
    let folder = user.access.mail.find_folder(name).await?;
    write_status(wire, &shared, &user.access, &folder, items).await?;
    Reply::ok("done")
}

/// Appends the `STATUS` response of a folder.
pub(super) async fn write_status(
    wire: &mut Wire,
    shared: &Shared,
    access: &Access,
    folder: &Folder,
    items: &[StatusItem],
) -> Result<(), Stop> {
    let counts_deleted = |item: &StatusItem| matches!(item, StatusItem::Deleted | StatusItem::DeletedStorage);
    let deleted =
        if items.iter().any(counts_deleted) { count_deleted(access, folder).await? } else { (0, 0) };
    wire.say("* STATUS ");
    folder_name(&mut wire.out, &folder.name);
    for (nth, item) in items.iter().enumerate() {
        wire.say(if nth == 0 { " (" } else { " " });
        let (name, value) = match item {
            StatusItem::Messages => ("MESSAGES", folder.state.total),
            StatusItem::Recent => ("RECENT", 0),
            StatusItem::UidNext => ("UIDNEXT", u64::from(folder.state.uidnext)),
            StatusItem::UidValidity => ("UIDVALIDITY", u64::from(folder.state.uidvalidity)),
            StatusItem::Unseen => ("UNSEEN", folder.state.unseen),
            StatusItem::Deleted => ("DELETED", deleted.0),
            StatusItem::DeletedStorage => ("DELETED-STORAGE", deleted.1),
            StatusItem::Size => ("SIZE", folder.state.bytes),
            StatusItem::HighestModSeq => ("HIGHESTMODSEQ", folder.state.modseq.max(1)),
            StatusItem::AppendLimit => ("APPENDLIMIT", shared.config.max_message_bytes as u64),
        };
        wire.say(&format!("{name} {value}"));
    }
    wire.say(")\r\n");
    Ok(())
}

/// Number and octets of the messages marked `\Deleted`. Rarely asked for, so it is not counted along.
async fn count_deleted(access: &Access, folder: &Folder) -> Result<(u64, u64), Stop> {
    let snapshot = access.snapshot(folder.id).await?;
    let deleted = snapshot.entries.iter().filter(|entry| entry.flags.contains(Flags::DELETED));
    Ok(deleted.fold((0, 0), |(count, octets), entry| (count + 1, octets + u64::from(entry.size))))
}
