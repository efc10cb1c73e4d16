//! Packs: the words of many messages in one sealed piece, so that a search need not open each message.
//!
//! A pack has two parts. Its *words* say which words there are, and which messages hold each in their headers and in their
//! bodies; that answers for every text within one word. Its *places* say where each word stands, and what stands between two
//! words, which answers for phrases; they are read when the first phrase asks. Both are exact: what a pack knows of is never
//! opened for `TEXT` and `BODY`.
//!
//! Packs are made in the background when a folder is opened and some hundred messages are in none, and go as soon as one of
//! their messages is gone for good. The messages that are in no pack are found by their filters.

mod build;
mod find;
mod make;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use mailkeep_policy::MailColumn;
use mailkeep_types::BodyId;
use tokio::sync::OnceCell;

use super::words::Quick;
use crate::error::{MailError, Result};
use crate::mailboxes::MailboxSession;

pub(super) use find::{PackFound, is_phrase};

/// Between tokens; no token holds it, since texts are normalised.
const GAP: u8 = b'\n';
/// The version of the format; packs of another one say nothing.
const VERSION: u8 = 1;

/// The packs of a mailbox, and where each message stands.
#[derive(Default)]
pub(crate) struct Packs {
    pub(super) packs: Vec<Pack>,
    places: HashMap<BodyId, (u32, u32), Quick>,
}

impl Packs {
    fn of(packs: Vec<Pack>) -> Self {
        let count = packs.iter().map(|pack| pack.words.bodies.len()).sum();
        let mut places = HashMap::with_capacity_and_hasher(count, Quick::default());
        for (number, pack) in (0..).zip(&packs) {
            for (message, body) in (0..).zip(&pack.words.bodies) {
                places.insert(*body, (number, message));
            }
        }
        Packs { packs, places }
    }

    /// The pack of a message and its number therein.
    pub(super) fn place(&self, body: BodyId) -> Option<(u32, u32)> {
        self.places.get(&body).copied()
    }

    pub(super) fn bytes(&self) -> usize {
        const PLACE: usize = 2 * size_of::<(BodyId, (u32, u32))>();
        self.packs.iter().map(Pack::bytes).sum::<usize>() + self.places.len() * PLACE
    }
}

/// A pack in memory.
pub(crate) struct Pack {
    id: BodyId,
    words: PackWords,
    places: OnceCell<Option<PackPlaces>>,
}

impl Pack {
    fn bytes(&self) -> usize {
        let places = self.places.get().and_then(Option::as_ref);
        self.words.bytes.len() + self.words.bodies.len() * 16 + places.map_or(0, |places| places.bytes.len())
    }

    /// Reads where the words stand, unless that is there.
    pub(super) async fn load_places(&self, session: &MailboxSession) -> Result<()> {
        let (mailbox, id) = (session.mailbox(), self.id);
        let load = || async move {
            let sealed = session.office().db().read(move |tx| store::places(tx, mailbox, id)).await?;
            // Messages of a pack that went meanwhile are looked at.
            let Some(sealed) = sealed else { return Ok(None) };
            let session = session.clone();
            let opening = tokio::task::spawn_blocking(move || {
                session.keys().cipher.open(session.grant(), MailColumn::SearchPlaces, id.as_bytes(), &sealed)
            });
            let bytes = opening.await.map_err(|error| MailError::Library(error.to_string()))??;
            Ok::<_, MailError>(PackPlaces::from_bytes(bytes))
        };
        self.places.get_or_try_init(load).await.map(drop)
    }
}

/// The words part, as it is stored; the numbers are little-endian.
///
/// ```text
/// version, three bytes of nothing
/// counts: messages, tokens, bytes of tokens, bytes of postings
/// body of each message
/// one byte for each message: 1 for one whose text was too long to be taken in
/// where each token starts, and one more
/// where the postings of each token start, and one more
/// the tokens, a gap around each
/// postings: the parts that hold a word, as distances; part 2n is the headers of message n, part 2n + 1 its body
/// ```
struct PackWords {
    bytes: Vec<u8>,
    bodies: Vec<BodyId>,
    at: At,
}

/// Where the pieces of the words part begin.
#[derive(Clone, Copy)]
struct At {
    opaque: usize,
    starts: usize,
    postings_starts: usize,
    tokens: usize,
    postings: usize,
    token_count: usize,
}

const HEAD: usize = 4 + 4 * 4;

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..)?.first_chunk::<4>()?;
    usize::try_from(u32::from_le_bytes(*four)).ok()
}

impl PackWords {
    /// Takes opened bytes; `None` when they are of another version or do not fit together.
    fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        if bytes.first() != Some(&VERSION) {
            return None;
        }
        let [messages, token_count, token_bytes, posting_bytes] =
            [number(&bytes, 4)?, number(&bytes, 8)?, number(&bytes, 12)?, number(&bytes, 16)?];
        let opaque = HEAD.checked_add(messages.checked_mul(16)?)?;
        let starts = opaque.checked_add(messages)?;
        let numbers = token_count.checked_add(1)?.checked_mul(4)?;
        let postings_starts = starts.checked_add(numbers)?;
        let tokens = postings_starts.checked_add(numbers)?;
        let postings = tokens.checked_add(token_bytes)?;
        if postings.checked_add(posting_bytes)? != bytes.len() {
            return None;
        }
        let (ids, _) = bytes.get(HEAD..opaque)?.as_chunks::<16>();
        let bodies = ids.iter().map(|id| BodyId::from_uuid(uuid::Uuid::from_bytes(*id))).collect();
        let at = At { opaque, starts, postings_starts, tokens, postings, token_count };
        Some(PackWords { bytes, bodies, at })
    }

    fn tokens(&self) -> &[u8] {
        self.bytes.get(self.at.tokens..self.at.postings).unwrap_or_default()
    }

    /// Where a token starts among [`PackWords::tokens`].
    fn start(&self, token: usize) -> usize {
        number(&self.bytes, self.at.starts + token * 4).unwrap_or(usize::MAX)
    }

    fn postings(&self, token: usize) -> Option<&[u8]> {
        let at = self.at.postings_starts + token * 4;
        let (from, to) = (number(&self.bytes, at)?, number(&self.bytes, at + 4)?);
        self.bytes.get(self.at.postings..)?.get(from..to)
    }

    /// True for a message whose text is not in the pack.
    fn is_opaque(&self, message: usize) -> bool {
        self.bytes.get(self.at.opaque + message) != Some(&0)
    }
}

/// The places part, as it is stored. Each part of a message has a slot for each of its words and one more; the gap before the
/// word of a slot has its number.
///
/// ```text
/// counts: parts, slots, tokens
/// where the slots of each part end
/// one bit for each slot: 1 where the gap is something else than one space between two words
/// where the places of each token start, and one more
/// places: the slots of a word, or the gaps of what stands between, as distances
/// ```
struct PackPlaces {
    bytes: Vec<u8>,
    parts: usize,
    slots: usize,
    explicit: usize,
    starts: usize,
    places: usize,
}

impl PackPlaces {
    fn from_bytes(bytes: Vec<u8>) -> Option<Self> {
        let [parts, slots, tokens] = [number(&bytes, 0)?, number(&bytes, 4)?, number(&bytes, 8)?];
        let explicit = parts.checked_mul(4)?.checked_add(12)?;
        let starts = explicit.checked_add(slots.div_ceil(64) * 8)?;
        let places = starts.checked_add(tokens.checked_add(1)?.checked_mul(4)?)?;
        let end = number(&bytes, places.checked_sub(4)?)?;
        (places.checked_add(end)? == bytes.len()).then_some(PackPlaces {
            bytes,
            parts,
            slots,
            explicit,
            starts,
            places,
        })
    }

    /// Where the slots of a part end.
    fn end(&self, part: usize) -> usize {
        number(&self.bytes, 12 + part * 4).unwrap_or(usize::MAX)
    }

    fn places(&self, token: usize) -> Option<&[u8]> {
        let at = self.starts + token * 4;
        let (from, to) = (number(&self.bytes, at)?, number(&self.bytes, at + 4)?);
        self.bytes.get(self.places..)?.get(from..to)
    }
}

/// Appends a number, seven bits a byte.
fn write_number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

/// The numbers that [`write_number`] wrote.
fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    let mut bytes = bytes.iter();
    std::iter::from_fn(move || {
        let (mut number, mut shift) = (0u32, 0u32);
        loop {
            let byte = *bytes.next()?;
            number |= u32::from(byte & 0x7f).wrapping_shl(shift);
            if byte & 0x80 == 0 {
                return Some(number);
            }
            shift += 7;
        }
    })
}

/// The runs of letters and digits of a text, and what stands between them; true for the former.
fn tokens(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let word = rest.chars().next()?.is_alphanumeric();
        let end = rest.find(|c: char| c.is_alphanumeric() != word).unwrap_or(rest.len());
        let (token, after) = rest.split_at(end);
        rest = after;
        Some((token, word))
    })
}

impl MailboxSession {
    /// The packs of the mailbox, read when they are first asked for.
    pub(super) async fn packs<'a>(&self, cell: &'a OnceCell<Packs>) -> Result<&'a Packs> {
        let load = || async move {
            let mailbox = self.mailbox();
            let sealed = self.office().db().read(move |tx| store::words(tx, mailbox)).await?;
            let bytes = sealed.iter().map(|(_, words)| words.len()).sum();
            let packs = self.open_in_shares(sealed.len(), bytes, move |session, range| {
                let open = |(id, words): &(BodyId, Vec<u8>)| {
                    let cipher = &session.keys().cipher;
                    let bytes =
                        cipher.open(session.grant(), MailColumn::SearchWords, id.as_bytes(), words)?;
                    Ok(PackWords::from_bytes(bytes).map(|words| Pack {
                        id: *id,
                        words,
                        places: OnceCell::new(),
                    }))
                };
                let opened: Result<Vec<Option<Pack>>> =
                    sealed.get(range).unwrap_or_default().iter().map(open).collect();
                Ok(opened?.into_iter().flatten().collect())
            });
            Ok::<_, MailError>(Packs::of(packs.await?))
        };
        cell.get_or_try_init(load).await
    }
}
