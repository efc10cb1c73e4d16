//! Address lists as IMAP's envelope shows them (RFC 3501 section 7.4.2, RFC 5322 section 3.4), read leniently.

use mailkeep_types::{DomainName, EmailAddress};

use super::headers::fields;

/// Addresses beyond this many in one field are not shown.
const MAX_ADDRESSES: usize = 4096;

/// One entry of an address list. All texts are as in the message, without quotes and comments; encoded words stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// `name <@route:local@host>`.
    Mailbox {
        /// The display name; a comment stands in where there is none.
        name: Option<Vec<u8>>,
        /// The source route (obsolete).
        route: Option<Vec<u8>>,
        /// The part before the `@`.
        local: Vec<u8>,
        /// The domain; empty when the message gives none.
        host: Vec<u8>,
    },
    /// `name:`, the start of a group.
    GroupStart(Vec<u8>),
    /// `;`, the end of a group.
    GroupEnd,
}

/// Reads a field's value, folds included.
pub fn parse_addresses(value: &[u8]) -> Vec<Address> {
    let mut parser = Parser { rest: value, out: Vec::new(), in_group: false, entry: Entry::default() };
    parser.run();
    parser.out
}

/// The addresses of a field's value, those of groups with them; what is no address is left out.
pub fn mailboxes(value: &[u8]) -> Vec<EmailAddress> {
    let boxes = parse_addresses(value).into_iter().filter_map(|address| match address {
        Address::Mailbox { local, host, .. } => address_of(&local, &host),
        Address::GroupStart(_) | Address::GroupEnd => None,
    });
    boxes.collect()
}

/// The one address in the one From of a header; `None` when there is none or more than one. Whoever proves who wrote a message
/// and whoever believes it must read the same address, so both ask here.
pub fn sole_author(header: &[u8]) -> Option<EmailAddress> {
    let mut from = fields(header).filter(|field| field.is("From"));
    let only = from.next().filter(|_| from.next().is_none())?;
    let mut boxes =
        parse_addresses(only.value).into_iter().filter(|address| matches!(address, Address::Mailbox { .. }));
    match (boxes.next(), boxes.next()) {
        (Some(Address::Mailbox { local, host, .. }), None) => address_of(&local, &host),
        _ => None,
    }
}

fn address_of(local: &[u8], host: &[u8]) -> Option<EmailAddress> {
    let local = std::str::from_utf8(local).ok()?;
    let domain = DomainName::parse(std::str::from_utf8(host).ok()?).ok()?;
    // The parser took the quotes away.
    let quoted = || format!("\"{}\"", local.replace('\\', "\\\\").replace('"', "\\\""));
    EmailAddress::from_parts(local, domain.clone())
        .or_else(|_| EmailAddress::from_parts(&quoted(), domain))
        .ok()
}

/// Route, local part and host between angle brackets.
type Angle = (Option<Vec<u8>>, Vec<u8>, Vec<u8>);

#[derive(Default)]
struct Entry {
    /// Words as a display name would show them.
    phrase: Vec<u8>,
    /// The same without white space, in case they are an address without angle brackets.
    bare: Vec<u8>,
    /// Where the last unquoted `@` stands in `bare`.
    at: Option<usize>,
    gap: bool,
    comment: Option<Vec<u8>>,
    angle: Option<Angle>,
}

impl Entry {
    fn word(&mut self, byte: u8) {
        if self.gap && !self.phrase.is_empty() {
            self.phrase.push(b' ');
        }
        self.gap = false;
        self.phrase.push(byte);
        self.bare.push(byte);
    }
}

struct Parser<'a> {
    rest: &'a [u8],
    out: Vec<Address>,
    in_group: bool,
    entry: Entry,
}

impl Parser<'_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn run(&mut self) {
        while let Some(byte) = self.next() {
            if self.out.len() >= MAX_ADDRESSES {
                break;
            }
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' | 0 => self.entry.gap = true,
                b',' => self.finish(),
                b';' => {
                    self.finish();
                    self.end_group();
                }
                b':' if !self.in_group && self.entry.at.is_none() && !self.entry.phrase.is_empty() => {
                    let entry = std::mem::take(&mut self.entry);
                    self.out.push(Address::GroupStart(entry.phrase));
                    self.in_group = true;
                }
                b'(' => {
                    let comment = self.comment();
                    self.entry.gap = true;
                    self.entry.comment =
                        Some(comment).filter(|c| !c.is_empty()).or(self.entry.comment.take());
                }
                b'<' => {
                    let angle = self.angle();
                    self.entry.angle.get_or_insert(angle);
                }
                b'"' => self.quoted(),
                b'@' => {
                    self.entry.at = Some(self.entry.bare.len());
                    self.entry.word(byte);
                }
                other => self.entry.word(other),
            }
        }
        self.finish();
        self.end_group();
    }

    fn end_group(&mut self) {
        if std::mem::take(&mut self.in_group) {
            self.out.push(Address::GroupEnd);
        }
    }

    fn finish(&mut self) {
        let entry = std::mem::take(&mut self.entry);
        let address = match (entry.angle, entry.at) {
            (Some((route, local, host)), _) => {
                if local.is_empty() && host.is_empty() && entry.phrase.is_empty() {
                    return;
                }
                let name = Some(entry.phrase).filter(|p| !p.is_empty()).or(entry.comment);
                Address::Mailbox { name, route, local, host }
            }
            (None, Some(at)) => {
                let (local, host) = entry.bare.split_at_checked(at).unwrap_or((&entry.bare, b""));
                let host = host.strip_prefix(b"@").unwrap_or(host).to_vec();
                Address::Mailbox { name: entry.comment, route: None, local: local.to_vec(), host }
            }
            (None, None) if entry.phrase.is_empty() => return,
            (None, None) => {
                Address::Mailbox { name: entry.comment, route: None, local: entry.phrase, host: Vec::new() }
            }
        };
        self.out.push(address);
    }

    fn quoted(&mut self) {
        // An empty quoted string still separates words.
        while let Some(byte) = self.next() {
            match byte {
                b'"' => return,
                b'\\' => {
                    if let Some(escaped) = self.next().filter(|b| !matches!(b, b'\r' | b'\n' | 0)) {
                        self.entry.word(escaped);
                    }
                }
                b'\r' | b'\n' | 0 => {}
                other => self.entry.word(other),
            }
        }
    }

    fn comment(&mut self) -> Vec<u8> {
        let mut depth = 1u32;
        let mut text = Vec::new();
        while let Some(byte) = self.next() {
            match byte {
                b'\\' => text.extend(self.next().filter(|b| !matches!(b, b'\r' | b'\n' | 0))),
                b'(' => {
                    depth = depth.saturating_add(1);
                    text.push(byte);
                }
                b')' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        break;
                    }
                    text.push(byte);
                }
                b'\r' | b'\n' | 0 => {}
                other => text.push(other),
            }
        }
        text.trim_ascii().to_vec()
    }

    /// What stands between angle brackets: route, local part, host.
    fn angle(&mut self) -> Angle {
        let mut text = Vec::new();
        let mut at = None;
        let mut route = None;
        while let Some(byte) = self.next() {
            match byte {
                b'>' => break,
                b' ' | b'\t' | b'\r' | b'\n' | 0 => {}
                b'(' => drop(self.comment()),
                b'"' => {
                    while let Some(inner) = self.next() {
                        match inner {
                            b'"' => break,
                            b'\\' => text.extend(self.next().filter(|b| !matches!(b, b'\r' | b'\n' | 0))),
                            b'\r' | b'\n' | 0 => {}
                            other => text.push(other),
                        }
                    }
                }
                b':' if text.first() == Some(&b'@') && route.is_none() => {
                    route = Some(std::mem::take(&mut text));
                    at = None;
                }
                other => {
                    if other == b'@' {
                        at = Some(text.len());
                    }
                    text.push(other);
                }
            }
        }
        match at.and_then(|at| text.split_at_checked(at)) {
            Some((local, host)) => (route, local.to_vec(), host.get(1..).unwrap_or_default().to_vec()),
            None => (route, text, Vec::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mailbox(name: Option<&str>, local: &str, host: &str) -> Address {
        let name = name.map(|n| n.as_bytes().to_vec());
        Address::Mailbox { name, route: None, local: local.into(), host: host.into() }
    }

    #[test]
    fn usual_lists() {
        let read = parse_addresses(
            b" Ann Example <ann@example.com>, bob@example.org,\r\n \"Doe, J. \\\"Joe\\\"\" <joe@example.net>",
        );
        assert_eq!(
            read,
            [
                mailbox(Some("Ann Example"), "ann", "example.com"),
                mailbox(None, "bob", "example.org"),
                mailbox(Some("Doe, J. \"Joe\""), "joe", "example.net"),
            ]
        );
        assert_eq!(
            parse_addresses(b"ann@example.com (Ann (the) Example)"),
            [mailbox(Some("Ann (the) Example"), "ann", "example.com")]
        );
        assert_eq!(
            parse_addresses(b"=?utf-8?q?J=C3=B6?= <j@example.com>"),
            [mailbox(Some("=?utf-8?q?J=C3=B6?="), "j", "example.com")]
        );
    }

    #[test]
    fn groups_routes_and_quoted_local_parts() {
        let read = parse_addresses(
            b"Team: ann@example.com, <@a.example,@b.example:bob@example.org>; \"two words\"@example.net",
        );
        assert_eq!(read.first(), Some(&Address::GroupStart(b"Team".to_vec())));
        assert!(
            matches!(read.get(2), Some(Address::Mailbox { route: Some(r), .. }) if r == b"@a.example,@b.example")
        );
        assert_eq!(read.get(3), Some(&Address::GroupEnd));
        assert_eq!(read.get(4), Some(&mailbox(None, "two words", "example.net")));
        let empty = parse_addresses(b"undisclosed-recipients:;");
        assert_eq!(empty, [Address::GroupStart(b"undisclosed-recipients".to_vec()), Address::GroupEnd]);
    }

    #[test]
    fn broken_lists_give_what_they_can() {
        assert_eq!(parse_addresses(b""), []);
        assert_eq!(parse_addresses(b"<>"), []);
        assert_eq!(parse_addresses(b", ,"), []);
        assert_eq!(parse_addresses(b"postmaster"), [mailbox(None, "postmaster", "")]);
        assert_eq!(parse_addresses(b"Ann <ann@example.com"), [mailbox(Some("Ann"), "ann", "example.com")]);
        assert_eq!(
            parse_addresses(b"a <b@c.example> trailing"),
            [mailbox(Some("a trailing"), "b", "c.example")]
        );
        assert_eq!(parse_addresses(&b"a@b.example,".repeat(10_000)).len(), MAX_ADDRESSES);
    }
}
