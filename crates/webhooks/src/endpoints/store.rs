//! All SQL of endpoints.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, Timestamp};
use uuid::Uuid;

use super::{Endpoint, Registrar, Whose};
use crate::error::WebhookError;
use crate::events::EventKind;

const COLUMNS: &str = "id, customer_id, url, events, person_id, generation, earlier_until, created_at, failing_since, \
                       disabled_at, disabled_why";

fn words(events: &[EventKind]) -> String {
    events.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(" ")
}

fn endpoint(row: &Row<'_>) -> Result<Endpoint, SqlError> {
    let events: String = row.get(3)?;
    Ok(Endpoint {
        id: row.get(0)?,
        customer: row.get(1)?,
        url: row.get(2)?,
        events: events.split(' ').filter_map(EventKind::from_word).collect(),
        person: row.get(4)?,
        generation: row.get(5)?,
        earlier_until: row.get(6)?,
        created_at: row.get(7)?,
        failing_since: row.get(8)?,
        disabled_at: row.get(9)?,
        disabled_why: row.get(10)?,
    })
}

/// Writes a new endpoint.
pub fn insert(tx: &mut Tx<'_>, endpoint: &Endpoint, by: Registrar) -> Result<(), SqlError> {
    let staff = match by {
        Registrar::Staff(id) => Some(id),
        Registrar::Person(_) => None,
    };
    tx.execute(
        "INSERT INTO webhook_endpoints (id, customer_id, url, events, person_id, staff_id, generation, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            endpoint.id,
            endpoint.customer,
            &endpoint.url,
            &words(&endpoint.events),
            endpoint.person,
            staff,
            endpoint.generation,
            endpoint.created_at
        ],
    )?;
    Ok(())
}

/// All of a customer's, or of the house's.
pub fn of(tx: &mut Tx<'_>, whose: Whose) -> Result<Vec<Endpoint>, WebhookError> {
    let found = match whose {
        Whose::Customer(id) => {
            let sql = format!("SELECT {COLUMNS} FROM webhook_endpoints WHERE customer_id = $1 ORDER BY id");
            tx.query(&sql, params![id], endpoint)
        }
        Whose::House => {
            let sql =
                format!("SELECT {COLUMNS} FROM webhook_endpoints WHERE customer_id IS NULL ORDER BY id");
            tx.query(&sql, params![], endpoint)
        }
    };
    Ok(found?)
}

/// One of a customer's, or of the house's.
pub fn find(tx: &mut Tx<'_>, whose: Whose, id: Uuid) -> Result<Option<Endpoint>, WebhookError> {
    Ok(get(tx, id)?.filter(|endpoint| endpoint.customer == whose.stored()))
}

/// One, whoever's it is.
pub fn get(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Endpoint>, SqlError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM webhook_endpoints WHERE id = $1"), params![id], endpoint)
}

/// Who wants to know of something that happened to a customer, also who is disabled and may ask for it later.
pub fn listening(tx: &mut Tx<'_>, customer: CustomerId, kind: EventKind) -> Result<Vec<Endpoint>, SqlError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM webhook_endpoints WHERE customer_id = $1 \
         UNION ALL SELECT {COLUMNS} FROM webhook_endpoints WHERE customer_id IS NULL"
    );
    let mut found = tx.query(&sql, params![customer], endpoint)?;
    found.retain(|endpoint| endpoint.wants(kind));
    Ok(found)
}

/// Sets address and events.
pub fn set_target(tx: &mut Tx<'_>, endpoint: &Endpoint) -> Result<(), SqlError> {
    let sql = "UPDATE webhook_endpoints SET url = $2, events = $3 WHERE id = $1";
    tx.execute(sql, params![endpoint.id, &endpoint.url, &words(&endpoint.events)])?;
    Ok(())
}

/// Begins the next generation of the secret.
pub fn rotate(tx: &mut Tx<'_>, id: Uuid, earlier_until: Timestamp) -> Result<(), SqlError> {
    let sql = "UPDATE webhook_endpoints SET generation = generation + 1, earlier_until = $2 WHERE id = $1";
    tx.execute(sql, params![id, earlier_until])?;
    Ok(())
}

/// Disables an endpoint; false when it was before.
pub fn disable(tx: &mut Tx<'_>, id: Uuid, why: &str) -> Result<bool, SqlError> {
    let now = tx.now();
    let sql = "UPDATE webhook_endpoints SET disabled_at = $2, disabled_why = $3 WHERE id = $1 AND disabled_at IS NULL";
    Ok(tx.execute(sql, params![id, now, why])? == 1)
}

/// Enables it again, with nothing held against it.
pub fn enable(tx: &mut Tx<'_>, id: Uuid) -> Result<(), SqlError> {
    let sql = "UPDATE webhook_endpoints SET disabled_at = NULL, disabled_why = NULL, failing_since = NULL WHERE id = $1";
    tx.execute(sql, params![id])?;
    Ok(())
}

/// Notes that nothing was heard, or that something was.
pub fn set_failing(tx: &mut Tx<'_>, id: Uuid, failing: bool) -> Result<(), SqlError> {
    let now = tx.now();
    let sql = if failing {
        "UPDATE webhook_endpoints SET failing_since = $2 WHERE id = $1 AND failing_since IS NULL"
    } else {
        "UPDATE webhook_endpoints SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL AND failing_since <= $2"
    };
    tx.execute(sql, params![id, now])?;
    Ok(())
}

/// Takes it away.
pub fn delete(tx: &mut Tx<'_>, id: Uuid) -> Result<(), SqlError> {
    tx.execute("DELETE FROM webhook_endpoints WHERE id = $1", params![id])?;
    Ok(())
}
