//! All SQL of `mailbox_places`, and of what ends with a sign-out.

use std::time::Duration;

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{MailboxId, Timestamp};

use super::Place;

/// A place of a mailbox.
pub(super) fn place(tx: &mut Tx<'_>, mailbox: MailboxId, place: &[u8]) -> Result<Option<Place>, SqlError> {
    tx.query_opt(
        "SELECT first_at, last_at, known_at, guessed_at FROM mailbox_places WHERE mailbox_id = $1 AND place = $2",
        params![mailbox, place],
        |row| {
            Ok(Place {
                first_at: row.get(0)?,
                last_at: row.get(1)?,
                known_at: row.get(2)?,
                guessed_at: row.get(3)?,
            })
        },
    )
}

/// Writes use of a place down. The first place of a mailbox is known at once, unless its password may have been guessed; one that
/// was not used for long begins anew.
pub(super) fn note(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    place: &[u8],
    guessed: bool,
    remembered: Duration,
) -> Result<(), SqlError> {
    let now = tx.now();
    let some = tx.query_opt(
        "SELECT last_at FROM mailbox_places WHERE mailbox_id = $1 LIMIT 1",
        params![mailbox],
        |row| row.get::<Timestamp>(0),
    )?;
    let known = (some.is_none() && !guessed).then_some(now);
    let guessed = guessed.then_some(now);
    tx.execute(
        "INSERT INTO mailbox_places (mailbox_id, place, first_at, last_at, known_at, guessed_at) \
         VALUES ($1, $2, $3, $3, $4, $5) ON CONFLICT (mailbox_id, place) DO UPDATE SET last_at = $3, \
         first_at = CASE WHEN mailbox_places.last_at < $6 THEN $3 ELSE mailbox_places.first_at END, \
         known_at = CASE WHEN mailbox_places.last_at < $6 THEN NULL ELSE mailbox_places.known_at END, \
         guessed_at = COALESCE(mailbox_places.guessed_at, $5)",
        params![mailbox, place, now, known, guessed, now.minus(remembered)],
    )
    .map(drop)
}

/// The wrong passwords that were counted under a key and are not too old.
pub(super) fn failures(tx: &mut Tx<'_>, key: &[u8], window: Duration) -> Result<i64, SqlError> {
    let since = tx.now().minus(window);
    let found = tx.query_opt(
        "SELECT failures FROM sign_in_failures WHERE key = $1 AND window_start > $2",
        params![key, since],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.unwrap_or_default())
}

/// Whether a mailbox was signed in to before then.
pub(super) fn was_used_before(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    then: Timestamp,
) -> Result<bool, SqlError> {
    let found = tx.query_opt(
        "SELECT first_at FROM mailbox_places WHERE mailbox_id = $1 AND first_at <= $2 LIMIT 1",
        params![mailbox, then],
        |row| row.get::<Timestamp>(0),
    )?;
    Ok(found.is_some())
}

/// Whether a mailbox got an application password since then, beside another or its own password.
pub(super) fn has_new_password(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    since: Timestamp,
) -> Result<bool, SqlError> {
    let found = tx.query_opt(
        "SELECT a.created_at FROM app_passwords a WHERE a.mailbox_id = $1 AND a.created_at > $2 AND \
         (EXISTS (SELECT 1 FROM app_passwords b WHERE b.mailbox_id = $1 AND b.created_at <= $2) OR \
         EXISTS (SELECT 1 FROM mailboxes m WHERE m.id = $1 AND m.password_hash IS NOT NULL AND m.password_changed_at <= $2)) LIMIT 1",
        params![mailbox, since],
        |row| row.get::<Timestamp>(0),
    )?;
    Ok(found.is_some())
}

/// Removes places that were not used for long and are not the last of their mailbox.
pub(super) fn forget(tx: &mut Tx<'_>, remembered: Duration) -> Result<(), SqlError> {
    let before = tx.now().minus(remembered);
    tx.execute(
        "DELETE FROM mailbox_places WHERE last_at < $1 AND EXISTS (SELECT 1 FROM mailbox_places later \
         WHERE later.mailbox_id = mailbox_places.mailbox_id AND later.last_at > mailbox_places.last_at)",
        params![before],
    )
    .map(drop)
}

/// Ends sessions, passwords, and places that are not known.
pub(super) fn sign_out(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "UPDATE mailboxes SET password_hash = NULL, password_changed_at = $2, signed_out_at = $2 WHERE id = $1",
        params![mailbox, now],
    )?;
    for sql in
        ["DELETE FROM app_passwords WHERE mailbox_id = $1", "DELETE FROM page_sessions WHERE mailbox_id = $1"]
    {
        tx.execute(sql, params![mailbox])?;
    }
    tx.execute(
        "DELETE FROM mailbox_places WHERE mailbox_id = $1 AND known_at IS NULL AND first_at > $2",
        params![mailbox, now.minus(super::KNOWN_AFTER)],
    )
    .map(drop)
}
