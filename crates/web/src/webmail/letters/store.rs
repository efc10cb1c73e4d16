//! All SQL for `webmail_letters`.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::MailboxId;

use super::Claim;

/// A key older than this is not remembered; no form is open so long.
const KEPT: std::time::Duration = std::time::Duration::from_secs(14 * 24 * 3600);

pub(super) fn claim(tx: &mut Tx<'_>, mailbox: MailboxId, key: &str) -> Result<Claim, SqlError> {
    let now = tx.now();
    tx.execute(
        "DELETE FROM webmail_letters WHERE mailbox_id = $1 AND created_at < $2",
        params![mailbox, now.minus(KEPT)],
    )?;
    let done = tx.query_opt(
        "SELECT done FROM webmail_letters WHERE mailbox_id = $1 AND letter_key = $2",
        params![mailbox, key],
        |row| row.get::<bool>(0),
    )?;
    match done {
        Some(true) => Ok(Claim::Sent),
        Some(false) => Ok(Claim::Open),
        None => {
            let new = tx.execute(
                "INSERT INTO webmail_letters (mailbox_id, letter_key, done, created_at) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (mailbox_id, letter_key) DO NOTHING",
                params![mailbox, key, false, now],
            )?;
            Ok(if new == 1 { Claim::Ours } else { Claim::Open })
        }
    }
}

pub(super) fn finish(tx: &mut Tx<'_>, mailbox: MailboxId, key: &str) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE webmail_letters SET done = $3 WHERE mailbox_id = $1 AND letter_key = $2",
        params![mailbox, key, true],
    )
    .map(drop)
}

pub(super) fn release(tx: &mut Tx<'_>, mailbox: MailboxId, key: &str) -> Result<(), SqlError> {
    tx.execute(
        "DELETE FROM webmail_letters WHERE mailbox_id = $1 AND letter_key = $2 AND done = $3",
        params![mailbox, key, false],
    )
    .map(drop)
}
