//! The Registration ID: the public number of a person's profile.

use std::fmt;
use std::str::FromStr;

use data_encoding::{Encoding, Specification};
use serde::{Deserialize, Serialize};

/// The public, random, non-sequential number of a person's profile, e.g. `R-7F3K-2Q9M-X`.
///
/// Eight characters of Crockford's base32 (40 random bits, no I, L, O or U) and a check character, so that one wrong
/// or two swapped characters are noticed when it is read out on the telephone. It recognises and never authorises.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegistrationId([u8; 8]);

/// Why a text is not a Registration ID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RegistrationIdError {
    /// Not of the form `R-XXXX-XXXX-X`.
    #[error("a Registration ID looks like R-7F3K-2Q9M-X")]
    Form,
    /// The check character does not fit the others.
    #[error("this Registration ID has a typing error: its last character does not fit the others")]
    Check,
}

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl RegistrationId {
    /// Makes a random one; the caller sees to it that it is not taken.
    pub fn random() -> Self {
        let mut random = [0u8; 5];
        getrandom::fill(&mut random).expect("the operating system's random source answers");
        let mut spec = Specification::new();
        spec.symbols.push_str(std::str::from_utf8(ALPHABET).expect("ASCII"));
        let encoding: Encoding = spec.encoding().expect("a valid alphabet");
        let mut out = [0u8; 8];
        encoding.encode_mut(&random, &mut out);
        RegistrationId(out)
    }

    /// The check character: the sum of the values weighted 1, 3, 5 … modulo 32. Odd weights differ by two from
    /// neighbour to neighbour and have inverses modulo 32, so every single wrong character is noticed, and every
    /// swap of neighbours but those whose values differ by 16.
    fn check(&self) -> u8 {
        let sum: usize = self
            .0
            .iter()
            .enumerate()
            .map(|(i, c)| (2 * i + 1) * ALPHABET.iter().position(|a| a == c).unwrap_or(0))
            .sum();
        ALPHABET[sum % 32]
    }
}

impl fmt::Display for RegistrationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = std::str::from_utf8(&self.0).map_err(|_| fmt::Error)?;
        write!(f, "R-{}-{}-{}", &text[..4], &text[4..], char::from(self.check()))
    }
}

impl fmt::Debug for RegistrationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for RegistrationId {
    type Err = RegistrationIdError;

    /// Forgiving as people type: case, spaces and hyphens do not matter, I and L are read as 1, O as 0.
    fn from_str(text: &str) -> Result<Self, RegistrationIdError> {
        let mut chars =
            text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| match c.to_ascii_uppercase() {
                'I' | 'L' => '1',
                'O' => '0',
                other => other,
            });
        if chars.next() != Some('R') {
            return Err(RegistrationIdError::Form);
        }
        let mut symbols = [0u8; 9];
        for slot in &mut symbols {
            let byte = chars.next().and_then(|c| u8::try_from(c).ok()).ok_or(RegistrationIdError::Form)?;
            if !ALPHABET.contains(&byte) {
                return Err(RegistrationIdError::Form);
            }
            *slot = byte;
        }
        if chars.next().is_some() {
            return Err(RegistrationIdError::Form);
        }
        let mut id = RegistrationId([0; 8]);
        id.0.copy_from_slice(&symbols[..8]);
        if id.check() != symbols[8] {
            return Err(RegistrationIdError::Check);
        }
        Ok(id)
    }
}

impl Serialize for RegistrationId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RegistrationId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_what_people_type() {
        for _ in 0..500 {
            let id = RegistrationId::random();
            let text = id.to_string();
            assert_eq!(text.len(), 13);
            assert_eq!(text.parse(), Ok(id));
            assert_eq!(text.to_lowercase().replace('-', " ").parse(), Ok(id));
            assert_eq!(text.replace('1', "l").replace('0', "o").parse(), Ok(id));
        }
    }

    #[test]
    fn every_single_wrong_character_is_noticed() {
        let text = RegistrationId::random().to_string();
        for at in [2, 3, 4, 5, 7, 8, 9, 10, 12] {
            for symbol in ALPHABET {
                let mut wrong = text.clone().into_bytes();
                if wrong[at] == *symbol {
                    continue;
                }
                wrong[at] = *symbol;
                let wrong = String::from_utf8(wrong).unwrap();
                assert_eq!(
                    wrong.parse::<RegistrationId>(),
                    Err(RegistrationIdError::Check),
                    "{text} {wrong}"
                );
            }
        }
        assert_eq!("hello".parse::<RegistrationId>(), Err(RegistrationIdError::Form));
        assert_eq!("R-7F3K".parse::<RegistrationId>(), Err(RegistrationIdError::Form));
    }
}
