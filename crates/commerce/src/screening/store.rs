//! All SQL of what screenings count and keep beside the order.

use std::time::Duration;

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, OrderId, StaffId, Timestamp};
use uuid::Uuid;

use super::blocks::{Block, BlockKind, BlockReason};
use super::{Alike, Outcome};
use crate::error::CommerceError;

pub use crate::orders::store::StoredScreening;

/// The keyed hashes of an order.
#[derive(Debug, Clone, Default)]
pub struct Traces {
    /// The network.
    pub network: Option<Vec<u8>>,
    /// The kind of device.
    pub device: Option<Vec<u8>>,
    /// The card.
    pub card: Option<Vec<u8>>,
    /// The name of the invoice.
    pub name: Option<Vec<u8>>,
    /// The mail address.
    pub mail: Option<Vec<u8>>,
    /// The mail domain.
    pub mail_domain: Option<Vec<u8>>,
}

/// Keeps the kind of device with an order that was just placed.
pub fn set_device(tx: &mut Tx<'_>, order: OrderId, device: &[u8]) -> Result<(), SqlError> {
    tx.execute("UPDATE orders SET device_hash = $2 WHERE id = $1", params![order, device]).map(drop)
}

/// Keeps what the screening looked at, so that later orders are compared with it.
pub fn set_traces(tx: &mut Tx<'_>, order: OrderId, traces: &Traces) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE orders SET card_hash = $2, name_hash = $3, mail_hash = $4, mail_domain_hash = $5 WHERE id = $1",
        params![order, &traces.card, &traces.name, &traces.mail, &traces.mail_domain],
    )
    .map(drop)
}

/// Network and device of an order, and whether a person took it back in.
pub fn traces(tx: &mut Tx<'_>, order: OrderId) -> Result<(Traces, bool), CommerceError> {
    tx.query_opt(
        "SELECT network_hash, device_hash, cleared_by FROM orders WHERE id = $1",
        params![order],
        |row| -> Result<_, CommerceError> {
            let cleared: Option<StaffId> = row.get(2)?;
            let traces = Traces { network: row.get(0)?, device: row.get(1)?, ..Traces::default() };
            Ok((traces, cleared.is_some()))
        },
    )?
    .ok_or(CommerceError::NotFound("order"))
}

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// So many orders that have a sign in common are looked at, the newest first: far more than any threshold, and few enough that a
/// flood of orders does not slow down the screening of the next.
const LOOKED_AT: i64 = 500;

/// Counts other customers' orders that have something in common with one.
pub fn alike(tx: &mut Tx<'_>, traces: &Traces, customer: CustomerId) -> Result<Alike, SqlError> {
    let now = tx.now();
    let mut others = |column: &str, hash: &Option<Vec<u8>>, window: Duration| -> Result<u32, SqlError> {
        let Some(hash) = hash else { return Ok(0) };
        let sql = format!(
            "SELECT COUNT(DISTINCT newest.customer_id) FROM (SELECT customer_id FROM orders WHERE {column} = $1 \
             AND placed_at >= $2 AND customer_id <> $3 ORDER BY placed_at DESC LIMIT $4) AS newest"
        );
        tx.query_one(&sql, params![hash, now.minus(window), customer, LOOKED_AT], |row| row.get(0))
    };
    Ok(Alike {
        device: others("device_hash", &traces.device, 2 * HOUR)?,
        card: others("card_hash", &traces.card, 30 * DAY)?,
        name: others("name_hash", &traces.name, 7 * DAY)?,
        mail_domain: others("mail_domain_hash", &traces.mail_domain, 7 * DAY)?,
        failed_from_network: failed_from_network(tx, traces, customer, now.minus(DAY))?,
    })
}

/// Other customers' orders from a network that were refused, or whose card was declined and that went no further.
fn failed_from_network(
    tx: &mut Tx<'_>,
    traces: &Traces,
    customer: CustomerId,
    since: Timestamp,
) -> Result<u32, SqlError> {
    let Some(network) = &traces.network else { return Ok(0) };
    tx.query_one(
        "SELECT COUNT(*) FROM orders o WHERE o.network_hash = $1 AND o.placed_at >= $2 AND o.customer_id <> $3 \
         AND (o.status IN ('releasing', 'refused') OR (o.status = 'placed' AND EXISTS (SELECT 1 FROM payment_attempts p \
         WHERE p.order_id = o.id AND p.status LIKE 'declined%')))",
        params![network, since, customer],
        |row| row.get(0),
    )
}

/// What of an order is on the block list now.
pub fn blocked(tx: &mut Tx<'_>, traces: &Traces) -> Result<Vec<BlockKind>, SqlError> {
    let now = tx.now();
    let mut found = Vec::new();
    for kind in BlockKind::ALL {
        let Some(hash) = of_kind(traces, kind) else { continue };
        let hit: Option<i64> = tx.query_opt(
            "SELECT 1 FROM screening_blocks WHERE kind = $1 AND value_hash = $2 AND lifted_at IS NULL AND ends_at > $3 LIMIT 1",
            params![kind.word(), hash, now],
            |row| row.get(0),
        )?;
        if hit.is_some() {
            found.push(kind);
        }
    }
    Ok(found)
}

/// The hash of an order that an entry of a kind compares with.
pub fn of_kind(traces: &Traces, kind: BlockKind) -> Option<&Vec<u8>> {
    match kind {
        BlockKind::MailAddress => traces.mail.as_ref(),
        BlockKind::MailDomain => traces.mail_domain.as_ref(),
        BlockKind::Network => traces.network.as_ref(),
        BlockKind::Card => traces.card.as_ref(),
    }
}

/// Every hash of an order that was screened.
pub fn all_traces(tx: &mut Tx<'_>, order: OrderId) -> Result<Traces, CommerceError> {
    tx.query_opt(
        "SELECT network_hash, device_hash, card_hash, name_hash, mail_hash, mail_domain_hash FROM orders WHERE id = $1",
        params![order],
        |row| -> Result<_, CommerceError> {
            Ok(Traces {
                network: row.get(0)?,
                device: row.get(1)?,
                card: row.get(2)?,
                name: row.get(3)?,
                mail: row.get(4)?,
                mail_domain: row.get(5)?,
            })
        },
    )?
    .ok_or(CommerceError::NotFound("order"))
}

/// Puts an entry on the block list.
pub fn insert_block(tx: &mut Tx<'_>, block: &Block) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO screening_blocks (id, kind, value_hash, domain, reason, order_id, blocked_by, blocked_at, ends_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            block.id,
            block.kind.word(),
            &block.value_hash,
            &block.domain,
            block.reason.word(),
            block.order,
            block.by,
            block.since,
            block.until
        ],
    )
    .map(drop)
}

/// Takes an entry off.
pub fn lift_block(tx: &mut Tx<'_>, id: Uuid) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "UPDATE screening_blocks SET lifted_at = $2 WHERE id = $1 AND lifted_at IS NULL",
        params![id, now],
    )
    .map(drop)
}

/// The entries in force, newest first.
pub fn blocks(tx: &mut Tx<'_>) -> Result<Vec<Block>, CommerceError> {
    let now = tx.now();
    tx.query(
        "SELECT id, kind, value_hash, domain, reason, order_id, blocked_by, blocked_at, ends_at, lifted_at \
         FROM screening_blocks WHERE lifted_at IS NULL AND ends_at > $1 ORDER BY blocked_at DESC, id DESC LIMIT 1000",
        params![now],
        block,
    )
}

fn block(row: &Row<'_>) -> Result<Block, CommerceError> {
    let (kind, reason): (String, String) = (row.get(1)?, row.get(4)?);
    Ok(Block {
        id: row.get(0)?,
        kind: BlockKind::from_word(&kind).ok_or(CommerceError::Stored("kind of block"))?,
        value_hash: row.get(2)?,
        domain: row.get(3)?,
        reason: BlockReason::from_word(&reason).ok_or(CommerceError::Stored("reason of a block"))?,
        order: row.get(5)?,
        by: row.get(6)?,
        since: row.get(7)?,
        until: row.get(8)?,
        lifted_at: row.get(9)?,
    })
}

/// The screening of an order with its customer.
pub fn screened(
    tx: &mut Tx<'_>,
    order: OrderId,
) -> Result<Option<(CustomerId, StoredScreening)>, CommerceError> {
    let customer =
        tx.query_opt("SELECT customer_id FROM orders WHERE id = $1", params![order], |row| row.get(0))?;
    let screening = crate::orders::store::screening(tx, order)?;
    Ok(customer.zip(screening))
}

/// The orders that were screened, newest first.
pub fn screened_orders(tx: &mut Tx<'_>) -> Result<Vec<OrderId>, SqlError> {
    let sql = "SELECT order_id FROM screenings ORDER BY screened_at DESC, order_id";
    tx.query(sql, params![], |row| row.get(0))
}

/// The fact `order_screened`.
pub fn is_screened(tx: &mut Tx<'_>, order: OrderId, customer: CustomerId) -> Result<bool, SqlError> {
    let sql = "SELECT 1 FROM screenings s JOIN orders o ON o.id = s.order_id WHERE s.order_id = $1 AND o.customer_id = $2";
    let found: Option<i64> = tx.query_opt(sql, params![order, customer], |row| row.get(0))?;
    Ok(found.is_some())
}

/// How the screened orders ended that are decided: what the screening said, and whether they were served.
pub fn decided(tx: &mut Tx<'_>) -> Result<Vec<(OrderId, Outcome, bool, bool)>, CommerceError> {
    tx.query(
        "SELECT s.order_id, s.outcome, o.status, o.decided_by FROM screenings s JOIN orders o ON o.id = s.order_id \
         WHERE o.status IN ('fulfilled', 'refused') ORDER BY s.screened_at, s.order_id",
        params![],
        |row| {
            let (outcome, status): (String, String) = (row.get(1)?, row.get(2)?);
            let by: Option<StaffId> = row.get(3)?;
            let outcome = Outcome::from_word(&outcome).ok_or(CommerceError::Stored("screening outcome"))?;
            Ok((row.get(0)?, outcome, status == "fulfilled", by.is_some()))
        },
    )
}
