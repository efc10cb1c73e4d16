//! `CREATE`, `DELETE`, `RENAME`, `SUBSCRIBE` and `UNSUBSCRIBE`.

use super::user;
use crate::reply::{Answer, Reply};
use crate::session::Session;

pub(super) async fn create(session: &mut Session, name: &str, special_use: Option<String>) -> Answer {
    if special_use.is_some() {
        return Reply::no("[USEATTR] each special use has its folder already; LIST tells which");
    }
    user(session)?.access.mail.create_folder(name).await?;
    Reply::ok("folder made")
}

pub(super) async fn delete(session: &mut Session, name: &str) -> Answer {
    let user = user(session)?;
    let folder = user.access.mail.find_folder(name).await?;
    if user.selected.as_ref().is_some_and(|selected| selected.folder == folder.id) {
        return Reply::no("[INUSE] the folder is open in this session; close it first");
    }
    user.access.mail.delete_folder(folder.id).await?;
    Reply::ok("folder deleted")
}

/// Renaming INBOX moves its messages and leaves it empty (RFC 3501 section 6.3.5); the mail store does so.
pub(super) async fn rename(session: &mut Session, from: &str, to: &str) -> Answer {
    user(session)?.access.mail.rename_folder(from, to).await?;
    Reply::ok("folder renamed")
}

pub(super) async fn subscribe(session: &mut Session, name: &str, subscribed: bool) -> Answer {
    let user = user(session)?;
    let folder = user.access.mail.find_folder(name).await?;
    user.access.mail.subscribe(folder.id, subscribed).await?;
    Reply::ok("done")
}
