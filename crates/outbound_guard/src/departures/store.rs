//! All SQL of stopped and paused destinations.

use std::time::Duration;

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{CustomerId, DomainName, StaffId, Timestamp};

use super::pause::{DestinationPause, PausedDestination, Standing};
use super::stops::DestinationStop;
use crate::ladder::StepCause;

/// Stops are kept as long as steps.
const STOPS_KEPT: Duration = Duration::from_secs(730 * 24 * 3600);
/// What a destination refused is forgotten so long after the last of it: then no pause is remembered.
const REFUSALS_KEPT: Duration = Duration::from_secs(2 * 24 * 3600);

/// Whether nothing goes to a destination.
pub(super) fn is_stopped(tx: &mut Tx<'_>, to: &DomainName) -> Result<bool, SqlError> {
    let found = tx.query_opt(
        "SELECT number FROM guard_destination_stops WHERE domain = $1 AND ended_at IS NULL LIMIT 1",
        params![to.as_str()],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// Stops a destination.
pub(super) fn stop(tx: &mut Tx<'_>, to: &DomainName, why: StepCause, by: StaffId) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO guard_destination_stops (domain, number, why, staff_id, at) VALUES ($1, \
         (SELECT COALESCE(MAX(number), 0) + 1 FROM guard_destination_stops WHERE domain = $1), $2, $3, $4)",
        params![to.as_str(), why.word(), by, now],
    )
    .map(drop)
}

/// Lifts the stop of a destination; false when there is none.
pub(super) fn lift(tx: &mut Tx<'_>, to: &DomainName, by: StaffId) -> Result<bool, SqlError> {
    let now = tx.now();
    let sql = "UPDATE guard_destination_stops SET ended_at = $2, ended_by = $3 WHERE domain = $1 AND ended_at IS NULL";
    Ok(tx.execute(sql, params![to.as_str(), now, by])? > 0)
}

/// The stops, those in force first.
pub(super) fn stops(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<DestinationStop>, SqlError> {
    tx.query(
        "SELECT domain, why, staff_id, at, ended_at, ended_by FROM guard_destination_stops \
         ORDER BY CASE WHEN ended_at IS NULL THEN 0 ELSE 1 END, at DESC, domain LIMIT $1",
        params![limit],
        |row| {
            let ended_at: Option<Timestamp> = row.get(4)?;
            let ended_by: Option<StaffId> = row.get(5)?;
            Ok(DestinationStop {
                domain: row.get(0)?,
                why: StepCause::from_word(&row.get::<String>(1)?).unwrap_or(StepCause::Other),
                staff: row.get(2)?,
                at: row.get(3)?,
                ended: ended_at.map(|at| (at, ended_by)),
            })
        },
    )
}

/// How a destination stands to a customer.
pub(super) fn standing(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    to: &DomainName,
) -> Result<Option<Standing>, SqlError> {
    tx.query_opt(
        "SELECT refusals, since, level, until FROM guard_pauses WHERE customer_id = $1 AND domain = $2",
        params![customer, to.as_str()],
        |row| {
            Ok(Standing { refusals: row.get(0)?, since: row.get(1)?, level: row.get(2)?, until: row.get(3)? })
        },
    )
}

/// Writes down how a destination stands to a customer.
pub(super) fn put(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    to: &DomainName,
    standing: &Standing,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO guard_pauses (customer_id, domain, refusals, since, level, until) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (customer_id, domain) DO UPDATE SET refusals = $3, since = $4, level = $5, until = $6",
        params![
            customer,
            to.as_str(),
            standing.refusals,
            standing.since,
            standing.level,
            standing.until
        ],
    )
    .map(drop)
}

/// Until when a destination is left alone for a customer.
pub(super) fn paused_until(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    to: &DomainName,
) -> Result<Option<Timestamp>, SqlError> {
    let now = tx.now();
    tx.query_opt(
        "SELECT until FROM guard_pauses WHERE customer_id = $1 AND domain = $2 AND until > $3",
        params![customer, to.as_str(), now],
        |row| row.get(0),
    )
}

/// The destinations that are left alone, with the number of customers.
pub(super) fn paused(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<PausedDestination>, SqlError> {
    let now = tx.now();
    tx.query(
        "SELECT domain, CAST(COUNT(*) AS BIGINT) AS customers, MAX(until) FROM guard_pauses WHERE until > $1 \
         GROUP BY domain ORDER BY customers DESC, domain LIMIT $2",
        params![now, limit],
        |row| Ok(PausedDestination { domain: row.get(0)?, customers: row.get(1)?, until: row.get(2)? }),
    )
}

/// How many destinations are left alone for a customer.
pub(super) fn paused_for(
    tx: &mut Tx<'_>,
    customer: CustomerId,
) -> Result<Option<DestinationPause>, SqlError> {
    let now = tx.now();
    let (destinations, until) = tx.query_one(
        "SELECT CAST(COUNT(*) AS BIGINT), MAX(until) FROM guard_pauses WHERE customer_id = $1 AND until > $2",
        params![customer, now],
        |row| Ok::<_, SqlError>((row.get::<i64>(0)?, row.get::<Option<Timestamp>>(1)?)),
    )?;
    Ok(until.map(|until| DestinationPause { destinations, until }))
}

/// Ends the pauses of a customer; gives of which destinations.
pub(super) fn end_pauses(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<DomainName>, SqlError> {
    let now = tx.now();
    let found = tx.query(
        "DELETE FROM guard_pauses WHERE customer_id = $1 AND until > $2 RETURNING domain",
        params![customer, now],
        |row| row.get::<String>(0),
    )?;
    Ok(found.iter().filter_map(|name| DomainName::parse(name).ok()).collect())
}

/// Removes old stops and what was refused long ago.
pub(crate) fn sweep(tx: &mut Tx<'_>) -> Result<(), SqlError> {
    let (now, old) = (tx.now(), tx.now().minus(REFUSALS_KEPT));
    tx.execute("DELETE FROM guard_pauses WHERE since < $1 AND until < $1", params![old])?;
    let before = now.minus(STOPS_KEPT);
    tx.execute("DELETE FROM guard_destination_stops WHERE at < $1 AND ended_at IS NOT NULL", params![before])
        .map(drop)
}
