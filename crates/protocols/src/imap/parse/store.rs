//! `STORE`, `COPY` and `MOVE`.

use super::{flag, folder};
use crate::imap::command::{Command, FlagChange};
use crate::imap::cursor::{Bad, Cursor, Parsed};
use crate::imap::sequence::SequenceSet;

/// `STORE set [(UNCHANGEDSINCE n)] [+-]FLAGS[.SILENT] flags`.
pub(super) fn store(cursor: &mut Cursor<'_>, uid: bool) -> Parsed<Command> {
    cursor.space()?;
    let set = SequenceSet::read(cursor)?;
    cursor.space()?;
    let mut unchanged_since = None;
    if cursor.peek() == Some(b'(') {
        cursor.list(1, |cursor| {
            if !cursor.eat_word("UNCHANGEDSINCE") {
                return Err(Bad::new("the only modifier of STORE is (UNCHANGEDSINCE number)"));
            }
            cursor.space()?;
            unchanged_since = Some(cursor.number64()?);
            Ok(())
        })?;
        cursor.space()?;
    }
    let change = if cursor.eat(b'+') {
        FlagChange::Add
    } else if cursor.eat(b'-') {
        FlagChange::Remove
    } else {
        FlagChange::Replace
    };
    if !cursor.eat_word("FLAGS") {
        return Err(Bad::new("STORE changes FLAGS, +FLAGS or -FLAGS"));
    }
    let silent = cursor.eat_word(".SILENT");
    cursor.space()?;
    let mut flags = Vec::new();
    if cursor.peek() == Some(b'(') {
        flags.extend(cursor.list(0, flag)?.into_iter().flatten());
    } else {
        loop {
            flags.extend(flag(cursor)?);
            if cursor.at_end() {
                break;
            }
            cursor.space()?;
        }
    }
    Ok(Command::Store { uid, set, change, flags, silent, unchanged_since })
}

/// `COPY set folder` and `MOVE set folder`.
pub(super) fn copy(cursor: &mut Cursor<'_>, uid: bool, remove: bool) -> Parsed<Command> {
    cursor.space()?;
    let set = SequenceSet::read(cursor)?;
    Ok(Command::Copy { uid, remove, set, folder: folder(cursor)? })
}
