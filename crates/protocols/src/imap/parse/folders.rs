//! Commands about folders.

use super::{folder, folder_name};
use crate::imap::command::{Command, ListCommand, StatusItem};
use crate::imap::cursor::{Bad, Cursor, Parsed};

/// More patterns than this in one `LIST` are refused.
const MAX_PATTERNS: usize = 20;

/// Longer patterns are refused.
const MAX_PATTERN: usize = 1000;

pub(super) fn one_name(cursor: &mut Cursor<'_>) -> Parsed<String> {
    folder(cursor)
}

/// `SELECT` and `EXAMINE` with the parameters of RFC 4466.
pub(super) fn select(cursor: &mut Cursor<'_>, read_only: bool) -> Parsed<Command> {
    let folder = folder(cursor)?;
    let mut condstore = false;
    if !cursor.at_end() {
        cursor.space()?;
        cursor.list(1, |cursor| {
            let name = cursor.atom()?;
            if !name.eq_ignore_ascii_case("CONDSTORE") {
                return Err(Bad::about("unknown parameter of SELECT", name.as_bytes()));
            }
            condstore = true;
            Ok(())
        })?;
    }
    Ok(Command::Select { folder, read_only, condstore })
}

/// `CREATE`, with `(USE (\Sent))` of RFC 6154 section 3.
pub(super) fn create(cursor: &mut Cursor<'_>) -> Parsed<Command> {
    let folder = folder(cursor)?;
    let mut special_use = None;
    if !cursor.at_end() {
        cursor.space()?;
        cursor.list(1, |cursor| {
            let name = cursor.atom()?;
            if !name.eq_ignore_ascii_case("USE") {
                return Err(Bad::about("unknown parameter of CREATE", name.as_bytes()));
            }
            cursor.space()?;
            let mut uses = cursor.list(0, |cursor| {
                cursor.expect(b'\\')?;
                Ok(format!("\\{}", cursor.atom()?))
            })?;
            special_use = uses.pop();
            if uses.is_empty() { Ok(()) } else { Err(Bad::new("a folder has one special use")) }
        })?;
    }
    Ok(Command::Create { folder, special_use })
}

pub(super) fn rename(cursor: &mut Cursor<'_>) -> Parsed<Command> {
    Ok(Command::Rename { from: folder(cursor)?, to: folder(cursor)? })
}

/// A pattern: like a folder name, with wildcards.
fn pattern(cursor: &mut Cursor<'_>) -> Parsed<String> {
    let bytes = cursor.astring_or(|b| matches!(b, b'%' | b'*'))?;
    if bytes.len() > MAX_PATTERN {
        return Err(Bad::new("the pattern is too long"));
    }
    folder_name(&bytes)
}

pub(super) fn lsub(cursor: &mut Cursor<'_>) -> Parsed<Command> {
    let reference = folder(cursor)?;
    cursor.space()?;
    Ok(Command::Lsub { reference, pattern: pattern(cursor)? })
}

/// `LIST` of RFC 3501 and its extended form (RFC 5258 section 3).
pub(super) fn list(cursor: &mut Cursor<'_>) -> Parsed<Command> {
    let mut list = ListCommand::default();
    cursor.space()?;
    let mut recursive_alone = false;
    if cursor.peek() == Some(b'(') {
        list.extended = true;
        let mut base = false;
        cursor.list(0, |cursor| {
            match cursor.atom()?.to_ascii_uppercase().as_str() {
                "SUBSCRIBED" => {
                    list.subscribed_only = true;
                    base = true;
                }
                "REMOTE" => {}
                "RECURSIVEMATCH" => list.recursive_match = true,
                "SPECIAL-USE" => {
                    list.special_use_only = true;
                    base = true;
                }
                other => return Err(Bad::about("unknown selection option of LIST", other.as_bytes())),
            }
            Ok(())
        })?;
        recursive_alone = list.recursive_match && !base;
        cursor.space()?;
    }
    if recursive_alone {
        return Err(Bad::new("RECURSIVEMATCH needs another selection option beside it"));
    }
    list.reference = folder_name(&cursor.astring()?)?;
    cursor.space()?;
    if cursor.peek() == Some(b'(') {
        list.extended = true;
        list.patterns = cursor.list(1, pattern)?;
        if list.patterns.len() > MAX_PATTERNS {
            return Err(Bad::new("too many patterns in one LIST"));
        }
    } else {
        list.patterns.push(pattern(cursor)?);
    }
    if !cursor.at_end() {
        cursor.space()?;
        if !cursor.eat_word("RETURN") {
            return Err(Bad::new("only RETURN (...) may follow the pattern"));
        }
        list.extended = true;
        cursor.space()?;
        cursor.list(0, |cursor| return_option(cursor, &mut list))?;
    }
    Ok(Command::List(list))
}

fn return_option(cursor: &mut Cursor<'_>, list: &mut ListCommand) -> Parsed<()> {
    match cursor.atom()?.to_ascii_uppercase().as_str() {
        "SUBSCRIBED" => list.return_subscribed = true,
        // Both are told in every answer.
        "CHILDREN" | "SPECIAL-USE" => {}
        "STATUS" => {
            cursor.space()?;
            list.return_status = Some(cursor.list(1, status_item)?);
        }
        other => return Err(Bad::about("unknown return option of LIST", other.as_bytes())),
    }
    Ok(())
}

pub(super) fn status(cursor: &mut Cursor<'_>) -> Parsed<Command> {
    let folder = folder(cursor)?;
    cursor.space()?;
    Ok(Command::Status { folder, items: cursor.list(1, status_item)? })
}

fn status_item(cursor: &mut Cursor<'_>) -> Parsed<StatusItem> {
    Ok(match cursor.atom()?.to_ascii_uppercase().as_str() {
        "MESSAGES" => StatusItem::Messages,
        "RECENT" => StatusItem::Recent,
        "UIDNEXT" => StatusItem::UidNext,
        "UIDVALIDITY" => StatusItem::UidValidity,
        "UNSEEN" => StatusItem::Unseen,
        "DELETED" => StatusItem::Deleted,
        "DELETED-STORAGE" => StatusItem::DeletedStorage,
        "SIZE" => StatusItem::Size,
        "HIGHESTMODSEQ" => StatusItem::HighestModSeq,
        "APPENDLIMIT" => StatusItem::AppendLimit,
        other => return Err(Bad::about("unknown item of STATUS", other.as_bytes())),
    })
}

/// `SETQUOTA root (resource limit …)`: read, so that the refusal is a `NO` and no `BAD`.
pub(super) fn set_quota(cursor: &mut Cursor<'_>) -> Parsed<Command> {
    cursor.space()?;
    cursor.astring()?;
    cursor.space()?;
    cursor.list(0, |cursor| {
        cursor.atom()?;
        cursor.space()?;
        cursor.number64()
    })?;
    Ok(Command::SetQuota)
}
