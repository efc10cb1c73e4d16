//! Names and addresses.

use mailkeep_protocols::imap::structure::{Address, parse_addresses};
use mailkeep_protocols::mime::decode_words;
use serde::Serialize;

use super::one_line;

/// Somebody who writes or is written to, as a header field names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Correspondent {
    /// The name; empty when there is none.
    pub name: String,
    /// The address as it stands there; not checked.
    pub address: String,
}

impl Correspondent {
    /// Somebody.
    pub fn new(name: &str, address: &str) -> Self {
        Correspondent { name: name.to_owned(), address: address.to_owned() }
    }

    /// The name, or the address of whoever gives none.
    pub fn shown(&self) -> &str {
        if self.name.is_empty() { &self.address } else { &self.name }
    }

    /// As typed into a field: `"Example, Ada" <ada@example.com>`.
    pub fn typed(&self) -> String {
        let plain = |sign: char| sign.is_alphanumeric() || " -_'".contains(sign);
        match self.name.as_str() {
            "" => self.address.clone(),
            name if name.chars().all(plain) => format!("{name} <{}>", self.address),
            name => format!("\"{}\" <{}>", name.replace('\\', "\\\\").replace('"', "\\\""), self.address),
        }
    }
}

/// The people in the value of an address field.
pub fn correspondents(value: &[u8]) -> Vec<Correspondent> {
    parse_addresses(value)
        .into_iter()
        .filter_map(|address| match address {
            Address::Mailbox { name, local, host, .. } => {
                let mut text = String::from_utf8_lossy(&local).into_owned();
                if !host.is_empty() {
                    text.push('@');
                    text.push_str(&String::from_utf8_lossy(&host));
                }
                let name = name.map(|name| one_line(&decode_words(&name))).unwrap_or_default();
                Some(Correspondent { name, address: one_line(&text) })
            }
            Address::GroupStart(_) | Address::GroupEnd => None,
        })
        .collect()
}
