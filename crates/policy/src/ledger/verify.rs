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
        let Some(subject) = entry.subject else {
            self.tree.push(&entry.hash);
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
        self.tree.push(&hash);
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

#[cfg(test)]
mod tests {
    use mailkeep_types::{LedgerEntryId, PersonId, Timestamp};
    use rand::rngs::StdRng;
    use rand::{Rng as _, SeedableRng as _};
    use uuid::Uuid;

    use super::*;

    type Heads = HashMap<Subject, (i64, [u8; 32])>;

    fn uuid(random: &mut StdRng) -> Uuid {
        Uuid::from_bytes(random.random())
    }

    /// The hash that the entry should have, as a forger who knows the rules computes it.
    fn rehash(entry: &mut Stored) {
        let subject = entry.subject.expect("a subject");
        let (id, position, sequence, at) = (entry.id, entry.position, entry.sequence, entry.at);
        let (policy_id, commitment, previous) = (&entry.policy_id, &entry.commitment, &entry.previous);
        entry.hash = Link { id, position, subject, sequence, at, policy_id, commitment, previous }.hash();
    }

    fn ledger(random: &mut StdRng, entries: i64, subjects: usize) -> (Vec<Stored>, Heads) {
        let subjects: Vec<_> =
            (0..subjects).map(|_| Subject::person(PersonId::from_uuid(uuid(random)))).collect();
        let (mut rows, mut heads) = (Vec::new(), Heads::new());
        for position in 1..=entries {
            let subject = subjects[random.random_range(0..subjects.len())];
            let (sequence, previous) = heads.get(&subject).copied().unwrap_or((0, CHAIN_START));
            let mut row = Stored {
                id: LedgerEntryId::from_uuid(uuid(random)),
                position,
                subject: Some(subject),
                sequence: sequence + 1,
                at: Timestamp::from_seconds(position),
                policy_id: [5; 32],
                commitment: random.random(),
                previous,
                hash: [0; 32],
                payload: Vec::new(),
            };
            rehash(&mut row);
            heads.insert(subject, (row.sequence, row.hash));
            rows.push(row);
        }
        (rows, heads)
    }

    fn check(rows: &[Stored], heads: &Heads) -> Verification {
        let mut verifier = Verifier::default();
        rows.iter().for_each(|row| verifier.entry(row));
        verifier.end(heads)
    }

    /// The position of the entry after `at` in the same chain, or of `at` itself at the chain's end: a change that is
    /// consistent in itself shows there, against the next entry or against the head.
    fn next_in_chain(rows: &[Stored], at: usize) -> i64 {
        let later = rows[at + 1..].iter().find(|row| row.subject == rows[at].subject);
        later.unwrap_or(&rows[at]).position
    }

    #[test]
    fn a_thousand_random_edits_deletions_insertions_and_truncations_are_located() {
        let mut random = StdRng::seed_from_u64(20_261_122);
        let (whole, heads) = ledger(&mut random, 400, 7);
        let untouched = check(&whole, &heads);
        assert_eq!((untouched.entries, untouched.findings), (400, vec![]));
        for round in 0..1_000 {
            let mut rows = whole.clone();
            let at = random.random_range(0..rows.len());
            let position = rows[at].position;
            let kind = round % 6;
            let expected = match kind {
                // A column is edited.
                0 => {
                    let row = &mut rows[at];
                    match random.random_range(0..7) {
                        0 => row.at = row.at.plus(std::time::Duration::from_micros(1)),
                        1 => row.sequence += random.random_range(1..9),
                        2 => row.policy_id[random.random_range(0..32)] ^= 1,
                        3 => row.commitment[random.random_range(0..32)] ^= 1,
                        4 => row.previous[random.random_range(0..32)] ^= 1,
                        5 => row.hash[random.random_range(0..32)] ^= 1,
                        _ => row.id = LedgerEntryId::from_uuid(uuid(&mut random)),
                    }
                    position
                }
                // An edit by someone who computes the hash anew.
                1 => {
                    rows[at].commitment = random.random();
                    rehash(&mut rows[at]);
                    next_in_chain(&rows, at)
                }
                // An entry is deleted; the last one of all is a truncation.
                2 => {
                    rows.remove(at);
                    position.min(rows.len() as i64)
                }
                // An entry is inserted that continues its chain rightly; what follows moves on and is hashed anew.
                3 => {
                    let mut forged = rows[at].clone();
                    forged.id = LedgerEntryId::from_uuid(uuid(&mut random));
                    (forged.sequence, forged.previous) = (forged.sequence + 1, forged.hash);
                    rows.insert(at + 1, forged);
                    for (index, row) in rows.iter_mut().enumerate().skip(at + 1) {
                        row.position = index as i64 + 1;
                        rehash(row);
                    }
                    next_in_chain(&rows, at + 1)
                }
                // The end is cut off.
                4 => {
                    rows.truncate(at);
                    let found = check(&rows, &heads);
                    assert!(found.findings.iter().all(|f| f.kind == FindingKind::Truncated), "{found:?}");
                    assert!(!found.findings.is_empty());
                    continue;
                }
                // Two neighbours change places.
                _ => {
                    let at = at.min(rows.len() - 2);
                    rows.swap(at, at + 1);
                    let (first, second) = (rows[at].position, rows[at + 1].position);
                    (rows[at].position, rows[at + 1].position) = (second, first);
                    second
                }
            };
            let found = check(&rows, &heads);
            let located = found.findings.iter().any(|finding| finding.position == expected);
            let cut = kind == 2 && found.findings.iter().any(|f| f.kind == FindingKind::Truncated);
            assert!(located || cut, "round {round}, kind {kind}: {expected} not in {:?}", found.findings);
            let columns_differ = rows.iter().zip(&whole).any(|(now, before)| {
                let mut now = now.clone();
                rehash(&mut now);
                now.hash != before.hash
            });
            assert!(!columns_differ || found.root != untouched.root, "round {round}, kind {kind}");
        }
    }
}
