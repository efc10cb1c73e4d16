//! All SQL of refunds.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, InvoiceId, Money, PaymentAttemptId};

use super::{Refund, RefundStatus};
use crate::error::CommerceError;

const COLUMNS: &str =
    "id, payment_id, invoice_id, customer_id, amount_minor, currency, status, requested_by, created_at";

fn refund(row: &Row<'_>) -> Result<Refund, CommerceError> {
    let (currency, status): (String, String) = (row.get(5)?, row.get(6)?);
    Ok(Refund {
        id: row.get(0)?,
        payment: row.get(1)?,
        invoice: row.get(2)?,
        customer: row.get(3)?,
        amount: Money::new(row.get(4)?, currency.parse().map_err(|_| CommerceError::Stored("currency"))?),
        status: RefundStatus::from_word(&status).ok_or(CommerceError::Stored("status of refund"))?,
        requested_by: row.get(7)?,
        created_at: row.get(8)?,
    })
}

/// Writes a refund that begins.
pub fn insert(tx: &mut Tx<'_>, refund: &Refund) -> Result<(), SqlError> {
    tx.execute(
        &format!("INSERT INTO refunds ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
        params![
            refund.id,
            refund.payment,
            refund.invoice,
            refund.customer,
            refund.amount.minor,
            refund.amount.currency.code(),
            refund.status.word(),
            refund.requested_by,
            refund.created_at
        ],
    )?;
    Ok(())
}

/// One refund.
pub fn find(tx: &mut Tx<'_>, id: PaymentAttemptId) -> Result<Option<Refund>, CommerceError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM refunds WHERE id = $1"), params![id], refund)
}

/// The refunds of an invoice's payments, newest first.
pub fn of_invoice(tx: &mut Tx<'_>, invoice: InvoiceId) -> Result<Vec<Refund>, CommerceError> {
    let sql = format!("SELECT {COLUMNS} FROM refunds WHERE invoice_id = $1 ORDER BY id DESC");
    tx.query(&sql, params![invoice], refund)
}

/// The refunds of a customer after one, the oldest first.
pub fn page_of(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    after: Option<PaymentAttemptId>,
    limit: u32,
) -> Result<Vec<Refund>, CommerceError> {
    let after = after.map_or_else(Vec::new, |id| id.as_bytes().to_vec());
    let sql =
        format!("SELECT {COLUMNS} FROM refunds WHERE customer_id = $1 AND id > $2 ORDER BY id LIMIT $3");
    tx.query(&sql, params![customer, &after, limit], refund)
}

/// How much of a payment went back, is on its way back, or was taken back by a bank.
pub fn returned(tx: &mut Tx<'_>, payment: PaymentAttemptId) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) FROM ( \
           SELECT amount_minor FROM refunds WHERE payment_id = $1 AND status <> 'failed' \
           UNION ALL SELECT amount_minor FROM disputes WHERE payment_id = $1 AND status <> 'won') AS back",
        params![payment],
        |row| row.get(0),
    )
}

/// A refund ends; false when it had.
pub fn end(tx: &mut Tx<'_>, id: PaymentAttemptId, status: RefundStatus) -> Result<bool, SqlError> {
    let now = tx.now();
    let sql = "UPDATE refunds SET status = $2, ended_at = $3 WHERE id = $1 AND status = 'begun'";
    Ok(tx.execute(sql, params![id, status.word(), now])? == 1)
}
