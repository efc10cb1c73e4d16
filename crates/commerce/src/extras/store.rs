//! All SQL of extras.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{CustomerId, InvoiceId, SubscriptionId};
use uuid::Uuid;

/// The invoice of an order of extras, by the name of the act.
pub fn invoice_of(tx: &mut Tx<'_>, id: Uuid, customer: CustomerId) -> Result<Option<InvoiceId>, SqlError> {
    let sql = "SELECT invoice_id FROM extras WHERE id = $1 AND customer_id = $2";
    tx.query_opt(sql, params![id, customer], |row| row.get(0))
}

/// Notes an order of extras; false when this very act was noted before.
pub fn insert(
    tx: &mut Tx<'_>,
    id: Uuid,
    customer: CustomerId,
    subscription: SubscriptionId,
    invoice: InvoiceId,
) -> Result<bool, SqlError> {
    let now = tx.now();
    let written = tx.execute(
        "INSERT INTO extras (id, customer_id, subscription_id, invoice_id, ordered_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (id) DO NOTHING",
        params![id, customer, subscription, invoice, now],
    )?;
    Ok(written == 1)
}
