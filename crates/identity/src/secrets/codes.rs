//! Recovery codes: ten at a time, 80 random bits each, written in Crockford's base32 in groups of four.

use super::{Secret, random};

/// How many codes are made at a time.
pub(crate) const HOW_MANY: usize = 10;
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Makes a set of codes.
pub(crate) fn make_codes() -> Vec<Secret> {
    (0..HOW_MANY).map(|_| make_code()).collect()
}

fn make_code() -> Secret {
    let symbols = random::<16>();
    let mut text = String::with_capacity(19);
    for (index, byte) in symbols.iter().enumerate() {
        if index % 4 == 0 && index > 0 {
            text.push('-');
        }
        text.push(char::from(ALPHABET[usize::from(byte % 32)]));
    }
    Secret::new(text)
}

/// Reads a code as people type it; `None` for what cannot be one.
pub(crate) fn normalise(typed: &str) -> Option<String> {
    let symbols: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c.to_ascii_lowercase() {
            'i' | 'l' => '1',
            'o' => '0',
            other => other,
        })
        .collect();
    let good = symbols.len() == 16 && symbols.bytes().all(|byte| ALPHABET.contains(&byte));
    good.then_some(symbols)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_they_are_typed() {
        for code in make_codes() {
            let plain = code.expose().replace('-', "");
            assert_eq!(normalise(code.expose()).as_deref(), Some(plain.as_str()));
            assert_eq!(
                normalise(&code.expose().to_uppercase().replace('-', " ").replace('0', "O")),
                Some(plain)
            );
        }
        assert_eq!(normalise("123456"), None);
        assert_eq!(normalise("uuuu-uuuu-uuuu-uuuu"), None);
    }
}
