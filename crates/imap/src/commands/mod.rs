//! The commands, one file for each group, and the table that leads to them.

mod append;
pub(crate) mod capability;
mod copy;
mod expunge;
mod fetch;
mod fetch_sections;
pub(crate) mod flags;
mod folders;
mod idle;
mod list;
mod login;
mod quota;
mod search;
mod search_keys;
mod select;
mod status;
mod store;

use mailkeep_protocols::imap::command::Command;

pub(crate) use idle::idle;

use crate::reply::{Reply, Stop};
use crate::session::{Selected, Session, Telling, User};
use crate::wire::Wire;

/// Runs a command. `input` are the bytes it was read from, for `APPEND`.
pub(crate) async fn run(
    session: &mut Session,
    wire: &mut Wire,
    command: Command,
    input: Vec<u8>,
) -> Result<(Reply, Telling), Stop> {
    let telling = telling_after(&command);
    let reply = match command {
        Command::Capability => capability::capability(session, wire),
        Command::Noop | Command::Check => Reply::ok("done"),
        Command::Logout => {
            wire.untagged("BYE until next time");
            session.user = None;
            Reply::ok("logged out")
        }
        Command::Id => {
            wire.untagged("ID (\"name\" \"Mailkeep\")");
            Reply::ok("done")
        }
        Command::StartTls => login::start_tls(session, wire).await,
        Command::Login { user, password } => login::login(session, wire, user, password).await,
        Command::Authenticate { mechanism, initial } => {
            login::authenticate(session, wire, &mechanism, initial).await
        }
        other => {
            if session.user.is_none() {
                return Ok((Reply::Bad("log in first".into()), Telling::Nothing));
            }
            run_for_user(session, wire, other, input).await
        }
    }?;
    Ok((reply, telling))
}

async fn run_for_user(
    session: &mut Session,
    wire: &mut Wire,
    command: Command,
    input: Vec<u8>,
) -> Result<Reply, Stop> {
    match command {
        Command::Select { folder, read_only, condstore } => {
            select::select(session, wire, &folder, read_only, condstore).await
        }
        Command::Create { folder, special_use } => folders::create(session, &folder, special_use).await,
        Command::Delete(folder) => folders::delete(session, &folder).await,
        Command::Rename { from, to } => folders::rename(session, &from, &to).await,
        Command::Subscribe(folder) => folders::subscribe(session, &folder, true).await,
        Command::Unsubscribe(folder) => folders::subscribe(session, &folder, false).await,
        Command::List(list) => list::list(session, wire, &list).await,
        Command::Lsub { reference, pattern } => list::lsub(session, wire, &reference, &pattern).await,
        Command::Status { folder, items } => status::status(session, wire, &folder, &items).await,
        Command::Append { folder, flags, date, message } => {
            append::append(session, folder, flags, date, input, message).await
        }
        Command::Namespace => {
            wire.untagged("NAMESPACE ((\"\" \"/\")) NIL NIL");
            Reply::ok("done")
        }
        Command::Enable(names) => select::enable(session, wire, &names),
        Command::GetQuota(root) => quota::get_quota(session, wire, &root).await,
        Command::GetQuotaRoot(folder) => quota::get_quota_root(session, wire, &folder).await,
        Command::SetQuota => Reply::no("[NOPERM] quotas are set by the administrator of the domain"),
        other => run_in_folder(session, wire, other).await,
    }
}

async fn run_in_folder(session: &mut Session, wire: &mut Wire, command: Command) -> Result<Reply, Stop> {
    if session.user.as_deref().is_none_or(|user| user.selected.is_none()) {
        return Reply::bad("select a folder first");
    }
    match command {
        Command::Close => select::close(session, true).await,
        Command::Unselect => select::close(session, false).await,
        Command::Expunge(set) => expunge::expunge(session, set).await,
        Command::Search { uid, search } => search::search(session, wire, uid, search).await,
        Command::Fetch { uid, set, items, changed_since } => {
            fetch::fetch(session, wire, uid, &set, items, changed_since).await
        }
        Command::Store { uid, set, change, flags, silent, unchanged_since } => {
            let request = store::Request { uid, set, change, flags, silent, unchanged_since };
            store::store(session, wire, request).await
        }
        Command::Copy { uid, remove, set, folder } => {
            copy::copy(session, wire, uid, remove, &set, &folder).await
        }
        _ => Reply::bad("this command is not possible now"),
    }
}

/// Which changes may be told after a command (RFC 3501 sections 5.2 and 7.4.1).
fn telling_after(command: &Command) -> Telling {
    match command {
        Command::Fetch { uid: false, .. }
        | Command::Store { uid: false, .. }
        | Command::Search { uid: false, .. } => Telling::NoExpunge,
        Command::Capability
        | Command::Logout
        | Command::StartTls
        | Command::Login { .. }
        | Command::Authenticate { .. }
        | Command::Select { .. }
        | Command::Close
        | Command::Unselect => Telling::Nothing,
        Command::Noop | Command::Check => Telling::Look,
        _ => Telling::All,
    }
}

/// The name of a command for the metrics.
pub(crate) fn name(command: &Command) -> &'static str {
    match command {
        Command::Append { .. } => "append",
        Command::Fetch { .. } => "fetch",
        Command::Store { .. } => "store",
        Command::Search { .. } => "search",
        Command::Copy { .. } => "copy",
        Command::Expunge(_) => "expunge",
        Command::Select { .. } => "select",
        Command::Status { .. } => "status",
        Command::List(_) | Command::Lsub { .. } => "list",
        Command::Idle => "idle",
        Command::Login { .. } | Command::Authenticate { .. } => "login",
        _ => "other",
    }
}

/// The user of a session that has one; commands are led here only then.
pub(crate) fn user(session: &mut Session) -> Result<&mut User, Stop> {
    session.user.as_deref_mut().ok_or(Stop::Reply(Reply::Bad("log in first".into())))
}

/// The user and the open folder; commands are led here only when there is one.
pub(crate) fn open_folder(
    session: &mut Session,
) -> Result<(&mut crate::access::Access, &mut Selected), Stop> {
    let user = user(session)?;
    match &mut user.selected {
        Some(selected) => Ok((&mut user.access, selected)),
        None => Err(Stop::Reply(Reply::Bad("select a folder first".into()))),
    }
}

/// The same, for commands that change the folder.
pub(crate) fn writable_folder(
    session: &mut Session,
) -> Result<(&mut crate::access::Access, &mut Selected), Stop> {
    let (access, selected) = open_folder(session)?;
    if selected.read_only {
        return Err(Stop::Reply(Reply::No("[READ-ONLY] the folder was opened with EXAMINE".into())));
    }
    Ok((access, selected))
}

/// The places of the messages that a set names, numbers or UIDs.
pub(crate) fn places(
    selected: &Selected,
    uid: bool,
    set: &mailkeep_protocols::imap::SequenceSet,
) -> Result<Vec<usize>, Stop> {
    let seen = &selected.seen;
    if uid {
        return Ok(seen.by_uid(&set.resolve(seen.last_uid())));
    }
    if set.exceeds(seen.len()) {
        return Err(Stop::Reply(Reply::Bad("there are not so many messages in the folder".into())));
    }
    Ok(seen.by_number(&set.resolve(seen.len())))
}
