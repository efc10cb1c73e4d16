//! `BODY` and `BODYSTRUCTURE` (RFC 3501 section 7.4.2).

use super::content_type::Parametrised;
use super::envelope::render_envelope;
use super::mime::{Kind, Part};
use crate::imap::write::{nstring, number, string};

/// Writes `BODYSTRUCTURE`, with the extension data. `part` must come from [`super::parse`] of the same bytes.
pub fn render_bodystructure(raw: &[u8], part: &Part) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    write_part(&mut out, raw, part, true);
    out
}

/// Writes `BODY`, the structure without extension data.
pub fn render_body(raw: &[u8], part: &Part) -> Vec<u8> {
    let mut out = Vec::with_capacity(256);
    write_part(&mut out, raw, part, false);
    out
}

fn write_part(out: &mut Vec<u8>, raw: &[u8], part: &Part, extended: bool) {
    out.push(b'(');
    if let Kind::Multipart(children) = &part.kind {
        for child in children {
            write_part(out, raw, child, extended);
        }
        out.push(b' ');
        string(out, part.media_type().1);
        if extended {
            out.push(b' ');
            parameters(out, &part.content_type);
            tail(out, part);
        }
    } else {
        single(out, raw, part, extended);
    }
    out.push(b')');
}

fn single(out: &mut Vec<u8>, raw: &[u8], part: &Part, extended: bool) {
    let (main, sub) = match (&part.kind, part.media_type()) {
        // A multipart or message whose inside could not be read is data of a kind nobody needs to open.
        (Kind::Leaf, (main, _)) if main.eq_ignore_ascii_case(b"multipart") => {
            (&b"application"[..], &b"octet-stream"[..])
        }
        (Kind::Leaf, (main, sub))
            if main.eq_ignore_ascii_case(b"message") && sub.eq_ignore_ascii_case(b"rfc822") =>
        {
            (&b"application"[..], &b"octet-stream"[..])
        }
        (_, media_type) => media_type,
    };
    string(out, main);
    out.push(b' ');
    string(out, sub);
    out.push(b' ');
    parameters(out, &part.content_type);
    out.push(b' ');
    nstring(out, part.id.as_deref());
    out.push(b' ');
    nstring(out, part.description.as_deref());
    out.push(b' ');
    string(out, part.encoding.as_deref().unwrap_or(b"7bit"));
    out.push(b' ');
    let body = raw.get(part.body_start..part.body_end).unwrap_or_default();
    number(out, body.len() as u64);
    if let Kind::Message(inner) = &part.kind {
        let message = raw.get(inner.header_start..inner.body_end).unwrap_or_default();
        out.push(b' ');
        out.extend_from_slice(&render_envelope(message));
        out.push(b' ');
        write_part(out, raw, inner, extended);
    }
    if main.eq_ignore_ascii_case(b"text") || matches!(part.kind, Kind::Message(_)) {
        out.push(b' ');
        number(out, memchr::memchr_iter(b'\n', body).count() as u64);
    }
    if extended {
        out.push(b' ');
        nstring(out, part.md5.as_deref());
        tail(out, part);
    }
}

/// Disposition, language and location.
fn tail(out: &mut Vec<u8>, part: &Part) {
    out.push(b' ');
    match part.disposition.as_ref().filter(|d| !d.value.is_empty()) {
        Some(disposition) => {
            out.push(b'(');
            string(out, &disposition.value);
            out.push(b' ');
            parameters(out, disposition);
            out.push(b')');
        }
        None => out.extend_from_slice(b"NIL"),
    }
    out.push(b' ');
    languages(out, part.language.as_deref());
    out.push(b' ');
    nstring(out, part.location.as_deref());
}

fn parameters(out: &mut Vec<u8>, of: &Parametrised) {
    if of.parameters.is_empty() {
        out.extend_from_slice(b"NIL");
        return;
    }
    for (nth, (name, value)) in of.parameters.iter().enumerate() {
        out.push(if nth == 0 { b'(' } else { b' ' });
        string(out, name);
        out.push(b' ');
        string(out, value);
    }
    out.push(b')');
}

fn languages(out: &mut Vec<u8>, value: Option<&[u8]>) {
    let tags: Vec<&[u8]> = value
        .unwrap_or_default()
        .split(|b| *b == b',')
        .map(<[u8]>::trim_ascii)
        .filter(|t| !t.is_empty())
        .collect();
    match tags.as_slice() {
        [] => out.extend_from_slice(b"NIL"),
        [one] => string(out, one),
        many => {
            for (nth, tag) in many.iter().enumerate() {
                out.push(if nth == 0 { b'(' } else { b' ' });
                string(out, tag);
            }
            out.push(b')');
        }
    }
}
