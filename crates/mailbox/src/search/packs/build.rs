//! Making the bytes of a pack.

use std::collections::HashMap;

use mailkeep_types::BodyId;

use super::super::filter::SearchKey;
use super::super::words::Quick;
use super::{GAP, VERSION, tokens, write_number};

/// Messages with a longer text are named in a pack, but not taken in.
const MAX_TEXT: usize = 1024 * 1024;

/// A pack that is being made.
pub(super) struct Builder {
    key: SearchKey,
    bodies: Vec<BodyId>,
    opaque: Vec<u8>,
    /// Tokens are told apart by 64 bits under the mailbox's key.
    places: HashMap<u64, usize, Quick>,
    tokens: Vec<Token>,
    text: String,
    /// Where the slots of each part end.
    ends: Vec<u32>,
    /// Slots whose gap is something else than one space between two words.
    explicit: Vec<u64>,
    slots: u32,
    /// How many bytes all parts and places take.
    numbers: usize,
}

#[derive(Default)]
struct Token {
    start: usize,
    end: usize,
    /// The parts that hold a word.
    parts: Numbers,
    /// Where it stands.
    places: Numbers,
}

/// Ascending numbers as distances.
#[derive(Default)]
struct Numbers {
    last: u32,
    bytes: Vec<u8>,
}

impl Numbers {
    /// Adds a number and gives how many bytes it took.
    fn push(&mut self, number: u32) -> usize {
        if !self.bytes.is_empty() && number <= self.last {
            return 0;
        }
        let before = self.bytes.len();
        write_number(&mut self.bytes, number - self.last);
        self.last = number;
        self.bytes.len() - before
    }
}

impl Builder {
    pub(super) fn new(key: SearchKey) -> Self {
        Builder {
            key,
            bodies: Vec::new(),
            opaque: Vec::new(),
            places: HashMap::default(),
            tokens: Vec::new(),
            text: String::new(),
            ends: Vec::new(),
            explicit: Vec::new(),
            slots: 0,
            numbers: 0,
        }
    }

    fn token(&mut self, token: &str) -> Option<&mut Token> {
        let new = self.tokens.len();
        let place = *self.places.entry(self.key.word(token)).or_insert(new);
        if place == new {
            let start = self.text.len();
            self.text.push_str(token);
            self.tokens.push(Token { start, end: self.text.len(), ..Token::default() });
        }
        self.tokens.get_mut(place)
    }

    /// Takes a message in, by its normalised headers and body.
    pub(super) fn add(&mut self, body: BodyId, headers: &str, text: &str) {
        let opaque = headers.len() + text.len() > MAX_TEXT;
        let first = u32::try_from(self.bodies.len() * 2).unwrap_or(u32::MAX);
        self.bodies.push(body);
        self.opaque.push(opaque.into());
        for (part, text) in [(first, headers), (first + 1, text)] {
            self.add_part(part, if opaque { "" } else { text });
        }
    }

    fn add_part(&mut self, part: u32, text: &str) {
        let first = self.slots;
        // A gap at the beginning or end is never taken for the space between two words.
        let mut gap = None;
        for (token, word) in tokens(text) {
            let slot = self.slots;
            if !word {
                gap = Some(token);
                continue;
            }
            self.close_gap(gap.take(), slot == first);
            let length = self.token(token).map(|entry| entry.parts.push(part) + entry.places.push(slot));
            self.numbers += length.unwrap_or_default();
            self.slots += 1;
        }
        self.close_gap(gap, true);
        self.slots += 1;
        self.ends.push(self.slots);
    }

    /// Notes what stands before the word of the next slot.
    fn close_gap(&mut self, gap: Option<&str>, at_edge: bool) {
        let slot = self.slots;
        self.explicit.resize(slot as usize / 64 + 1, 0);
        if gap == Some(" ") && !at_edge {
            return;
        }
        if let Some(bits) = self.explicit.get_mut(slot as usize / 64) {
            *bits |= 1 << (slot % 64);
        }
        let length = gap.and_then(|gap| self.token(gap)).map(|entry| entry.places.push(slot));
        self.numbers += length.unwrap_or_default();
    }

    pub(super) fn bodies(&self) -> &[BodyId] {
        &self.bodies
    }

    /// About how long the two parts will be.
    pub(super) fn bytes(&self) -> usize {
        const TOKEN: usize = 3 * size_of::<u32>() + 1;
        self.text.len() + self.tokens.len() * TOKEN + self.numbers
    }

    /// The words part and the places part.
    pub(super) fn finish(&self) -> (Vec<u8>, Vec<u8>) {
        let (mut starts, mut tokens) = (Vec::new(), vec![GAP]);
        let (mut postings_starts, mut postings) = (Vec::new(), Vec::new());
        let (mut places_starts, mut places) = (Vec::new(), Vec::new());
        for token in &self.tokens {
            push(&mut starts, tokens.len());
            push(&mut postings_starts, postings.len());
            push(&mut places_starts, places.len());
            tokens.extend_from_slice(self.text.as_bytes().get(token.start..token.end).unwrap_or_default());
            tokens.push(GAP);
            postings.extend_from_slice(&token.parts.bytes);
            places.extend_from_slice(&token.places.bytes);
        }
        push(&mut starts, tokens.len());
        push(&mut postings_starts, postings.len());
        push(&mut places_starts, places.len());

        let mut words = vec![VERSION, 0, 0, 0];
        for count in [self.bodies.len(), self.tokens.len(), tokens.len(), postings.len()] {
            push(&mut words, count);
        }
        self.bodies.iter().for_each(|body| words.extend_from_slice(body.as_bytes()));
        for piece in [&self.opaque, &starts, &postings_starts, &tokens, &postings] {
            words.extend_from_slice(piece);
        }
        let mut out = Vec::new();
        for count in [self.ends.len(), self.slots as usize, self.tokens.len()] {
            push(&mut out, count);
        }
        self.ends.iter().for_each(|end| out.extend_from_slice(&end.to_le_bytes()));
        self.explicit.iter().for_each(|bits| out.extend_from_slice(&bits.to_le_bytes()));
        out.extend_from_slice(&places_starts);
        out.extend_from_slice(&places);
        (words, out)
    }
}

fn push(out: &mut Vec<u8>, number: usize) {
    out.extend_from_slice(&u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
}
