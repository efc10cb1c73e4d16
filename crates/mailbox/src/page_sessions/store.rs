//! All SQL for `page_sessions`.

use std::time::Duration;

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{AppPasswordId, MailboxId, Timestamp};

use crate::mailboxes::MailboxState;

/// A session with what decides whether it is still open.
pub(super) struct Found {
    pub mailbox: MailboxId,
    pub created_at: Timestamp,
    pub used_at: Timestamp,
    pub password_changed_at: Option<Timestamp>,
    pub state: MailboxState,
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    hash: &[u8; 32],
    mailbox: MailboxId,
    app_password: Option<AppPasswordId>,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO page_sessions (hash, mailbox_id, app_password_id, created_at, used_at) VALUES ($1, $2, $3, $4, $5)",
        params![hash.as_slice(), mailbox, app_password, now, now],
    )
    .map(drop)
}

pub(super) fn find(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<Option<Found>, SqlError> {
    tx.query_opt(
        "SELECT s.mailbox_id, s.created_at, s.used_at, m.password_changed_at, m.state \
         FROM page_sessions s JOIN mailboxes m ON m.id = s.mailbox_id WHERE s.hash = $1",
        params![hash.as_slice()],
        |row| {
            Ok(Found {
                mailbox: row.get(0)?,
                created_at: row.get(1)?,
                used_at: row.get(2)?,
                password_changed_at: row.get(3)?,
                // A state of a later version lets nobody in.
                state: MailboxState::from_id(&row.get::<String>(4)?).unwrap_or(MailboxState::Closed),
            })
        },
    )
}

pub(super) fn touch(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute("UPDATE page_sessions SET used_at = $2 WHERE hash = $1", params![hash.as_slice(), now])
        .map(drop)
}

pub(super) fn delete(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<(), SqlError> {
    tx.execute("DELETE FROM page_sessions WHERE hash = $1", params![hash.as_slice()]).map(drop)
}

/// Ends the sessions that were opened with an application password.
pub(crate) fn end_of_app_password(tx: &mut Tx<'_>, app_password: AppPasswordId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM page_sessions WHERE app_password_id = $1", params![app_password]).map(drop)
}

pub(super) fn remove_old(tx: &mut Tx<'_>, idle: Duration, longest: Duration) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "DELETE FROM page_sessions WHERE used_at < $1 OR created_at < $2",
        params![now.minus(idle), now.minus(longest)],
    )
    .map(drop)
}
