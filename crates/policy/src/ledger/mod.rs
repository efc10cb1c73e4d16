//! The ledger: who used whose data, for what, justified by what, and what was refused.
//!
//! Each subject has a chain of its own: entries are numbered without gaps and carry the hash of the one before. What an
//! entry says is sealed under the subject's ledger key; the chain runs over a salted commitment to it, so that erasure
//! leaves the chain whole. All entries together are the leaves of a Merkle tree (RFC 6962), in the order of their
//! positions.

mod append;
mod bundle;
mod checkpoint;
mod find;
mod list;
mod merkle;
mod note;
mod prove;
mod store;
#[cfg(test)]
mod tests;
mod tree;
mod verify;

use mailkeep_types::{LedgerEntryId, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::subject::Subject;
use crate::vocabulary::{Act, CategoryId, FactKind, PurposeId, Role};

pub(crate) use append::Ledger;
pub use bundle::{BundledEntry, EarlierHead, MOST_IN_A_BUNDLE, ProofBundle, bundle_uses};
pub use checkpoint::{Checkpoint, checkpoint_of_size, make_checkpoint, newest_checkpoint};
pub use find::{FoundUse, FoundUses, UseFilter, UserKind, find_use, find_uses};
pub use list::{LedgerPage, list_for_subject};
pub use merkle::MerkleTree;
pub(crate) use note::NoteSigner;
pub use note::{Head, NoteError, read_checkpoint};
pub use prove::{
    ConsistencyProof, EntryProof, ProvenEntry, head_of_size, prove_consistency, prove_entry,
    prove_entry_by_id,
};
pub(crate) use store::entries_of;
pub use verify::{Finding, FindingKind, Verification, verify, verify_against, verify_payloads};

/// Why a head or a proof cannot be given.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LedgerError {
    /// Entries are missing.
    #[error("the ledger has a gap; run `mailkeep ledger verify`, which names its position")]
    Gap,
    /// No such entry.
    #[error("there is no entry {0}")]
    NoEntry(i64),
    /// The ledger is shorter than one that was seen before.
    #[error("the ledger has {there} entries, and had {known}: its end was cut off")]
    Shorter {
        /// How many there were.
        known: u64,
        /// How many there are.
        there: u64,
    },
    /// A proof does not hold.
    #[error("{0}")]
    Proof(&'static str),
    /// A checkpoint is not believed.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The key that signs.
    #[error(transparent)]
    Key(#[from] crate::KeyError),
    /// The database.
    #[error(transparent)]
    Sql(#[from] mailkeep_storage::sql::SqlError),
}

/// What the gate decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// The data was opened.
    Allowed,
    /// The data stayed closed.
    Refused,
}

/// An entry before it has its place. It names fields and never values.
#[derive(Debug, Clone)]
pub(crate) struct NewEntry {
    pub subject: Subject,
    pub actor: String,
    pub role: Role,
    pub purpose: PurposeId,
    pub act: Act,
    pub categories: Vec<CategoryId>,
    pub fields: Vec<String>,
    pub fact: FactKind,
    pub fact_id: Uuid,
    pub decision: Decision,
    pub reason: String,
}

/// What an entry says, as it is sealed. Purposes and categories are words here, so that entries stay readable when a
/// later policy has other ones.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Payload {
    salt: String,
    actor: String,
    role: String,
    purpose: String,
    act: String,
    categories: Vec<String>,
    fields: Vec<String>,
    fact: String,
    fact_id: Uuid,
    decision: Decision,
    reason: String,
}

/// An entry as its subject reads it.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// The entry.
    pub id: LedgerEntryId,
    /// Its number in the subject's chain, from 1.
    pub sequence: i64,
    /// Its place among all entries, from 1.
    pub position: i64,
    /// When.
    pub at: Timestamp,
    /// Who: “you”, the name of a task, or the pseudonym of a member of staff.
    pub actor: String,
    /// As what.
    pub role: String,
    /// For what.
    pub purpose: String,
    /// What was done.
    pub act: String,
    /// With which kinds of data.
    pub categories: Vec<String>,
    /// With which fields.
    pub fields: Vec<String>,
    /// What justified it.
    pub fact: String,
    /// The row that makes it true.
    pub fact_id: Uuid,
    /// What the gate decided.
    pub decision: Decision,
    /// The rule that allowed it, or why it was refused.
    pub reason: String,
    /// The policy in force, 64 hexadecimal digits.
    pub policy_id: String,
}

/// What the chain is computed from.
pub(crate) struct Link<'a> {
    pub id: LedgerEntryId,
    pub position: i64,
    pub subject: Subject,
    pub sequence: i64,
    pub at: Timestamp,
    pub policy_id: &'a [u8; 32],
    pub commitment: &'a [u8; 32],
    pub previous: &'a [u8; 32],
}

impl Link<'_> {
    /// The hash of the entry: every stored column but the sealed payload, for which the commitment stands.
    pub(crate) fn hash(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        hasher.update(b"mailkeep-ledger-1");
        hasher.update(self.id.as_bytes());
        hasher.update(self.position.to_be_bytes());
        hasher.update(self.subject.to_bytes());
        hasher.update(self.sequence.to_be_bytes());
        hasher.update(self.at.as_micros().to_be_bytes());
        hasher.update(self.policy_id);
        hasher.update(self.commitment);
        hasher.update(self.previous);
        hasher.finalize().into()
    }
}

/// The commitment to a payload. Its salt is part of it, so that a payload cannot be guessed from the commitment.
pub(crate) fn commitment(payload: &[u8]) -> [u8; 32] {
    Sha256::digest(payload).into()
}

/// What stands before the first entry of a chain.
pub(crate) const CHAIN_START: [u8; 32] = [0; 32];
