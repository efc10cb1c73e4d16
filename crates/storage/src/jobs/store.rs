//! The rows of jobs.

use std::time::Duration;

use mailkeep_types::{JobId, Timestamp};

use super::Job;
use crate::sql::{Channel, Dialect, SqlError, Tx, params};

const WAITING: i64 = 0;
const DEAD: i64 = 1;

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

/// A job to be written.
pub(super) struct NewRow<'a> {
    pub kind: &'a str,
    pub unique_key: Option<&'a str>,
    pub payload: &'a str,
    pub run_at: Timestamp,
    pub every: Option<Duration>,
    pub bulk: bool,
}

pub(super) fn insert(tx: &mut Tx<'_>, id: JobId, new: &NewRow<'_>) -> Result<bool, SqlError> {
    let every = new.every.map(micros);
    let rows = tx.execute(
        "INSERT INTO jobs (id, kind, unique_key, payload, state, run_at, attempts, lease_until, every_micros, created_at, bulk)
         VALUES ($1, $2, $3, $4, 0, $5, 0, 0, $6, $7, $8) ON CONFLICT (kind, unique_key) DO NOTHING",
        params![id, new.kind, new.unique_key, new.payload, new.run_at, every, tx.now(), new.bulk],
    )?;
    Ok(rows == 1)
}

/// Takes up to `limit` due jobs of the given kinds under a lease: those in bulk when no other is due.
pub(super) fn claim(
    tx: &mut Tx<'_>,
    kinds: &[String],
    limit: i64,
    lease: Duration,
) -> Result<Vec<Job>, SqlError> {
    let mut jobs = claim_from(tx, false, kinds, limit, lease)?;
    let room = limit - i64::try_from(jobs.len()).unwrap_or(limit);
    if room > 0 {
        jobs.extend(claim_from(tx, true, kinds, room, lease)?);
    }
    Ok(jobs)
}

fn claim_from(
    tx: &mut Tx<'_>,
    bulk: bool,
    kinds: &[String],
    limit: i64,
    lease: Duration,
) -> Result<Vec<Job>, SqlError> {
    let now = tx.now();
    let skip_locked = match tx.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => "FOR UPDATE SKIP LOCKED",
    };
    // Kinds are few and come from the code; a list in the text keeps one statement for both engines.
    let names: Vec<String> = kinds.iter().map(|kind| format!("'{}'", kind.replace('\'', "''"))).collect();
    let sql = format!(
        "UPDATE jobs SET lease_until = $1, attempts = attempts + 1 WHERE id IN (
             SELECT id FROM jobs WHERE state = 0 AND bulk = $4 AND run_at <= $2 AND lease_until <= $2 AND kind IN ({})
             ORDER BY run_at LIMIT $3 {skip_locked})
         RETURNING id, kind, attempts, payload, every_micros",
        names.join(", ")
    );
    tx.query(&sql, params![now.plus(lease), now, limit, bulk], |row| {
        Ok(Job {
            id: row.get(0)?,
            kind: row.get(1)?,
            attempts: row.get::<u32>(2)?.saturating_sub(1),
            payload: row.get(3)?,
            every: row.get::<Option<i64>>(4)?.map(|m| Duration::from_micros(m.unsigned_abs())),
        })
    })
}

pub(super) fn extend(tx: &mut Tx<'_>, id: JobId, lease: Duration) -> Result<(), SqlError> {
    let until = tx.now().plus(lease);
    tx.execute("UPDATE jobs SET lease_until = $1 WHERE id = $2", params![until, id]).map(drop)
}

/// Whether a job is due that nobody holds. However many wait, it ends with the first.
pub(super) fn is_due(tx: &mut Tx<'_>) -> Result<bool, SqlError> {
    let now = tx.now();
    for bulk in [false, true] {
        let found = tx.query_opt(
            "SELECT run_at FROM jobs WHERE state = 0 AND bulk = $2 AND run_at <= $1 AND lease_until <= $1 \
             ORDER BY run_at LIMIT 1",
            params![now, bulk],
            |row| row.get::<Timestamp>(0),
        )?;
        if found.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a job runs, on any node.
///
/// # Errors
/// When the database fails.
pub fn is_any_running(tx: &mut Tx<'_>) -> Result<bool, SqlError> {
    let now = tx.now();
    let found = tx.query_opt(
        "SELECT lease_until FROM jobs WHERE state = 0 AND bulk IN (0, 1) AND run_at <= $1 AND lease_until > $1 LIMIT 1",
        params![now],
        |row| row.get::<Timestamp>(0),
    )?;
    Ok(found.is_some())
}

/// Removes a done job; a recurring one waits for its next turn.
pub(super) fn finish(tx: &mut Tx<'_>, id: JobId, every: Option<Duration>) -> Result<(), SqlError> {
    match every {
        None => tx.execute("DELETE FROM jobs WHERE id = $1", params![id]).map(drop),
        Some(every) => {
            let now = tx.now();
            // Missed turns are not made up for: the work looks at what is due, not at how often it was called.
            tx.execute(
                "UPDATE jobs SET run_at = CASE WHEN run_at + $2 > $3 THEN run_at + $2 ELSE $3 + $2 END,
                 attempts = 0, lease_until = 0, last_error = NULL WHERE id = $1",
                params![id, micros(every), now],
            )
            .map(drop)
        }
    }
}

pub(super) fn put_off(tx: &mut Tx<'_>, id: JobId, until: Timestamp, why: &str) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE jobs SET run_at = $2, lease_until = 0, last_error = $3 WHERE id = $1",
        params![id, until, why],
    )
    .map(drop)
}

pub(super) fn bury(tx: &mut Tx<'_>, id: JobId, why: &str) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE jobs SET state = $2, lease_until = 0, last_error = $3 WHERE id = $1",
        params![id, DEAD, why],
    )
    .map(drop)
}

pub(super) fn set_interval(tx: &mut Tx<'_>, kind: &str, every: Duration) -> Result<(), SqlError> {
    let next = tx.now().plus(every);
    tx.execute(
        "UPDATE jobs SET every_micros = $2, run_at = CASE WHEN run_at > $3 THEN $3 ELSE run_at END
         WHERE kind = $1 AND unique_key = 'schedule' AND every_micros <> $2",
        params![kind, micros(every), next],
    )
    .map(drop)
}

/// A job that waits for a person.
#[derive(Debug, Clone)]
pub struct DeadJob {
    /// Its identifier.
    pub id: JobId,
    /// Its kind.
    pub kind: String,
    /// What it was to work on (identifiers only).
    pub payload: String,
    /// How often it was tried.
    pub attempts: u32,
    /// Why the last try failed.
    pub last_error: String,
    /// When it was written.
    pub created_at: Timestamp,
}

/// The dead jobs, oldest first.
pub fn list_dead(tx: &mut Tx<'_>) -> Result<Vec<DeadJob>, SqlError> {
    tx.query(
        "SELECT id, kind, payload, attempts, last_error, created_at FROM jobs WHERE state = $1 ORDER BY created_at LIMIT 500",
        params![DEAD],
        |row| {
            Ok(DeadJob {
                id: row.get(0)?,
                kind: row.get(1)?,
                payload: row.get(2)?,
                attempts: row.get(3)?,
                last_error: row.get::<Option<String>>(4)?.unwrap_or_default(),
                created_at: row.get(5)?,
            })
        },
    )
}

/// Gives a dead job another life, beginning now. False when there is no such dead job.
pub fn retry_dead(tx: &mut Tx<'_>, id: JobId) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE jobs SET state = $2, attempts = 0, run_at = $3, lease_until = 0 WHERE id = $1 AND state = $4",
        params![id, WAITING, tx.now(), DEAD],
    )?;
    tx.notify(Channel::Job, [0; 16], 0);
    Ok(rows == 1)
}

/// Removes a dead job for good. False when there is no such dead job.
pub fn delete_dead(tx: &mut Tx<'_>, id: JobId) -> Result<bool, SqlError> {
    Ok(tx.execute("DELETE FROM jobs WHERE id = $1 AND state = $2", params![id, DEAD])? == 1)
}

/// How many jobs there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// The kind.
    pub kind: String,
    /// Waiting or running.
    pub waiting: i64,
    /// Dead.
    pub dead: i64,
}

/// How many jobs of each kind there are.
pub fn counts(tx: &mut Tx<'_>) -> Result<Vec<Counts>, SqlError> {
    tx.query(
        "SELECT kind, CAST(SUM(CASE WHEN state = 0 THEN 1 ELSE 0 END) AS BIGINT),
                CAST(SUM(CASE WHEN state = 1 THEN 1 ELSE 0 END) AS BIGINT) FROM jobs GROUP BY kind ORDER BY kind",
        params![],
        |row| Ok(Counts { kind: row.get(0)?, waiting: row.get(1)?, dead: row.get(2)? }),
    )
}
