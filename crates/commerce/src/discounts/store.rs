//! All SQL of coupons and qualifications.

use jiff::civil::Date;
use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, OrderId, StaffId, Timestamp};
use uuid::Uuid;

use super::coupons::{Coupon, CouponWorth};
use super::qualifications::{Qualification, QualifiedAs};
use crate::error::CommerceError;
use crate::totals::TaxRate;

fn date(text: &str) -> Result<Date, CommerceError> {
    text.parse().map_err(|_| CommerceError::Stored("date"))
}

const COLUMNS: &str = "id, code, percent, amount_minor, currency, periods, from_on, until_on, most_uses, uses, plans, \
                       made_by, withdrawn_at, amounts";

fn coupon(row: &Row<'_>) -> Result<Coupon, CommerceError> {
    let (percent, amount): (Option<u16>, Option<i64>) = (row.get(2)?, row.get(3)?);
    let currency: Option<String> = row.get(4)?;
    let currency = currency.map(|code| code.parse()).transpose();
    let currency = currency.map_err(|_| CommerceError::Stored("currency"))?;
    let amounts: Option<String> = row.get(13)?;
    let worth = match (percent, amounts, amount, currency) {
        (Some(percent), None, None, None) => CouponWorth::Percent(TaxRate(percent)),
        (None, Some(json), ..) => CouponWorth::Amounts(
            serde_json::from_str(&json).map_err(|_| CommerceError::Stored("worth of a coupon"))?,
        ),
        (None, None, Some(minor), Some(currency)) => CouponWorth::Amounts(vec![(currency, minor)]),
        _ => return Err(CommerceError::Stored("worth of a coupon")),
    };
    let (from, until): (String, Option<String>) = (row.get(6)?, row.get(7)?);
    let plans: Option<String> = row.get(10)?;
    let plans = plans.map(|json| serde_json::from_str(&json)).transpose();
    let withdrawn: Option<Timestamp> = row.get(12)?;
    Ok(Coupon {
        id: row.get(0)?,
        code: row.get(1)?,
        worth,
        periods: row.get(5)?,
        from: date(&from)?,
        until: until.as_deref().map(date).transpose()?,
        most_uses: row.get(8)?,
        uses: row.get(9)?,
        plans: plans.map_err(|_| CommerceError::Stored("plans of a coupon"))?,
        made_by: row.get(11)?,
        withdrawn: withdrawn.is_some(),
    })
}

/// Writes a new coupon.
pub fn insert_coupon(tx: &mut Tx<'_>, coupon: &Coupon) -> Result<(), CommerceError> {
    let now = tx.now();
    let (percent, amounts) = match &coupon.worth {
        CouponWorth::Percent(percent) => (Some(percent.0), None),
        CouponWorth::Amounts(amounts) => (None, Some(serde_json::to_string(amounts))),
    };
    let amounts = amounts.transpose().map_err(|_| CommerceError::Stored("worth of a coupon"))?;
    let (amount, currency): (Option<i64>, Option<String>) = (None, None);
    let plans = coupon.plans.as_ref().map(serde_json::to_string).transpose();
    let plans = plans.map_err(|_| CommerceError::Stored("plans of a coupon"))?;
    let until = coupon.until.map(|until| until.to_string());
    tx.execute(
        &format!(
            "INSERT INTO coupons ({COLUMNS}, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, \
             NULL, $13, $14)"
        ),
        params![
            coupon.id,
            &coupon.code,
            percent,
            amount,
            &currency,
            coupon.periods,
            &coupon.from.to_string(),
            &until,
            coupon.most_uses,
            coupon.uses,
            &plans,
            coupon.made_by,
            &amounts,
            now
        ],
    )?;
    Ok(())
}

/// Every coupon, newest first.
pub fn coupons(tx: &mut Tx<'_>) -> Result<Vec<Coupon>, CommerceError> {
    tx.query(
        &format!("SELECT {COLUMNS} FROM coupons ORDER BY created_at DESC, id DESC LIMIT 500"),
        params![],
        coupon,
    )
}

/// The coupon with a code.
pub fn coupon_by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Coupon>, CommerceError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM coupons WHERE code = $1"), params![code], coupon)
}

/// A coupon.
pub fn coupon_by_id(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Coupon>, CommerceError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM coupons WHERE id = $1"), params![id], coupon)
}

/// Takes a coupon back; false when it is not there or was taken back before.
pub fn withdraw_coupon(tx: &mut Tx<'_>, id: Uuid) -> Result<bool, SqlError> {
    let now = tx.now();
    let sql = "UPDATE coupons SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL";
    Ok(tx.execute(sql, params![id, now])? == 1)
}

/// Uses a coupon for an order. False when its uses are used up, or the customer used it before.
pub fn use_coupon(tx: &mut Tx<'_>, id: Uuid, order: OrderId, customer: CustomerId) -> Result<bool, SqlError> {
    let now = tx.now();
    let noted = tx.execute(
        "INSERT INTO coupon_uses (coupon_id, customer_id, order_id, used_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (coupon_id, customer_id) DO NOTHING",
        params![id, customer, order, now],
    )?;
    let counted =
        "UPDATE coupons SET uses = uses + 1 WHERE id = $1 AND (most_uses IS NULL OR uses < most_uses)";
    Ok(noted == 1 && tx.execute(counted, params![id])? == 1)
}

/// How many orders used a coupon from an instant on.
pub fn uses_since(tx: &mut Tx<'_>, id: Uuid, since: Timestamp) -> Result<i64, SqlError> {
    let sql = "SELECT COUNT(*) FROM coupon_uses WHERE coupon_id = $1 AND used_at >= $2";
    tx.query_one(sql, params![id, since], |row| row.get(0))
}

/// Gives the use of a coupon back: its order was refused.
pub fn give_coupon_back(tx: &mut Tx<'_>, order: OrderId) -> Result<(), SqlError> {
    let used: Option<Uuid> =
        tx.query_opt("SELECT coupon_id FROM coupon_uses WHERE order_id = $1", params![order], |row| {
            row.get(0)
        })?;
    if let Some(coupon) = used {
        tx.execute("DELETE FROM coupon_uses WHERE order_id = $1", params![order])?;
        tx.execute("UPDATE coupons SET uses = uses - 1 WHERE id = $1 AND uses > 0", params![coupon])?;
    }
    Ok(())
}

/// Writes an approval.
pub fn insert_qualification(tx: &mut Tx<'_>, new: &Qualification, evidence: &[u8]) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO qualifications (id, customer_id, kind, from_on, until_on, evidence, approved_by, approved_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            new.id,
            new.customer,
            new.kind.word(),
            &new.from.to_string(),
            &new.until.to_string(),
            evidence,
            new.approved_by,
            new.approved_at
        ],
    )?;
    Ok(())
}

/// A customer's approvals, newest first.
pub fn qualifications(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<Qualification>, CommerceError> {
    tx.query(
        "SELECT id, customer_id, kind, from_on, until_on, approved_by, approved_at, revoked_by, revoked_at \
         FROM qualifications WHERE customer_id = $1 ORDER BY approved_at DESC, id DESC LIMIT 500",
        params![customer],
        |row| {
            let (kind, from, until): (String, String, String) = (row.get(2)?, row.get(3)?, row.get(4)?);
            let (by, at): (Option<StaffId>, Option<Timestamp>) = (row.get(7)?, row.get(8)?);
            Ok(Qualification {
                id: row.get(0)?,
                customer: row.get(1)?,
                kind: QualifiedAs::from_word(&kind).ok_or(CommerceError::Stored("qualification"))?,
                from: date(&from)?,
                until: date(&until)?,
                approved_by: row.get(5)?,
                approved_at: row.get(6)?,
                revoked: by.zip(at),
            })
        },
    )
}

/// The sealed evidence of an approval.
pub fn evidence(tx: &mut Tx<'_>, id: Uuid) -> Result<Vec<u8>, SqlError> {
    tx.query_one("SELECT evidence FROM qualifications WHERE id = $1", params![id], |row| row.get(0))
}

/// Revokes an approval; false when it is not in force.
pub fn revoke_qualification(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    id: Uuid,
    staff: StaffId,
) -> Result<bool, SqlError> {
    let now = tx.now();
    let sql = "UPDATE qualifications SET revoked_by = $3, revoked_at = $4 \
               WHERE id = $1 AND customer_id = $2 AND revoked_at IS NULL";
    Ok(tx.execute(sql, params![id, customer, staff, now])? == 1)
}
