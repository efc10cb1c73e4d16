//! Proofs for third parties: that an entry is in the ledger, and that an earlier ledger is the beginning of a later one.

use mailkeep_types::LedgerEntryId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::checkpoint::StoredTree;
use super::merkle::{Hash, leaf_hash, node};
use super::note::read_checkpoint;
use super::{LedgerError, Link, checkpoint_of_size, make_checkpoint, newest_checkpoint, store, tree};
use crate::Policy;
use crate::subject::Subject;

/// What an entry's hash is computed from, besides the payload: see [`EntryProof::verify`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProvenEntry {
    /// The entry.
    pub id: LedgerEntryId,
    /// Its place among all entries, from 1.
    pub position: i64,
    /// 1 person, 2 mailbox, 3 customer, 4 staff.
    pub subject_kind: i64,
    /// Whose entry it is.
    pub subject_id: Uuid,
    /// Its number in the subject's chain.
    pub sequence: i64,
    /// When, in microseconds since 1970.
    pub at_micros: i64,
    /// The policy in force, in hexadecimal digits.
    pub policy_id: String,
    /// SHA-256 of the payload, in hexadecimal digits.
    pub commitment: String,
    /// The hash of the entry before it in the chain, in hexadecimal digits.
    pub previous: String,
}

/// The proof that an entry is in the ledger, complete in itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryProof {
    /// The entry.
    pub entry: ProvenEntry,
    /// The signed head.
    pub checkpoint: String,
    /// The key that it is signed with, in the note form. Compare it with the published one.
    pub verifier_key: String,
    /// The siblings from the leaf to the root (RFC 6962 section 2.1.1), in hexadecimal digits.
    pub path: Vec<String>,
}

/// The proof that the ledger only grew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsistencyProof {
    /// How many entries the earlier head covers.
    pub from: u64,
    /// The later signed head.
    pub checkpoint: String,
    /// The key that it is signed with.
    pub verifier_key: String,
    /// The hashes of RFC 6962 section 2.1.2, in hexadecimal digits.
    pub path: Vec<String>,
}

pub(super) fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

fn unhex(text: &str) -> Option<Hash> {
    data_encoding::HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()?.try_into().ok()
}

/// The leaf of an entry; `None` for a position that no entry can have.
fn index_of(position: i64) -> Option<u64> {
    u64::try_from(position).ok()?.checked_sub(1)
}

/// Proves that the entry at `position` is in the ledger, under the newest head; one is signed when none covers it yet.
///
/// # Errors
/// [`LedgerError::NoEntry`], or a failure of the databases.
pub async fn prove_entry(policy: &Policy, position: i64) -> Result<EntryProof, LedgerError> {
    let covered = |size: u64| u64::try_from(position).is_ok_and(|position| position <= size);
    let newest = newest_checkpoint(policy).await?.filter(|newest| covered(newest.size));
    let checkpoint = match newest {
        Some(newest) => newest,
        None => make_checkpoint(policy).await?,
    };
    let index = index_of(position).ok_or(LedgerError::NoEntry(position))?;
    if !covered(checkpoint.size) {
        return Err(LedgerError::NoEntry(position));
    }
    let size = checkpoint.size;
    let (entry, path) = policy
        .database()
        .read(move |tx| {
            let entry = store::after(tx, position - 1, 1)?.pop();
            let entry = entry.filter(|entry| entry.position == position);
            Ok::<_, LedgerError>((entry, tree::inclusion(&mut StoredTree(tx), index, size)?))
        })
        .await?;
    let entry = entry.as_ref().and_then(proven).ok_or(LedgerError::NoEntry(position))?;
    Ok(EntryProof {
        entry,
        checkpoint: checkpoint.note,
        verifier_key: policy.ledger_key().await?,
        path: path.iter().map(|hash| hex(hash)).collect(),
    })
}

/// What the hash of a stored entry is computed from; `None` when its subject is of a kind that nobody writes.
pub(super) fn proven(entry: &store::Stored) -> Option<ProvenEntry> {
    let subject = entry.subject?;
    Some(ProvenEntry {
        id: entry.id,
        position: entry.position,
        subject_kind: subject.kind(),
        subject_id: subject.uuid(),
        sequence: entry.sequence,
        at_micros: entry.at.as_micros(),
        policy_id: hex(&entry.policy_id),
        commitment: hex(&entry.commitment),
        previous: hex(&entry.previous),
    })
}

/// Proves that an entry is in the ledger, as [`prove_entry`], by its identifier.
///
/// # Errors
/// As [`prove_entry`].
pub async fn prove_entry_by_id(policy: &Policy, id: LedgerEntryId) -> Result<EntryProof, LedgerError> {
    let position = policy.database().read(move |tx| store::position_of(tx, id)).await?;
    prove_entry(policy, position.ok_or(LedgerError::NoEntry(0))?).await
}

/// Proves that the ledger of `from` entries is the beginning of the one under the newest head.
///
/// # Errors
/// [`LedgerError::Shorter`] when the ledger has fewer entries: it was truncated.
pub async fn prove_consistency(policy: &Policy, from: u64) -> Result<ConsistencyProof, LedgerError> {
    let newest = match newest_checkpoint(policy).await? {
        Some(newest) if newest.size >= from => newest,
        _ => make_checkpoint(policy).await?,
    };
    if newest.size < from {
        return Err(LedgerError::Shorter { known: from, there: newest.size });
    }
    let size = newest.size;
    let path = policy.database().read(move |tx| tree::consistency(&mut StoredTree(tx), from, size)).await?;
    Ok(ConsistencyProof {
        from,
        checkpoint: newest.note,
        verifier_key: policy.ledger_key().await?,
        path: path.iter().map(|hash| hex(hash)).collect(),
    })
}

/// The head over `size` entries as it is computed from the entries that are there now: to be compared with one that was
/// printed earlier.
///
/// # Errors
/// [`LedgerError::Shorter`] when there are fewer entries.
pub async fn head_of_size(policy: &Policy, size: u64) -> Result<super::Head, LedgerError> {
    if let Some(checkpoint) = checkpoint_of_size(policy, size).await? {
        return Ok(checkpoint.head());
    }
    let newest = make_checkpoint(policy).await?;
    if newest.size < size {
        return Err(LedgerError::Shorter { known: size, there: newest.size });
    }
    let root = policy.database().read(move |tx| tree::root(&mut StoredTree(tx), size)).await?;
    Ok(super::Head { size, root })
}

impl EntryProof {
    /// Verifies the proof with nothing but itself and the published key. `payload` is what the entry says, when one has
    /// it: the text that the commitment is to.
    ///
    /// The entry's hash is SHA-256 over the text `mailkeep-ledger-1`, the 16 bytes of the id, position (8 bytes, big
    /// endian), kind (1 byte) and identifier of the subject, sequence, time (8 bytes each), policy id, commitment and
    /// previous hash; it is the data of the leaf at index position − 1.
    ///
    /// # Errors
    /// A sentence that says what does not fit.
    pub fn verify(&self, published_key: &str, payload: Option<&[u8]>) -> Result<(), LedgerError> {
        let wrong = || LedgerError::Proof("the proof is malformed");
        let head = read_checkpoint(&self.checkpoint, published_key)?;
        let entry = &self.entry;
        let subject = Subject::from_stored(entry.subject_kind, entry.subject_id).ok_or_else(wrong)?;
        let commitment = unhex(&entry.commitment).ok_or_else(wrong)?;
        if payload.is_some_and(|payload| super::commitment(payload) != commitment) {
            return Err(LedgerError::Proof("the entry says something else than what was committed to"));
        }
        let link = Link {
            id: entry.id,
            position: entry.position,
            subject,
            sequence: entry.sequence,
            at: mailkeep_types::Timestamp::from_micros(entry.at_micros),
            policy_id: &unhex(&entry.policy_id).ok_or_else(wrong)?,
            commitment: &commitment,
            previous: &unhex(&entry.previous).ok_or_else(wrong)?,
        };
        let path: Option<Vec<Hash>> = self.path.iter().map(|hash| unhex(hash)).collect();
        let index = index_of(entry.position).ok_or_else(wrong)?;
        let root = root_of_path(leaf_hash(&link.hash()), index, head.size, &path.ok_or_else(wrong)?);
        if root == Some(head.root) {
            Ok(())
        } else {
            Err(LedgerError::Proof("the path does not lead to the head"))
        }
    }
}

/// The root that an inclusion proof leads to (RFC 9162 section 2.1.3.2); `None` when its length does not fit.
fn root_of_path(leaf: Hash, index: u64, size: u64, path: &[Hash]) -> Option<Hash> {
    if index >= size {
        return None;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, leaf);
    for sibling in path {
        if last == 0 {
            return None;
        }
        if at & 1 == 1 || at == last {
            hash = node(sibling, &hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node(&hash, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(hash)
}
