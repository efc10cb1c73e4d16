//! All SQL of steps.

use std::time::Duration;

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, DomainName, MailboxId, StaffId, Timestamp};

use super::{About, EndCause, Ended, NewStep, Rung, Step, StepCause};

/// Steps are kept as long as decisions.
const KEPT: Duration = Duration::from_secs(730 * 24 * 3600);
/// So many are looked at in one go.
const MOST: i64 = 1_000;

const STEP: &str = "customer_id, number, rung, mailbox_id, domain, why, staff_id, at, until, confirmed_by, ended_at, ended_by, ended_why";

fn step(row: &Row<'_>) -> Result<Option<Step>, SqlError> {
    let (rung, why): (String, String) = (row.get(2)?, row.get(5)?);
    let (mailbox, domain): (Option<MailboxId>, Option<String>) = (row.get(3)?, row.get(4)?);
    let about = match (mailbox, domain) {
        (Some(mailbox), _) => Some(About::Mailbox(mailbox)),
        (None, Some(domain)) => DomainName::parse(&domain).ok().map(About::Domain),
        (None, None) => Some(About::Customer),
    };
    let until: Timestamp = row.get(8)?;
    let (ended_at, by): (Option<Timestamp>, Option<StaffId>) = (row.get(10)?, row.get(11)?);
    let ended_why: Option<String> = row.get(12)?;
    let ended_why = ended_why.and_then(|word| EndCause::from_word(&word)).unwrap_or(EndCause::Other);
    let Some((rung, about)) = Rung::from_word(&rung).zip(about) else { return Ok(None) };
    Ok(Some(Step {
        customer: row.get(0)?,
        number: row.get(1)?,
        rung,
        about,
        why: StepCause::from_word(&why).unwrap_or(StepCause::Other),
        staff: row.get(6)?,
        at: row.get(7)?,
        until: (until != Timestamp::NEVER).then_some(until),
        confirmed_by: row.get(9)?,
        ended: ended_at.map(|at| Ended { at, by, why: ended_why }),
    }))
}

fn next_number(tx: &mut Tx<'_>, customer: CustomerId) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT COALESCE(MAX(number), 0) + 1 FROM guard_steps WHERE customer_id = $1",
        params![customer],
        |row| row.get(0),
    )
}

const fn columns(about: &About) -> (Option<MailboxId>, Option<&DomainName>) {
    match about {
        About::Customer => (None, None),
        About::Mailbox(mailbox) => (Some(*mailbox), None),
        About::Domain(domain) => (None, Some(domain)),
    }
}

/// Writes a step down; gives its number.
pub(super) fn insert(tx: &mut Tx<'_>, new: &NewStep, until: Option<Timestamp>) -> Result<i64, SqlError> {
    let (now, number) = (tx.now(), next_number(tx, new.customer)?);
    let (mailbox, domain) = columns(&new.about);
    tx.execute(
        "INSERT INTO guard_steps (customer_id, number, rung, mailbox_id, domain, why, staff_id, at, until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            new.customer,
            number,
            new.rung.word(),
            mailbox,
            domain.map(DomainName::as_str),
            new.why.word(),
            new.by,
            now,
            until.unwrap_or(Timestamp::NEVER)
        ],
    )?;
    Ok(number)
}

/// Writes down that mail was held from now on. It is told of where it begins, and ends there.
pub(super) fn mark_hold(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    about: &About,
    why: StepCause,
) -> Result<(), SqlError> {
    let (now, number) = (tx.now(), next_number(tx, customer)?);
    let (mailbox, domain) = columns(about);
    tx.execute(
        "INSERT INTO guard_steps (customer_id, number, rung, mailbox_id, domain, why, at, until, ended_at, ended_why, told_at, end_told_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $7, $8, $7, $7)",
        params![
            customer,
            number,
            Rung::Hold.word(),
            mailbox,
            domain.map(DomainName::as_str),
            why.word(),
            now,
            EndCause::Time.word()
        ],
    )
    .map(drop)
}

/// One step.
pub(super) fn find(tx: &mut Tx<'_>, customer: CustomerId, number: i64) -> Result<Option<Step>, SqlError> {
    let sql = format!("SELECT {STEP} FROM guard_steps WHERE customer_id = $1 AND number = $2");
    Ok(tx.query_opt(&sql, params![customer, number], step)?.flatten())
}

/// The steps about a customer that have not ended, the furthest first.
pub(crate) fn open(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<Step>, SqlError> {
    let now = tx.now();
    let sql =
        format!("SELECT {STEP} FROM guard_steps WHERE customer_id = $1 AND ended_at IS NULL AND until > $2");
    let mut found: Vec<Step> = tx.query(&sql, params![customer, now], step)?.into_iter().flatten().collect();
    let far = |rung| Rung::ALL.iter().position(|one| *one == rung);
    found.sort_by_key(|step| std::cmp::Reverse((far(step.rung), step.number)));
    Ok(found)
}

/// The steps about all customers that have not ended, the newest first.
pub(super) fn all_open(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Step>, SqlError> {
    let now = tx.now();
    let sql = format!(
        "SELECT {STEP} FROM guard_steps WHERE ended_at IS NULL AND until > $1 ORDER BY at DESC, customer_id, number LIMIT $2"
    );
    Ok(tx.query(&sql, params![now, limit], step)?.into_iter().flatten().collect())
}

/// The steps about a customer, the newest first.
pub(super) fn of_customer(tx: &mut Tx<'_>, customer: CustomerId, limit: i64) -> Result<Vec<Step>, SqlError> {
    let sql = format!("SELECT {STEP} FROM guard_steps WHERE customer_id = $1 ORDER BY number DESC LIMIT $2");
    Ok(tx.query(&sql, params![customer, limit], step)?.into_iter().flatten().collect())
}

/// The steps about a customer that the guard took since then.
pub(super) fn of_guard_since(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    since: Timestamp,
) -> Result<Vec<Step>, SqlError> {
    let sql = format!(
        "SELECT {STEP} FROM guard_steps WHERE customer_id = $1 AND at > $2 AND staff_id IS NULL LIMIT $3"
    );
    Ok(tx.query(&sql, params![customer, since, MOST], step)?.into_iter().flatten().collect())
}

/// How many terminations wait that somebody else wished for.
pub(super) fn count_wishes(tx: &mut Tx<'_>, reader: StaffId) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM guard_steps WHERE ended_at IS NULL AND until = $2 AND rung = 'terminate' \
         AND confirmed_by IS NULL AND staff_id <> $1",
        params![reader, Timestamp::NEVER],
        |row| row.get(0),
    )
}

/// Whose time is over.
pub(super) fn over(tx: &mut Tx<'_>) -> Result<Vec<Step>, SqlError> {
    let now = tx.now();
    let sql = format!("SELECT {STEP} FROM guard_steps WHERE until <= $1 AND ended_at IS NULL LIMIT $2");
    Ok(tx.query(&sql, params![now, MOST], step)?.into_iter().flatten().collect())
}

/// Writes down who confirmed.
pub(super) fn confirm(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    number: i64,
    by: StaffId,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "UPDATE guard_steps SET confirmed_by = $3, confirmed_at = $4 WHERE customer_id = $1 AND number = $2",
        params![customer, number, by, now],
    )
    .map(drop)
}

/// Ends a step. Nobody is told of a wish that nobody confirmed.
pub(super) fn end(tx: &mut Tx<'_>, step: &Step, ended: Ended) -> Result<(), SqlError> {
    let told = step.waits_for_second().then(|| tx.now());
    tx.execute(
        "UPDATE guard_steps SET ended_at = $3, ended_by = $4, ended_why = $5, told_at = COALESCE(told_at, $6), \
         end_told_at = COALESCE(end_told_at, $6) WHERE customer_id = $1 AND number = $2 AND ended_at IS NULL",
        params![step.customer, step.number, ended.at, ended.by, ended.why.word(), told],
    )
    .map(drop)
}

/// The steps of whose beginning nobody was told; a termination is told of when it was confirmed.
pub(super) fn untold(tx: &mut Tx<'_>) -> Result<Vec<Step>, SqlError> {
    let sql = format!(
        "SELECT {STEP} FROM guard_steps WHERE told_at IS NULL AND (rung <> 'terminate' OR confirmed_at IS NOT NULL) \
         ORDER BY at, customer_id, number LIMIT $1"
    );
    Ok(tx.query(&sql, params![MOST], step)?.into_iter().flatten().collect())
}

/// The steps of whose end nobody was told, whose beginning was.
pub(super) fn untold_ends(tx: &mut Tx<'_>) -> Result<Vec<Step>, SqlError> {
    let sql = format!(
        "SELECT {STEP} FROM guard_steps WHERE end_told_at IS NULL AND ended_at IS NOT NULL AND told_at IS NOT NULL \
         ORDER BY ended_at, customer_id, number LIMIT $1"
    );
    Ok(tx.query(&sql, params![MOST], step)?.into_iter().flatten().collect())
}

/// Writes down that the customer was told of the beginning.
///
/// # Errors
/// When the database fails.
pub fn mark_told(tx: &mut Tx<'_>, step: &Step) -> Result<(), SqlError> {
    let now = tx.now();
    let sql = "UPDATE guard_steps SET told_at = $3 WHERE customer_id = $1 AND number = $2";
    tx.execute(sql, params![step.customer, step.number, now]).map(drop)
}

/// Writes down that the customer was told of the end.
///
/// # Errors
/// When the database fails.
pub fn mark_end_told(tx: &mut Tx<'_>, step: &Step) -> Result<(), SqlError> {
    let now = tx.now();
    let sql = "UPDATE guard_steps SET end_told_at = $3 WHERE customer_id = $1 AND number = $2";
    tx.execute(sql, params![step.customer, step.number, now]).map(drop)
}

/// Removes old steps.
pub(crate) fn sweep(tx: &mut Tx<'_>) -> Result<(), SqlError> {
    let before = tx.now().minus(KEPT);
    tx.execute("DELETE FROM guard_steps WHERE ended_at < $1 AND end_told_at IS NOT NULL", params![before])
        .map(drop)
}
