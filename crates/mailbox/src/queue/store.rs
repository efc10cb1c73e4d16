//! SQL of the outgoing queue.

use std::time::Duration;

use mailkeep_protocols::reports::Cause;
use mailkeep_storage::sql::{Dialect, SqlError, Tx, params};
use mailkeep_types::{MailboxId, QueueId, Timestamp};
use uuid::Uuid;

use super::staff::{QueueCounts, QueuedSummary};
use super::{RecipientState, Room, SealedQueued, Waiting};
use crate::messages::store::{int, unsigned};
use crate::traces::StepKind;

/// Writes a message with its recipients; false when one with its key is there.
pub(super) fn insert(tx: &mut Tx<'_>, new: &SealedQueued) -> Result<bool, SqlError> {
    let (now, hold) = (tx.now(), new.hold.as_ref());
    let written = tx.execute(
        "INSERT INTO queue_messages (id, mailbox_id, unique_key, envelope, content, blob_key, size, created_at, expires_at, hold, hold_code, hold_value, \
         hold_limit, held_at, hold_number, hold_score) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) \
         ON CONFLICT DO NOTHING",
        params![
            new.id,
            new.sender,
            new.unique_key.as_deref(),
            new.envelope.as_slice(),
            new.content.as_deref(),
            new.blob_key.as_deref(),
            int(new.size),
            now,
            new.expires_at,
            hold.map(|hold| hold.sentence.as_str()),
            hold.map(|hold| hold.code.as_str()),
            hold.map(|hold| hold.value),
            hold.map(|hold| hold.limit),
            hold.map(|_| now),
            hold.and_then(|hold| hold.number),
            hold.and_then(|hold| hold.score)
        ],
    )?;
    if written == 0 {
        return Ok(false);
    }
    for (position, (address, domain)) in (0i64..).zip(&new.recipients) {
        tx.execute(
            "INSERT INTO queue_recipients (queue_id, position, address, domain, state, attempts, next_at, lease_until, \
             delay_reported, bulk) VALUES ($1, $2, $3, $4, 'waiting', 0, $5, 0, 0, $6)",
            params![new.id, position, address.as_slice(), domain.as_str(), now, new.bulk],
        )?;
    }
    Ok(true)
}

/// Adds to the recipients of a day and gives their number.
pub(super) fn count_sent(
    tx: &mut Tx<'_>,
    sender: MailboxId,
    day: i64,
    recipients: i64,
) -> Result<i64, SqlError> {
    tx.query_one(
        "INSERT INTO sending_counts (mailbox_id, day, recipients) VALUES ($1, $2, $3) \
         ON CONFLICT (mailbox_id, day) DO UPDATE SET recipients = sending_counts.recipients + $3 RETURNING recipients",
        params![sender, day, recipients],
        |row| row.get(0),
    )
}

/// The sender of a queued message; the inner `None` is the installation itself.
pub(crate) fn sender(tx: &mut Tx<'_>, id: QueueId) -> Result<Option<Option<MailboxId>>, SqlError> {
    tx.query_opt("SELECT mailbox_id FROM queue_messages WHERE id = $1", params![id], |row| row.get(0))
}

/// A queued message as stored.
pub(super) struct MessageRow {
    pub sender: Option<MailboxId>,
    pub envelope: Vec<u8>,
    pub content: Option<Vec<u8>>,
    pub blob_key: Option<String>,
    pub size: u64,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// A queued message.
pub(super) fn message(tx: &mut Tx<'_>, id: QueueId) -> Result<Option<MessageRow>, SqlError> {
    tx.query_opt(
        "SELECT mailbox_id, envelope, content, blob_key, size, created_at, expires_at FROM queue_messages WHERE id = $1",
        params![id],
        |row| {
            Ok(MessageRow {
                sender: row.get(0)?,
                envelope: row.get(1)?,
                content: row.get(2)?,
                blob_key: row.get(3)?,
                size: unsigned(row.get(4)?),
                created_at: row.get(5)?,
                expires_at: row.get(6)?,
            })
        },
    )
}

/// A claimed recipient.
pub(super) struct ClaimedRow {
    pub queue_id: QueueId,
    pub position: i64,
    pub address: Vec<u8>,
    pub domain: String,
    pub attempts: i64,
    pub delay_reported: bool,
    pub lease_until: Timestamp,
    pub bulk: bool,
}

/// Claims due recipients: marks them with a lease, passing over those that another node is claiming. What is in bulk gets the room that
/// everything else leaves.
pub(super) fn claim(
    tx: &mut Tx<'_>,
    room: Room,
    lease: Duration,
    node: Uuid,
) -> Result<Vec<ClaimedRow>, SqlError> {
    let mut rows = claim_from(tx, false, int(room.recipients as u64), lease, node)?;
    let left = room.recipients.saturating_sub(rows.len()).min(room.of_bulk);
    if left > 0 {
        rows.extend(claim_from(tx, true, int(left as u64), lease, node)?);
    }
    Ok(rows)
}

fn claim_from(
    tx: &mut Tx<'_>,
    bulk: bool,
    limit: i64,
    lease: Duration,
    node: Uuid,
) -> Result<Vec<ClaimedRow>, SqlError> {
    let now = tx.now();
    let lease_until = now.plus(lease);
    let skip = match tx.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => " FOR UPDATE OF r SKIP LOCKED",
    };
    let sql = format!(
        "SELECT r.queue_id, r.position, r.address, r.domain, r.attempts, r.delay_reported FROM queue_recipients r \
         JOIN queue_messages m ON m.id = r.queue_id \
         WHERE r.state = 'waiting' AND r.bulk = $3 AND r.next_at <= $1 AND r.lease_until <= $1 AND m.held_at IS NULL \
         ORDER BY r.next_at, r.queue_id, r.position LIMIT $2{skip}"
    );
    let rows = tx.query(&sql, params![now, limit, bulk], |row| {
        Ok::<_, SqlError>(ClaimedRow {
            queue_id: row.get(0)?,
            position: row.get(1)?,
            address: row.get(2)?,
            domain: row.get(3)?,
            attempts: row.get(4)?,
            delay_reported: row.get(5)?,
            lease_until,
            bulk,
        })
    })?;
    for row in &rows {
        tx.execute(
            "UPDATE queue_recipients SET lease_until = $3, lease_by = $4 WHERE queue_id = $1 AND position = $2",
            params![row.queue_id, row.position, lease_until, &node.as_bytes()[..]],
        )?;
    }
    Ok(rows)
}

/// Lengthens a lease that the node still holds.
pub(super) fn renew(
    tx: &mut Tx<'_>,
    id: QueueId,
    position: i64,
    lease: Duration,
    node: Uuid,
) -> Result<(), SqlError> {
    let until = tx.now().plus(lease);
    tx.execute(
        "UPDATE queue_recipients SET lease_until = $3 WHERE queue_id = $1 AND position = $2 AND lease_by = $4",
        params![id, position, until, &node.as_bytes()[..]],
    )
    .map(drop)
}

/// Ends the leases of a node and gives their number.
pub(super) fn reclaim(tx: &mut Tx<'_>, node: Uuid) -> Result<u64, SqlError> {
    tx.execute(
        "UPDATE queue_recipients SET lease_until = 0, lease_by = NULL WHERE lease_by = $1",
        params![&node.as_bytes()[..]],
    )
}

/// Remembers that a queued message is put into a mailbox or list of ours; false when it was before.
pub(crate) fn first_time(tx: &mut Tx<'_>, id: QueueId, target: Uuid) -> Result<bool, SqlError> {
    let written = tx.execute(
        "INSERT INTO queue_stored (queue_id, target_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        params![id, &target.as_bytes()[..]],
    )?;
    Ok(written > 0)
}

/// Takes back what [`first_time`] remembered, when it could not be put there after all.
pub(crate) fn not_stored(tx: &mut Tx<'_>, id: QueueId, target: Uuid) -> Result<(), SqlError> {
    tx.execute(
        "DELETE FROM queue_stored WHERE queue_id = $1 AND target_id = $2",
        params![id, &target.as_bytes()[..]],
    )
    .map(drop)
}

/// Whether a queued message was put into a mailbox or list of ours.
pub(crate) fn is_stored(tx: &mut Tx<'_>, id: QueueId, target: Uuid) -> Result<bool, SqlError> {
    let found = tx.query_opt(
        "SELECT CAST(1 AS BIGINT) FROM queue_stored WHERE queue_id = $1 AND target_id = $2",
        params![id, &target.as_bytes()[..]],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

/// What became of a try.
#[derive(Debug)]
pub(super) struct Mark {
    pub position: i64,
    pub state: RecipientState,
    pub code: Option<u16>,
    /// The enhanced status of the answer, for the trace.
    pub status: Option<String>,
    pub answer: Vec<u8>,
    pub next_at: Option<Timestamp>,
    pub delay_reported: bool,
    /// Why it was refused for good.
    pub cause: Option<Cause>,
    /// It was not tried: in which way it waits, and since when that is known.
    pub waits: Option<(StepKind, Timestamp)>,
}

/// Writes down that a recipient was not tried, and ends the lease. Whoever made it due since that was found did so because it waits no more.
pub(super) fn mark_waiting(
    tx: &mut Tx<'_>,
    id: QueueId,
    mark: &Mark,
    found_at: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE queue_recipients SET next_at = CASE WHEN next_at > $3 THEN next_at ELSE $4 END, lease_until = 0, lease_by = NULL, \
         last_code = NULL, last_answer = $5, delay_reported = CASE WHEN $6 = 1 THEN 1 ELSE delay_reported END \
         WHERE queue_id = $1 AND position = $2 AND state = 'waiting'",
        params![
            id,
            mark.position,
            found_at,
            mark.next_at.unwrap_or(Timestamp::NEVER),
            mark.answer.as_slice(),
            mark.delay_reported
        ],
    )
    .map(drop)
}

/// Writes down what became of a try, ends the lease and gives the recipient's domain. A recipient that has its final answer keeps it: the
/// try may have been so long that another node took over.
pub(super) fn mark(tx: &mut Tx<'_>, id: QueueId, mark: &Mark) -> Result<Option<String>, SqlError> {
    let now = tx.now();
    tx.query_opt(
        "UPDATE queue_recipients SET state = $3, attempts = attempts + 1, next_at = $4, lease_until = 0, lease_by = NULL, last_code = $5, \
         last_answer = $6, last_at = $7, delay_reported = CASE WHEN $8 = 1 THEN 1 ELSE delay_reported END \
         WHERE queue_id = $1 AND position = $2 AND state = 'waiting' RETURNING domain",
        params![
            id,
            mark.position,
            mark.state.id(),
            mark.next_at.unwrap_or(Timestamp::NEVER),
            mark.code,
            mark.answer.as_slice(),
            now,
            mark.delay_reported
        ],
        |row| row.get(0),
    )
}

/// How many recipients of a message wait. The state is looked at row by row: by an index of it, SQLite would go through all that waits
/// in the queue.
pub(super) fn waiting(tx: &mut Tx<'_>, id: QueueId) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT CAST(COALESCE(SUM(CASE state WHEN 'waiting' THEN 1 ELSE 0 END), 0) AS BIGINT) FROM queue_recipients \
         WHERE queue_id = $1",
        params![id],
        |row| row.get(0),
    )
}

/// Removes a message; `None` when it is not there, else the key of its blob if it has one.
pub(super) fn delete(tx: &mut Tx<'_>, id: QueueId) -> Result<Option<Option<String>>, SqlError> {
    let key =
        tx.query_opt("DELETE FROM queue_messages WHERE id = $1 RETURNING blob_key", params![id], |row| {
            row.get::<Option<String>>(0)
        })?;
    tx.execute("DELETE FROM queue_recipients WHERE queue_id = $1", params![id])?;
    tx.execute("DELETE FROM queue_stored WHERE queue_id = $1", params![id])?;
    Ok(key)
}

/// The sealed addresses of a message with their places.
pub(super) fn addresses(tx: &mut Tx<'_>, id: QueueId) -> Result<Vec<(i64, Vec<u8>)>, SqlError> {
    tx.query(
        "SELECT position, address FROM queue_recipients WHERE queue_id = $1 ORDER BY position",
        params![id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Makes waiting recipients due now.
pub(super) fn retry_now(tx: &mut Tx<'_>, id: QueueId) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "UPDATE queue_recipients SET next_at = $2 WHERE queue_id = $1 AND state = 'waiting' AND lease_until <= $2",
        params![id, now],
    )
    .map(drop)
}

/// Makes what waits due now: of a mailbox, of a customer, or for a domain. The state of what belongs to a sender is looked at row by row:
/// by an index of it, SQLite would go through all that waits in the queue.
pub(super) fn make_due(tx: &mut Tx<'_>, which: &Waiting) -> Result<u64, SqlError> {
    // Who looks at one just now hears of it by the newer time.
    const DUE: &str = "UPDATE queue_recipients SET next_at = $2 WHERE (next_at > $2 OR lease_until > $2)";
    const OURS: &str = "AND CASE state WHEN 'waiting' THEN 1 ELSE 0 END = 1 AND queue_id IN (SELECT m.id FROM queue_messages m";
    const OF_CUSTOMER: &str = "JOIN mailboxes b ON b.id = m.mailbox_id JOIN domains d ON d.id = b.domain_id WHERE d.customer_id = $1";
    let now = tx.now();
    match which {
        Waiting::OfMailbox(mailbox) => {
            let sql = format!("{DUE} {OURS} WHERE m.mailbox_id = $1)");
            tx.execute(&sql, params![*mailbox, now])
        }
        Waiting::OfCustomer(customer) => {
            let sql = format!("{DUE} {OURS} {OF_CUSTOMER})");
            tx.execute(&sql, params![*customer, now])
        }
        Waiting::For(domain) => {
            let sql = format!("{DUE} AND domain = $1 AND state = 'waiting'");
            tx.execute(&sql, params![domain.as_str(), now])
        }
        Waiting::OfCustomerFor(customer, domain) => {
            let sql = format!("{DUE} AND domain = $3 {OURS} {OF_CUSTOMER})");
            tx.execute(&sql, params![*customer, now, domain.as_str()])
        }
    }
}

/// Queued messages, the oldest first.
pub(super) fn list(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<QueuedSummary>, SqlError> {
    let mut out = tx.query(
        "SELECT id, mailbox_id, size, held_at, created_at, expires_at FROM queue_messages ORDER BY created_at, id LIMIT $1",
        params![limit],
        |row| {
            Ok::<_, SqlError>(QueuedSummary {
                id: row.get(0)?,
                sender: row.get(1)?,
                size: unsigned(row.get(2)?),
                held: row.get::<Option<Timestamp>>(3)?.is_some(),
                destinations: Vec::new(),
                attempts: 0,
                next_at: None,
                last_code: None,
                created_at: row.get(4)?,
                expires_at: row.get(5)?,
            })
        },
    )?;
    for message in &mut out {
        tx.for_each(
            "SELECT domain, CAST(COUNT(*) AS BIGINT), MAX(attempts), MIN(next_at), MAX(last_code) FROM queue_recipients \
             WHERE queue_id = $1 AND state = 'waiting' GROUP BY domain ORDER BY domain",
            params![message.id],
            |row| -> Result<(), SqlError> {
                message.destinations.push((row.get(0)?, row.get(1)?));
                message.attempts = message.attempts.max(row.get(2)?);
                let next: Timestamp = row.get(3)?;
                message.next_at = Some(message.next_at.map_or(next, |earlier| earlier.min(next)));
                message.last_code = message.last_code.max(row.get(4)?);
                Ok(())
            },
        )?;
    }
    Ok(out)
}

/// How much there is.
pub(super) fn counts(tx: &mut Tx<'_>) -> Result<QueueCounts, SqlError> {
    let (messages, held) = tx.query_one(
        "SELECT CAST(COUNT(*) AS BIGINT), CAST(COUNT(held_at) AS BIGINT) FROM queue_messages",
        params![],
        |row| Ok::<_, SqlError>((row.get(0)?, row.get(1)?)),
    )?;
    let recipients = tx.query_one(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM queue_recipients WHERE state = 'waiting'",
        params![],
        |row| row.get::<i64>(0),
    )?;
    Ok(QueueCounts { messages, held, recipients })
}
