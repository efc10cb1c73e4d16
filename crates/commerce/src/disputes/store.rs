//! All SQL of disputes.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, DisputeId, InvoiceId, Money, StaffId, Timestamp};

use super::{Dispute, DisputeState};
use crate::error::CommerceError;

const COLUMNS: &str = "id, reference, payment_id, invoice_id, customer_id, amount_minor, currency, invoice_minor, \
                       reason, status, due_at, answered_by, answered_at, opened_at, closed_at, prepared_at";

fn dispute(row: &Row<'_>) -> Result<Dispute, CommerceError> {
    let (currency, state): (String, String) = (row.get(6)?, row.get(9)?);
    Ok(Dispute {
        id: row.get(0)?,
        reference: row.get(1)?,
        payment: row.get(2)?,
        invoice: row.get(3)?,
        customer: row.get(4)?,
        amount: Money::new(row.get(5)?, currency.parse().map_err(|_| CommerceError::Stored("currency"))?),
        invoice_minor: row.get(7)?,
        reason: row.get(8)?,
        state: DisputeState::from_word(&state).ok_or(CommerceError::Stored("state of dispute"))?,
        due_at: row.get(10)?,
        answered_by: row.get(11)?,
        answered_at: row.get(12)?,
        opened_at: row.get(13)?,
        closed_at: row.get(14)?,
        prepared_at: row.get(15)?,
    })
}

/// Writes a dispute that we learn of.
pub fn insert(tx: &mut Tx<'_>, dispute: &Dispute, processor: &str) -> Result<(), SqlError> {
    tx.execute(
        &format!(
            "INSERT INTO disputes ({COLUMNS}, processor) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
        ),
        params![
            dispute.id,
            &dispute.reference,
            dispute.payment,
            dispute.invoice,
            dispute.customer,
            dispute.amount.minor,
            dispute.amount.currency.code(),
            dispute.invoice_minor,
            &dispute.reason,
            dispute.state.word(),
            dispute.due_at,
            dispute.answered_by,
            dispute.answered_at,
            dispute.opened_at,
            dispute.closed_at,
            dispute.prepared_at,
            processor
        ],
    )?;
    Ok(())
}

/// One dispute.
pub fn find(tx: &mut Tx<'_>, id: DisputeId) -> Result<Option<Dispute>, CommerceError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM disputes WHERE id = $1"), params![id], dispute)
}

/// The dispute behind the processor's own name for it.
pub fn by_reference(
    tx: &mut Tx<'_>,
    processor: &str,
    reference: &str,
) -> Result<Option<Dispute>, CommerceError> {
    let sql = format!("SELECT {COLUMNS} FROM disputes WHERE processor = $1 AND reference = $2");
    tx.query_opt(&sql, params![processor, reference], dispute)
}

/// All disputes: those that wait for an answer first, the most urgent one first; then the newest.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Dispute>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM disputes ORDER BY CASE status WHEN 'needs_response' THEN 0 WHEN 'under_review' THEN 1 \
         ELSE 2 END, CASE WHEN status = 'needs_response' THEN due_at ELSE -opened_at END LIMIT 1000"
    );
    tx.query(&sql, params![], dispute)
}

/// The disputes of a customer, newest first.
pub fn of_customer(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<Dispute>, CommerceError> {
    let sql =
        format!("SELECT {COLUMNS} FROM disputes WHERE customer_id = $1 ORDER BY opened_at DESC LIMIT 500");
    tx.query(&sql, params![customer], dispute)
}

/// Payments whose disputes are open, for a look at each.
pub fn open_payments(tx: &mut Tx<'_>) -> Result<Vec<mailkeep_types::PaymentAttemptId>, SqlError> {
    tx.query(
        "SELECT DISTINCT payment_id FROM disputes WHERE status IN ('needs_response', 'under_review')",
        params![],
        |row| row.get(0),
    )
}

/// Whether a dispute about an invoice is open.
pub fn is_open(tx: &mut Tx<'_>, invoice: InvoiceId) -> Result<bool, SqlError> {
    tx.query_one(
        "SELECT COUNT(*) FROM disputes WHERE invoice_id = $1 AND status IN ('needs_response', 'under_review')",
        params![invoice],
        |row| row.get::<i64>(0),
    )
    .map(|count| count > 0)
}

/// Moves a dispute on; false when another did.
pub fn move_on(
    tx: &mut Tx<'_>,
    id: DisputeId,
    from: DisputeState,
    to: DisputeState,
) -> Result<bool, SqlError> {
    let closed = (!to.is_open()).then(|| tx.now());
    let sql = "UPDATE disputes SET status = $3, closed_at = $4 WHERE id = $1 AND status = $2";
    Ok(tx.execute(sql, params![id, from.word(), to.word(), closed])? == 1)
}

/// The bank moved the day until which it must be answered.
pub fn set_due(tx: &mut Tx<'_>, id: DisputeId, due_at: Option<Timestamp>) -> Result<(), SqlError> {
    tx.execute("UPDATE disputes SET due_at = $2 WHERE id = $1", params![id, due_at])?;
    Ok(())
}

/// Keeps what we are about to answer, in place of an earlier answer that was not taken; false when one was.
pub fn prepare(
    tx: &mut Tx<'_>,
    id: DisputeId,
    staff: StaffId,
    summary: Option<&Vec<u8>>,
    evidence: Option<&Vec<u8>>,
) -> Result<bool, SqlError> {
    let now = tx.now();
    let (summary, evidence) = (summary.cloned(), evidence.cloned());
    let changed = tx.execute(
        "UPDATE disputes SET prepared_by = $2, prepared_at = $3, summary = $4, evidence = $5 \
         WHERE id = $1 AND answered_at IS NULL AND status = 'needs_response'",
        params![id, staff, now, &summary, &evidence],
    )?;
    Ok(changed == 1)
}

/// The processor took what was prepared.
pub fn set_answered(tx: &mut Tx<'_>, id: DisputeId) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "UPDATE disputes SET answered_by = prepared_by, answered_at = $2 \
         WHERE id = $1 AND answered_at IS NULL AND prepared_at IS NOT NULL",
        params![id, now],
    )?;
    Ok(())
}

/// The sealed evidence, once some was prepared.
pub fn evidence(tx: &mut Tx<'_>, id: DisputeId) -> Result<Option<Vec<u8>>, SqlError> {
    tx.query_one("SELECT evidence FROM disputes WHERE id = $1", params![id], |row| row.get(0))
}
