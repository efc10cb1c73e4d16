//! `GETQUOTA` and `GETQUOTAROOT` (RFC 9208): one root with an empty name holds the whole mailbox.

use mailkeep_protocols::imap::write::folder_name;

use super::user;
use crate::access::Access;
use crate::reply::{Answer, Reply, Stop};
use crate::session::Session;
use crate::wire::Wire;

pub(super) async fn get_quota(session: &mut Session, wire: &mut Wire, root: &str) -> Answer {
    if !root.is_empty() {
        return Reply::no("[NONEXISTENT] the only quota root is \"\"");
    }
    write_quota(wire, &user(session)?.access).await?;
    Reply::ok("done")
}

pub(super) async fn get_quota_root(session: &mut Session, wire: &mut Wire, folder: &str) -> Answer {
    let user = user(session)?;
    let folder = user.access.mail.find_folder(folder).await?;
    wire.say("* QUOTAROOT ");
    folder_name(&mut wire.out, &folder.name);
    wire.say(" \"\"\r\n");
    write_quota(wire, &user.access).await?;
    Reply::ok("done")
}

/// Storage is counted in units of 1,024 octets (RFC 9208 section 5.1).
async fn write_quota(wire: &mut Wire, access: &Access) -> Result<(), Stop> {
    let usage = access.mail.usage().await?;
    let used = usage.used_bytes.div_ceil(1024);
    match usage.quota_bytes / 1024 {
        // Without a limit there is no resource to tell of (RFC 9208 section 4.2).
        0 => wire.untagged("QUOTA \"\" ()"),
        limit => wire.untagged(&format!("QUOTA \"\" (STORAGE {used} {limit})")),
    }
    Ok(())
}
