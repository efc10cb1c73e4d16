//! Reading one command.

mod append;
mod fetch;
mod folders;
mod search;
mod session;
mod store;

#[cfg(test)]
mod tests;

use super::command::{Command, Flag, Request};
use super::cursor::{Bad, Cursor, Parsed};
use super::framer::tag_of;
use super::sequence::SequenceSet;
use super::utf7;

/// Longer folder names are refused, in octets of UTF-8.
const MAX_FOLDER_NAME: usize = 1000;

/// Longer keywords are refused.
const MAX_KEYWORD: usize = 100;

/// A command that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The tag to answer with, `*` when there is none.
    pub tag: String,
    /// What is wrong.
    pub bad: Bad,
}

/// Reads a command as [`super::Framer`] hands it out.
///
/// # Errors
/// With the text of the `BAD` reply.
pub fn parse(input: &[u8]) -> Result<Request, Rejected> {
    let mut cursor = Cursor::new(input);
    let tag = tag_of(input);
    let mut read = || {
        if tag == "*" {
            return Err(Bad::new("a command starts with a tag, such as a1"));
        }
        cursor.take_while(|b| b != b' ');
        cursor.space()?;
        let command = read_command(&mut cursor)?;
        cursor.end()?;
        Ok(command)
    };
    match read() {
        Ok(command) => Ok(Request { tag, command }),
        Err(bad) => Err(Rejected { tag, bad }),
    }
}

fn read_command(cursor: &mut Cursor<'_>) -> Parsed<Command> {
    let name = cursor.atom()?.to_ascii_uppercase();
    if name == "UID" {
        cursor.space()?;
        let name = cursor.atom()?.to_ascii_uppercase();
        return read_message_command(&name, true, cursor)
            .unwrap_or_else(|| Err(Bad::new("only FETCH, STORE, SEARCH, COPY, MOVE and EXPUNGE take UIDs")));
    }
    if let Some(command) = read_message_command(&name, false, cursor) {
        return command;
    }
    match name.as_str() {
        "CAPABILITY" => Ok(Command::Capability),
        "NOOP" => Ok(Command::Noop),
        "LOGOUT" => Ok(Command::Logout),
        "STARTTLS" => Ok(Command::StartTls),
        "AUTHENTICATE" => session::authenticate(cursor),
        "LOGIN" => session::login(cursor),
        "ENABLE" => session::enable(cursor),
        "ID" => session::id(cursor),
        "IDLE" => Ok(Command::Idle),
        "NAMESPACE" => Ok(Command::Namespace),
        "SELECT" => folders::select(cursor, false),
        "EXAMINE" => folders::select(cursor, true),
        "CREATE" => folders::create(cursor),
        "DELETE" => folders::one_name(cursor).map(Command::Delete),
        "RENAME" => folders::rename(cursor),
        "SUBSCRIBE" => folders::one_name(cursor).map(Command::Subscribe),
        "UNSUBSCRIBE" => folders::one_name(cursor).map(Command::Unsubscribe),
        "LIST" => folders::list(cursor),
        "LSUB" => folders::lsub(cursor),
        "STATUS" => folders::status(cursor),
        "GETQUOTAROOT" => folders::one_name(cursor).map(Command::GetQuotaRoot),
        "GETQUOTA" => {
            cursor.space()?;
            cursor.text().map(Command::GetQuota)
        }
        "SETQUOTA" => folders::set_quota(cursor),
        "APPEND" => append::append(cursor),
        "CHECK" => Ok(Command::Check),
        "CLOSE" => Ok(Command::Close),
        "UNSELECT" => Ok(Command::Unselect),
        _ => Err(Bad::about("unknown command; CAPABILITY tells what this server knows", name.as_bytes())),
    }
}

fn read_message_command(name: &str, uid: bool, cursor: &mut Cursor<'_>) -> Option<Parsed<Command>> {
    Some(match name {
        "FETCH" => fetch::fetch(cursor, uid),
        "STORE" => store::store(cursor, uid),
        "COPY" => store::copy(cursor, uid, false),
        "MOVE" => store::copy(cursor, uid, true),
        "SEARCH" => search::search(cursor, uid),
        "EXPUNGE" if uid => (|| {
            cursor.space()?;
            SequenceSet::read(cursor).map(|set| Command::Expunge(Some(set)))
        })(),
        "EXPUNGE" => Ok(Command::Expunge(None)),
        _ => return None,
    })
}

/// A folder name behind a space.
fn folder(cursor: &mut Cursor<'_>) -> Parsed<String> {
    cursor.space()?;
    folder_name(&cursor.astring()?)
}

fn folder_name(bytes: &[u8]) -> Parsed<String> {
    let name = utf7::decode(bytes).map_err(|error| Bad(error.to_string().into()))?;
    if name.len() > MAX_FOLDER_NAME {
        return Err(Bad::new("the folder name is too long"));
    }
    Ok(if name.eq_ignore_ascii_case("INBOX") { "INBOX".to_owned() } else { name })
}

/// A flag; `None` for `\Recent`, which clients may name but not change.
fn flag(cursor: &mut Cursor<'_>) -> Parsed<Option<Flag>> {
    if cursor.eat(b'\\') {
        let name = cursor.atom()?;
        let known = [Flag::Seen, Flag::Answered, Flag::Flagged, Flag::Deleted, Flag::Draft];
        if name.eq_ignore_ascii_case("Recent") {
            return Ok(None);
        }
        let found =
            known.into_iter().find(|f| f.as_str().get(1..).is_some_and(|n| n.eq_ignore_ascii_case(name)));
        return found.map(Some).ok_or_else(|| Bad::about("unknown system flag", name.as_bytes()));
    }
    keyword(cursor).map(Some)
}

fn keyword(cursor: &mut Cursor<'_>) -> Parsed<Flag> {
    let name = cursor.atom()?;
    if name.len() > MAX_KEYWORD {
        return Err(Bad::new("a keyword is longer than 100 characters"));
    }
    Ok(Flag::Keyword(name.to_owned()))
}
