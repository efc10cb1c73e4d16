//! All SQL of cover for misused cards.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, Money, PaymentAttemptId, StaffId};
use uuid::Uuid;

use super::{Claim, ClaimStatus, How, RefusedBecause};
use crate::error::CommerceError;

const COLUMNS: &str = "id, customer_id, person_id, payment_id, amount_minor, currency, how, reported_on, claimed_at, status, \
                       reason, recorded_by, recorded_at, decided_by, decided_at";

fn claim(row: &Row<'_>) -> Result<Claim, CommerceError> {
    let (currency, how, day, status): (String, String, String, String) =
        (row.get(5)?, row.get(6)?, row.get(7)?, row.get(9)?);
    let reason: Option<String> = row.get(10)?;
    Ok(Claim {
        id: row.get(0)?,
        customer: row.get(1)?,
        person: row.get(2)?,
        payment: row.get(3)?,
        amount: Money::new(row.get(4)?, currency.parse().map_err(|_| CommerceError::Stored("currency"))?),
        how: How::from_word(&how).ok_or(CommerceError::Stored("misuse"))?,
        reported_on: day.parse().map_err(|_| CommerceError::Stored("date"))?,
        claimed_at: row.get(8)?,
        status: ClaimStatus::from_word(&status).ok_or(CommerceError::Stored("status of a claim"))?,
        refused_because: reason.as_deref().and_then(RefusedBecause::from_word),
        recorded_by: row.get(11)?,
        recorded_at: row.get(12)?,
        decided_by: row.get(13)?,
        decided_at: row.get(14)?,
    })
}

/// Writes a claim; false when this very one was written before.
pub fn insert_claim(tx: &mut Tx<'_>, claim: &Claim) -> Result<bool, SqlError> {
    let written = tx.execute(
        "INSERT INTO cover_claims (id, customer_id, person_id, payment_id, amount_minor, currency, how, reported_on, \
         claimed_at, status) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING",
        params![
            claim.id,
            claim.customer,
            claim.person,
            claim.payment,
            claim.amount.minor,
            claim.amount.currency.code(),
            claim.how.word(),
            &claim.reported_on.to_string(),
            claim.claimed_at,
            claim.status.word()
        ],
    )?;
    Ok(written == 1)
}

/// One claim.
pub fn find(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Claim>, CommerceError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM cover_claims WHERE id = $1"), params![id], claim)
}

/// The claims of a customer, newest first.
pub fn of_customer(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<Claim>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM cover_claims WHERE customer_id = $1 ORDER BY claimed_at DESC LIMIT 200"
    );
    tx.query(&sql, params![customer], claim)
}

/// All claims: those that wait for somebody first, the oldest of them first; then the newest.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Claim>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM cover_claims ORDER BY CASE WHEN status IN ('open', 'recorded') THEN 0 ELSE 1 END, \
         CASE WHEN status IN ('open', 'recorded') THEN claimed_at ELSE -claimed_at END LIMIT 1000"
    );
    tx.query(&sql, params![], claim)
}

/// Whether a payment has a claim that was not refused.
pub fn is_claimed(tx: &mut Tx<'_>, payment: PaymentAttemptId) -> Result<bool, SqlError> {
    let sql = "SELECT COUNT(*) FROM cover_claims WHERE payment_id = $1 AND status <> 'refused'";
    tx.query_one(sql, params![payment], |row| row.get::<i64>(0)).map(|count| count > 0)
}

/// The claim on which the case of a payment rests, while it waits for a second person.
pub fn recorded(tx: &mut Tx<'_>, payment: PaymentAttemptId) -> Result<Option<Claim>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM cover_claims WHERE payment_id = $1 AND CASE status WHEN 'recorded' THEN 1 ELSE 0 END = 1"
    );
    tx.query_opt(&sql, params![payment], claim)
}

/// Findings were recorded; false when somebody did before.
pub fn set_recorded(tx: &mut Tx<'_>, id: Uuid, staff: StaffId) -> Result<bool, SqlError> {
    let now = tx.now();
    let sql = "UPDATE cover_claims SET status = 'recorded', recorded_by = $2, recorded_at = $3 \
               WHERE id = $1 AND status = 'open'";
    Ok(tx.execute(sql, params![id, staff, now])? == 1)
}

/// Decides a claim; false when it was decided before.
pub fn decide(
    tx: &mut Tx<'_>,
    id: Uuid,
    staff: StaffId,
    status: ClaimStatus,
    reason: Option<RefusedBecause>,
) -> Result<bool, SqlError> {
    let now = tx.now();
    let reason = reason.map(|reason| reason.word().to_owned());
    let sql = "UPDATE cover_claims SET status = $2, reason = $3, decided_by = $4, decided_at = $5 \
               WHERE id = $1 AND status IN ('open', 'recorded')";
    Ok(tx.execute(sql, params![id, status.word(), &reason, staff, now])? == 1)
}

/// Takes an unapproved case of a payment away: its claim was refused by the second person.
pub fn delete_cover(tx: &mut Tx<'_>, payment: PaymentAttemptId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM cover_cases WHERE payment_id = $1 AND approved_at IS NULL", params![payment])?;
    Ok(())
}

/// How many cases break the promise: more than the bound in their currency, or approved by whoever recorded them.
pub fn broken(tx: &mut Tx<'_>, most: Money) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT COUNT(*) FROM cover_cases WHERE (currency = $1 AND amount_minor > $2) OR approved_by = recorded_by",
        params![most.currency.code(), most.minor],
        |row| row.get(0),
    )
}

/// The case of a payment.
pub fn case_of(tx: &mut Tx<'_>, payment: PaymentAttemptId) -> Result<Option<Uuid>, SqlError> {
    let sql = "SELECT id FROM cover_cases WHERE payment_id = $1";
    tx.query_opt(sql, params![payment], |row| row.get(0))
}

/// A case of cover for a misused card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverCase {
    /// Whose card it was.
    pub customer: CustomerId,
    /// The payment.
    pub payment: PaymentAttemptId,
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
        "SELECT customer_id, amount_minor, currency, recorded_by, payment_id FROM cover_cases WHERE id = $1",
        params![id],
        |row| {
            let currency: String = row.get(2)?;
            let currency = currency.parse().map_err(|_| CommerceError::Stored("currency"))?;
            let amount = Money::new(row.get(1)?, currency);
            Ok(CoverCase { customer: row.get(0)?, payment: row.get(4)?, amount, recorded_by: row.get(3)? })
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
