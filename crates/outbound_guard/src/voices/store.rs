//! All SQL of voices and of what follows from them.

use std::collections::HashSet;

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, MailboxId, Timestamp};
use uuid::Uuid;

use super::rate::Complaints;
use super::{CustomerVoices, Heard, Level, Stop, Voice};
use crate::verdict::ReasonCode;

const DAY: i64 = 24 * 3600;
/// So many customers and voices are looked at in one go.
const MOST: i64 = 1_000;

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// In the place of a mailbox, for what is about all of a customer's.
fn all() -> MailboxId {
    MailboxId::from_uuid(Uuid::nil())
}

/// Counts a voice; the same on one day counts once.
pub(super) fn hear(tx: &mut Tx<'_>, heard: Heard, who: &[u8], weight: u64) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO guard_voices (mailbox_id, kind, who, day, customer_id, weight, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        params![
            heard.mailbox,
            heard.voice.word(),
            who,
            now.as_seconds().div_euclid(DAY),
            heard.customer,
            int(weight),
            now
        ],
    )
    .map(drop)
}

/// Takes the newest voice back.
pub(super) fn unhear(tx: &mut Tx<'_>, heard: Heard, who: &[u8]) -> Result<(), SqlError> {
    tx.execute(
        "DELETE FROM guard_voices WHERE mailbox_id = $1 AND kind = $2 AND who = $3 AND day = \
         (SELECT MAX(v.day) FROM guard_voices v WHERE v.mailbox_id = $1 AND v.kind = $2 AND v.who = $3)",
        params![heard.mailbox, heard.voice.word(), who],
    )
    .map(drop)
}

/// How often somebody complained of anybody since then.
pub(super) fn complaints_of(tx: &mut Tx<'_>, who: &[u8], since: Timestamp) -> Result<u64, SqlError> {
    tx.query_one("SELECT COUNT(*) FROM guard_voices WHERE who = $1 AND at > $2", params![who, since], |row| {
        Ok::<_, SqlError>(unsigned(row.get(0)?))
    })
}

/// How many voices of a kind there were about a mailbox since then.
pub(super) fn count(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    voice: Voice,
    since: Timestamp,
) -> Result<u64, SqlError> {
    tx.query_one(
        "SELECT COUNT(*) FROM guard_voices WHERE mailbox_id = $1 AND kind = $2 AND at > $3",
        params![mailbox, voice.word(), since],
        |row| Ok::<_, SqlError>(unsigned(row.get(0)?)),
    )
}

/// From where voices of a kind about a mailbox came since then, the newest.
pub(super) fn places(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    voice: Voice,
    since: Timestamp,
) -> Result<HashSet<Vec<u8>>, SqlError> {
    let found = tx.query(
        "SELECT who FROM guard_voices WHERE mailbox_id = $1 AND kind = $2 AND at > $3 ORDER BY at DESC LIMIT $4",
        params![mailbox, voice.word(), since, MOST],
        |row| row.get::<Vec<u8>>(0),
    )?;
    Ok(found.into_iter().collect())
}

/// The complaints about a customer's mail since then.
pub(super) fn complaints(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    since: Timestamp,
) -> Result<Complaints, SqlError> {
    tx.query_one(
        "SELECT COUNT(*), CAST(COALESCE(SUM(weight), 0) AS BIGINT) FROM guard_voices \
         WHERE customer_id = $1 AND at > $2 AND kind IN ('spam', 'junk', 'complaint')",
        params![customer, since],
        |row| Ok::<_, SqlError>(Complaints { count: unsigned(row.get(0)?), weight: unsigned(row.get(1)?) }),
    )
}

/// What was said of customers since then, those first of whom most is complained.
pub(super) fn by_customer(
    tx: &mut Tx<'_>,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<CustomerVoices>, SqlError> {
    tx.query(
        "SELECT customer_id, CAST(SUM(CASE WHEN kind = 'hard' THEN 0 ELSE 1 END) AS BIGINT) AS complaints, \
         CAST(SUM(CASE WHEN kind = 'hard' THEN 0 ELSE weight END) AS BIGINT) AS weighed, \
         CAST(SUM(CASE WHEN kind = 'hard' THEN 1 ELSE 0 END) AS BIGINT) AS dead \
         FROM guard_voices WHERE at > $1 GROUP BY customer_id ORDER BY weighed DESC, dead DESC, customer_id LIMIT $2",
        params![since, limit],
        |row| {
            Ok(CustomerVoices {
                customer: row.get(0)?,
                recipients: 0,
                complaints: unsigned(row.get(1)?),
                weight: unsigned(row.get(2)?),
                dead: unsigned(row.get(3)?),
                level: None,
            })
        },
    )
}

/// How many complaints there were since then.
pub(super) fn count_complaints(tx: &mut Tx<'_>, since: Timestamp) -> Result<u64, SqlError> {
    tx.query_one(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM guard_voices WHERE at > $1 AND kind <> 'hard'",
        params![since],
        |row| Ok::<_, SqlError>(unsigned(row.get(0)?)),
    )
}

/// How often mailboxes were complained of since then, the most first.
pub(super) fn by_mailbox(
    tx: &mut Tx<'_>,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<(MailboxId, u64)>, SqlError> {
    tx.query(
        "SELECT mailbox_id, CAST(COUNT(*) AS BIGINT) AS complaints FROM guard_voices WHERE at > $1 AND kind <> 'hard' \
         GROUP BY mailbox_id ORDER BY complaints DESC, mailbox_id LIMIT $2",
        params![since, limit],
        |row| Ok((row.get(0)?, unsigned(row.get(1)?))),
    )
}

/// Writes down what follows, until then; true when it begins now or becomes graver. What was told of stays told of, unless it is graver now.
pub(super) fn put(tx: &mut Tx<'_>, stop: &Stop, until: Timestamp) -> Result<bool, SqlError> {
    let now = tx.now();
    let mailbox = stop.mailbox.unwrap_or_else(all);
    let before = tx.query_opt(
        "SELECT level, until FROM guard_stops WHERE customer_id = $1 AND code = $2 AND mailbox_id = $3",
        params![stop.customer, stop.code.word(), mailbox],
        |row| Ok::<_, SqlError>((row.get::<String>(0)?, row.get::<Timestamp>(1)?)),
    )?;
    let rank = |word: &str| Level::from_word(word).map_or(0, Level::rank);
    let graver = before.is_none_or(|(level, until)| until <= now || rank(&level) < stop.level.rank());
    tx.execute(
        "INSERT INTO guard_stops (customer_id, code, mailbox_id, level, value, most, at, until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
         ON CONFLICT (customer_id, code, mailbox_id) DO UPDATE SET level = $4, value = $5, most = $6, until = $8, \
         at = CASE WHEN $9 = 1 THEN $7 ELSE guard_stops.at END, \
         told_at = CASE WHEN $9 = 1 THEN NULL ELSE guard_stops.told_at END",
        params![
            stop.customer,
            stop.code.word(),
            mailbox,
            stop.level.word(),
            int(stop.value),
            int(stop.most),
            now,
            until,
            i64::from(graver)
        ],
    )?;
    Ok(graver)
}

/// Ends what follows for all mail of a customer.
pub(super) fn lift(tx: &mut Tx<'_>, customer: CustomerId, code: ReasonCode) -> Result<(), SqlError> {
    let sql = "DELETE FROM guard_stops WHERE customer_id = $1 AND code = $2 AND mailbox_id = $3";
    tx.execute(sql, params![customer, code.word(), all()]).map(drop)
}

fn stop(row: &Row<'_>) -> Result<Option<Stop>, SqlError> {
    let (code, level): (String, String) = (row.get(1)?, row.get(3)?);
    let mailbox: MailboxId = row.get(2)?;
    let (customer, value, most) = (row.get(0)?, unsigned(row.get(4)?), unsigned(row.get(5)?));
    let known = ReasonCode::from_word(&code).zip(Level::from_word(&level));
    let mailbox = (mailbox != all()).then_some(mailbox);
    Ok(known.map(|(code, level)| Stop { customer, mailbox, code, level, value, most }))
}

const STOP: &str = "customer_id, code, mailbox_id, level, value, most";

/// What follows for a customer now, the gravest first.
pub(crate) fn open(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<Stop>, SqlError> {
    let now = tx.now();
    let sql = format!("SELECT {STOP} FROM guard_stops WHERE customer_id = $1 AND until > $2");
    let mut found: Vec<Stop> = tx.query(&sql, params![customer, now], stop)?.into_iter().flatten().collect();
    found.sort_by_key(|stop| std::cmp::Reverse(stop.level.rank()));
    Ok(found)
}

/// What follows now and nobody was told of.
pub(super) fn untold(tx: &mut Tx<'_>) -> Result<Vec<Stop>, SqlError> {
    let now = tx.now();
    let sql = format!("SELECT {STOP} FROM guard_stops WHERE until > $1 AND told_at IS NULL LIMIT $2");
    Ok(tx.query(&sql, params![now, MOST], stop)?.into_iter().flatten().collect())
}

/// Writes down that the customer was told.
///
/// # Errors
/// When the database fails.
pub fn tell(tx: &mut Tx<'_>, stop: &Stop) -> Result<(), SqlError> {
    let now = tx.now();
    let sql = "UPDATE guard_stops SET told_at = $4 WHERE customer_id = $1 AND code = $2 AND mailbox_id = $3";
    tx.execute(sql, params![stop.customer, stop.code.word(), stop.mailbox.unwrap_or_else(all), now]).map(drop)
}

/// The customers of whom there are complaints that something follows from.
pub(super) fn complained_of(tx: &mut Tx<'_>) -> Result<Vec<CustomerId>, SqlError> {
    let now = tx.now();
    let sql = "SELECT customer_id FROM guard_stops WHERE code = 'complaints' AND until > $1 LIMIT $2";
    tx.query(sql, params![now, MOST], |row| row.get(0))
}

/// Removes old voices.
pub(super) fn forget(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), SqlError> {
    tx.execute("DELETE FROM guard_voices WHERE at < $1", params![before]).map(drop)
}

/// Removes what is over.
pub(super) fn end(tx: &mut Tx<'_>) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute("DELETE FROM guard_stops WHERE until <= $1", params![now]).map(drop)
}
