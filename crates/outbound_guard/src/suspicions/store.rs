//! All SQL of suspicions.

use std::time::Duration;

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, MailboxId, Timestamp};

use super::{Answer, Sign, Surroundings, Suspicion};

/// An answer is kept as long as whom a mailbox wrote to.
const ANSWERS_KEPT: Duration = Duration::from_secs(400 * 24 * 3600);

fn suspicion(row: &Row<'_>) -> Result<Suspicion, SqlError> {
    let signs: String = row.get(2)?;
    Ok(Suspicion {
        mailbox: row.get(0)?,
        customer: row.get(1)?,
        signs: signs.split(' ').filter_map(Sign::from_word).collect(),
        at: row.get(3)?,
    })
}

/// The open suspicion on a mailbox.
pub(super) fn open_of(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<Option<Suspicion>, SqlError> {
    tx.query_opt(
        "SELECT mailbox_id, customer_id, signs, at FROM guard_suspicions WHERE mailbox_id = $1 AND answered_at IS NULL LIMIT 1",
        params![mailbox],
        suspicion,
    )
}

/// The open suspicions on mailboxes of a customer.
pub(super) fn open_of_customer(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<Suspicion>, SqlError> {
    tx.query(
        "SELECT mailbox_id, customer_id, signs, at FROM guard_suspicions WHERE customer_id = $1 AND answered_at IS NULL \
         ORDER BY at, mailbox_id",
        params![customer],
        suspicion,
    )
}

/// The open suspicions that are no older.
pub(super) fn open_since(tx: &mut Tx<'_>, then: Timestamp) -> Result<Vec<Suspicion>, SqlError> {
    tx.query(
        "SELECT mailbox_id, customer_id, signs, at FROM guard_suspicions WHERE at > $1 AND answered_at IS NULL \
         ORDER BY at, mailbox_id LIMIT 1000",
        params![then],
        suspicion,
    )
}

/// When the owner last said that they write from a place.
pub(super) fn answered_mine(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    place: &[u8; 32],
) -> Result<Option<Timestamp>, SqlError> {
    let found = tx.query_opt(
        "SELECT answered_at FROM guard_suspicions WHERE mailbox_id = $1 AND place = $2 AND answer = $3",
        params![mailbox, place.as_slice(), Answer::Mine.word()],
        |row| row.get::<Option<Timestamp>>(0),
    )?;
    Ok(found.flatten())
}

/// Writes a suspicion down.
pub(super) fn suspect(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    customer: CustomerId,
    from: &Surroundings,
) -> Result<(), SqlError> {
    let now = tx.now();
    let signs: Vec<&str> = from.signs.iter().map(|sign| sign.word()).collect();
    tx.execute(
        "INSERT INTO guard_suspicions (mailbox_id, place, customer_id, signs, at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (mailbox_id, place) DO UPDATE SET customer_id = $3, signs = $4, at = $5, answered_at = NULL, answer = NULL",
        params![mailbox, from.place.as_slice(), customer, signs.join(" ").as_str(), now],
    )
    .map(drop)
}

/// Answers what is open on a mailbox.
pub(crate) fn answer(tx: &mut Tx<'_>, mailbox: MailboxId, answer: Answer) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "UPDATE guard_suspicions SET answered_at = $2, answer = $3 WHERE mailbox_id = $1 AND answered_at IS NULL",
        params![mailbox, now, answer.word()],
    )
    .map(drop)
}

/// Removes old answers.
pub(crate) fn sweep(tx: &mut Tx<'_>) -> Result<(), SqlError> {
    let before = tx.now().minus(ANSWERS_KEPT);
    tx.execute("DELETE FROM guard_suspicions WHERE at < $1 AND answered_at IS NOT NULL", params![before])
        .map(drop)
}
