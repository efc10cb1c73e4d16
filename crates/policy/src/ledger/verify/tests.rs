use mailkeep_types::{LedgerEntryId, PersonId, Timestamp};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use uuid::Uuid;

use super::*;

pub(super) type Heads = HashMap<Subject, (i64, [u8; 32])>;

pub(super) fn uuid(random: &mut StdRng) -> Uuid {
    Uuid::from_bytes(random.random())
}

/// The hash that the entry should have, as a forger who knows the rules computes it.
pub(super) fn rehash(entry: &mut Stored) {
    let subject = entry.subject.expect("a subject");
    let (id, position, sequence, at) = (entry.id, entry.position, entry.sequence, entry.at);
    let (policy_id, commitment, previous) = (&entry.policy_id, &entry.commitment, &entry.previous);
    entry.hash = Link { id, position, subject, sequence, at, policy_id, commitment, previous }.hash();
}

pub(super) fn ledger(random: &mut StdRng, entries: i64, subjects: usize) -> (Vec<Stored>, Heads) {
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
pub(super) fn next_in_chain(rows: &[Stored], at: usize) -> i64 {
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

/// What the program would have stored about the ledger while it grew: roots of complete blocks, and a head for each
/// `every` entries.
pub(super) fn witnesses(rows: &[Stored], every: usize) -> Witnesses {
    let (mut tree, mut witnesses, mut block) = (MerkleTree::default(), Witnesses::default(), Vec::new());
    for (index, row) in rows.iter().enumerate() {
        tree.push(&row.hash);
        block.push(leaf_hash(&row.hash));
        if block.len() == 256 {
            fold(&mut block);
            witnesses.blocks.append(&mut block);
        }
        if (index + 1) % every == 0 {
            witnesses.heads.push(Head { size: tree.size(), root: tree.root() });
        }
    }
    witnesses
}

fn check_against(rows: &[Stored], heads: &Heads, witnesses: &Witnesses) -> Verification {
    let mut verifier = Verifier::against(witnesses.clone());
    rows.iter().for_each(|row| verifier.entry(row));
    verifier.end(heads)
}

/// The newest entries of all chains, as a forger would write them.
pub(super) fn heads_of(rows: &[Stored]) -> Heads {
    rows.iter().map(|row| (row.subject.expect("a subject"), (row.sequence, row.hash))).collect()
}

/// `count` different positions, none beside another.
pub(super) fn scattered(random: &mut StdRng, count: usize, entries: i64) -> Vec<i64> {
    let mut positions: Vec<i64> = (1..entries / 3).map(|third| third * 3).collect();
    for at in 0..count {
        let other = random.random_range(at..positions.len());
        positions.swap(at, other);
    }
    positions.truncate(count);
    positions
}

#[test]
fn a_thousand_changes_of_a_hundred_thousand_entries_are_all_located() {
    const ENTRIES: i64 = 100_000;
    let mut random = StdRng::seed_from_u64(3);
    let (whole, heads) = ledger(&mut random, ENTRIES, 500);
    let witnesses = witnesses(&whole, 10_000);
    let untouched = check_against(&whole, &heads, &witnesses);
    assert_eq!((untouched.entries, untouched.heads, untouched.findings), (100_000, 10, vec![]));

    // 400 edits and 400 deletions at once: each is named by its own position.
    let changed = scattered(&mut random, 800, ENTRIES);
    let (edited, deleted) = changed.split_at(400);
    let mut rows = whole.clone();
    for position in edited {
        let row = &mut rows[*position as usize - 1];
        match random.random_range(0..6) {
            0 => row.at = row.at.plus(std::time::Duration::from_micros(1)),
            1 => row.sequence += 1,
            2 => row.policy_id[random.random_range(0..32)] ^= 1,
            3 => row.commitment[random.random_range(0..32)] ^= 1,
            4 => row.previous[random.random_range(0..32)] ^= 1,
            _ => row.id = LedgerEntryId::from_uuid(uuid(&mut random)),
        }
    }
    rows.retain(|row| !deleted.contains(&row.position));
    let found: std::collections::HashSet<(i64, &str)> = check_against(&rows, &heads, &witnesses)
        .findings
        .iter()
        .map(|finding| match finding.kind {
            FindingKind::Edited => (finding.position, "edited"),
            FindingKind::Missing => (finding.position, "missing"),
            _ => (finding.position, "other"),
        })
        .collect();
    assert!(edited.iter().all(|position| found.contains(&(*position, "edited"))));
    assert!(deleted.iter().all(|position| found.contains(&(*position, "missing"))));
    assert_eq!(
        found.iter().filter(|(_, kind)| *kind != "other").count(),
        800,
        "and nothing else is named so"
    );

    // 100 insertions by somebody who computes hashes anew: each shows at the next entry of its chain.
    let mut rows = whole.clone();
    let mut inserted = scattered(&mut random, 100, ENTRIES);
    inserted.sort_unstable();
    for at in inserted.iter().rev() {
        let mut forged = rows[*at as usize].clone();
        forged.id = LedgerEntryId::from_uuid(uuid(&mut random));
        (forged.sequence, forged.previous) = (forged.sequence + 1, forged.hash);
        rows.insert(*at as usize + 1, forged);
    }
    for (row, position) in rows.iter_mut().zip(1..) {
        row.position = position;
        rehash(row);
    }
    let found: std::collections::HashSet<i64> =
        check_against(&rows, &heads, &witnesses).findings.iter().map(|finding| finding.position).collect();
    for (shift, at) in inserted.iter().enumerate() {
        let index = *at as usize + 1 + shift;
        assert!(found.contains(&next_in_chain(&rows, index)), "the entry inserted after {at}");
    }

    // 100 truncations: the chains' heads say so, and where the heads were cut too, the signed heads do.
    let mut sizes = scattered(&mut random, 100, ENTRIES);
    sizes.sort_unstable();
    let mut verifier = Verifier::against(witnesses);
    let mut sizes = sizes.into_iter().peekable();
    for row in &whole {
        verifier.entry(row);
        if sizes.next_if_eq(&row.position).is_some() {
            let plain = verifier.clone().end(&heads);
            assert!(!plain.findings.is_empty(), "cut at {}", row.position);
            assert!(plain.findings.iter().all(|finding| finding.kind == FindingKind::Truncated));
            let chains = verifier.chains.iter().map(|(subject, seen)| (*subject, (seen.sequence, seen.hash)));
            let thorough = verifier.clone().end(&chains.collect());
            let expected = Finding { position: row.position, kind: FindingKind::Truncated };
            assert_eq!(thorough.findings, vec![expected], "shown by a head that was signed earlier");
        }
    }
    assert_eq!(sizes.next(), None, "each truncation was tried");
}

#[test]
fn a_history_that_was_rewritten_consistently_is_located_by_what_was_stored_and_signed() {
    let mut random = StdRng::seed_from_u64(4);
    let (whole, heads) = ledger(&mut random, 3_000, 20);
    let witnesses = witnesses(&whole, 1_000);
    for _ in 0..30 {
        let mut rows = whole.clone();
        let at = random.random_range(0..rows.len());
        rows[at].commitment = random.random();
        // Every later entry of every chain, and all heads, are computed anew.
        let mut newest: HashMap<Subject, Hash> = HashMap::new();
        for row in &mut rows {
            let subject = row.subject.expect("a subject");
            row.previous = newest.get(&subject).copied().unwrap_or(CHAIN_START);
            rehash(row);
            newest.insert(subject, row.hash);
        }
        assert_eq!(check(&rows, &heads_of(&rows)).findings, vec![], "it fits together");
        let found = check_against(&rows, &heads_of(&rows), &witnesses).findings;
        let first = found.first().expect("and is another history");
        assert_eq!(first.kind, FindingKind::Rewritten);
        let position = at as i64 + 1;
        assert!(first.position >= position && first.position < position + 1_000, "{position}: {first:?}");
        if position < 2_816 {
            assert!(first.position < position + 256, "{position}: {first:?}");
        }
        // A head on paper shows it to somebody who has lost trust in the database altogether.
        let paper = Witnesses { heads: witnesses.heads.clone(), ..Witnesses::default() };
        assert!(!check_against(&rows, &heads_of(&rows), &paper).findings.is_empty());
    }
    assert!(!heads.is_empty());
}
