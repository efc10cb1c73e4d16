//! All SQL of delivery counts.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{DomainId, GuestId, QueueId, Timestamp};

use super::{Counts, Waits};

const HOUR: i64 = 3_600 * 1_000_000;
/// A day in microseconds.
pub(crate) const DAY: i64 = 24 * HOUR;
/// The slot of a whole day.
pub(super) const WHOLE_DAY: i64 = -1;

/// When the hour began that a time is in.
pub(super) fn hour(at: Timestamp) -> i64 {
    at.as_micros().div_euclid(HOUR) * HOUR
}

/// When the day began that a time is in.
pub(super) fn day(at: Timestamp) -> i64 {
    at.as_micros().div_euclid(DAY) * DAY
}

/// What is asked of a message to count its outcomes.
pub(super) struct About {
    pub created_at: Timestamp,
    /// The sender's domain; `None` for the house.
    pub domain: Option<DomainId>,
    pub was_held: bool,
}

/// What is asked of a queued message; `None` when it is gone.
pub(super) fn about(tx: &mut Tx<'_>, id: QueueId, guest: Option<GuestId>) -> Result<Option<About>, SqlError> {
    tx.query_opt(
        "SELECT m.created_at, COALESCE(b.domain_id, a.domain_id), t.first FROM queue_messages m \
         LEFT JOIN mailboxes b ON b.id = m.mailbox_id LEFT JOIN list_guests g ON g.id = $2 \
         LEFT JOIN addresses a ON a.alias_id = g.alias_id \
         LEFT JOIN mail_traces t ON t.id = m.id AND t.position = 0 WHERE m.id = $1",
        params![id, guest],
        |row| {
            let first: Option<String> = row.get(2)?;
            let was_held = first.as_deref() == Some("held");
            Ok(About { created_at: row.get(0)?, domain: row.get(1)?, was_held })
        },
    )
}

/// Adds to a destination.
pub(super) fn count_destination(
    tx: &mut Tx<'_>,
    (begins, destination, egress, slot): (i64, &str, &str, i64),
    counts: &Counts,
    waits: &Waits,
) -> Result<(), SqlError> {
    let [a, b, c, d, e, f] = waits.0;
    tx.execute(
        "INSERT INTO delivery_destinations AS x (begins_at, destination, egress, slot, delivered, deferred, dead, spam, policy, failed, \
         within_10s, within_1m, within_10m, within_1h, within_6h, later) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
         ON CONFLICT (begins_at, destination, egress, slot) DO UPDATE SET delivered = x.delivered + $5, deferred = x.deferred + $6, \
         dead = x.dead + $7, spam = x.spam + $8, policy = x.policy + $9, failed = x.failed + $10, within_10s = x.within_10s + $11, \
         within_1m = x.within_1m + $12, within_10m = x.within_10m + $13, within_1h = x.within_1h + $14, within_6h = x.within_6h + $15, \
         later = x.later + $16",
        params![
            begins,
            destination,
            egress,
            slot,
            counts.delivered,
            counts.deferred,
            counts.dead,
            counts.spam,
            counts.policy,
            counts.failed,
            a,
            b,
            c,
            d,
            e,
            f
        ],
    )
    .map(drop)
}

/// Adds to a sender's domain.
pub(super) fn count_sender(
    tx: &mut Tx<'_>,
    (domain, begins, slot): (DomainId, i64, i64),
    counts: &Counts,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO delivery_senders AS x (domain_id, begins_at, slot, delivered, deferred, dead, spam, policy, failed) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (domain_id, begins_at, slot) DO UPDATE SET \
         delivered = x.delivered + $4, deferred = x.deferred + $5, dead = x.dead + $6, spam = x.spam + $7, policy = x.policy + $8, \
         failed = x.failed + $9",
        params![
            domain,
            begins,
            slot,
            counts.delivered,
            counts.deferred,
            counts.dead,
            counts.spam,
            counts.policy,
            counts.failed
        ],
    )
    .map(drop)
}

const COUNTS: &str = "CAST(SUM(delivered) AS BIGINT), CAST(SUM(deferred) AS BIGINT), CAST(SUM(dead) AS BIGINT), CAST(SUM(spam) AS BIGINT), \
                      CAST(SUM(policy) AS BIGINT), CAST(SUM(failed) AS BIGINT)";
const TIMES: &str = "CAST(SUM(within_10s) AS BIGINT), CAST(SUM(within_1m) AS BIGINT), CAST(SUM(within_10m) AS BIGINT), \
                     CAST(SUM(within_1h) AS BIGINT), CAST(SUM(within_6h) AS BIGINT), CAST(SUM(later) AS BIGINT)";

fn counts(row: &Row<'_>, from: usize) -> Result<Counts, SqlError> {
    Ok(Counts {
        delivered: row.get(from)?,
        deferred: row.get(from + 1)?,
        dead: row.get(from + 2)?,
        spam: row.get(from + 3)?,
        policy: row.get(from + 4)?,
        failed: row.get(from + 5)?,
    })
}

fn waits(row: &Row<'_>, from: usize) -> Result<Waits, SqlError> {
    let mut waits = Waits::default();
    for (place, count) in waits.0.iter_mut().enumerate() {
        *count = row.get(from + place)?;
    }
    Ok(waits)
}

/// What is asked for: rows that begin between these times, with these slots or higher ones.
#[derive(Clone, Copy)]
pub(super) struct Between {
    pub from: i64,
    pub until: i64,
    pub slot: i64,
}

/// A destination, an address of ours, and how deliveries between them ended.
pub(super) struct OneWay {
    pub destination: String,
    pub egress: String,
    pub counts: Counts,
    pub waits: Waits,
}

/// The sums by destination and address of ours.
pub(super) fn ways(tx: &mut Tx<'_>, between: Between) -> Result<Vec<OneWay>, SqlError> {
    let sql = format!(
        "SELECT destination, egress, {COUNTS}, {TIMES} FROM delivery_destinations \
         WHERE begins_at >= $1 AND begins_at < $2 AND slot >= $3 GROUP BY destination, egress"
    );
    tx.query(&sql, params![between.from, between.until, between.slot], |row| {
        Ok(OneWay {
            destination: row.get(0)?,
            egress: row.get(1)?,
            counts: counts(row, 2)?,
            waits: waits(row, 8)?,
        })
    })
}

/// The sums by hour, or by day where the hours are gone.
pub(super) fn times(tx: &mut Tx<'_>, between: Between) -> Result<Vec<(i64, Counts)>, SqlError> {
    let sql = format!(
        "SELECT begins_at, {COUNTS} FROM delivery_destinations \
         WHERE begins_at >= $1 AND begins_at < $2 AND slot >= $3 GROUP BY begins_at ORDER BY begins_at"
    );
    tx.query(&sql, params![between.from, between.until, between.slot], |row| {
        Ok((row.get(0)?, counts(row, 1)?))
    })
}

/// The sums by sender's domain.
pub(super) fn senders(tx: &mut Tx<'_>, between: Between) -> Result<Vec<(DomainId, Counts)>, SqlError> {
    let sql = format!(
        "SELECT domain_id, {COUNTS} FROM delivery_senders \
         WHERE begins_at >= $1 AND begins_at < $2 AND slot >= $3 GROUP BY domain_id"
    );
    tx.query(&sql, params![between.from, between.until, between.slot], |row| {
        Ok((row.get(0)?, counts(row, 1)?))
    })
}

/// The addresses from which mail went since then.
pub(crate) fn egresses(tx: &mut Tx<'_>, since: Timestamp, limit: i64) -> Result<Vec<String>, SqlError> {
    tx.query(
        "SELECT DISTINCT egress FROM delivery_destinations WHERE begins_at >= $1 AND egress <> '' ORDER BY egress LIMIT $2",
        params![hour(since), limit],
        |row| row.get(0),
    )
}

/// The first hour that is told apart, if there is one.
pub(super) fn first_hour(tx: &mut Tx<'_>) -> Result<Option<i64>, SqlError> {
    let first = "SELECT begins_at FROM delivery_destinations WHERE slot >= 0 ORDER BY begins_at LIMIT 1";
    let destinations: Option<i64> = tx.query_opt(first, params![], |row| row.get(0))?;
    let first = "SELECT begins_at FROM delivery_senders WHERE slot >= 0 ORDER BY begins_at LIMIT 1";
    let senders: Option<i64> = tx.query_opt(first, params![], |row| row.get(0))?;
    Ok(destinations.into_iter().chain(senders).min())
}

/// Removes the hours between these times.
pub(super) fn remove_hours(tx: &mut Tx<'_>, between: Between) -> Result<(), SqlError> {
    for sql in [
        "DELETE FROM delivery_destinations WHERE begins_at >= $1 AND begins_at < $2 AND slot >= $3",
        "DELETE FROM delivery_senders WHERE begins_at >= $1 AND begins_at < $2 AND slot >= $3",
    ] {
        tx.execute(sql, params![between.from, between.until, between.slot])?;
    }
    Ok(())
}

/// Removes what is older.
pub(super) fn forget(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), SqlError> {
    for sql in [
        "DELETE FROM delivery_destinations WHERE begins_at < $1",
        "DELETE FROM delivery_senders WHERE begins_at < $1",
    ] {
        tx.execute(sql, params![before])?;
    }
    Ok(())
}
