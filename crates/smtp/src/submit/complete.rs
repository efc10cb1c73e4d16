//! Makes a submitted message fit to go out (RFC 6409 section 8): fields that are missing are added, fields that only
//! servers write are taken out, and the authors are read so that they can be checked.

use mail_parser::{HeaderName, MessageParser};
use mailkeep_protocols::smtp::{HeaderSection, Reply, trace::mail_date};
use mailkeep_types::{EmailAddress, Timestamp};
use uuid::Uuid;

/// Fields that a client has no say in. `Bcc` would betray those whom it hides.
const TAKEN_OUT: [&str; 4] = ["Return-Path", "Bcc", "Delivered-To", "X-Original-To"];

/// Fields that may stand there once at most (RFC 5322 section 3.6); a second one is a way to show one author to us and
/// another to the reader.
const ONCE: [&str; 7] = ["From", "Sender", "Reply-To", "To", "Cc", "Message-ID", "Subject"];

/// The addresses in `From` and `Sender`.
pub(crate) fn read_authors(message: &[u8]) -> Result<Vec<EmailAddress>, Reply> {
    let section = HeaderSection::of(message);
    if section.fields().any(|field| field.name.is_empty()) {
        return Err(Reply::of(
            550,
            (5, 6, 0),
            "A line of the header is not a field; the header ends with an empty line",
        ));
    }
    for name in ONCE {
        if section.named(name).nth(1).is_some() {
            return Err(Reply::of(550, (5, 6, 0), format!("There must be one {name} field at most")));
        }
    }
    let parsed = MessageParser::new()
        .with_address_headers()
        .parse_headers(section.header())
        .ok_or_else(|| Reply::of(550, (5, 6, 0), "The header cannot be read"))?;
    let mut authors = Vec::new();
    for name in [HeaderName::From, HeaderName::Sender] {
        let Some(addresses) = parsed.header(name).and_then(|value| value.as_address()) else { continue };
        for address in addresses.iter() {
            let text = address.address().unwrap_or_default();
            let address = EmailAddress::parse(text).map_err(|error| {
                Reply::of(550, (5, 1, 7), format!("The address in From or Sender cannot be used: {error}"))
            })?;
            authors.push(address);
        }
    }
    if !section.has("From") || authors.is_empty() {
        return Err(Reply::of(550, (5, 6, 0), "The message needs a From field with an address of yours"));
    }
    Ok(authors)
}

/// The message with the fields that it lacked, without those taken out, and `received` on top.
pub(crate) fn complete(message: Vec<u8>, received: &str, id: Uuid, domain: &str, now: Timestamp) -> Vec<u8> {
    let cleaned = HeaderSection::of(&message).without(|field| TAKEN_OUT.iter().any(|name| field.is(name)));
    let message = cleaned.unwrap_or(message);
    let section = HeaderSection::of(&message);
    let mut top = received.to_owned();
    if !section.has("Date") {
        top.push_str(&format!("Date: {}\r\n", mail_date(now)));
    }
    if !section.has("Message-ID") {
        top.push_str(&format!("Message-ID: <{id}@{domain}>\r\n"));
    }
    let mut out = Vec::with_capacity(top.len() + message.len() + 2);
    out.extend_from_slice(top.as_bytes());
    out.extend_from_slice(section.header());
    if section.body_with_separator().is_empty() {
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(section.body_with_separator());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_all_authors() {
        let authors = |header: &str| {
            read_authors(format!("{header}\r\n\r\nx\r\n").as_bytes())
                .map(|list| list.iter().map(EmailAddress::to_string).collect::<Vec<_>>())
        };
        assert_eq!(authors("From: Ada <ada@example.com>").unwrap(), ["ada@example.com"]);
        assert_eq!(
            authors("From: =?utf-8?q?b=40example.com?= <ada@example.com>,\r\n c@example.com\r\nSender: d@example.com").unwrap(),
            ["ada@example.com", "c@example.com", "d@example.com"]
        );
        for bad in [
            "To: x@example.com",
            "From: nobody",
            "From: a@example.com\r\nFrom: b@example.com",
            "From:",
            "From: a@example.com\r\nno field",
            "From : a@example.com\r\nFrom: b@example.com",
        ] {
            assert!(authors(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn adds_what_is_missing_and_takes_out_what_betrays() {
        let id = Uuid::nil();
        let message = b"From: a@example.com\r\nBcc: secret@example.org\r\n\r\nx\r\n".to_vec();
        let out = complete(message, "Received: r\r\n", id, "example.com", Timestamp::EPOCH);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "Received: r\r\nDate: Thu, 1 Jan 1970 00:00:00 +0000\r\n\
             Message-ID: <00000000-0000-0000-0000-000000000000@example.com>\r\nFrom: a@example.com\r\n\r\nx\r\n"
        );
        let whole = b"Date: d\r\nMessage-ID: <m>\r\nFrom: a@example.com\r\n".to_vec();
        let out = complete(whole.clone(), "", id, "example.com", Timestamp::EPOCH);
        assert_eq!(out, [&whole[..], b"\r\n"].concat());
    }
}
