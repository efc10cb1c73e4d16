//! `xtext`, the encoding of parameter values in MAIL and RCPT (RFC 3461 section 4).

use std::fmt::Write;

/// Writes `text` as xtext: everything but printable ASCII, and `+` and `=`, as `+XX`.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'!'..=b'~' if byte != b'+' && byte != b'=' => out.push(char::from(byte)),
            other => {
                let _ = write!(out, "+{other:02X}");
            }
        }
    }
    out
}

/// Reads xtext; `None` when it is malformed, is not UTF-8 once decoded, or hides control characters.
pub fn decode(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'+' => {
                let (high, low) = (hex(bytes.next()?)?, hex(bytes.next()?)?);
                out.push(high << 4 | low);
            }
            b'=' | 0..=b' ' | 0x7f => return None,
            // RFC 6533 lets UTF-8 stand as it is.
            other => out.push(other),
        }
    }
    String::from_utf8(out).ok().filter(|text| !text.chars().any(char::is_control))
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn follows_the_rfc() {
        assert_eq!(encode("a+b=c d"), "a+2Bb+3Dc+20d");
        assert_eq!(decode("a+2Bb+3Dc+20d").as_deref(), Some("a+b=c d"));
        for bad in ["a+2", "a+2g", "a+2b", "a=b", "a b", "a+0D+0A", "a+FF"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(text in "\\PC{0,40}") {
            prop_assume!(!text.chars().any(char::is_control));
            prop_assert_eq!(decode(&encode(&text)), Some(text));
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            let _ = decode(&text);
        }
    }
}
