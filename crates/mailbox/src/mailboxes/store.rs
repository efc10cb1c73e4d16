//! SQL of mailboxes, application passwords and counted failures.

use mailkeep_storage::sql::{Channel, Row, SqlError, Tx, params};
use mailkeep_types::{AppPasswordId, CustomerId, DomainId, MailboxId, Timestamp};
use mailkeep_webhooks::events::{Event, EventKind, emit};
use serde_json::json;

use super::{ClassLimits, MailboxState, SendingBlock};
use crate::messages::store::{int, unsigned};

/// A mailbox as stored.
pub(crate) struct MailboxRow {
    pub domain: DomainId,
    pub state: MailboxState,
    pub quota_bytes: u64,
    /// What the service grants, as the domain and the mailbox narrow it.
    pub class: ClassLimits,
    pub blocks: Vec<SendingBlock>,
    pub created_at: Timestamp,
    pub signed_out_at: Timestamp,
}

/// A new mailbox.
pub(crate) struct NewRow<'a> {
    pub id: MailboxId,
    pub domain: DomainId,
    pub address_hash: &'a [u8; 32],
    pub address: &'a [u8],
    pub display_name: &'a [u8],
    pub state: MailboxState,
    pub quota_bytes: u64,
    pub password_hash: Option<&'a str>,
}

/// True when the mailbox exists.
pub(crate) fn exists(tx: &mut Tx<'_>, id: MailboxId) -> Result<bool, SqlError> {
    Ok(tx.query_opt("SELECT 1 FROM mailboxes WHERE id = $1", params![id], |row| row.get::<i64>(0))?.is_some())
}

fn class(row: &Row<'_>, column: usize) -> Result<ClassLimits, SqlError> {
    Ok(ClassLimits::from_json(&row.get::<String>(column)?).unwrap_or_default())
}

fn state(row: &Row<'_>, column: usize) -> Result<MailboxState, SqlError> {
    // An unknown state is one of a later version; a closed mailbox does no harm.
    Ok(MailboxState::from_id(&row.get::<String>(column)?).unwrap_or(MailboxState::Closed))
}

/// The row of a mailbox with the limits of its domain.
pub(crate) fn row(tx: &mut Tx<'_>, id: MailboxId) -> Result<Option<MailboxRow>, SqlError> {
    tx.query_opt(
        "SELECT m.domain_id, m.state, m.quota_bytes, m.class, d.own_class, d.class, m.blocks, m.created_at, \
         m.signed_out_at FROM mailboxes m \
         JOIN domains d ON d.id = m.domain_id WHERE m.id = $1",
        params![id],
        |row| {
            Ok(MailboxRow {
                domain: row.get(0)?,
                state: state(row, 1)?,
                quota_bytes: unsigned(row.get(2)?),
                class: class(row, 3)?.within(class(row, 4)?).within(class(row, 5)?),
                blocks: serde_json::from_str(&row.get::<String>(6)?).unwrap_or_default(),
                created_at: row.get(7)?,
                signed_out_at: row.get(8)?,
            })
        },
    )
}

/// Writes a new mailbox and its counters.
pub(crate) fn insert(tx: &mut Tx<'_>, new: &NewRow<'_>) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO mailboxes (id, domain_id, address_hash, address, display_name, state, quota_bytes, class, blocks, \
         password_hash, password_changed_at, locked_until, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, '{}', '[]', $8, $9, 0, $10)",
        params![
            new.id,
            new.domain,
            &new.address_hash[..],
            new.address,
            new.display_name,
            new.state.id(),
            int(new.quota_bytes),
            new.password_hash,
            new.password_hash.map(|_| now),
            now
        ],
    )?;
    tx.execute(
        "INSERT INTO mailbox_counters (mailbox_id, modseq, used_bytes, messages, next_uidvalidity) VALUES ($1, 1, 0, 0, $2)",
        // UIDVALIDITY starts with the time, so that a mailbox made again under its old name has another one.
        params![new.id, now.as_seconds().clamp(1, 4_000_000_000)],
    )
    .map(drop)
}

/// How many mailboxes of a domain are not closed.
pub(crate) fn count_open(tx: &mut Tx<'_>, domain: DomainId) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM mailboxes WHERE domain_id = $1 AND state <> 'closed'",
        params![domain],
        |row| row.get(0),
    )
}

/// A mailbox in a list.
pub(crate) struct ListedRow {
    pub id: MailboxId,
    pub address: Vec<u8>,
    pub display_name: Vec<u8>,
    pub state: MailboxState,
    pub quota_bytes: u64,
    pub whole_quota_bytes: u64,
    pub used_bytes: u64,
    pub messages: u64,
    pub created_at: Timestamp,
    pub closed_at: Option<Timestamp>,
}

fn listed(row: &Row<'_>) -> Result<ListedRow, SqlError> {
    Ok(ListedRow {
        id: row.get(0)?,
        address: row.get(1)?,
        display_name: row.get(2)?,
        state: state(row, 3)?,
        quota_bytes: unsigned(row.get(4)?),
        whole_quota_bytes: class(row, 9)?.quota_of(unsigned(row.get(4)?)),
        used_bytes: unsigned(row.get(5)?),
        messages: unsigned(row.get(6)?),
        created_at: row.get(7)?,
        closed_at: row.get(8)?,
    })
}

/// Mailboxes of a domain by age.
pub(crate) fn list(tx: &mut Tx<'_>, domain: DomainId) -> Result<Vec<ListedRow>, SqlError> {
    tx.query(
        "SELECT m.id, m.address, m.display_name, m.state, m.quota_bytes, c.used_bytes, c.messages, m.created_at, m.closed_at, \
         d.class FROM mailboxes m JOIN mailbox_counters c ON c.mailbox_id = m.id JOIN domains d ON d.id = m.domain_id WHERE m.domain_id = $1 ORDER BY m.created_at, m.id",
        params![domain],
        listed,
    )
}

/// One mailbox as in a list.
pub(crate) fn listed_one(tx: &mut Tx<'_>, id: MailboxId) -> Result<Option<ListedRow>, SqlError> {
    tx.query_opt(
        "SELECT m.id, m.address, m.display_name, m.state, m.quota_bytes, c.used_bytes, c.messages, m.created_at, m.closed_at, \
         d.class FROM mailboxes m JOIN mailbox_counters c ON c.mailbox_id = m.id JOIN domains d ON d.id = m.domain_id WHERE m.id = $1",
        params![id],
        listed,
    )
}

/// What a sign-in looks at.
pub(crate) struct CredentialRow {
    pub state: MailboxState,
    pub password_hash: Option<String>,
    pub locked_until: Timestamp,
}

/// The credentials of a mailbox.
pub(crate) fn credentials(tx: &mut Tx<'_>, id: MailboxId) -> Result<Option<CredentialRow>, SqlError> {
    tx.query_opt(
        "SELECT state, password_hash, locked_until FROM mailboxes WHERE id = $1",
        params![id],
        |row| {
            Ok(CredentialRow { state: state(row, 0)?, password_hash: row.get(1)?, locked_until: row.get(2)? })
        },
    )
}

/// Finds an application password by its keyed hash: identifier, protocols, last use.
pub(crate) fn find_app_password(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    hash: &[u8],
) -> Result<Option<(AppPasswordId, String, Option<Timestamp>)>, SqlError> {
    tx.query_opt(
        "SELECT id, protocols, last_used_at FROM app_passwords WHERE mailbox_id = $1 AND hash = $2",
        params![mailbox, hash],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// Writes a new application password.
pub(crate) fn insert_app_password(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    id: AppPasswordId,
    hash: &[u8],
    label: &[u8],
    protocols: &str,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO app_passwords (id, mailbox_id, hash, label, protocols, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        params![id, mailbox, hash, label, protocols, now],
    )
    .map(drop)
}

/// An application password in a list.
pub(crate) struct AppPasswordRow {
    pub id: AppPasswordId,
    pub label: Vec<u8>,
    pub protocols: String,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

/// Application passwords of a mailbox.
pub(crate) fn list_app_passwords(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
) -> Result<Vec<AppPasswordRow>, SqlError> {
    tx.query(
        "SELECT id, label, protocols, created_at, last_used_at FROM app_passwords WHERE mailbox_id = $1 ORDER BY created_at",
        params![mailbox],
        |row| {
            Ok(AppPasswordRow {
                id: row.get(0)?,
                label: row.get(1)?,
                protocols: row.get(2)?,
                created_at: row.get(3)?,
                last_used_at: row.get(4)?,
            })
        },
    )
}

/// Removes an application password.
pub(crate) fn delete_app_password(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    id: AppPasswordId,
) -> Result<bool, SqlError> {
    let gone =
        tx.execute("DELETE FROM app_passwords WHERE id = $1 AND mailbox_id = $2", params![id, mailbox])?;
    Ok(gone > 0)
}

/// Notes that an application password was used.
pub(crate) fn touch_app_password(tx: &mut Tx<'_>, id: AppPasswordId) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute("UPDATE app_passwords SET last_used_at = $2 WHERE id = $1", params![id, now]).map(drop)
}

/// Sets a new password hash.
pub(crate) fn set_password(tx: &mut Tx<'_>, id: MailboxId, hash: &str) -> Result<bool, SqlError> {
    let now = tx.now();
    let changed = tx.execute(
        "UPDATE mailboxes SET password_hash = $2, password_changed_at = $3, locked_until = 0 WHERE id = $1",
        params![id, hash, now],
    )?;
    Ok(changed > 0)
}

/// Sets the state.
pub(crate) fn set_state(tx: &mut Tx<'_>, id: MailboxId, state: MailboxState) -> Result<(), SqlError> {
    let closed = (state == MailboxState::Closed).then(|| tx.now());
    tx.execute(
        "UPDATE mailboxes SET state = $2, closed_at = $3 WHERE id = $1",
        params![id, state.id(), closed],
    )
    .map(drop)
}

/// Sets the quota.
pub(crate) fn set_quota(tx: &mut Tx<'_>, id: MailboxId, bytes: u64) -> Result<(), SqlError> {
    tx.execute("UPDATE mailboxes SET quota_bytes = $2 WHERE id = $1", params![id, int(bytes)]).map(drop)
}

/// What the mailbox narrows of its domain's class.
pub(crate) fn own_class(tx: &mut Tx<'_>, id: MailboxId) -> Result<Option<ClassLimits>, SqlError> {
    tx.query_opt("SELECT class FROM mailboxes WHERE id = $1", params![id], |row| class(row, 0))
}

/// Sets what the mailbox narrows.
pub(crate) fn set_class(tx: &mut Tx<'_>, id: MailboxId, class: ClassLimits) -> Result<(), SqlError> {
    tx.execute("UPDATE mailboxes SET class = $2 WHERE id = $1", params![id, class.to_json().as_str()])
        .map(drop)
}

/// Sets the display name.
pub(crate) fn set_display_name(tx: &mut Tx<'_>, id: MailboxId, sealed: &[u8]) -> Result<(), SqlError> {
    tx.execute("UPDATE mailboxes SET display_name = $2 WHERE id = $1", params![id, sealed]).map(drop)
}

/// Sets what stops the mailbox from sending.
pub(crate) fn set_blocks(tx: &mut Tx<'_>, id: MailboxId, blocks: &[SendingBlock]) -> Result<(), SqlError> {
    let json = serde_json::to_string(blocks).unwrap_or_else(|_| "[]".to_owned());
    tx.execute("UPDATE mailboxes SET blocks = $2 WHERE id = $1", params![id, json.as_str()]).map(drop)
}

/// Mailboxes of all domains of a service.
pub(crate) fn of_service(
    tx: &mut Tx<'_>,
    service: mailkeep_types::ServiceId,
) -> Result<Vec<MailboxId>, SqlError> {
    tx.query(
        "SELECT m.id FROM mailboxes m JOIN domains d ON d.id = m.domain_id WHERE d.service_id = $1",
        params![service],
        |row| row.get(0),
    )
}

/// Counts a wrong password under a key. Gives until when sign-in is refused; the epoch when it is not.
pub(crate) fn count_failure(
    tx: &mut Tx<'_>,
    key: &[u8],
    allowed: i64,
    window: std::time::Duration,
) -> Result<Timestamp, SqlError> {
    let now = tx.now();
    let failures = tx.query_one(
        "INSERT INTO sign_in_failures (key, failures, window_start, blocked_until) VALUES ($1, 1, $2, 0) \
         ON CONFLICT (key) DO UPDATE SET \
         failures = CASE WHEN sign_in_failures.window_start > $3 THEN sign_in_failures.failures + 1 ELSE 1 END, \
         window_start = CASE WHEN sign_in_failures.window_start > $3 THEN sign_in_failures.window_start ELSE $2 END \
         RETURNING failures",
        params![key, now, now.minus(window)],
        |row| row.get::<i64>(0),
    )?;
    if failures < allowed {
        return Ok(Timestamp::EPOCH);
    }
    let until = now.plus(window);
    tx.execute("UPDATE sign_in_failures SET blocked_until = $2 WHERE key = $1", params![key, until])?;
    Ok(until)
}

/// Until when sign-in is refused under a key; `None` when no failures are counted.
pub(crate) fn blocked_until(tx: &mut Tx<'_>, key: &[u8]) -> Result<Option<Timestamp>, SqlError> {
    tx.query_opt("SELECT blocked_until FROM sign_in_failures WHERE key = $1", params![key], |row| {
        row.get::<Timestamp>(0)
    })
}

/// Forgets failures after a right password.
pub(crate) fn forget_failures(tx: &mut Tx<'_>, key: &[u8]) -> Result<(), SqlError> {
    tx.execute("DELETE FROM sign_in_failures WHERE key = $1", params![key]).map(drop)
}

/// Tells every node that what it caches of the mailbox is stale.
pub(crate) fn notify_changed(tx: &mut Tx<'_>, id: MailboxId) {
    tx.notify(Channel::Routing, *id.as_bytes(), 0);
}

/// Tells programs of the customer what happened to a mailbox: its state and quota.
pub(crate) fn tell(tx: &mut Tx<'_>, id: MailboxId, kind: EventKind) -> Result<(), SqlError> {
    let found = tx.query_opt(
        "SELECT d.customer_id, d.id, m.state, m.quota_bytes FROM mailboxes m JOIN domains d ON d.id = m.domain_id \
         WHERE m.id = $1",
        params![id],
        |row| -> Result<_, SqlError> {
            let (customer, domain): (CustomerId, DomainId) = (row.get(0)?, row.get(1)?);
            Ok((customer, domain, row.get::<String>(2)?, row.get::<i64>(3)?))
        },
    )?;
    let Some((customer, domain, state, quota_bytes)) = found else { return Ok(()) };
    let data = json!({
        "id": id.to_string(),
        "domain": domain.to_string(),
        "state": state,
        "quota_bytes": quota_bytes,
    });
    emit(tx, &Event { kind, customer, data })
}

/// The bytes that a mailbox uses, and since when it is full.
pub(super) fn fullness(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<(u64, Option<Timestamp>), SqlError> {
    let found = tx.query_opt(
        "SELECT used_bytes, full_since FROM mailbox_counters WHERE mailbox_id = $1",
        params![mailbox],
        |row| Ok::<_, SqlError>((unsigned(row.get(0)?), row.get(1)?)),
    )?;
    Ok(found.unwrap_or_default())
}

/// Writes since when a mailbox is full.
pub(super) fn set_full_since(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    since: Option<Timestamp>,
) -> Result<(), SqlError> {
    tx.execute("UPDATE mailbox_counters SET full_since = $2 WHERE mailbox_id = $1", params![mailbox, since])
        .map(drop)
}

/// Ends what opens a mailbox, and takes back what it has not sent yet.
pub(crate) fn end(tx: &mut Tx<'_>, id: MailboxId) -> Result<(), SqlError> {
    for sql in [
        "UPDATE mailboxes SET password_hash = NULL WHERE id = $1",
        "DELETE FROM app_passwords WHERE mailbox_id = $1",
        "DELETE FROM page_sessions WHERE mailbox_id = $1",
        "DELETE FROM queue_stored WHERE queue_id IN (SELECT id FROM queue_messages WHERE mailbox_id = $1)",
        "DELETE FROM queue_recipients WHERE queue_id IN (SELECT id FROM queue_messages WHERE mailbox_id = $1)",
        "DELETE FROM queue_messages WHERE mailbox_id = $1",
    ] {
        tx.execute(sql, params![id])?;
    }
    Ok(())
}
