//! The draw, which anybody can do again: who wins follows from a seed to which the house committed before the first entry, and
//! from the list of entries, whose hash stood on the page before the seed did.
//!
//! The commitment is the SHA-256 of the seed. The hash of the list is the SHA-256 of the entry numbers, sorted, each with a line
//! feed. Winners are drawn one after the other from those that are left (Fisher–Yates): which, says a number below their count from
//! HMAC-SHA256 under the seed over the 32 bytes of the list's hash and a counter of 8 bytes, big-endian, that begins at 0 and goes up with
//! each use. The first 8 bytes, big-endian, are taken modulo the count, unless they are not below the largest multiple of it
//! that is at most 2^64: then the next counter is tried, so that no entry is likelier than another.

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The form of the file.
pub const FORM: &str = "mailkeep contest draw 1";
/// The letters of entry numbers: no I, L, O or U (Crockford).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What is published of a draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// [`FORM`].
    pub form: String,
    /// The title of the contest.
    pub title: String,
    /// The SHA-256 of the seed, 64 hexadecimal digits.
    pub commitment: String,
    /// The entry numbers, sorted; there once nobody can enter any more.
    pub entries: Vec<String>,
    /// The SHA-256 of the list, 64 hexadecimal digits.
    pub list_hash: Option<String>,
    /// How many win.
    pub places: usize,
    /// The seed, 64 hexadecimal digits; there once it was drawn.
    pub seed: Option<String>,
    /// The numbers that won, in the order in which they were drawn.
    pub winners: Vec<String>,
}

/// Why a draw is not what it says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofFault {
    /// The file is of something else.
    #[error("this is no draw of a contest: the form is “{0}”")]
    Form(String),
    /// Nothing was drawn yet.
    #[error("nothing was drawn yet: the seed is not there")]
    NotDrawn,
    /// A value is not 64 hexadecimal digits.
    #[error("{0} is not 64 hexadecimal digits")]
    Digits(&'static str),
    /// The seed is another than that to which the house committed.
    #[error("the seed does not fit the commitment")]
    Seed,
    /// An entry stands in the wrong place, twice, or is none.
    #[error("the list is not sorted, or a number stands there twice: {0}")]
    List(String),
    /// The list is another than that whose hash was published.
    #[error("the list does not fit its hash")]
    ListHash,
    /// Others win.
    #[error("the winners are not those that follow from the seed and the list; these do: {0}")]
    Winners(String),
}

/// What the house commits to.
pub fn commitment(seed: &[u8; 32]) -> [u8; 32] {
    Sha256::digest(seed).into()
}

/// The hash of a list of entry numbers, sorted.
pub fn list_hash(entries: &[String]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for entry in entries {
        hash.update(entry.as_bytes());
        hash.update(b"\n");
    }
    hash.finalize().into()
}

/// Who wins, in the order in which they are drawn.
pub fn draw(seed: &[u8; 32], entries: &[String], places: usize) -> Vec<String> {
    let hash = list_hash(entries);
    let mut left: Vec<&String> = entries.iter().collect();
    let mut counter = 0;
    let mut winners = Vec::new();
    while winners.len() < places && !left.is_empty() {
        let at = below(seed, &hash, &mut counter, left.len());
        // The last one takes the place of the one that is drawn.
        winners.push(left.swap_remove(at).clone());
    }
    winners
}

/// A number below `count`, which is more than nothing; each is as likely as any other.
fn below(seed: &[u8; 32], list: &[u8; 32], counter: &mut u64, count: usize) -> usize {
    let count = count as u128;
    let fair = (1u128 << 64) / count * count;
    loop {
        let drawn = u128::from(number(seed, list, *counter));
        *counter += 1;
        if drawn < fair {
            return usize::try_from(drawn % count).unwrap_or(0);
        }
    }
}

fn number(seed: &[u8; 32], list: &[u8; 32], counter: u64) -> u64 {
    let mut mac = Hmac::<Sha256>::new_from_slice(seed).unwrap_or_else(|_| {
        // HMAC takes keys of any length; this arm exists because the interface allows for others.
        Hmac::<Sha256>::new(&Default::default())
    });
    mac.update(list);
    mac.update(&counter.to_be_bytes());
    let bytes: [u8; 32] = mac.finalize().into_bytes().into();
    bytes.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// A number for an entry: ten letters that say nothing of whose it is or when it was made.
pub(super) fn fresh_number() -> String {
    let mut random = [0u8; 10];
    getrandom::fill(&mut random).expect("the operating system's random source answers");
    random
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(byte & 31)))
        .map(|letter| char::from(*letter))
        .collect()
}

fn bytes(text: &str, what: &'static str) -> Result<[u8; 32], ProofFault> {
    let bytes = HEXLOWER.decode(text.as_bytes()).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or(ProofFault::Digits(what))
}

impl Proof {
    /// Does the draw again.
    ///
    /// # Errors
    /// What does not fit, the first of it.
    pub fn verify(&self) -> Result<(), ProofFault> {
        if self.form != FORM {
            return Err(ProofFault::Form(self.form.clone()));
        }
        let (Some(seed), Some(hash)) = (&self.seed, &self.list_hash) else {
            return Err(ProofFault::NotDrawn);
        };
        let seed = bytes(seed, "the seed")?;
        if commitment(&seed) != bytes(&self.commitment, "the commitment")? {
            return Err(ProofFault::Seed);
        }
        if let Some(wrong) = self.entries.windows(2).find(|pair| matches!(pair, [one, two] if one >= two)) {
            return Err(ProofFault::List(wrong.join(", ")));
        }
        if list_hash(&self.entries) != bytes(hash, "the hash of the list")? {
            return Err(ProofFault::ListHash);
        }
        let winners = draw(&seed, &self.entries, self.places);
        if winners != self.winners {
            return Err(ProofFault::Winners(winners.join(", ")));
        }
        Ok(())
    }
}
