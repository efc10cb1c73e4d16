//! What somebody typed into To, Cc or Bcc.

use mailkeep_types::EmailAddress;

use crate::webmail::reading::{Correspondent, correspondents};

/// The recipients of one field.
#[derive(Debug, Clone, Default)]
pub struct TypedRecipients {
    /// As they stand in the header.
    pub people: Vec<Correspondent>,
    /// Their addresses, checked.
    pub addresses: Vec<EmailAddress>,
    /// What could not be read as an address, as typed.
    pub wrong: Vec<String>,
}

/// Reads addresses parted by commas, semicolons or lines.
pub fn read_recipients(typed: &str) -> TypedRecipients {
    let mut out = TypedRecipients::default();
    for entry in entries(typed) {
        let people = correspondents(entry.as_bytes());
        let [person] = people.as_slice() else {
            out.wrong.push(entry);
            continue;
        };
        match EmailAddress::parse(&person.address) {
            Ok(address) => {
                out.people.push(Correspondent { name: person.name.clone(), address: address.to_string() });
                out.addresses.push(address);
            }
            Err(_) => out.wrong.push(entry),
        }
    }
    out
}

/// Cuts at commas, semicolons and line breaks that do not stand in quotes or angle brackets.
fn entries(typed: &str) -> Vec<String> {
    let (mut out, mut entry) = (Vec::new(), String::new());
    let (mut quoted, mut angle) = (false, false);
    for sign in typed.chars() {
        match sign {
            '"' => quoted = !quoted,
            '<' if !quoted => angle = true,
            '>' if !quoted => angle = false,
            _ => {}
        }
        let parts = matches!(sign, ',' | ';') && !quoted && !angle || matches!(sign, '\r' | '\n');
        if parts {
            out.push(std::mem::take(&mut entry));
            (quoted, angle) = (false, false);
        } else if !sign.is_control() {
            entry.push(sign);
        }
    }
    out.push(entry);
    out.into_iter().map(|entry| entry.trim().to_owned()).filter(|entry| !entry.is_empty()).collect()
}
