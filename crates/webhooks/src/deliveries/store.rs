//! All SQL of events and deliveries.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, Timestamp};
use uuid::Uuid;

use super::attempt::Due;
use super::{Delivery, DeliveryState};
use crate::client::Tried;
use crate::endpoints::Endpoint;
use crate::events::EventKind;

const COLUMNS: &str = "d.id, d.event_id, e.kind, d.state, d.attempts, d.next_at, d.replayed, d.tried_at, d.took_millis, \
                       d.status, d.fault, d.answer, d.created_at";
const FROM: &str = "FROM webhook_deliveries d JOIN webhook_events e ON e.id = d.event_id";

fn delivery(row: &Row<'_>) -> Result<Delivery, SqlError> {
    Ok(Delivery {
        id: row.get(0)?,
        event: row.get(1)?,
        kind: row.get(2)?,
        state: DeliveryState::from_word(&row.get::<String>(3)?),
        attempts: row.get(4)?,
        next_at: row.get(5)?,
        replayed: row.get(6)?,
        tried_at: row.get(7)?,
        took_millis: row.get(8)?,
        status: row.get(9)?,
        fault: row.get(10)?,
        answer: row.get(11)?,
        created_at: row.get(12)?,
    })
}

/// Writes an event.
pub fn insert_event(
    tx: &mut Tx<'_>,
    id: Uuid,
    customer: Option<CustomerId>,
    kind: EventKind,
    payload: &str,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO webhook_events (id, customer_id, kind, payload, created_at) VALUES ($1, $2, $3, $4, $5)",
        params![id, customer, kind.word(), payload, now],
    )?;
    Ok(())
}

/// Writes a delivery that is due.
pub fn insert(
    tx: &mut Tx<'_>,
    id: Uuid,
    endpoint: Uuid,
    event: Uuid,
    replayed: bool,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO webhook_deliveries (id, endpoint_id, event_id, state, attempts, next_at, replayed, created_at) \
         VALUES ($1, $2, $3, 'waiting', 0, $4, $5, $4)",
        params![id, endpoint, event, now, replayed],
    )?;
    Ok(())
}

/// Takes what is due to an endpoint; until `until` it is nobody else's.
pub fn take_due(tx: &mut Tx<'_>, endpoint: Uuid, until: Timestamp, limit: u32) -> Result<Vec<Due>, SqlError> {
    let now = tx.now();
    let due: Vec<Due> = tx.query(
        "SELECT d.id, d.event_id, e.payload, d.attempts FROM webhook_deliveries d \
         JOIN webhook_events e ON e.id = d.event_id WHERE d.state = 'waiting' AND d.endpoint_id = $1 AND d.next_at <= $2 \
         ORDER BY d.next_at, d.id LIMIT $3",
        params![endpoint, now, limit],
        |row| -> Result<_, SqlError> {
            Ok(Due {
                delivery: row.get(0)?,
                event: row.get(1)?,
                payload: row.get(2)?,
                attempts: row.get(3)?,
            })
        },
    )?;
    let mut taken = Vec::with_capacity(due.len());
    for one in due {
        let sql = "UPDATE webhook_deliveries SET next_at = $2 WHERE id = $1 AND state = 'waiting' AND next_at <= $3";
        if tx.execute(sql, params![one.delivery, until, now])? == 1 {
            taken.push(one);
        }
    }
    Ok(taken)
}

/// Whether something is due to an endpoint.
pub fn is_due(tx: &mut Tx<'_>, endpoint: Uuid) -> Result<bool, SqlError> {
    let now = tx.now();
    let found: Option<i64> = tx.query_opt(
        "SELECT 1 FROM webhook_deliveries WHERE state = 'waiting' AND endpoint_id = $1 AND next_at <= $2 LIMIT 1",
        params![endpoint, now],
        |row| row.get(0),
    )?;
    Ok(found.is_some())
}

/// The endpoints to which something is due.
pub fn endpoints_due(tx: &mut Tx<'_>) -> Result<Vec<Uuid>, SqlError> {
    let now = tx.now();
    let sql = "SELECT DISTINCT endpoint_id FROM webhook_deliveries WHERE state = 'waiting' AND next_at <= $1";
    tx.query(sql, params![now], |row| row.get(0))
}

/// Writes that an endpoint took it.
pub fn delivered(tx: &mut Tx<'_>, id: Uuid, tried: &Tried) -> Result<(), SqlError> {
    write(tx, id, "delivered", tried, None)
}

/// Writes that it did not, and when it is tried again; without a time it is over.
pub fn not_delivered(
    tx: &mut Tx<'_>,
    id: Uuid,
    tried: &Tried,
    next: Option<Timestamp>,
) -> Result<(), SqlError> {
    write(tx, id, if next.is_some() { "waiting" } else { "failed" }, tried, next)
}

fn write(
    tx: &mut Tx<'_>,
    id: Uuid,
    state: &str,
    tried: &Tried,
    next: Option<Timestamp>,
) -> Result<(), SqlError> {
    let now = tx.now();
    let took = i64::try_from(tried.took.as_millis()).unwrap_or(i64::MAX);
    tx.execute(
        "UPDATE webhook_deliveries SET state = $2, attempts = attempts + 1, next_at = $3, tried_at = $4, \
         took_millis = $5, status = $6, fault = $7, answer = $8 WHERE id = $1 AND state = 'waiting'",
        params![
            id,
            state,
            next.unwrap_or(now),
            now,
            took,
            tried.status.map(i64::from),
            tried.fault.map(|fault| fault.word()),
            &tried.answer
        ],
    )?;
    Ok(())
}

/// Ends everything that waits for an endpoint.
pub fn give_up(tx: &mut Tx<'_>, endpoint: Uuid) -> Result<(), SqlError> {
    let sql = "UPDATE webhook_deliveries SET state = 'failed' WHERE state = 'waiting' AND endpoint_id = $1";
    tx.execute(sql, params![endpoint])?;
    Ok(())
}

/// The newest deliveries of an endpoint before one.
pub fn newest(
    tx: &mut Tx<'_>,
    endpoint: Uuid,
    before: Option<Uuid>,
    limit: u32,
) -> Result<Vec<Delivery>, SqlError> {
    let before = before.unwrap_or(Uuid::max());
    let sql =
        format!("SELECT {COLUMNS} {FROM} WHERE d.endpoint_id = $1 AND d.id < $2 ORDER BY d.id DESC LIMIT $3");
    tx.query(&sql, params![endpoint, before, limit], delivery)
}

/// The oldest deliveries of an endpoint after one.
pub fn oldest(
    tx: &mut Tx<'_>,
    endpoint: Uuid,
    after: Option<Uuid>,
    limit: u32,
) -> Result<Vec<Delivery>, SqlError> {
    let after = after.unwrap_or(Uuid::nil());
    let sql =
        format!("SELECT {COLUMNS} {FROM} WHERE d.endpoint_id = $1 AND d.id > $2 ORDER BY d.id LIMIT $3");
    tx.query(&sql, params![endpoint, after, limit], delivery)
}

/// One delivery of an endpoint, with what is sent.
pub fn find(tx: &mut Tx<'_>, endpoint: Uuid, id: Uuid) -> Result<Option<(Delivery, String)>, SqlError> {
    let sql = format!("SELECT {COLUMNS}, e.payload {FROM} WHERE d.endpoint_id = $1 AND d.id = $2");
    tx.query_opt(&sql, params![endpoint, id], |row| Ok((delivery(row)?, row.get(13)?)))
}

/// The events that an endpoint is told of, from a time on.
pub fn events_since(
    tx: &mut Tx<'_>,
    endpoint: &Endpoint,
    since: Timestamp,
    limit: u32,
) -> Result<Vec<Uuid>, SqlError> {
    let mut found = Vec::new();
    let sql = "SELECT id, kind, customer_id FROM webhook_events WHERE created_at >= $1 AND kind <> 'webhook.test' \
               ORDER BY created_at, id";
    tx.for_each(sql, params![since], |row| -> Result<(), SqlError> {
        let (kind, customer): (String, Option<CustomerId>) = (row.get(1)?, row.get(2)?);
        let theirs = endpoint.customer.is_none() || endpoint.customer == customer;
        let wanted = EventKind::from_word(&kind).is_some_and(|kind| endpoint.wants(kind));
        if theirs && wanted && found.len() < limit as usize {
            found.push(row.get(0)?);
        }
        Ok(())
    })?;
    Ok(found)
}

/// Takes away everything of an endpoint's log.
pub fn delete_of(tx: &mut Tx<'_>, endpoint: Uuid) -> Result<(), SqlError> {
    tx.execute("DELETE FROM webhook_deliveries WHERE endpoint_id = $1", params![endpoint])?;
    Ok(())
}

/// Takes away events from before a time, with their deliveries.
pub fn forget(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), SqlError> {
    let of_old = "SELECT id FROM webhook_events WHERE created_at < $1";
    tx.execute(&format!("DELETE FROM webhook_deliveries WHERE event_id IN ({of_old})"), params![before])?;
    tx.execute("DELETE FROM webhook_events WHERE created_at < $1", params![before])?;
    Ok(())
}
