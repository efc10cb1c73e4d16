//! All SQL of account credit.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{Currency, CustomerId, Money, StaffId};
use uuid::Uuid;

use super::{CreditKind, CreditMovement, GrantReason};
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
                reason: None,
            })
        },
    )
}

/// Writes what staff gave or took back; false when this very act was written before.
pub fn insert_grant(
    tx: &mut Tx<'_>,
    id: Uuid,
    customer: CustomerId,
    amount: Money,
    reason: GrantReason,
    staff: StaffId,
) -> Result<bool, SqlError> {
    let now = tx.now();
    let written = tx.execute(
        "INSERT INTO credit_grants (id, customer_id, amount_minor, currency, reason, staff_id, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING",
        params![id, customer, amount.minor, amount.currency.code(), reason.word(), staff, now],
    )?;
    Ok(written == 1)
}

/// For what reason staff gave or took back, by the act.
pub fn grant_reasons(
    tx: &mut Tx<'_>,
    customer: CustomerId,
) -> Result<Vec<(Uuid, GrantReason)>, CommerceError> {
    tx.query(
        "SELECT id, reason FROM credit_grants WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 500",
        params![customer],
        |row| {
            let word: String = row.get(1)?;
            Ok((row.get(0)?, GrantReason::from_word(&word).ok_or(CommerceError::Stored("reason"))?))
        },
    )
}
