//! Uses to take along: what the entries say, with everything that a stranger needs to verify that they are in the ledger
//! and that the ledger only grew.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::checkpoint::StoredTree;
use super::list::open_entry;
use super::merkle::Hash;
use super::tree::Nodes;
use super::{ConsistencyProof, LedgerError, ProvenEntry, UseFilter, find_uses, prove, store, tree};
use super::{make_checkpoint, newest_checkpoint, prove_consistency};
use crate::gate::Grant;
use crate::subject::Subject;
use crate::vocabulary::purpose;
use crate::{Policy, PolicyError};

/// How many entries one file holds; the next file begins where it ends.
pub const MOST_IN_A_BUNDLE: usize = 1_000;

/// The name of the form, so that a verifier knows what it reads.
const FORMAT: &str = "mailkeep-uses-1";

/// Uses with their proofs. Complete in itself, but for the published key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ProofBundle {
    /// `mailkeep-uses-1`.
    pub format: String,
    /// The signed head that the paths lead to.
    pub checkpoint: String,
    /// The key that it is signed with, in the note form. Compare it with the published one.
    pub verifier_key: String,
    /// The entries, newest first.
    pub entries: Vec<BundledEntry>,
    /// That the ledger under an earlier head is the beginning of this one.
    pub consistency: Option<EarlierHead>,
    /// Give this as `before` for the next file; `null` at the end.
    pub next: Option<i64>,
}

/// An entry with what it says and its path to the head.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BundledEntry {
    /// What the entry's hash is computed from.
    pub entry: ProvenEntry,
    /// What it says, byte for byte as it was committed to: JSON with a salt.
    pub payload: String,
    /// The siblings from the leaf to the root (RFC 6962 section 2.1.1), in hexadecimal digits.
    pub path: Vec<String>,
}

/// An earlier head and the proof that leads from it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EarlierHead {
    /// Size and root, as on an invoice.
    pub head: String,
    /// The proof.
    pub proof: ConsistencyProof,
}

/// A tree that reads each run of hashes once: neighbouring paths share most of them.
struct Remembered<'a, 'tx> {
    tree: StoredTree<'a, 'tx>,
    known: HashMap<(u8, u64, u64), Vec<Hash>>,
}

impl Nodes for Remembered<'_, '_> {
    type Error = LedgerError;

    fn nodes(&mut self, height: u8, from: u64, count: u64) -> Result<Vec<Hash>, LedgerError> {
        if let Some(known) = self.known.get(&(height, from, count)) {
            return Ok(known.clone());
        }
        let read = self.tree.nodes(height, from, count)?;
        self.known.insert((height, from, count), read.clone());
        Ok(read)
    }
}

/// The uses that the filter lets through, with proofs. The grants are for [`crate::Act::Export`]. `since` is the size of
/// an earlier head, e.g. one on an invoice; the first that was published when it is `None`.
///
/// # Errors
/// As [`find_uses`] and [`super::prove_entry`]; [`LedgerError::Shorter`] when the ledger is shorter than `since`.
pub async fn bundle_uses(
    policy: &Policy,
    grants: &[Grant<purpose::Audit>],
    reader: Subject,
    filter: &UseFilter,
    before: Option<i64>,
    since: Option<u64>,
) -> Result<ProofBundle, PolicyError> {
    let found = find_uses(policy, grants, reader, filter, before, MOST_IN_A_BUNDLE).await?;
    let last = found.uses.first().map_or(0, |found| found.entry.position);
    let covered = newest_checkpoint(policy)
        .await?
        .filter(|newest| newest.size > 0 && i64::try_from(newest.size).is_ok_and(|size| last <= size));
    let checkpoint = match covered {
        Some(newest) => newest,
        None => make_checkpoint(policy).await?,
    };
    let (size, wanted) = (checkpoint.size, positions(&found.uses));
    let proven = policy
        .database()
        .read(move |tx| {
            let rows = wanted
                .iter()
                .map(|position| Ok(store::after(tx, position - 1, 1)?.pop()))
                .collect::<Result<Vec<_>, LedgerError>>()?;
            let mut tree = Remembered { tree: StoredTree(tx), known: HashMap::new() };
            let mut proven = Vec::with_capacity(rows.len());
            for (row, position) in rows.into_iter().zip(&wanted) {
                let row =
                    row.filter(|row| row.position == *position).ok_or(LedgerError::NoEntry(*position))?;
                let index = u64::try_from(position - 1).map_err(|_| LedgerError::NoEntry(*position))?;
                proven.push((row, tree::inclusion(&mut tree, index, size)?));
            }
            Ok::<_, LedgerError>(proven)
        })
        .await?;
    let mut entries = Vec::with_capacity(proven.len());
    for (row, path) in proven {
        let grant = grants.iter().find(|grant| row.subject == Some(grant.subject()));
        let grant = grant.ok_or(LedgerError::NoEntry(row.position))?;
        let entry = prove::proven(&row).ok_or(LedgerError::NoEntry(row.position))?;
        let (_, payload) = open_entry(grant, row)?;
        entries.push(BundledEntry {
            entry,
            payload,
            path: path.iter().map(|hash| prove::hex(hash)).collect(),
        });
    }
    let consistency = earlier_head(policy, since, size).await?;
    Ok(ProofBundle {
        format: FORMAT.to_owned(),
        checkpoint: checkpoint.note,
        verifier_key: policy.ledger_key().await?,
        entries,
        consistency,
        next: found.next,
    })
}

fn positions(uses: &[super::FoundUse]) -> Vec<i64> {
    uses.iter().map(|found| found.entry.position).collect()
}

async fn earlier_head(
    policy: &Policy,
    since: Option<u64>,
    size: u64,
) -> Result<Option<EarlierHead>, PolicyError> {
    let head = match since {
        Some(since) if since > 0 => super::head_of_size(policy, since).await?,
        _ => match policy.database().read(store::first_checkpoint).await? {
            Some(first) if first.size < size => first.head(),
            _ => return Ok(None),
        },
    };
    let proof = prove_consistency(policy, head.size).await?;
    Ok(Some(EarlierHead { head: head.line(), proof }))
}
