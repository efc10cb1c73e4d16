//! When two letters are one that came twice: to two departments at once, over two ways, or again after an answer that got lost.

use mailkeep_protocols::imap::structure::{self, fields, unfold};
use sha2::{Digest, Sha256};

use super::read;

/// Fields that the writer wrote; those of the way change from copy to copy.
const WRITTEN: [&str; 6] = ["Message-ID", "From", "Date", "Subject", "In-Reply-To", "Content-Type"];
/// So much of each of them counts.
const MAX_VALUE: usize = 2_000;

/// A hash that is the same for copies of one letter and no other: over its own fields and its body, without the traces of its way.
/// A Message-ID alone would not do, since it can be taken again to make a letter disappear. The hash says something of a
/// person's letter to whoever has that letter; where it is stored, it goes through the keyed hash of the policy.
pub fn fingerprint(raw: &[u8]) -> [u8; 32] {
    let message = structure::parse(raw);
    let header = read::header(raw, &message);
    let mut hash = Sha256::new();
    let mut add = |piece: &[u8]| {
        hash.update((piece.len() as u64).to_be_bytes());
        hash.update(piece);
    };
    for name in WRITTEN {
        let value = fields(header).find(|field| field.is(name)).map(|field| unfold(field.value, MAX_VALUE));
        add(&value.unwrap_or_default());
    }
    // Some relays add a line end to a body that has none, or more to one that has.
    add(raw.get(message.body_start..).unwrap_or_default().trim_ascii_end());
    hash.finalize().into()
}
