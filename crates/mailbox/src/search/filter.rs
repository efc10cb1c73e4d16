//! The signature of a message: a Bloom filter over the keyed hashes of its trigrams.
//!
//! Without the mailbox's key its bits are noise; with it a query asks each message in some nanoseconds whether it may
//! hold a word. Six bits for each trigram and two hashes let one absent trigram in twelve pass, so a word of six
//! letters passes a text that lacks all its trigrams once in 20,000 times; what passes is looked at.

use std::hash::Hasher;

use siphasher::sip::SipHasher13;

use super::grams::Grams;

const BITS_PER_GRAM: usize = 6;
/// Filters are at most this long; a message with more trigrams has none and is always looked at.
const MAX_BYTES: usize = 24 * 1024;

/// The secret under which a mailbox's trigrams are hashed.
#[derive(Clone, Copy)]
pub(crate) struct SearchKey(u64, u64);

impl SearchKey {
    /// Takes the first 16 of the derived bytes.
    pub(crate) fn from_bytes(bytes: &[u8; 32]) -> Self {
        let (first, rest) = bytes.split_at(8);
        let number = |bytes: &[u8]| bytes.iter().take(8).fold(0u64, |n, b| n << 8 | u64::from(*b));
        SearchKey(number(first), number(rest))
    }

    pub(crate) fn hash(&self, gram: u64) -> u64 {
        let mut hasher = SipHasher13::new_with_keys(self.0, self.1);
        hasher.write_u64(gram);
        hasher.finish()
    }

    /// The hash of a word.
    pub(crate) fn word(&self, word: &str) -> u64 {
        let mut hasher = SipHasher13::new_with_keys(self.0, self.1);
        hasher.write(word.as_bytes());
        hasher.finish()
    }

    /// A keyed number for bytes, e.g. of a thread.
    pub(crate) fn number(&self, bytes: &[u8]) -> i64 {
        let mut hasher = SipHasher13::new_with_keys(self.0, self.1);
        hasher.write(bytes);
        i64::from_le_bytes(hasher.finish().to_le_bytes())
    }
}

fn positions(hash: u64, bits: usize) -> [usize; 2] {
    let (high, low) = (hash >> 32, hash & 0xffff_ffff);
    // Maps 32 bits evenly to the length without a division.
    let place = |part: u64| usize::try_from((part * bits as u64) >> 32).unwrap_or(0);
    [place(high), place(low)]
}

/// Builds the filter of a text; empty when it would be too long.
pub(crate) fn build(grams: &Grams, key: &SearchKey) -> Vec<u8> {
    let length = (grams.len() * BITS_PER_GRAM).div_ceil(8).max(8);
    if !grams.is_complete() || length > MAX_BYTES {
        return Vec::new();
    }
    let mut filter = vec![0u8; length];
    grams.for_each(|gram| {
        for at in positions(key.hash(gram), length * 8) {
            if let Some(byte) = filter.get_mut(at / 8) {
                *byte |= 1 << (at % 8);
            }
        }
    });
    filter
}

/// The hashes of all the trigrams that a text must have to hold the query.
pub(crate) fn hashes(query: &str, key: &SearchKey) -> Vec<u64> {
    let mut grams = Grams::default();
    grams.add(query);
    let mut out = Vec::new();
    grams.for_each(|gram| out.push(key.hash(gram)));
    out
}

/// True when the message may hold the text whose hashes are asked for.
pub(crate) fn may_hold(filter: &[u8], hashes: &[u64]) -> bool {
    filter.is_empty()
        || hashes.iter().all(|hash| {
            positions(*hash, filter.len() * 8)
                .into_iter()
                .all(|at| filter.get(at / 8).is_some_and(|byte| byte >> (at % 8) & 1 == 1))
        })
}

#[cfg(test)]
mod tests {
    use super::super::grams::normalise;
    use super::*;
    use proptest::prelude::*;

    const KEY: SearchKey = SearchKey(1, 2);

    fn filter_of(text: &str) -> Vec<u8> {
        let mut grams = Grams::default();
        grams.add(text);
        build(&grams, &KEY)
    }

    #[test]
    fn absent_words_are_rarely_let_through() {
        let text: String = (0..400).map(|n| format!("word{n} text{} ", n * 7)).collect();
        let filter = filter_of(&text);
        let passed =
            (0..2_000).filter(|n| may_hold(&filter, &hashes(&format!("quixbzf{n}zy"), &KEY))).count();
        assert!(passed < 5, "{passed} of 2000");
    }

    #[test]
    fn another_key_sees_noise() {
        let filter = filter_of("confidential merger with Example Corporation, please keep this secret");
        assert!(may_hold(&filter, &hashes("confidential merger", &KEY)));
        assert!(!may_hold(&filter, &hashes("confidential merger", &SearchKey(3, 4))));
    }

    #[test]
    fn two_characters_of_a_dense_script_are_filtered() {
        assert!(!hashes("東京", &KEY).is_empty());
        assert!(may_hold(&filter_of("明日は東京に行く"), &hashes("東京", &KEY)));
        assert!(!may_hold(&filter_of("明日は大阪に行く"), &hashes("東京", &KEY)));
    }

    proptest! {
        /// The promise of the search: no part of a text is lost.
        #[test]
        fn every_part_of_a_text_passes(text in "[a-zA-Z0-9äöüßÉΣσς東京 .,@\\n\\tİ-]{0,60}", from in 0usize..60, length in 0usize..20) {
            let filter = filter_of(&text);
            let part: String = text.chars().skip(from).take(length).collect();
            prop_assert!(may_hold(&filter, &hashes(&part, &KEY)), "{:?} in {:?}", part, text);
            prop_assert!(normalise(&text).contains(normalise(&part).trim()));
            // A query comes normalised or not.
            prop_assert!(may_hold(&filter, &hashes(&normalise(&part), &KEY)));
        }
    }
}
