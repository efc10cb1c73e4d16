//! Commands about the connection and who uses it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::imap::command::{Command, Secret};
use crate::imap::cursor::{Bad, Cursor, Parsed};

/// `AUTHENTICATE mechanism [initial-response]` (RFC 3501 section 6.2.2, RFC 4959).
pub(super) fn authenticate(cursor: &mut Cursor<'_>) -> Parsed<Command> {
    cursor.space()?;
    let mechanism = cursor.atom()?.to_ascii_uppercase();
    if cursor.at_end() {
        return Ok(Command::Authenticate { mechanism, initial: None });
    }
    cursor.space()?;
    let given = cursor.take_while(|b| b != b' ');
    // A lone = is an empty response (RFC 4959 section 3).
    let initial = if given == b"=" { Vec::new() } else { decode(given)? };
    Ok(Command::Authenticate { mechanism, initial: Some(Secret(initial)) })
}

fn decode(given: &[u8]) -> Parsed<Vec<u8>> {
    STANDARD.decode(given).map_err(|_| Bad::new("the initial response is not valid Base64"))
}

/// `LOGIN user password`.
pub(super) fn login(cursor: &mut Cursor<'_>) -> Parsed<Command> {
    cursor.space()?;
    let user = cursor.text()?;
    cursor.space()?;
    let password = Secret(cursor.astring()?.into_owned());
    Ok(Command::Login { user, password })
}

/// `ENABLE capability…` (RFC 5161).
pub(super) fn enable(cursor: &mut Cursor<'_>) -> Parsed<Command> {
    let mut names = Vec::new();
    while !cursor.at_end() {
        cursor.space()?;
        names.push(cursor.atom()?.to_ascii_uppercase());
    }
    if names.is_empty() {
        Err(Bad::new("ENABLE needs the name of a capability"))
    } else {
        Ok(Command::Enable(names))
    }
}

/// `ID` (RFC 2971): read to the end, then forgotten.
pub(super) fn id(cursor: &mut Cursor<'_>) -> Parsed<Command> {
    cursor.space()?;
    if !cursor.eat_word("NIL") {
        cursor.list(0, |cursor| {
            if cursor.eat_word("NIL") {
                return Ok(());
            }
            cursor.string().map(drop)
        })?;
    }
    Ok(Command::Id)
}
