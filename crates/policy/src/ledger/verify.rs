//! Verifying: every edit, deletion, insertion or truncation breaks a number or a hash, and its position is named.

use std::collections::HashMap;

use mailkeep_storage::sql::{Database, SqlError};
use serde::Serialize;

use super::store::{self, Stored};
use super::{CHAIN_START, Link, MerkleTree};
use crate::subject::Subject;

const PAGE: i64 = 2_000;

/// What is wrong at a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// The entry at this position is missing.
    Missing,
    /// The entry's columns do not give its hash.
    Edited,
    /// The entry does not follow the one before it in its subject's chain.
    ChainBroken,
    /// The last entry of a subject's chain is not the one that its head names.
    Truncated,
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
    /// The root of the Merkle tree over them.
    #[serde(serialize_with = "hexadecimal")]
    pub root: [u8; 32],
    /// What is wrong; empty when nothing is.
    pub findings: Vec<Finding>,
}

fn hexadecimal<S: serde::Serializer>(bytes: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&data_encoding::HEXLOWER.encode(bytes))
}

#[derive(Clone, Copy)]
struct Seen {
    sequence: i64,
    hash: [u8; 32],
    position: i64,
}

#[derive(Default)]
struct Verifier {
    tree: MerkleTree,
    chains: HashMap<Subject, Seen>,
    position: i64,
    findings: Vec<Finding>,
}

impl Verifier {
    fn found(&mut self, position: i64, kind: FindingKind) {
        self.findings.push(Finding { position, kind });
    }

    fn entry(&mut self, entry: &Stored) {
        for missing in self.position + 1..entry.position {
            self.found(missing, FindingKind::Missing);
        }
        self.position = entry.position;
        self.tree.push(&entry.hash);
        let Some(subject) = entry.subject else {
            return self.found(entry.position, FindingKind::Edited);
        };
        let link = Link {
            id: entry.id,
            subject,
            sequence: entry.sequence,
            at: entry.at,
            policy_id: &entry.policy_id,
            commitment: &entry.commitment,
            previous: &entry.previous,
        };
        if link.hash() != entry.hash {
            self.found(entry.position, FindingKind::Edited);
        }
        let start = Seen { sequence: 0, hash: CHAIN_START, position: 0 };
        let before = self.chains.get(&subject).copied().unwrap_or(start);
        if entry.sequence != before.sequence + 1 || entry.previous != before.hash {
            self.found(entry.position, FindingKind::ChainBroken);
        }
        let seen = Seen { sequence: entry.sequence, hash: entry.hash, position: entry.position };
        self.chains.insert(subject, seen);
    }

    fn end(mut self, heads: &HashMap<Subject, (i64, [u8; 32])>) -> Verification {
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
        truncated.sort_unstable();
        for position in truncated {
            self.found(position, FindingKind::Truncated);
        }
        Verification { entries: self.tree.size(), root: self.tree.root(), findings: self.findings }
    }
}

/// Reads the whole ledger on one snapshot and names every position at which it was tampered with. The end of all chains
/// cut off together with their heads shows only against an earlier root.
///
/// # Errors
/// When the database cannot be read, or a column has another type than the program writes.
pub async fn verify(db: &Database) -> Result<Verification, SqlError> {
    db.read(|tx| {
        let mut verifier = Verifier::default();
        let mut position = 0;
        loop {
            let page = store::after(tx, position, PAGE)?;
            let Some(last) = page.last() else { break };
            position = last.position;
            page.iter().for_each(|entry| verifier.entry(entry));
        }
        let heads = store::heads(tx)?;
        Ok(verifier.end(&heads))
    })
    .await
}
