//! All SQL of what is learnt from.

use std::time::Duration;

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{CustomerId, MailboxId, Timestamp};

use super::{Lesson, Model};
use crate::sending::follow::numbers;

/// What went out teaches after a day in which nobody complained.
const TAUGHT_AFTER: Duration = Duration::from_secs(24 * 3600);
/// What is held is decided on before; nothing is kept longer.
const KEPT: Duration = Duration::from_secs(4 * 24 * 3600);
/// Whose mail was dropped or complained of in so long a time teaches nothing as wanted.
const BLAMED_FOR: Duration = Duration::from_secs(7 * 24 * 3600);
/// Of one customer so many messages a day are kept that went out, and as many that are held.
const MOST_OF_CUSTOMER: i64 = 20;
/// So many lessons are learnt in one transaction.
const LESSONS: i64 = 500;

/// A message that may teach something.
pub(crate) struct NewText<'a> {
    pub number: i64,
    pub mailbox: MailboxId,
    pub customer: CustomerId,
    pub held: bool,
    pub features: &'a [u8],
}

/// Keeps what a message is told by, unless the customer has taught enough today.
pub(crate) fn add(tx: &mut Tx<'_>, new: &NewText<'_>) -> Result<(), SqlError> {
    let (now, held) = (tx.now(), i64::from(new.held));
    let kept: i64 = tx.query_one(
        "SELECT COUNT(*) FROM guard_texts WHERE customer_id = $1 AND held = $2 AND at > $3",
        params![new.customer, held, now.minus(TAUGHT_AFTER)],
        |row| row.get(0),
    )?;
    if kept >= MOST_OF_CUSTOMER || new.features.is_empty() {
        return Ok(());
    }
    tx.execute(
        "INSERT INTO guard_texts (number, mailbox_id, customer_id, at, held, features) VALUES ($1, $2, $3, $4, $5, $6)",
        params![new.number, new.mailbox, new.customer, now, held, new.features],
    )
    .map(drop)
}

/// It was decided what a held message was; `None` when nobody knows, and it teaches nothing.
pub(crate) fn answer(tx: &mut Tx<'_>, number: i64, unwanted: Option<bool>) -> Result<(), SqlError> {
    match unwanted {
        Some(unwanted) => tx.execute(
            "UPDATE guard_texts SET unwanted = $2 WHERE number = $1",
            params![number, i64::from(unwanted)],
        ),
        None => return empty(tx, number),
    }
    .map(drop)
}

/// Forgets what a message is told by. That there was one is known for its day, so that the customer teaches no more than their share.
fn empty(tx: &mut Tx<'_>, number: i64) -> Result<(), SqlError> {
    let nothing: &[u8] = &[];
    let sql = "UPDATE guard_texts SET unwanted = -1, features = $2 WHERE number = $1";
    tx.execute(sql, params![number, nothing]).map(drop)
}

/// What went out a day ago was wanted if nobody said anything against its sender; else nobody knows.
pub(crate) fn ripen(tx: &mut Tx<'_>) -> Result<(), SqlError> {
    let now = tx.now();
    let before = now.minus(TAUGHT_AFTER);
    tx.execute(
        "UPDATE guard_texts SET unwanted = 0 WHERE held = 0 AND unwanted IS NULL AND at < $1 \
         AND NOT EXISTS (SELECT 1 FROM guard_voices v WHERE v.customer_id = guard_texts.customer_id AND v.at > $2) \
         AND NOT EXISTS (SELECT 1 FROM guard_stops s WHERE s.customer_id = guard_texts.customer_id AND s.until > $3) \
         AND NOT EXISTS (SELECT 1 FROM guard_suspicions u WHERE u.mailbox_id = guard_texts.mailbox_id AND u.at > $2) \
         AND NOT EXISTS (SELECT 1 FROM guard_decisions d WHERE d.customer_id = guard_texts.customer_id AND d.at > $2 \
         AND d.act = 'drop')",
        params![before, now.minus(BLAMED_FOR), now],
    )?;
    tx.execute(
        "DELETE FROM guard_texts WHERE (held = 0 AND unwanted IS NULL OR unwanted = -1) AND at < $1",
        params![before],
    )?;
    tx.execute("DELETE FROM guard_texts WHERE at < $1", params![now.minus(KEPT)]).map(drop)
}

/// How many texts stand past their time.
pub(crate) fn count_stale(tx: &mut Tx<'_>, before: Timestamp) -> Result<i64, SqlError> {
    tx.query_one("SELECT COUNT(*) FROM guard_texts WHERE at < $1", params![before], |row| row.get(0))
}

/// Takes the next lessons out, in their order.
pub(super) fn take_lessons(tx: &mut Tx<'_>) -> Result<Vec<Lesson>, SqlError> {
    let found = tx.query(
        "SELECT number, unwanted, features FROM guard_texts WHERE unwanted >= 0 ORDER BY number LIMIT $1",
        params![LESSONS],
        |row| Ok::<_, SqlError>((row.get::<i64>(0)?, row.get::<i64>(1)?, row.get::<Vec<u8>>(2)?)),
    )?;
    let mut lessons = Vec::with_capacity(found.len());
    for (number, unwanted, features) in found {
        empty(tx, number)?;
        lessons.push(Lesson { features: numbers(&features), unwanted: unwanted == 1 });
    }
    Ok(lessons)
}

/// The number of the newest model; 0 before there is one.
pub(super) fn version(tx: &mut Tx<'_>) -> Result<i64, SqlError> {
    let found =
        tx.query_opt("SELECT version FROM guard_model WHERE name = 'words'", params![], |row| row.get(0))?;
    Ok(found.unwrap_or_default())
}

/// The newest model with its number; nothing when there is none that can be read.
pub(super) fn model(tx: &mut Tx<'_>) -> Result<Option<(i64, Option<Model>)>, SqlError> {
    tx.query_opt("SELECT version, learnt FROM guard_model WHERE name = 'words'", params![], |row| {
        Ok::<_, SqlError>((row.get(0)?, Model::from_bytes(&row.get::<Vec<u8>>(1)?)))
    })
}

/// Stores a model in the place of the one before.
pub(super) fn put_model(tx: &mut Tx<'_>, version: i64, learnt: &[u8]) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO guard_model (name, version, at, learnt) VALUES ('words', $1, $2, $3) \
         ON CONFLICT (name) DO UPDATE SET version = $1, at = $2, learnt = $3",
        params![version, now, learnt],
    )
    .map(drop)
}
