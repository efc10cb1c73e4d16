//! `APPEND` (RFC 3501 section 6.3.11).

use super::{flag, folder};
use crate::imap::command::Command;
use crate::imap::cursor::{Bad, Cursor, Parsed};
use crate::imap::dates::read_date_time;

/// `APPEND folder [(flags)] [date-time] literal`.
pub(super) fn append(cursor: &mut Cursor<'_>) -> Parsed<Command> {
    let folder = folder(cursor)?;
    cursor.space()?;
    let mut flags = Vec::new();
    if cursor.peek() == Some(b'(') {
        flags = cursor.list(0, flag)?.into_iter().flatten().collect();
        cursor.space()?;
    }
    let mut date = None;
    if cursor.peek() == Some(b'"') {
        date = Some(read_date_time(cursor)?);
        cursor.space()?;
    }
    if cursor.peek() != Some(b'{') {
        return Err(Bad::new("the message must be a literal, {length} at the end of the line"));
    }
    let message = cursor.literal()?;
    Ok(Command::Append { folder, flags, date, message })
}
