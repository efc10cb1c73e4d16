//! The same on real tables: a ledger of 100,000 entries is tampered with by SQL, as somebody would who has the database's
//! password, and verified as `mailkeep ledger verify` does it.
//!
//! Edits, deletions and insertions are made some hundreds at a time and looked for in one pass; truncations one after the
//! other, each with a pass of its own. `MAILKEEP_TEST_TAMPERINGS` says how many of a kind (250, and every cut by itself, is
//! the long run; on PostgreSQL a tenth of it).

use std::collections::HashSet;

use mailkeep_storage::both_engines;
use mailkeep_storage::sql::{Database, Dialect, Tx, Value, params};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

use super::tests::{Heads, heads_of, ledger, next_in_chain, rehash, scattered, uuid, witnesses};
use super::*;

const ENTRIES: i64 = 100_000;
const SUBJECTS: usize = 500;
/// A signed head for every so many entries.
const HEAD_EVERY: usize = 10_000;
/// Rows in one statement: its parameters are counted by both engines.
const AT_ONCE: usize = 400;

/// How many of each kind: edits, deletions and insertions by the hundred, cuts one by one.
fn how_many(dialect: Dialect) -> (usize, usize) {
    let asked = std::env::var("MAILKEEP_TEST_TAMPERINGS").ok().and_then(|number| number.parse().ok());
    match (asked, dialect) {
        (Some(number), Dialect::Sqlite) => (number, number),
        (Some(number), Dialect::Postgres) => (number / 10 + 1, number / 10 + 1),
        (None, Dialect::Sqlite) => (330, 10),
        (None, Dialect::Postgres) => (15, 5),
    }
}

fn insert(tx: &mut Tx<'_>, rows: &[Stored]) -> Result<(), SqlError> {
    for rows in rows.chunks(AT_ONCE) {
        let place = |row: usize| {
            let columns: Vec<String> = (1..=11).map(|column| format!("${}", row * 11 + column)).collect();
            format!("({})", columns.join(", "))
        };
        let places: Vec<String> = (0..rows.len()).map(place).collect();
        let statement = format!(
            "INSERT INTO ledger_entries (id, position, subject_kind, subject_id, sequence, at, policy_id, commitment,
                 previous, hash, payload) VALUES {}",
            places.join(", ")
        );
        let values: Vec<Value<'_>> = rows
            .iter()
            .flat_map(|row| {
                let subject = row.subject.expect("a subject");
                [
                    Value::from(row.id),
                    Value::from(row.position),
                    Value::from(subject.kind()),
                    Value::from(subject.uuid()),
                    Value::from(row.sequence),
                    Value::from(row.at),
                    Value::from(&row.policy_id),
                    Value::from(&row.commitment),
                    Value::from(&row.previous),
                    Value::from(&row.hash),
                    Value::from(&row.payload),
                ]
            })
            .collect();
        tx.execute(&statement, &values)?;
    }
    Ok(())
}

/// Writes a ledger as the program would have: entries, heads of chains, stored subtrees, signed heads.
async fn write(db: &Database, rows: Vec<Stored>, heads: Heads) {
    let seen = witnesses(&rows, HEAD_EVERY);
    db.write(move |tx| -> Result<(), SqlError> {
        insert(tx, &rows)?;
        for (subject, (sequence, hash)) in &heads {
            tx.execute(
                "INSERT INTO ledger_heads (subject_kind, subject_id, sequence, hash) VALUES ($1, $2, $3, $4)",
                params![subject.kind(), subject.uuid(), *sequence, hash],
            )?;
        }
        for (node, hash) in seen.blocks.iter().enumerate() {
            store::insert_node(tx, STEP, node as u64, hash)?;
        }
        for head in &seen.heads {
            let checkpoint =
                Checkpoint { size: head.size, root: head.root, note: String::new(), at: tx.now() };
            store::insert_checkpoint(tx, &checkpoint)?;
        }
        Ok(())
    })
    .await
    .unwrap();
}

/// Puts the entries as they are given.
async fn rewrite(db: &Database, rows: Vec<Stored>) {
    db.write(move |tx| -> Result<(), SqlError> {
        tx.execute("DELETE FROM ledger_entries", params![])?;
        insert(tx, &rows)
    })
    .await
    .unwrap();
}

/// Edits one column of an entry.
fn edit(tx: &mut Tx<'_>, position: i64, column: u32, random: &[u8; 32]) -> Result<(), SqlError> {
    let (column, value) = match column {
        0 => ("at", Value::from(1_i64)),
        1 => ("sequence", Value::from(ENTRIES + position)),
        2 => ("policy_id", Value::from(random)),
        3 => ("commitment", Value::from(random)),
        4 => ("previous", Value::from(random)),
        5 => ("hash", Value::from(random)),
        _ => ("id", Value::from(uuid::Uuid::from_slice(&random[..16]).expect("sixteen bytes"))),
    };
    let statement = format!("UPDATE ledger_entries SET {column} = $1 WHERE position = $2");
    assert_eq!(tx.execute(&statement, &[value, Value::from(position)])?, 1);
    Ok(())
}

both_engines!(changes_of_a_hundred_thousand_stored_entries_are_all_located, |db: Database| async move {
    let mut random = StdRng::seed_from_u64(18);
    let (together, cuts) = how_many(db.dialect());
    let (whole, heads) = ledger(&mut random, ENTRIES, SUBJECTS);
    write(&db, whole.clone(), heads.clone()).await;
    let untouched = verify(&db).await.unwrap();
    assert_eq!((untouched.entries, untouched.heads, untouched.findings), (ENTRIES as u64, 10, vec![]));

    // Edits and deletions: each is named by its own position, and nothing else is.
    let changed = scattered(&mut random, 2 * together, ENTRIES);
    let (edited, deleted) = changed.split_at(together);
    let edits: Vec<(i64, u32, [u8; 32])> =
        edited.iter().map(|position| (*position, random.random_range(0..7), random.random())).collect();
    let gone = deleted.to_vec();
    db.write(move |tx| -> Result<(), SqlError> {
        for (position, column, value) in &edits {
            edit(tx, *position, *column, value)?;
        }
        for position in &gone {
            let statement = "DELETE FROM ledger_entries WHERE position = $1";
            assert_eq!(tx.execute(statement, params![*position])?, 1);
        }
        Ok(())
    })
    .await
    .unwrap();
    let findings = verify(&db).await.unwrap().findings;
    let of = |kind| -> HashSet<i64> {
        findings.iter().filter(|found| found.kind == kind).map(|found| found.position).collect()
    };
    assert_eq!(of(FindingKind::Edited), edited.iter().copied().collect());
    assert_eq!(of(FindingKind::Missing), deleted.iter().copied().collect());

    // Insertions by somebody who computes every hash anew: each shows at the next entry of its chain.
    let mut rows = whole.clone();
    let mut inserted = scattered(&mut random, together, ENTRIES);
    inserted.sort_unstable();
    for at in inserted.iter().rev() {
        let mut forged = rows[*at as usize].clone();
        forged.id = mailkeep_types::LedgerEntryId::from_uuid(uuid(&mut random));
        // A number of its own within its chain, as the table asks for.
        (forged.sequence, forged.previous) = (ENTRIES + *at, forged.hash);
        rows.insert(*at as usize + 1, forged);
    }
    for (row, position) in rows.iter_mut().zip(1..) {
        row.position = position;
        rehash(row);
    }
    let expected: Vec<i64> = inserted
        .iter()
        .enumerate()
        .map(|(shift, at)| next_in_chain(&rows, *at as usize + 1 + shift))
        .collect();
    rewrite(&db, rows).await;
    let found: HashSet<i64> =
        verify(&db).await.unwrap().findings.iter().map(|finding| finding.position).collect();
    let missed: Vec<&i64> = expected.iter().filter(|position| !found.contains(position)).collect();
    assert!(missed.is_empty(), "insertions before {missed:?} are not located");

    // Truncations, from the end on. The heads of the chains are cut with it, so that everything fits; the heads that were
    // signed are what shows it.
    let mut sizes = scattered(&mut random, cuts, ENTRIES);
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    rewrite(&db, whole.clone()).await;
    assert_eq!(verify(&db).await.unwrap().findings, vec![], "put back");
    for size in &sizes {
        let (size, left) = (*size, heads_of(&whole[..*size as usize]));
        db.write(move |tx| -> Result<(), SqlError> {
            tx.execute("DELETE FROM ledger_entries WHERE position > $1", params![size])?;
            tx.execute("DELETE FROM ledger_heads", params![])?;
            for (subject, (sequence, hash)) in &left {
                tx.execute(
                    "INSERT INTO ledger_heads (subject_kind, subject_id, sequence, hash) VALUES ($1, $2, $3, $4)",
                    params![subject.kind(), subject.uuid(), *sequence, hash],
                )?;
            }
            Ok(())
        })
        .await
        .unwrap();
        let findings = verify(&db).await.unwrap().findings;
        assert_eq!(findings, vec![Finding { position: size, kind: FindingKind::Truncated }]);
    }
    println!(
        "located: {together} edits, {together} deletions, {together} insertions, {} truncations of {ENTRIES} entries",
        sizes.len()
    );
});
