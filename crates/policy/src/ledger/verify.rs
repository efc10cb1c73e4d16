//! Verifying: every edit, deletion, insertion or truncation breaks a number, a hash, a stored subtree or a signed head, and
//! its position is named.

use std::collections::HashMap;

use mailkeep_storage::sql::{Database, SqlError};
use serde::Serialize;

use super::merkle::{Hash, MerkleTree, leaf_hash};
use super::note::{Head, read_checkpoint};
use super::store::{self, Stored};
use super::tree::{STEP, fold};
use super::{CHAIN_START, Checkpoint, Link};
use crate::Policy;
use crate::keys::{KeyError, additional_data};
use crate::subject::{Place, Subject};

#[cfg(test)]
mod stored_tests;
#[cfg(test)]
mod tests;

const PAGE: i64 = 2_000;

/// What is wrong at a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// The entry at this position is missing.
    Missing,
    /// An entry that stands before the first.
    Inserted,
    /// The entry's columns do not give its hash.
    Edited,
    /// What the entry says is not what was committed to.
    PayloadChanged,
    /// The entry does not follow the one before it in its subject's chain.
    ChainBroken,
    /// The last entry of a subject's chain is not the one that its head names; or the ledger is shorter than a signed
    /// head says.
    Truncated,
    /// Everything fits together and is another history than the one whose root was stored or signed. The position is the
    /// last of the 256 entries, or of those under the signed head, among which the difference is.
    Rewritten,
    /// A stored head does not carry this ledger's signature; the position is its size.
    HeadForged,
}

/// A place at which the ledger was tampered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The position; for a truncated chain the last entry that is there, 0 when none is.
    pub position: i64,
    /// What is wrong there.
    pub kind: FindingKind,
}

/// What a verification found.
#[derive(Debug, Clone, Serialize)]
pub struct Verification {
    /// How many entries there are.
    pub entries: u64,
    /// How many signed heads they were compared with.
    pub heads: usize,
    /// The root of the Merkle tree over them.
    #[serde(serialize_with = "crate::hexadecimal")]
    pub root: Hash,
    /// What is wrong; empty when nothing is.
    pub findings: Vec<Finding>,
}

/// What the entries are compared with, besides each other.
#[derive(Debug, Clone, Default)]
struct Witnesses {
    /// Roots of the complete subtrees of 256 entries, as they were stored.
    blocks: Vec<Hash>,
    /// Signed heads and heads from outside, by size.
    heads: Vec<Head>,
}

#[derive(Clone, Copy)]
struct Seen {
    sequence: i64,
    hash: Hash,
    position: i64,
}

#[derive(Clone, Default)]
struct Verifier {
    tree: MerkleTree,
    witnesses: Witnesses,
    next_head: usize,
    /// The leaves since the last complete subtree of 256.
    block: Vec<Hash>,
    chains: HashMap<Subject, Seen>,
    position: i64,
    findings: Vec<Finding>,
}

fn stored_position(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

impl Verifier {
    fn against(mut witnesses: Witnesses) -> Self {
        witnesses.heads.sort_by_key(|head| head.size);
        let mut verifier = Verifier { witnesses, ..Verifier::default() };
        verifier.compare_heads();
        verifier
    }

    fn found(&mut self, position: i64, kind: FindingKind) {
        self.findings.push(Finding { position, kind });
    }

    fn entry(&mut self, entry: &Stored) {
        if entry.position < 1 {
            return self.found(entry.position, FindingKind::Inserted);
        }
        for missing in self.position + 1..entry.position {
            self.found(missing, FindingKind::Missing);
        }
        self.position = entry.position;
        let Some(subject) = entry.subject else {
            self.leaf(&entry.hash);
            return self.found(entry.position, FindingKind::Edited);
        };
        let link = Link {
            id: entry.id,
            position: entry.position,
            subject,
            sequence: entry.sequence,
            at: entry.at,
            policy_id: &entry.policy_id,
            commitment: &entry.commitment,
            previous: &entry.previous,
        };
        // The leaf is what the columns give, so that an edit also shows against an earlier root.
        let hash = link.hash();
        if hash != entry.hash {
            self.found(entry.position, FindingKind::Edited);
        }
        let start = Seen { sequence: 0, hash: CHAIN_START, position: 0 };
        let before = self.chains.get(&subject).copied().unwrap_or(start);
        if entry.sequence != before.sequence + 1 || entry.previous != before.hash {
            self.found(entry.position, FindingKind::ChainBroken);
        }
        let seen = Seen { sequence: entry.sequence, hash: entry.hash, position: entry.position };
        self.chains.insert(subject, seen);
        self.leaf(&hash);
    }

    /// Puts the leaf into the tree, and compares with what was stored of a tree that ended here.
    fn leaf(&mut self, data: &Hash) {
        self.tree.push(data);
        self.block.push(leaf_hash(data));
        if self.block.len() == 1 << STEP {
            fold(&mut self.block);
            let index = usize::try_from((self.tree.size() >> STEP) - 1).unwrap_or(usize::MAX);
            let differs = self.witnesses.blocks.get(index).is_some_and(|stored| *stored != self.block[0]);
            self.block.clear();
            // What was found in the block already says more than that the block differs.
            let from = self.position - (1 << STEP);
            if differs && !self.findings.iter().rev().any(|finding| finding.position > from) {
                self.found(self.position, FindingKind::Rewritten);
            }
        }
        self.compare_heads();
    }

    fn compare_heads(&mut self) {
        while let Some(head) = self.witnesses.heads.get(self.next_head).copied() {
            if head.size > self.tree.size() {
                break;
            }
            self.next_head += 1;
            if head.size == self.tree.size() && head.root != self.tree.root() && self.findings.is_empty() {
                self.found(stored_position(head.size), FindingKind::Rewritten);
            }
        }
    }

    fn end(mut self, heads: &HashMap<Subject, (i64, Hash)>) -> Verification {
        let mut truncated: Vec<i64> = heads
            .iter()
            .filter_map(|(subject, head)| match self.chains.get(subject) {
                Some(seen) if (seen.sequence, seen.hash) == *head => None,
                Some(seen) => Some(seen.position),
                None => Some(0),
            })
            .collect();
        let headless = self.chains.iter().filter(|(subject, _)| !heads.contains_key(subject));
        truncated.extend(headless.map(|(_, seen)| seen.position));
        if self.next_head < self.witnesses.heads.len() {
            truncated.push(self.position);
        }
        truncated.sort_unstable();
        for position in truncated {
            self.found(position, FindingKind::Truncated);
        }
        Verification {
            entries: self.tree.size(),
            heads: self.witnesses.heads.len(),
            root: self.tree.root(),
            findings: self.findings,
        }
    }
}

/// Reads the whole ledger on one snapshot, compares it with its own chains and with the heads that were signed, and names
/// every position at which it was tampered with.
///
/// # Errors
/// When the database cannot be read, or a column has another type than the program writes.
pub async fn verify(db: &Database) -> Result<Verification, SqlError> {
    verify_against(db, Vec::new(), None).await
}

/// As [`verify`], and compares also with heads that were kept outside, e.g. on invoices: whoever can write to the database
/// can change everything in it, but not the paper. With `verifier_key` the stored heads must carry its signature.
///
/// # Errors
/// As [`verify`].
pub async fn verify_against(
    db: &Database,
    kept: Vec<Head>,
    verifier_key: Option<String>,
) -> Result<Verification, SqlError> {
    db.read(move |tx| {
        let signed: Vec<Checkpoint> = store::checkpoints(tx)?;
        let forged: Vec<u64> = match &verifier_key {
            None => Vec::new(),
            Some(key) => {
                let differs = |head: &&Checkpoint| read_checkpoint(&head.note, key) != Ok(head.head());
                signed.iter().filter(differs).map(|head| head.size).collect()
            }
        };
        let block_count = store::node_count(tx, STEP)?;
        let witnesses = Witnesses {
            blocks: store::nodes(tx, STEP, 0, block_count)?,
            heads: signed.iter().map(Checkpoint::head).chain(kept.iter().copied()).collect(),
        };
        let mut verifier = Verifier::against(witnesses);
        // Positions count from 1; whatever stands before is looked at too.
        let mut position = i64::MIN;
        loop {
            let page = store::links_after(tx, position, PAGE)?;
            let Some(last) = page.last() else { break };
            position = last.position;
            page.iter().for_each(|entry| verifier.entry(entry));
        }
        for size in forged {
            verifier.found(stored_position(size), FindingKind::HeadForged);
        }
        let heads = store::heads(tx)?;
        Ok(verifier.end(&heads))
    })
    .await
}

/// Opens what every entry says and compares it with the commitment; entries of subjects whose key is gone, and entries
/// that were emptied at the end of their term, are passed over. Returns the positions that differ.
///
/// # Errors
/// When a database cannot be read.
pub async fn verify_payloads(policy: &Policy) -> Result<Vec<Finding>, SqlError> {
    let keys = policy.clone();
    policy
        .database()
        .read(move |tx| {
            let (mut position, mut findings) = (0, Vec::new());
            loop {
                let page = store::after(tx, position, PAGE)?;
                let Some(last) = page.last() else { return Ok(findings) };
                position = last.position;
                for entry in page.iter().filter(|entry| !entry.payload.is_empty()) {
                    let Some(subject) = entry.subject else { continue };
                    let keys = match keys.keys_of(subject) {
                        Ok(keys) => keys,
                        Err(KeyError::Sql(error)) => return Err(error),
                        Err(_) => continue,
                    };
                    let Ok(cipher) = keys.ledger() else { continue };
                    let place = Place { table: "ledger_entries", column: "payload", row: entry.id.uuid() };
                    let plain = cipher.open(&additional_data(subject, &place), &entry.payload);
                    if plain.is_none_or(|plain| super::commitment(&plain) != entry.commitment) {
                        findings
                            .push(Finding { position: entry.position, kind: FindingKind::PayloadChanged });
                    }
                }
            }
        })
        .await
}
