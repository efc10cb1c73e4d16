//! What can be searched for, and how far a row and a filter answer it.

use mailkeep_types::Timestamp;

use super::cache::Known;
use super::filter::{self, SearchKey as Secret};
use super::grams::normalise;
use super::packs::{PackFound, Packs, is_phrase};
use super::words::{Found, Words};
use crate::messages::{Flags, MessageRow, UidSet};

/// A search key, as IMAP has them (RFC 9051 section 6.4.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchKey {
    /// Every message.
    All,
    /// All of these hold.
    And(Vec<SearchKey>),
    /// One of these holds.
    Or(Vec<SearchKey>),
    /// This does not hold.
    Not(Box<SearchKey>),
    /// The headers or the text hold this part. Of the headers, sender, recipients, subject, Message-ID and list are
    /// looked at.
    Text(String),
    /// The text or a file name holds this part.
    Body(String),
    /// The header field holds this part; an empty part asks whether the field is there.
    Header(String, String),
    /// All of these flags are set.
    Flagged(Flags),
    /// None of these flags is set.
    Unflagged(Flags),
    /// Longer than so many bytes.
    Larger(u64),
    /// Shorter than so many bytes.
    Smaller(u64),
    /// Arrived at this time or later.
    ArrivedFrom(Timestamp),
    /// Arrived before this time.
    ArrivedBefore(Timestamp),
    /// The Date field says this time or later; its own day counts, whatever the zone.
    SentFrom(Timestamp),
    /// The Date field says an earlier time.
    SentBefore(Timestamp),
    /// In this set.
    Uids(UidSet),
    /// Changed with or after this change number.
    ModSeq(u64),
}

/// An answer that may need a look at the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tri {
    Yes,
    No,
    Maybe,
}

impl From<bool> for Tri {
    fn from(yes: bool) -> Self {
        if yes { Tri::Yes } else { Tri::No }
    }
}

/// A search key with its texts normalised and hashed.
pub(super) enum Compiled {
    All,
    And(Vec<Compiled>),
    Or(Vec<Compiled>),
    Not(Box<Compiled>),
    Text(Needle),
    Body(Needle),
    Header(String, Needle),
    Row(SearchKey),
    SentFrom(Timestamp),
    SentBefore(Timestamp),
}

/// A text that is looked for.
pub(super) struct Needle {
    pub text: String,
    hashes: Vec<u64>,
    /// What the words of opened messages say.
    found: Option<Found>,
    /// What each pack says.
    packed: Vec<PackFound>,
}

/// Where a text is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Message,
    Headers,
    Body,
}

impl Needle {
    fn new(text: &str, secret: &Secret) -> Self {
        let text = normalise(text);
        let hashes = filter::hashes(&text, secret);
        Needle { text, hashes, found: None, packed: Vec::new() }
    }

    fn may_be_in(&self, known: Known<'_>, within: Within) -> Tri {
        if self.text.is_empty() {
            return Tri::Yes;
        }
        if let Some((pack, message)) = known.packed {
            let found = self.packed.get(pack as usize).and_then(|found| found.of(message));
            return found.map_or(Tri::Maybe, |(headers, body)| {
                (headers && within != Within::Body || body && within != Within::Headers).into()
            });
        }
        if let (Some(found), Some(message)) = (&self.found, known.opened) {
            let headers = within != Within::Body && found.in_headers(message);
            let there = headers || (within != Within::Headers && found.in_body(message));
            return match (there, found.exact) {
                (false, _) => Tri::No,
                (true, true) => Tri::Yes,
                (true, false) => Tri::Maybe,
            };
        }
        match known.filter {
            Some(filter) if !filter::may_hold(filter, &self.hashes) => Tri::No,
            _ => Tri::Maybe,
        }
    }
}

impl Compiled {
    pub(super) fn new(key: SearchKey, secret: &Secret) -> Self {
        let all = |keys: Vec<SearchKey>| keys.into_iter().map(|key| Compiled::new(key, secret)).collect();
        match key {
            SearchKey::All => Compiled::All,
            SearchKey::And(keys) => Compiled::And(all(keys)),
            SearchKey::Or(keys) => Compiled::Or(all(keys)),
            SearchKey::Not(key) => Compiled::Not(Box::new(Compiled::new(*key, secret))),
            SearchKey::Text(text) => Compiled::Text(Needle::new(&text, secret)),
            SearchKey::Body(text) => Compiled::Body(Needle::new(&text, secret)),
            SearchKey::Header(name, text) => {
                Compiled::Header(name.to_ascii_lowercase(), Needle::new(&text, secret))
            }
            SearchKey::SentFrom(time) => Compiled::SentFrom(time),
            SearchKey::SentBefore(time) => Compiled::SentBefore(time),
            row => Compiled::Row(row),
        }
    }

    /// True when some part of the query is answered by the filters.
    pub(super) fn asks_filters(&self) -> bool {
        match self {
            Compiled::And(keys) | Compiled::Or(keys) => keys.iter().any(Compiled::asks_filters),
            Compiled::Not(key) => key.asks_filters(),
            Compiled::Text(_) | Compiled::Body(_) | Compiled::Header(..) => true,
            _ => false,
        }
    }

    /// Hands each text of the query to `each`.
    fn for_each_needle(&mut self, each: &mut dyn FnMut(&mut Needle)) {
        match self {
            Compiled::And(keys) | Compiled::Or(keys) => {
                keys.iter_mut().for_each(|key| key.for_each_needle(each));
            }
            Compiled::Not(key) => key.for_each_needle(each),
            Compiled::Text(needle) | Compiled::Body(needle) | Compiled::Header(_, needle) => each(needle),
            _ => {}
        }
    }

    /// True when some text of the query is more than a part of a word.
    pub(super) fn asks_phrases(&mut self) -> bool {
        let mut phrases = false;
        self.for_each_needle(&mut |needle| phrases |= is_phrase(&needle.text));
        phrases
    }

    /// Asks the packs for each text of the query.
    pub(super) fn ask_packs(&mut self, packs: &Packs) {
        self.for_each_needle(&mut |needle| {
            needle.packed = packs.packs.iter().map(|pack| pack.find(&needle.text)).collect();
        });
    }

    /// Asks the words of opened messages for each text of the query.
    pub(super) fn look_up(&mut self, words: &Words) {
        self.for_each_needle(&mut |needle| needle.found = words.find(&needle.text));
    }

    /// What the row and what is known of the message say. `content` answers for what they cannot, or is asked later.
    pub(super) fn eval(
        &self,
        row: &MessageRow,
        known: Known<'_>,
        content: &mut dyn FnMut(&Compiled) -> Tri,
    ) -> Tri {
        match self {
            Compiled::All => Tri::Yes,
            Compiled::And(keys) => {
                let mut answer = Tri::Yes;
                for key in keys {
                    match key.eval(row, known, content) {
                        Tri::No => return Tri::No,
                        Tri::Maybe => answer = Tri::Maybe,
                        Tri::Yes => {}
                    }
                }
                answer
            }
            Compiled::Or(keys) => {
                let mut answer = Tri::No;
                for key in keys {
                    match key.eval(row, known, content) {
                        Tri::Yes => return Tri::Yes,
                        Tri::Maybe => answer = Tri::Maybe,
                        Tri::No => {}
                    }
                }
                answer
            }
            Compiled::Not(key) => match key.eval(row, known, content) {
                Tri::Yes => Tri::No,
                Tri::No => Tri::Yes,
                Tri::Maybe => Tri::Maybe,
            },
            Compiled::Text(needle) => match needle.may_be_in(known, Within::Message) {
                Tri::Maybe => content(self),
                sure => sure,
            },
            Compiled::Body(needle) => match needle.may_be_in(known, Within::Body) {
                Tri::Maybe => content(self),
                sure => sure,
            },
            Compiled::Header(name, needle) => {
                let searched = crate::messages::SEARCHED_FIELDS.contains(&name.as_str());
                match needle.may_be_in(known, Within::Headers) {
                    Tri::No if searched => Tri::No,
                    // That a header holds it does not say which.
                    _ => content(self),
                }
            }
            Compiled::SentFrom(_) | Compiled::SentBefore(_) => content(self),
            Compiled::Row(key) => match key {
                SearchKey::Flagged(flags) => row.flags.contains(*flags).into(),
                SearchKey::Unflagged(flags) => (row.flags.0 & flags.0 == 0).into(),
                SearchKey::Larger(bytes) => (row.size > *bytes).into(),
                SearchKey::Smaller(bytes) => (row.size < *bytes).into(),
                SearchKey::ArrivedFrom(time) => (row.internal_at >= *time).into(),
                SearchKey::ArrivedBefore(time) => (row.internal_at < *time).into(),
                SearchKey::Uids(set) => set.contains(row.uid).into(),
                SearchKey::ModSeq(modseq) => (row.modseq >= *modseq).into(),
                _ => Tri::Yes,
            },
        }
    }
}
