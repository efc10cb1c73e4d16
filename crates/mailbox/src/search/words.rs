//! The words of messages that were opened by a search, held in memory so that the next search need not open them again.
//!
//! The filters answer for words that are rare; a word that stands in thousands of messages would have each of them
//! opened. What was opened once leaves its words here: all different words of a mailbox in one run of bytes, which is
//! searched for the text as a whole, and for each word the parts of messages that hold it. A text of letters and digits
//! alone lies within one word, so the answer is exact, parts of words included. Nothing of this is ever written.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::filter::SearchKey;

/// Between words; no word holds it.
const GAP: u8 = b'\n';
/// Messages with a longer text are opened each time.
const MAX_TEXT: usize = 1024 * 1024;

/// A hasher for keys that are hashes or random already: takes their last eight bytes.
#[derive(Default)]
pub(super) struct LastBytes(u64);

impl Hasher for LastBytes {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let last = bytes.last_chunk::<8>();
        self.0 = last
            .map_or_else(|| bytes.iter().fold(0, |n, b| n << 8 | u64::from(*b)), |b| u64::from_le_bytes(*b));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }

    // Lengths that come before bytes say nothing.
    fn write_usize(&mut self, _: usize) {}
}

pub(super) type Quick = BuildHasherDefault<LastBytes>;

/// The different words of one message, made by the reader that opened it.
pub(super) struct MessageWords {
    text: String,
    words: Vec<Entry>,
}

struct Entry {
    /// Words are told apart by 64 bits under the mailbox's key.
    hash: u64,
    start: usize,
    end: usize,
    in_headers: bool,
    in_body: bool,
}

impl MessageWords {
    /// Takes the words of the normalised headers and body; `None` when they are too long.
    pub(super) fn of(headers: &str, body: &str, key: &SearchKey) -> Option<Self> {
        if headers.len() + body.len() > MAX_TEXT {
            return None;
        }
        let mut out = MessageWords { text: String::new(), words: Vec::new() };
        let mut places: HashMap<u64, usize, Quick> = HashMap::default();
        for (text, in_body) in [(headers, false), (body, true)] {
            for word in runs(text) {
                let hash = key.word(word);
                let place = *places.entry(hash).or_insert_with(|| {
                    let start = out.text.len();
                    out.text.push_str(word);
                    let end = out.text.len();
                    out.words.push(Entry { hash, start, end, in_headers: false, in_body: false });
                    out.words.len() - 1
                });
                if let Some(entry) = out.words.get_mut(place) {
                    entry.in_body |= in_body;
                    entry.in_headers |= !in_body;
                }
            }
        }
        Some(out)
    }
}

/// The runs of letters and digits.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty())
}

/// A word and the parts that hold it: part 2n is the headers of message n, part 2n + 1 its body.
struct Word {
    start: u32,
    first: u32,
    last: u32,
    /// The parts after the first, each as the distance from the one before, seven bits a byte. Most words need none.
    more: Vec<u8>,
}

/// The words of a mailbox's messages.
pub(super) struct Words {
    text: Vec<u8>,
    words: Vec<Word>,
    places: HashMap<u64, usize, Quick>,
    messages: u32,
    more: usize,
}

impl Default for Words {
    fn default() -> Self {
        Words { text: vec![GAP], words: Vec::new(), places: HashMap::default(), messages: 0, more: 0 }
    }
}

impl Words {
    /// Adds a message and gives its number; `None` when the limit in bytes is reached.
    pub(super) fn add(&mut self, message: &MessageWords, limit: usize) -> Option<u32> {
        if self.bytes() + message.text.len() > limit || self.messages >= u32::MAX / 2 {
            return None;
        }
        let number = self.messages;
        self.messages += 1;
        for entry in &message.words {
            if entry.in_headers {
                self.put(entry, message, number * 2);
            }
            if entry.in_body {
                self.put(entry, message, number * 2 + 1);
            }
        }
        Some(number)
    }

    fn put(&mut self, entry: &Entry, message: &MessageWords, part: u32) {
        let place = *self.places.entry(entry.hash).or_insert(self.words.len());
        match self.words.get_mut(place) {
            Some(word) => {
                let before = word.more.len();
                write_distance(&mut word.more, part - word.last);
                word.last = part;
                self.more += word.more.len() - before;
            }
            None => {
                let start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
                self.words.push(Word { start, first: part, last: part, more: Vec::new() });
                let bytes = message.text.as_bytes().get(entry.start..entry.end);
                self.text.extend_from_slice(bytes.unwrap_or_default());
                self.text.push(GAP);
            }
        }
    }

    /// About how much memory it takes.
    pub(super) fn bytes(&self) -> usize {
        const WORD: usize = size_of::<Word>() + size_of::<(u64, usize)>() * 2;
        self.text.len() + self.words.len() * WORD + self.more * 2
    }

    /// The parts that hold a normalised text, or may hold it; `None` when the text has no letters and digits.
    pub(super) fn find(&self, text: &str) -> Option<Found> {
        let patterns = patterns(text);
        // Only a text within one word needs no look at what stands between the words.
        let exact = patterns.len() == 1 && patterns.iter().all(|pattern| !pattern.contains(&GAP));
        let mut found = patterns.iter().map(|pattern| self.parts_with(pattern));
        let mut parts = found.next()?;
        for other in found {
            for (bits, other) in parts.iter_mut().zip(other) {
                *bits &= other;
            }
        }
        Some(Found { parts, exact })
    }

    fn parts_with(&self, pattern: &[u8]) -> Vec<u64> {
        let mut parts = vec![0u64; (self.messages as usize * 2).div_ceil(64)];
        let finder = memchr::memmem::Finder::new(pattern);
        let (mut at, mut place) = (0, 0);
        while let Some(hit) = self.text.get(at..).and_then(|rest| finder.find(rest)) {
            let inside = at + hit + usize::from(pattern.first() == Some(&GAP));
            let rest = self.words.get(place..).unwrap_or_default();
            place += rest.partition_point(|word| word.start as usize <= inside).saturating_sub(1);
            let Some(word) = self.words.get(place) else { break };
            word.each_part(|part| {
                if let Some(bits) = parts.get_mut(part as usize / 64) {
                    *bits |= 1 << (part % 64);
                }
            });
            // On with the next word; the gap before it may be a part of the pattern.
            at = self.words.get(place + 1).map_or(self.text.len(), |next| next.start as usize - 1);
        }
        parts
    }
}

impl Word {
    fn each_part(&self, mut each: impl FnMut(u32)) {
        each(self.first);
        let (mut part, mut distance, mut shift) = (self.first, 0u32, 0u32);
        for byte in &self.more {
            distance |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                part += distance;
                each(part);
                (distance, shift) = (0, 0);
            }
        }
    }
}

fn write_distance(out: &mut Vec<u8>, mut distance: u32) {
    while distance >= 0x80 {
        out.push(distance.to_le_bytes()[0] | 0x80);
        distance >>= 7;
    }
    out.push(distance.to_le_bytes()[0]);
}

/// What must stand in the words of a message that holds the text: each of its runs, with a gap where the text has something
/// else beside the run.
fn patterns(text: &str) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let run = rest.get(start..).unwrap_or_default();
        let end = run.find(|c: char| !c.is_alphanumeric()).unwrap_or(run.len());
        let mut pattern = Vec::with_capacity(end + 2);
        if start > 0 || rest.len() < text.len() {
            pattern.push(GAP);
        }
        pattern.extend_from_slice(run.as_bytes().get(..end).unwrap_or_default());
        rest = run.get(end..).unwrap_or_default();
        if !rest.is_empty() {
            pattern.push(GAP);
        }
        out.push(pattern);
    }
    out
}

/// Parts that hold a text.
pub(super) struct Found {
    parts: Vec<u64>,
    /// True when they hold it for certain; otherwise they may.
    pub exact: bool,
}

impl Found {
    fn part(&self, part: usize) -> bool {
        self.parts.get(part / 64).is_some_and(|bits| bits >> (part % 64) & 1 == 1)
    }

    pub(super) fn in_headers(&self, message: u32) -> bool {
        self.part(message as usize * 2)
    }

    pub(super) fn in_body(&self, message: u32) -> bool {
        self.part(message as usize * 2 + 1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::grams::normalise;
    use super::*;

    fn key() -> SearchKey {
        SearchKey::from_bytes(&[7; 32])
    }

    fn words_of(messages: &[(String, String)]) -> Words {
        let mut words = Words::default();
        for (headers, body) in messages {
            words.add(&MessageWords::of(headers, body, &key()).unwrap(), usize::MAX).unwrap();
        }
        words
    }

    #[test]
    fn stops_at_its_limit() {
        let mut words = Words::default();
        let message = MessageWords::of("subject", "some words of a body", &key()).unwrap();
        assert_eq!(words.add(&message, 10_000), Some(0));
        let full = words.bytes();
        assert_eq!(words.add(&message, full), None);
        assert!(words.find("body").unwrap().in_body(0));
    }

    #[test]
    fn words_in_very_many_messages_are_all_there() {
        let words = words_of(&vec![("a".to_owned(), "common".to_owned()); 5_000]);
        let found = words.find("ommo").unwrap();
        assert!(found.exact && (0..5_000).all(|n| found.in_body(n) && !found.in_headers(n)));
    }

    proptest! {
        /// What is certain is true, and what is true is never denied.
        #[test]
        fn agrees_with_a_look_at_the_text(
            texts in proptest::collection::vec(("[abAB1äİ東 .,]{0,12}", "[abAB1äİ東 .,\\n]{0,30}"), 1..8),
            query in "[abAB1äİ東 .,]{1,4}",
        ) {
            let texts: Vec<(String, String)> =
                texts.iter().map(|(headers, body)| (normalise(headers), normalise(body))).collect();
            let (words, query) = (words_of(&texts), normalise(&query));
            if let Some(found) = words.find(&query) {
                for (number, (headers, body)) in texts.iter().enumerate() {
                    let number = u32::try_from(number).unwrap();
                    for (said, true_) in [
                        (found.in_headers(number), headers.contains(&query)),
                        (found.in_body(number), body.contains(&query)),
                    ] {
                        prop_assert!(said == true_ || (said && !found.exact), "{query:?} in {headers:?} {body:?}");
                    }
                }
            }
        }
    }
}
