//! All SQL of account credit.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{Currency, CustomerId, Money, PaymentAttemptId, StaffId};
use uuid::Uuid;

use super::{CreditKind, CreditMovement};
use crate::error::CommerceError;

/// Writes a movement.
pub fn insert(
    tx: &mut Tx<'_>,
    id: Uuid,
    customer: CustomerId,
    kind: CreditKind,
    cause: Uuid,
    amount: Money,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO account_credits (id, customer_id, kind, cause_id, amount_minor, currency, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![id, customer, kind.word(), cause, amount.minor, amount.currency.code(), now],
    )?;
    Ok(())
}

/// What a customer has.
pub fn balance(tx: &mut Tx<'_>, customer: CustomerId, currency: Currency) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) FROM account_credits \
         WHERE customer_id = $1 AND currency = $2",
        params![customer, currency.code()],
        |row| row.get(0),
    )
}

/// How much credit paid for an invoice.
pub fn applied_to(tx: &mut Tx<'_>, invoice: Uuid) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT CAST(COALESCE(-SUM(amount_minor), 0) AS BIGINT) FROM account_credits \
         WHERE kind = 'applied' AND cause_id = $1",
        params![invoice],
        |row| row.get(0),
    )
}

/// The movements of a customer, newest first.
pub fn of_customer(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<CreditMovement>, CommerceError> {
    tx.query(
        "SELECT id, kind, cause_id, amount_minor, currency, created_at FROM account_credits WHERE customer_id = $1 \
         ORDER BY created_at DESC, id DESC LIMIT 500",
        params![customer],
        |row| {
            let (kind, currency): (String, String) = (row.get(1)?, row.get(4)?);
            let currency = currency.parse().map_err(|_| CommerceError::Stored("currency"))?;
            Ok(CreditMovement {
                id: row.get(0)?,
                kind: CreditKind::from_word(&kind).ok_or(CommerceError::Stored("kind of credit"))?,
                cause: row.get(2)?,
                amount: Money::new(row.get(3)?, currency),
                at: row.get(5)?,
            })
        },
    )
}

/// A case of cover for a misused card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverCase {
    /// Whose card it was.
    pub customer: CustomerId,
    /// What is covered.
    pub amount: Money,
    /// Who recorded it.
    pub recorded_by: StaffId,
}

/// Records a case.
pub fn insert_cover(
    tx: &mut Tx<'_>,
    id: Uuid,
    customer: CustomerId,
    payment: PaymentAttemptId,
    amount: Money,
    findings: &[u8],
    staff: StaffId,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO cover_cases (id, customer_id, payment_id, amount_minor, currency, findings, recorded_by, \
         recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![id, customer, payment, amount.minor, amount.currency.code(), findings, staff, now],
    )?;
    Ok(())
}

/// One case.
pub fn cover(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<CoverCase>, CommerceError> {
    tx.query_opt(
        "SELECT customer_id, amount_minor, currency, recorded_by FROM cover_cases WHERE id = $1",
        params![id],
        |row| {
            let currency: String = row.get(2)?;
            let currency = currency.parse().map_err(|_| CommerceError::Stored("currency"))?;
            let amount = Money::new(row.get(1)?, currency);
            Ok(CoverCase { customer: row.get(0)?, amount, recorded_by: row.get(3)? })
        },
    )
}

/// Whether a payment has a case.
pub fn cover_of(tx: &mut Tx<'_>, payment: PaymentAttemptId) -> Result<bool, SqlError> {
    let sql = "SELECT COUNT(*) FROM cover_cases WHERE payment_id = $1";
    tx.query_one(sql, params![payment], |row| row.get::<i64>(0)).map(|count| count > 0)
}

/// Approves a case once; false when it was.
pub fn approve_cover(tx: &mut Tx<'_>, id: Uuid, staff: StaffId) -> Result<bool, SqlError> {
    let now = tx.now();
    let sql =
        "UPDATE cover_cases SET approved_by = $2, approved_at = $3 WHERE id = $1 AND approved_at IS NULL";
    Ok(tx.execute(sql, params![id, staff, now])? == 1)
}
