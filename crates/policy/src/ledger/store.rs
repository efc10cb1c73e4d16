//! The rows of the ledger.

use std::collections::HashMap;

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{LedgerEntryId, Timestamp};

use super::append::Prepared;
use super::checkpoint::Checkpoint;
use super::merkle::{Hash, leaf_hash};
use super::{CHAIN_START, Link};
use crate::subject::Subject;

/// An entry as stored.
#[derive(Clone)]
pub(super) struct Stored {
    pub id: LedgerEntryId,
    pub position: i64,
    /// `None` when the kind is none that the program writes.
    pub subject: Option<Subject>,
    pub sequence: i64,
    pub at: Timestamp,
    pub policy_id: [u8; 32],
    pub commitment: [u8; 32],
    pub previous: [u8; 32],
    pub hash: [u8; 32],
    pub payload: Vec<u8>,
}

const COLUMNS: &str =
    "id, position, subject_kind, subject_id, sequence, at, policy_id, commitment, previous, hash, payload";

fn stored(row: &mailkeep_storage::sql::Row<'_>) -> Result<Stored, SqlError> {
    link(row, row.get(10)?)
}

fn link(row: &mailkeep_storage::sql::Row<'_>, payload: Vec<u8>) -> Result<Stored, SqlError> {
    Ok(Stored {
        id: row.get(0)?,
        position: row.get(1)?,
        subject: Subject::from_stored(row.get(2)?, row.get(3)?),
        sequence: row.get(4)?,
        at: row.get(5)?,
        policy_id: row.get(6)?,
        commitment: row.get(7)?,
        previous: row.get(8)?,
        hash: row.get(9)?,
        payload,
    })
}

fn head(tx: &mut Tx<'_>, subject: Subject) -> Result<(i64, [u8; 32]), SqlError> {
    let head = tx.query_opt(
        "SELECT sequence, hash FROM ledger_heads WHERE subject_kind = $1 AND subject_id = $2",
        params![subject.kind(), subject.uuid()],
        |row| Ok::<_, SqlError>((row.get(0)?, row.get(1)?)),
    )?;
    Ok(head.unwrap_or((0, CHAIN_START)))
}

pub(super) fn append(tx: &mut Tx<'_>, entries: &[Prepared], policy_id: &[u8; 32]) -> Result<(), SqlError> {
    let mut position: i64 =
        tx.query_one("SELECT COALESCE(MAX(position), 0) FROM ledger_entries", params![], |row| row.get(0))?;
    let mut heads: HashMap<Subject, (i64, [u8; 32])> = HashMap::new();
    for entry in entries {
        let (sequence, previous) = match heads.get(&entry.subject) {
            Some(head) => *head,
            None => head(tx, entry.subject)?,
        };
        let sequence = sequence + 1;
        position += 1;
        let link = Link {
            id: entry.id,
            position,
            subject: entry.subject,
            sequence,
            at: entry.at,
            policy_id,
            commitment: &entry.commitment,
            previous: &previous,
        };
        let hash = link.hash();
        tx.execute(
            "INSERT INTO ledger_entries (id, position, subject_kind, subject_id, sequence, at, policy_id, commitment,
                 previous, hash, payload) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            params![
                entry.id,
                position,
                entry.subject.kind(),
                entry.subject.uuid(),
                sequence,
                entry.at,
                policy_id,
                &entry.commitment,
                &previous,
                &hash,
                &entry.sealed,
            ],
        )?;
        heads.insert(entry.subject, (sequence, hash));
    }
    for (subject, (sequence, hash)) in &heads {
        tx.execute(
            "INSERT INTO ledger_heads (subject_kind, subject_id, sequence, hash) VALUES ($1, $2, $3, $4)
             ON CONFLICT (subject_kind, subject_id) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash",
            params![subject.kind(), subject.uuid(), *sequence, hash],
        )?;
    }
    Ok(())
}

pub(super) fn page(
    tx: &mut Tx<'_>,
    subject: Subject,
    below: i64,
    limit: i64,
) -> Result<Vec<Stored>, SqlError> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM ledger_entries
             WHERE subject_kind = $1 AND subject_id = $2 AND sequence < $3 ORDER BY sequence DESC LIMIT $4"
        ),
        params![subject.kind(), subject.uuid(), below, limit],
        stored,
    )
}

/// A part of a chain, newest first: below a position, and not before a time.
pub(super) fn below_position(
    tx: &mut Tx<'_>,
    subject: Subject,
    below: i64,
    from: Timestamp,
    limit: i64,
) -> Result<Vec<Stored>, SqlError> {
    // Numbers of the chain and positions grow together, so that the chain's own index gives the order.
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM ledger_entries WHERE subject_kind = $1 AND subject_id = $2 AND position < $3
             AND at >= $4 ORDER BY sequence DESC LIMIT $5"
        ),
        params![subject.kind(), subject.uuid(), below, from, limit],
        stored,
    )
}

/// One entry.
pub(super) fn by_id(tx: &mut Tx<'_>, id: LedgerEntryId) -> Result<Option<Stored>, SqlError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM ledger_entries WHERE id = $1"), params![id], stored)
}

/// The place of an entry among all.
pub(super) fn position_of(tx: &mut Tx<'_>, id: LedgerEntryId) -> Result<Option<i64>, SqlError> {
    tx.query_opt("SELECT position FROM ledger_entries WHERE id = $1", params![id], |row| row.get(0))
}

/// The smallest head that was published.
pub(super) fn first_checkpoint(tx: &mut Tx<'_>) -> Result<Option<Checkpoint>, SqlError> {
    tx.query_opt(
        "SELECT size, root, note, at FROM ledger_checkpoints WHERE size > 0 ORDER BY size LIMIT 1",
        params![],
        checkpoint,
    )
}

pub(super) fn after(tx: &mut Tx<'_>, position: i64, limit: i64) -> Result<Vec<Stored>, SqlError> {
    tx.query(
        &format!("SELECT {COLUMNS} FROM ledger_entries WHERE position > $1 ORDER BY position LIMIT $2"),
        params![position, limit],
        stored,
    )
}

/// As [`after`], without what the entries say.
pub(super) fn links_after(tx: &mut Tx<'_>, position: i64, limit: i64) -> Result<Vec<Stored>, SqlError> {
    tx.query(
        "SELECT id, position, subject_kind, subject_id, sequence, at, policy_id, commitment, previous, hash
         FROM ledger_entries WHERE position > $1 ORDER BY position LIMIT $2",
        params![position, limit],
        |row| link(row, Vec::new()),
    )
}

pub(super) fn heads(tx: &mut Tx<'_>) -> Result<HashMap<Subject, (i64, [u8; 32])>, SqlError> {
    let rows =
        tx.query("SELECT subject_kind, subject_id, sequence, hash FROM ledger_heads", params![], |row| {
            Ok::<_, SqlError>((Subject::from_stored(row.get(0)?, row.get(1)?), (row.get(2)?, row.get(3)?)))
        })?;
    Ok(rows.into_iter().filter_map(|(subject, head)| Some((subject?, head))).collect())
}

/// How many entries there are: the last position.
pub(super) fn size(tx: &mut Tx<'_>) -> Result<u64, SqlError> {
    let last: i64 =
        tx.query_one("SELECT COALESCE(MAX(position), 0) FROM ledger_entries", params![], |row| row.get(0))?;
    Ok(u64::try_from(last).unwrap_or(0))
}

fn stored_number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The hashes of leaves (height 0) or of stored subtrees, as many of `count` as there are.
pub(super) fn nodes(tx: &mut Tx<'_>, height: u8, from: u64, count: u64) -> Result<Vec<Hash>, SqlError> {
    let (from, end) = (stored_number(from), stored_number(from + count));
    if height == 0 {
        return tx.query(
            "SELECT hash FROM ledger_entries WHERE position > $1 AND position <= $2 ORDER BY position",
            params![from, end],
            |row| Ok(leaf_hash(&row.get::<Hash>(0)?)),
        );
    }
    tx.query(
        "SELECT hash FROM ledger_nodes WHERE height = $1 AND node >= $2 AND node < $3 ORDER BY node",
        params![i64::from(height), from, end],
        |row| row.get(0),
    )
}

pub(super) fn node_count(tx: &mut Tx<'_>, height: u8) -> Result<u64, SqlError> {
    let sql = "SELECT COALESCE(MAX(node) + 1, 0) FROM ledger_nodes WHERE height = $1";
    let count: i64 = tx.query_one(sql, params![i64::from(height)], |row| row.get(0))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

pub(super) fn insert_node(tx: &mut Tx<'_>, height: u8, node: u64, hash: &Hash) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO ledger_nodes (height, node, hash) VALUES ($1, $2, $3)",
        params![i64::from(height), stored_number(node), hash],
    )?;
    Ok(())
}

fn checkpoint(row: &mailkeep_storage::sql::Row<'_>) -> Result<Checkpoint, SqlError> {
    let size = u64::try_from(row.get::<i64>(0)?).unwrap_or(0);
    Ok(Checkpoint { size, root: row.get(1)?, note: row.get(2)?, at: row.get(3)? })
}

pub(super) fn insert_checkpoint(tx: &mut Tx<'_>, checkpoint: &Checkpoint) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO ledger_checkpoints (size, root, note, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (size) DO NOTHING",
        params![stored_number(checkpoint.size), &checkpoint.root, &checkpoint.note, checkpoint.at],
    )?;
    Ok(())
}

pub(super) fn newest_checkpoint(tx: &mut Tx<'_>) -> Result<Option<Checkpoint>, SqlError> {
    let sql = "SELECT size, root, note, at FROM ledger_checkpoints ORDER BY size DESC LIMIT 1";
    tx.query_opt(sql, params![], checkpoint)
}

pub(super) fn checkpoint_of_size(tx: &mut Tx<'_>, size: u64) -> Result<Option<Checkpoint>, SqlError> {
    let sql = "SELECT size, root, note, at FROM ledger_checkpoints WHERE size = $1";
    tx.query_opt(sql, params![stored_number(size)], checkpoint)
}

/// All signed heads, from the smallest.
pub(super) fn checkpoints(tx: &mut Tx<'_>) -> Result<Vec<Checkpoint>, SqlError> {
    tx.query("SELECT size, root, note, at FROM ledger_checkpoints ORDER BY size", params![], checkpoint)
}

/// How many entries a subject's chain has.
pub(crate) fn entries_of(tx: &mut Tx<'_>, subject: Subject) -> Result<i64, SqlError> {
    Ok(head(tx, subject)?.0)
}
