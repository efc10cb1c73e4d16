//! Modified UTF-7, the encoding of folder names (RFC 3501 section 5.1.3).

use base64::Engine;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};

/// Base64 with `,` for `/`, without padding and without stray bits, as the RFC asks.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &IMAP_MUTF7,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(base64::engine::DecodePaddingMode::RequireNone),
);

/// Why a folder name is not valid modified UTF-7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the folder name is not valid modified UTF-7 (RFC 3501 section 5.1.3); write & as &-")]
pub struct NotUtf7;

/// Encodes a name. ASCII stays readable, everything else becomes `&…-`.
pub fn encode(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut shifted: Vec<u8> = Vec::new();
    for c in name.chars() {
        if matches!(c, '\u{20}'..='\u{7e}') {
            flush(&mut out, &mut shifted);
            out.push(c);
            if c == '&' {
                out.push('-');
            }
        } else {
            let mut units = [0u16; 2];
            for unit in c.encode_utf16(&mut units) {
                shifted.extend_from_slice(&unit.to_be_bytes());
            }
        }
    }
    flush(&mut out, &mut shifted);
    out
}

fn flush(out: &mut String, shifted: &mut Vec<u8>) {
    if !shifted.is_empty() {
        out.push('&');
        ENGINE.encode_string(&*shifted, out);
        out.push('-');
        shifted.clear();
    }
}

/// Decodes a name. Names in plain UTF-8, which some clients send although the RFC forbids it, are taken as they are;
/// that loses nothing, because modified UTF-7 is pure ASCII.
///
/// # Errors
/// When a `&` starts nothing valid or a control character is in the name.
pub fn decode(bytes: &[u8]) -> Result<String, NotUtf7> {
    let text = std::str::from_utf8(bytes).map_err(|_| NotUtf7)?;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (plain, shifted) = rest.split_at(at);
        out.push_str(plain);
        let (inner, after) = shifted.strip_prefix('&').and_then(|s| s.split_once('-')).ok_or(NotUtf7)?;
        if inner.is_empty() {
            out.push('&');
        } else {
            let utf16 = ENGINE.decode(inner).map_err(|_| NotUtf7)?;
            if utf16.len() % 2 != 0 {
                return Err(NotUtf7);
            }
            let units = utf16.chunks_exact(2).map(|pair| match pair {
                [high, low] => u16::from_be_bytes([*high, *low]),
                _ => 0,
            });
            for c in char::decode_utf16(units) {
                out.push(c.map_err(|_| NotUtf7)?);
            }
        }
        rest = after;
    }
    out.push_str(rest);
    if out.chars().any(char::is_control) {
        return Err(NotUtf7);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn examples_of_the_rfc() {
        assert_eq!(encode("~peter/mail/台北/日本語"), "~peter/mail/&U,BTFw-/&ZeVnLIqe-");
        assert_eq!(decode(b"~peter/mail/&U,BTFw-/&ZeVnLIqe-").unwrap(), "~peter/mail/台北/日本語");
        assert_eq!(decode(b"R&-D").unwrap(), "R&D");
        assert_eq!(decode("Entwürfe".as_bytes()).unwrap(), "Entwürfe");
    }

    #[test]
    fn refuses_what_is_none() {
        // A bare &, no end, an odd number of bytes, half a surrogate pair, a control character, invalid UTF-8.
        for bad in [&b"R&D"[..], b"&", b"&AAAA", b"&AA-", b"&2AA-", b"&AAo-", b"a\nb", b"\xff"] {
            assert_eq!(decode(bad), Err(NotUtf7), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_encoded_reads_back(name in "\\PC{0,60}") {
            prop_assume!(!name.chars().any(char::is_control));
            let encoded = encode(&name);
            prop_assert!(encoded.bytes().all(|b| (0x20..=0x7e).contains(&b)));
            prop_assert_eq!(decode(encoded.as_bytes()).unwrap(), name);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            if let Ok(name) = decode(&bytes) {
                prop_assert_eq!(decode(encode(&name).as_bytes()).unwrap(), name);
            }
        }
    }
}
