//! Asking a pack for a text.
//!
//! A text is a run of tokens of which the first may be the end of one and the last the beginning of one. A text of letters
//! and digits alone lies within one word; of every other its words must stand one after the other, and what it has between
//! them between them.

use memchr::memmem::Finder;

use super::{GAP, Pack, PackPlaces, PackWords, numbers, tokens};

/// Longer phrases are looked for in the messages themselves.
const MAX_WORDS: usize = 60;

/// One bit for each token, part or slot.
struct Bits(Vec<u64>);

impl Bits {
    fn none(count: usize) -> Self {
        Bits(vec![0; count.div_ceil(64)])
    }

    fn set(&mut self, bit: usize) {
        if let Some(word) = self.0.get_mut(bit / 64) {
            *word |= 1 << (bit % 64);
        }
    }

    fn has(&self, bit: usize) -> bool {
        self.0.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
    }

    /// Keeps the bits whose neighbour `further` on is set in `other`, or is not.
    fn keep(&mut self, other: &Bits, further: usize, set: bool) {
        let flip = if set { 0 } else { u64::MAX };
        for (at, bits) in self.0.iter_mut().enumerate() {
            let here = other.0.get(at).copied().unwrap_or_default();
            let next = other.0.get(at + 1).copied().unwrap_or_default();
            let shifted = if further == 0 { here } else { here >> further | next << (64 - further) };
            *bits &= shifted ^ flip;
        }
    }

    fn each(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let mut word = *word;
            std::iter::from_fn(move || {
                let bit = (word != 0).then(|| word.trailing_zeros() as usize)?;
                word &= word - 1;
                Some(at * 64 + bit)
            })
        })
    }
}

/// The parts of messages that hold a text.
pub(in crate::search) struct PackFound {
    parts: Bits,
    /// Messages that the pack cannot answer for; none in nearly every pack.
    unknown: Option<Bits>,
}

impl PackFound {
    /// Whether the headers and the body of a message hold it; `None` when the message must be looked at.
    pub(in crate::search) fn of(&self, message: u32) -> Option<(bool, bool)> {
        let message = message as usize;
        if self.unknown.as_ref().is_some_and(|unknown| unknown.has(message)) {
            return None;
        }
        Some((self.parts.has(message * 2), self.parts.has(message * 2 + 1)))
    }
}

/// Whether a text needs the places of words.
pub(in crate::search) fn is_phrase(text: &str) -> bool {
    !text.chars().all(char::is_alphanumeric)
}

impl Pack {
    /// The parts that hold a normalised text, exactly. A phrase needs [`Pack::load_places`] before.
    pub(in crate::search) fn find(&self, text: &str) -> PackFound {
        let (words, count) = (&self.words, self.words.bodies.len());
        let parts = match (is_phrase(text), self.places.get()) {
            (false, _) => Some(words.parts(&words.matching(text, false, false))),
            (true, Some(Some(places))) => phrase(words, places, text),
            (true, _) => None,
        };
        let mut unknown = Bits::none(count);
        let mut some = false;
        for message in (0..count).filter(|message| parts.is_none() || words.is_opaque(*message)) {
            unknown.set(message);
            some = true;
        }
        PackFound { parts: parts.unwrap_or_else(|| Bits::none(0)), unknown: some.then_some(unknown) }
    }
}

/// The parts that hold a phrase; `None` for one that is too long.
fn phrase(words: &PackWords, places: &PackPlaces, text: &str) -> Option<Bits> {
    let all: Vec<(&str, bool)> = tokens(text).collect();
    if all.iter().filter(|(_, word)| *word).count() > MAX_WORDS {
        return None;
    }
    // Slots where the phrase begins: each token narrows them, a word by the slot it is to stand in, what stands between by the
    // gap before that slot.
    let mut found: Option<Bits> = None;
    let mut explicit = None;
    let mut slot = 0;
    for (at, (token, word)) in all.iter().enumerate() {
        let inner = at > 0 && at + 1 < all.len();
        let here = if !word && inner && *token == " " {
            None
        } else {
            let matching = words.matching(token, at > 0, at + 1 < all.len());
            let mut here = places.of(&matching);
            // One space between two words is noted nowhere; a token at the edge of the phrase may be it too.
            if !word && " ".starts_with(token) {
                here.0.iter_mut().zip(&places.explicit().0).for_each(|(bits, explicit)| *bits |= !explicit);
            }
            Some(here)
        };
        match (&mut found, here) {
            (None, here) => found = here,
            (Some(found), Some(here)) => found.keep(&here, slot, true),
            (Some(found), None) => {
                found.keep(explicit.get_or_insert_with(|| places.explicit()), slot, false);
            }
        }
        slot += usize::from(*word);
    }
    let mut parts = Bits::none(places.parts);
    let mut part = 0;
    for slot in found?.each().take_while(|slot| *slot < places.slots) {
        while places.end(part) <= slot {
            part += 1;
        }
        parts.set(part);
    }
    Some(parts)
}

impl PackPlaces {
    /// The slots of some tokens.
    fn of(&self, tokens: &Bits) -> Bits {
        let mut slots = Bits::none(self.slots);
        for token in tokens.each() {
            let mut slot = 0;
            for distance in numbers(self.places(token).unwrap_or_default()) {
                slot += distance as usize;
                slots.set(slot);
            }
        }
        slots
    }

    /// The slots whose gap is something else than one space between two words.
    fn explicit(&self) -> Bits {
        let (bytes, _) = self.bytes.get(self.explicit..self.starts).unwrap_or_default().as_chunks::<8>();
        Bits(bytes.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect())
    }
}

impl PackWords {
    /// The tokens that hold a text: at their start, to their end, both or anywhere.
    fn matching(&self, text: &str, at_start: bool, to_end: bool) -> Bits {
        let mut pattern = Vec::with_capacity(text.len() + 2);
        pattern.extend(at_start.then_some(GAP));
        pattern.extend_from_slice(text.as_bytes());
        pattern.extend(to_end.then_some(GAP));
        let finder = Finder::new(&pattern);
        let (tokens, count) = (self.tokens(), self.at.token_count);
        let mut found = Bits::none(count);
        let (mut at, mut token) = (0, 0);
        while let Some(hit) = tokens.get(at..).and_then(|rest| finder.find(rest)) {
            let inside = at + hit + usize::from(at_start);
            token = self.token_at(inside, token);
            found.set(token);
            token += 1;
            if token >= count {
                break;
            }
            // The gap before the next token may be a part of the pattern.
            at = self.start(token) - 1;
        }
        found
    }

    /// The token that a byte belongs to, not before `from`: in ever longer steps, then by halves.
    fn token_at(&self, byte: usize, from: usize) -> usize {
        let count = self.at.token_count;
        let (mut low, mut step) = (from, 1);
        while low + step < count && self.start(low + step) <= byte {
            low += step;
            step *= 2;
        }
        let mut high = (low + step).min(count);
        while low + 1 < high {
            let middle = usize::midpoint(low, high);
            if self.start(middle) <= byte { low = middle } else { high = middle }
        }
        low
    }

    /// The parts that hold one of the words.
    fn parts(&self, tokens: &Bits) -> Bits {
        let mut parts = Bits::none(self.bodies.len() * 2);
        for token in tokens.each() {
            let mut part = 0;
            for distance in numbers(self.postings(token).unwrap_or_default()) {
                part += distance as usize;
                parts.set(part);
            }
        }
        parts
    }
}
