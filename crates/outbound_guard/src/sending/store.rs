//! All SQL of the guard.

use std::collections::HashSet;
use std::time::Duration;

use mailkeep_storage::sql::{SqlError, Tx, Value, params};
use mailkeep_types::{CustomerId, MailboxId, StaffId, Timestamp};

use crate::limits::Sent;
use crate::tiers::Tier;

/// A recipient as a mailbox knows them.
pub(super) type Known = [u8; 16];

/// The time over which tiers and campaigns count.
pub(super) const DAY: Duration = Duration::from_secs(24 * 3600);
const HOUR: Duration = Duration::from_secs(3600);
/// Numbers of texts are removed every hour once their day is over; a program that did not run catches up.
const STALE: Duration = Duration::from_secs(7 * 24 * 3600);
/// The steps in which recipients are counted, in microseconds. Time zones differ by quarters of an hour, so that days and parts of
/// days begin with a step.
const STEP: i64 = 5 * 60 * 1_000_000;
/// Complaints of a week are held against what was sent in it; no other window is longer than a local day.
const COUNTS_KEPT: Duration = Duration::from_secs((7 * 24 + 2) * 3600);
/// Whom nothing was sent to for so long is a stranger again.
const KNOWN_KEPT: Duration = Duration::from_secs(400 * 24 * 3600);
/// So often it is written down again that a recipient was written to.
const KNOWN_AGAIN: Duration = Duration::from_secs(30 * 24 * 3600);
/// So many values stand in one statement.
const AT_ONCE: usize = 100;

/// What one message adds.
pub(super) struct Counts {
    pub recipients: u64,
    pub outside: u64,
    pub first_time: u64,
}

/// A message to people never written to before.
pub(super) struct MessageRow {
    pub number: i64,
    pub customer: CustomerId,
    pub at: Timestamp,
    pub shingles: Vec<u8>,
    pub reached: Vec<u8>,
}

fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

/// The step that a time is in. A window counts the step in which it begins as a whole: rather too much than too little.
fn step(at: Timestamp) -> i64 {
    at.as_micros().div_euclid(STEP) * STEP
}

/// `$from, $from + 1, …`, as many as there are values.
fn places(from: usize, count: usize) -> String {
    (from..from + count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ")
}

/// Which of these a mailbox has written to.
pub(super) fn known(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    asked: &[Known],
) -> Result<HashSet<Known>, SqlError> {
    let mut found = HashSet::new();
    for some in asked.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT known FROM guard_known WHERE mailbox_id = $1 AND known IN ({})",
            places(2, some.len())
        );
        let mut values: Vec<Value<'_>> = vec![mailbox.into()];
        values.extend(some.iter().map(|hash| Value::from(hash.as_slice())));
        tx.for_each(&sql, &values, |row| -> Result<(), SqlError> {
            // What an erasure put there is of another length, and nobody.
            let hash: Vec<u8> = row.get(0)?;
            found.extend(Known::try_from(hash).ok());
            Ok(())
        })?;
    }
    Ok(found)
}

/// Remembers that these were written to.
pub(super) fn remember(tx: &mut Tx<'_>, mailbox: MailboxId, written: &[Known]) -> Result<(), SqlError> {
    let (now, old) = (tx.now(), tx.now().minus(KNOWN_AGAIN));
    for hash in written {
        tx.execute(
            "INSERT INTO guard_known (mailbox_id, known, written_at) VALUES ($1, $2, $3) \
             ON CONFLICT (mailbox_id, known) DO UPDATE SET written_at = $3 WHERE guard_known.written_at < $4",
            params![mailbox, hash.as_slice(), now, old],
        )?;
    }
    Ok(())
}

/// What was sent by a mailbox, with its window; the tier's counts are those of the customer when one is given.
pub(super) fn sent(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    customer: Option<CustomerId>,
    window: Timestamp,
) -> Result<Sent, SqlError> {
    let (hour, day, window) = (step(tx.now().minus(HOUR)), step(tx.now().minus(DAY)), step(window));
    let mut sent = tx.query_one(
        "SELECT CAST(COALESCE(SUM(CASE WHEN begins_at >= $3 THEN recipients ELSE 0 END), 0) AS BIGINT), \
         CAST(COALESCE(SUM(CASE WHEN begins_at >= $4 THEN recipients ELSE 0 END), 0) AS BIGINT), \
         CAST(COALESCE(SUM(CASE WHEN begins_at >= $5 THEN outside ELSE 0 END), 0) AS BIGINT), \
         CAST(COALESCE(SUM(CASE WHEN begins_at >= $5 THEN first_time ELSE 0 END), 0) AS BIGINT) \
         FROM guard_counts WHERE mailbox_id = $1 AND begins_at >= $2",
        params![mailbox, day.min(window), hour, window, day],
        |row| {
            let first_time = unsigned(row.get(3)?);
            Ok::<_, SqlError>(Sent {
                hour: unsigned(row.get(0)?),
                window: unsigned(row.get(1)?),
                outside: unsigned(row.get(2)?),
                first_time,
                first_time_of_mailbox: first_time,
            })
        },
    )?;
    if let Some(customer) = customer {
        (sent.outside, sent.first_time) = tx.query_one(
            "SELECT CAST(COALESCE(SUM(outside), 0) AS BIGINT), CAST(COALESCE(SUM(first_time), 0) AS BIGINT) \
             FROM guard_counts WHERE customer_id = $1 AND begins_at >= $2",
            params![customer, day],
            |row| Ok::<_, SqlError>((unsigned(row.get(0)?), unsigned(row.get(1)?))),
        )?;
    }
    Ok(sent)
}

/// Recipients of all mailboxes of a customer since then.
pub(crate) fn recipients_since(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    since: Timestamp,
) -> Result<u64, SqlError> {
    tx.query_one(
        "SELECT CAST(COALESCE(SUM(recipients), 0) AS BIGINT) FROM guard_counts WHERE customer_id = $1 AND begins_at >= $2",
        params![customer, step(since)],
        |row| Ok::<_, SqlError>(unsigned(row.get(0)?)),
    )
}

/// First-time recipients of a mailbox since then, the step of that time with them.
pub(super) fn first_time_since(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    since: Timestamp,
) -> Result<u64, SqlError> {
    tx.query_one(
        "SELECT CAST(COALESCE(SUM(first_time), 0) AS BIGINT) FROM guard_counts WHERE mailbox_id = $1 AND begins_at >= $2",
        params![mailbox, step(since)],
        |row| Ok::<_, SqlError>(unsigned(row.get(0)?)),
    )
}

/// Adds what a message sends.
pub(super) fn count(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    customer: CustomerId,
    counts: &Counts,
) -> Result<(), SqlError> {
    let begins = step(tx.now());
    let (recipients, outside, first_time) =
        (int(counts.recipients), int(counts.outside), int(counts.first_time));
    tx.execute(
        "INSERT INTO guard_counts (mailbox_id, begins_at, customer_id, recipients, outside, first_time) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (mailbox_id, begins_at) DO UPDATE SET \
         recipients = guard_counts.recipients + $4, outside = guard_counts.outside + $5, \
         first_time = guard_counts.first_time + $6",
        params![mailbox, begins, customer, recipients, outside, first_time],
    )
    .map(drop)
}

/// Writes down a message to strangers, under the next number.
pub(super) fn add_message(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    customer: CustomerId,
    shingles: &[u8],
    reached: &[u8],
) -> Result<i64, SqlError> {
    let number: i64 = tx.query_one(
        "INSERT INTO guard_numbers (name, last) VALUES ('messages', 1) \
         ON CONFLICT (name) DO UPDATE SET last = guard_numbers.last + 1 RETURNING last",
        params![],
        |row| row.get(0),
    )?;
    let now = tx.now();
    tx.execute(
        "INSERT INTO guard_messages (number, mailbox_id, customer_id, at, shingles, reached) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![number, mailbox, customer, now, shingles, reached],
    )?;
    Ok(number)
}

/// Messages after a number and not older than `since`, in their order.
pub(super) fn messages_after(
    tx: &mut Tx<'_>,
    number: i64,
    since: Timestamp,
    most: i64,
) -> Result<Vec<MessageRow>, SqlError> {
    tx.query(
        "SELECT number, customer_id, at, shingles, reached FROM guard_messages WHERE number > $1 AND at > $2 \
         ORDER BY number LIMIT $3",
        params![number, since, most],
        |row| {
            Ok(MessageRow {
                number: row.get(0)?,
                customer: row.get(1)?,
                at: row.get(2)?,
                shingles: row.get(3)?,
                reached: row.get(4)?,
            })
        },
    )
}

/// The tier of a customer with the number of its last change.
pub(crate) fn tier(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Option<(i64, Tier)>, SqlError> {
    let found: Option<(i64, i64)> = tx.query_opt(
        "SELECT number, tier FROM guard_tiers WHERE customer_id = $1 ORDER BY number DESC LIMIT 1",
        params![customer],
        |row| Ok::<_, SqlError>((row.get(0)?, row.get(1)?)),
    )?;
    Ok(found.map(|(number, tier)| (number, Tier::from_number(tier).unwrap_or(Tier::T0))))
}

/// The last tier of a customer that staff did not give.
pub(crate) fn earned_tier(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Option<Tier>, SqlError> {
    let found: Option<i64> = tx.query_opt(
        "SELECT tier FROM guard_tiers WHERE customer_id = $1 AND tier < $2 ORDER BY number DESC LIMIT 1",
        params![customer, Tier::T3.number()],
        |row| row.get(0),
    )?;
    Ok(found.and_then(Tier::from_number))
}

/// Writes a change of a tier down, with who of staff decided it. Two nodes that see it at once write it once.
pub(crate) fn set_tier(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    number: i64,
    tier: Tier,
    staff: Option<StaffId>,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO guard_tiers (customer_id, number, tier, staff_id, at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT DO NOTHING",
        params![customer, number, tier.number(), staff, now],
    )
    .map(drop)
}

/// How many messages are known of by their numbers for longer than the hourly removal leaves them.
pub(super) fn count_stale(tx: &mut Tx<'_>) -> Result<i64, SqlError> {
    let before = tx.now().minus(STALE);
    let messages: i64 = tx.query_one(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM guard_messages WHERE at < $1",
        params![before],
        |row| row.get(0),
    )?;
    Ok(messages + crate::content::store::count_stale(tx, before)?)
}

/// The customers whose mail staff took for unwanted since then.
pub(super) fn abusers_since(tx: &mut Tx<'_>, since: Timestamp) -> Result<HashSet<CustomerId>, SqlError> {
    let found = tx.query(
        "SELECT DISTINCT customer_id FROM guard_decisions WHERE act = 'drop' AND why IN ('spam', 'stolen') AND at > $1",
        params![since],
        |row| row.get::<CustomerId>(0),
    )?;
    Ok(found.into_iter().collect())
}

/// Removes what no rule asks for any more.
pub(super) fn sweep(tx: &mut Tx<'_>) -> Result<(), SqlError> {
    let now = tx.now();
    let ended = [
        ("DELETE FROM guard_messages WHERE at < $1", now.minus(DAY)),
        ("DELETE FROM guard_counts WHERE begins_at < $1", now.minus(COUNTS_KEPT)),
        ("DELETE FROM guard_known WHERE written_at < $1", now.minus(KNOWN_KEPT)),
    ];
    for (sql, before) in ended {
        tx.execute(sql, params![before])?;
    }
    crate::holds::store::sweep(tx)?;
    crate::content::store::ripen(tx)?;
    crate::ladder::store::sweep(tx)?;
    crate::departures::store::sweep(tx)?;
    crate::voices::sweep(tx)
}
