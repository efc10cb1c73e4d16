//! The table `subscribers`.

use mailkeep_policy::{Sealed, category};
use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{EmailAddress, SubscriberId, Timestamp};

/// A row, without the address.
#[derive(Debug, Clone)]
pub(crate) struct SubscriberRow {
    pub id: SubscriberId,
    pub state: String,
    pub topics: String,
    pub asked_at: Timestamp,
}

fn row(row: &mailkeep_storage::sql::Row<'_>) -> Result<SubscriberRow, SqlError> {
    Ok(SubscriberRow { id: row.get(0)?, state: row.get(1)?, topics: row.get(2)?, asked_at: row.get(3)? })
}

/// Writes somebody who asked, or is `active` already; false when the address is there.
pub(crate) fn insert(
    tx: &mut Tx<'_>,
    id: SubscriberId,
    email: &[u8],
    lookup: &[u8; 32],
    language: &str,
    state: &str,
) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "INSERT INTO subscribers (id, email, email_lookup, language, state, topics, asked_at)
         VALUES ($1, $2, $3, $4, $5, '', $6) ON CONFLICT (email_lookup) DO NOTHING",
        params![id, email, lookup, language, state, tx.now()],
    )?;
    Ok(rows == 1)
}

/// Notes what was asked for and the link that confirms it.
pub(crate) fn ask(
    tx: &mut Tx<'_>,
    id: SubscriberId,
    topics: &str,
    language: &str,
    token_hash: &[u8; 32],
) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE subscribers SET topics = $2, language = $3, token_hash = $4, asked_at = $5 WHERE id = $1",
        params![id, topics, language, token_hash, tx.now()],
    )?;
    Ok(())
}

pub(crate) fn find_by_email(tx: &mut Tx<'_>, lookup: &[u8; 32]) -> Result<Option<SubscriberRow>, SqlError> {
    tx.query_opt(
        "SELECT id, state, topics, asked_at FROM subscribers WHERE email_lookup = $1",
        params![lookup],
        row,
    )
}

pub(crate) fn find_by_token(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<Option<SubscriberRow>, SqlError> {
    tx.query_opt(
        "SELECT id, state, topics, asked_at FROM subscribers WHERE token_hash = $1",
        params![hash],
        row,
    )
}

/// The link was followed: what was asked for is taken, so that following it again adds nothing.
pub(crate) fn confirm(tx: &mut Tx<'_>, id: SubscriberId) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE subscribers SET state = 'active', topics = '', confirmed_at = $2 WHERE id = $1",
        params![id, tx.now()],
    )?;
    Ok(())
}

pub(crate) fn email(
    tx: &mut Tx<'_>,
    id: SubscriberId,
) -> Result<Option<Sealed<EmailAddress, category::Contact>>, SqlError> {
    tx.query_opt("SELECT email FROM subscribers WHERE id = $1 AND state <> 'ended'", params![id], |row| {
        Ok(Sealed::from_bytes(row.get(0)?))
    })
}

/// The language in which a subscriber asked.
pub(crate) fn language(tx: &mut Tx<'_>, id: SubscriberId) -> Result<Option<String>, SqlError> {
    tx.query_opt("SELECT language FROM subscribers WHERE id = $1", params![id], |row| row.get(0))
}

pub(crate) fn email_lookup(tx: &mut Tx<'_>, id: SubscriberId) -> Result<Option<[u8; 32]>, SqlError> {
    let found: Option<Option<[u8; 32]>> =
        tx.query_opt("SELECT email_lookup FROM subscribers WHERE id = $1", params![id], |row| row.get(0))?;
    Ok(found.flatten())
}

/// Who asked before `before` and never confirmed.
pub(crate) fn unconfirmed(tx: &mut Tx<'_>, before: Timestamp) -> Result<Vec<SubscriberId>, SqlError> {
    tx.query(
        "SELECT id FROM subscribers WHERE state = 'asked' AND asked_at < $1 LIMIT 500",
        params![before],
        |row| row.get(0),
    )
}

/// Active subscribers after the given one.
pub(crate) fn active(
    tx: &mut Tx<'_>,
    after: SubscriberId,
    limit: i64,
) -> Result<Vec<SubscriberId>, SqlError> {
    tx.query(
        "SELECT id FROM subscribers WHERE state = 'active' AND id > $1 ORDER BY id LIMIT $2",
        params![after, limit],
        |row| row.get(0),
    )
}

/// Ends a subscription and forgets by what the address was found.
pub(crate) fn end(tx: &mut Tx<'_>, id: SubscriberId) -> Result<(), SqlError> {
    let nothing: &[u8] = &[];
    tx.execute(
        "UPDATE subscribers SET state = 'ended', email = $2, email_lookup = NULL, token_hash = NULL, topics = '', ended_at = $3
         WHERE id = $1",
        params![id, nothing, tx.now()],
    )?;
    Ok(())
}
