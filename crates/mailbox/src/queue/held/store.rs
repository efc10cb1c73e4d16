//! SQL of messages that wait for a decision.

use mailkeep_storage::sql::{SqlError, Tx, Value, params};
use mailkeep_types::{MailboxId, QueueId};

use super::{Held, HeldCluster, Hold, Which};
use crate::messages::store::unsigned;

/// Lets a held message go, and gives it back the time that it waited; false when it is not held.
pub(super) fn release(tx: &mut Tx<'_>, id: QueueId) -> Result<bool, SqlError> {
    let now = tx.now();
    let released = tx.execute(
        "UPDATE queue_messages SET expires_at = expires_at + ($2 - held_at), hold = NULL, hold_code = NULL, hold_value = NULL, \
         hold_limit = NULL, held_at = NULL, confirmed_at = NULL, hold_number = NULL, hold_score = NULL \
         WHERE id = $1 AND held_at IS NOT NULL",
        params![id, now],
    )?;
    Ok(released > 0)
}

/// Whether a message is held; nobody else decides on it until the transaction ends.
pub(super) fn lock_held(tx: &mut Tx<'_>, id: QueueId) -> Result<bool, SqlError> {
    let sql = "UPDATE queue_messages SET held_at = held_at WHERE id = $1 AND held_at IS NOT NULL";
    Ok(tx.execute(sql, params![id])? > 0)
}

/// Writes down that the owner knows a held message; false when it is not held.
pub(super) fn confirm_held(tx: &mut Tx<'_>, id: QueueId) -> Result<bool, SqlError> {
    let now = tx.now();
    let sql = "UPDATE queue_messages SET confirmed_at = $2 WHERE id = $1 AND held_at IS NOT NULL";
    Ok(tx.execute(sql, params![id, now])? > 0)
}

/// What is held with its customer and the number of its recipients.
const HELD: &str = "SELECT m.id, m.mailbox_id, d.customer_id, m.hold_code, m.hold_value, m.hold_limit, m.hold, m.size, m.held_at, \
     m.confirmed_at, m.hold_number, m.hold_score, (SELECT CAST(COUNT(*) AS BIGINT) FROM queue_recipients r WHERE r.queue_id = m.id) AS recipients \
     FROM queue_messages m JOIN mailboxes b ON b.id = m.mailbox_id JOIN domains d ON d.id = b.domain_id \
     WHERE m.held_at IS NOT NULL";

/// Held messages, the oldest first.
pub(super) fn held(tx: &mut Tx<'_>, which: &Which, limit: i64) -> Result<Vec<Held>, SqlError> {
    let (condition, mut values): (_, Vec<Value<'_>>) = match which {
        Which::One(id) => ("m.id = $1", vec![(*id).into()]),
        Which::Cluster(customer, code) => (
            "d.customer_id = $1 AND m.hold_code = $3",
            vec![(*customer).into(), limit.into(), code.as_str().into()],
        ),
        Which::Customer(customer) => ("d.customer_id = $1", vec![(*customer).into()]),
        Which::Mailbox(mailbox) => ("m.mailbox_id = $1", vec![(*mailbox).into()]),
        Which::Since(at) => ("m.held_at <= $1", vec![(*at).into()]),
    };
    if values.len() == 1 {
        values.push(limit.into());
    }
    let sql = format!("{HELD} AND {condition} ORDER BY m.held_at, m.id LIMIT $2");
    tx.query(&sql, &values, |row| {
        Ok(Held {
            id: row.get(0)?,
            mailbox: row.get(1)?,
            customer: row.get(2)?,
            hold: Hold {
                code: row.get(3)?,
                value: row.get(4)?,
                limit: row.get(5)?,
                sentence: row.get(6)?,
                number: row.get(10)?,
                score: row.get(11)?,
            },
            size: unsigned(row.get(7)?),
            since: row.get(8)?,
            confirmed_at: row.get(9)?,
            recipients: row.get(12)?,
        })
    })
}

/// How many messages of a mailbox are held.
pub(super) fn count_held(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT CAST(COUNT(held_at) AS BIGINT) FROM queue_messages WHERE mailbox_id = $1",
        params![mailbox],
        |row| row.get(0),
    )
}

/// Held messages by customer and cause: first what the words speak against most, in steps of a tenth, of that what waits longest.
pub(super) fn held_clusters(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<HeldCluster>, SqlError> {
    let sql = format!(
        "SELECT customer_id, hold_code, CAST(COUNT(*) AS BIGINT), CAST(COUNT(DISTINCT mailbox_id) AS BIGINT), \
         CAST(SUM(recipients) AS BIGINT), MAX(hold_value), MAX(hold_limit), MIN(held_at) AS since, \
         CAST(COUNT(confirmed_at) AS BIGINT), MAX(hold_score) FROM ({HELD}) AS held GROUP BY customer_id, hold_code \
         ORDER BY COALESCE(MAX(hold_score), 0) / 100 DESC, since, customer_id, hold_code LIMIT $1"
    );
    tx.query(&sql, params![limit], |row| {
        Ok(HeldCluster {
            customer: row.get(0)?,
            code: row.get(1)?,
            messages: row.get(2)?,
            mailboxes: row.get(3)?,
            recipients: row.get(4)?,
            value: row.get(5)?,
            limit: row.get(6)?,
            since: row.get(7)?,
            confirmed: row.get(8)?,
            score: row.get(9)?,
        })
    })
}
