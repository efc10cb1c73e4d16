//! Parameters of Content-Type and Content-Disposition, decoded (RFC 2231).

use super::decode::{decode_text, decode_words};

/// So many pieces of one value are put together.
const MAX_PIECES: usize = 64;

/// The value of a parameter, put together from its RFC 2231 pieces and decoded; or decoded by RFC 2047, which many
/// senders use here although it is not allowed.
pub fn decode_parameter(parameters: &[(Vec<u8>, Vec<u8>)], name: &str) -> Option<String> {
    let exact = |name: &str| {
        parameters.iter().find(|(n, _)| n.eq_ignore_ascii_case(name.as_bytes())).map(|(_, v)| v.as_slice())
    };
    if let Some(value) = exact(name) {
        return Some(decode_words(value));
    }
    let mut bytes = Vec::new();
    let mut charset = None;
    if let Some(value) = exact(&format!("{name}*")) {
        push_extended(value, true, &mut charset, &mut bytes);
    } else {
        for number in 0..MAX_PIECES {
            if let Some(value) = exact(&format!("{name}*{number}*")) {
                push_extended(value, number == 0, &mut charset, &mut bytes);
            } else if let Some(value) = exact(&format!("{name}*{number}")) {
                bytes.extend_from_slice(value);
            } else {
                break;
            }
        }
    }
    (!bytes.is_empty()).then(|| decode_text(charset.as_deref(), &bytes))
}

/// Undoes percent signs; the first piece begins with `charset'language'`.
fn push_extended(value: &[u8], first: bool, charset: &mut Option<String>, out: &mut Vec<u8>) {
    let mut rest = value;
    let mut pieces = value.splitn(3, |b| *b == b'\'');
    if first && let (Some(set), Some(_language), Some(text)) = (pieces.next(), pieces.next(), pieces.next()) {
        *charset = std::str::from_utf8(set).ok().filter(|s| !s.is_empty()).map(str::to_owned);
        rest = text;
    }
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        match (byte, after) {
            (b'%', [high, low, after @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    out.push(high << 4 | low);
                    rest = after;
                }
                _ => out.push(b'%'),
            },
            (other, _) => out.push(*other),
        }
    }
}

pub(super) fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok())
}
