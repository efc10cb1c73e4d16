//! `ENVELOPE` (RFC 3501 section 7.4.2).

use super::address::{Address, parse_addresses};
use super::headers::{Field, fields, header_length, unfold};
use crate::imap::write::{nstring, string};

/// Longer header values are cut in the envelope.
const MAX_VALUE: usize = 64 * 1024;

/// Writes the parenthesised envelope of a message from its raw bytes; the header alone is enough.
pub fn render_envelope(raw: &[u8]) -> Vec<u8> {
    let header = raw.get(..header_length(raw)).unwrap_or(raw);
    let mut texts = [None; 4];
    let mut lists: [Vec<Address>; 6] = Default::default();
    for field in fields(header) {
        if let Some(slot) = text_slot(&field).and_then(|n| texts.get_mut(n)) {
            slot.get_or_insert(field.value);
        } else if let Some(list) = list_slot(&field).and_then(|n| lists.get_mut(n)) {
            list.extend(parse_addresses(field.value));
        }
    }
    let [date, subject, in_reply_to, message_id] = texts;
    let [from, sender, reply_to, to, cc, bcc] = &lists;
    let mut out = Vec::with_capacity(320);
    out.push(b'(');
    text(&mut out, date);
    out.push(b' ');
    text(&mut out, subject);
    // Sender and Reply-To stand for From where they are missing (RFC 3501 section 7.4.2).
    for list in [from, or(sender, from), or(reply_to, from), to, cc, bcc] {
        out.push(b' ');
        addresses(&mut out, list);
    }
    out.push(b' ');
    text(&mut out, in_reply_to);
    out.push(b' ');
    text(&mut out, message_id);
    out.push(b')');
    out
}

fn or<'a>(list: &'a Vec<Address>, otherwise: &'a Vec<Address>) -> &'a Vec<Address> {
    if list.is_empty() { otherwise } else { list }
}

fn text_slot(field: &Field<'_>) -> Option<usize> {
    ["date", "subject", "in-reply-to", "message-id"].iter().position(|name| field.is(name))
}

fn list_slot(field: &Field<'_>) -> Option<usize> {
    ["from", "sender", "reply-to", "to", "cc", "bcc"].iter().position(|name| field.is(name))
}

fn text(out: &mut Vec<u8>, value: Option<&[u8]>) {
    nstring(out, value.map(|v| unfold(v, MAX_VALUE)).as_deref());
}

fn addresses(out: &mut Vec<u8>, list: &[Address]) {
    if list.is_empty() {
        out.extend_from_slice(b"NIL");
        return;
    }
    out.push(b'(');
    for address in list {
        match address {
            Address::Mailbox { name, route, local, host } => {
                out.push(b'(');
                nstring(out, name.as_deref());
                out.push(b' ');
                nstring(out, route.as_deref());
                out.push(b' ');
                string(out, local);
                out.push(b' ');
                string(out, host);
                out.push(b')');
            }
            Address::GroupStart(name) => {
                out.extend_from_slice(b"(NIL NIL ");
                string(out, name);
                out.extend_from_slice(b" NIL)");
            }
            Address::GroupEnd => out.extend_from_slice(b"(NIL NIL NIL NIL)"),
        }
    }
    out.push(b')');
}
