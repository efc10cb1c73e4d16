//! All SQL of kept cards.

use jiff::civil::Date;
use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, InvoiceId, PaymentAttemptId, PaymentMethodId, SubscriptionId, Timestamp};

use super::PaymentMethod;
use super::keep::SealedCard;
use crate::error::CommerceError;

/// Keeps a card.
pub(crate) fn insert(tx: &mut Tx<'_>, card: &SealedCard) -> Result<(), SqlError> {
    let now = tx.now();
    let expires_on = card.expires_on.map(|date| date.to_string());
    tx.execute(
        "INSERT INTO payment_methods (id, customer_id, processor, token, face, expires_on, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![card.id, card.customer, card.processor, &card.token, &card.face, &expires_on, now],
    )?;
    Ok(())
}

const COLUMNS: &str = "id, customer_id, created_at, expires_on";

fn method(row: &Row<'_>) -> Result<PaymentMethod, CommerceError> {
    let expires_on: Option<String> = row.get(3)?;
    let expires_on = expires_on.map(|text| text.parse()).transpose();
    Ok(PaymentMethod {
        id: row.get(0)?,
        customer: row.get(1)?,
        kept_at: row.get(2)?,
        expires_on: expires_on.map_err(|_| CommerceError::Stored("date"))?,
        pays_for: Vec::new(),
    })
}

/// For which running subscriptions a card may be charged, and since when.
fn pays_for(tx: &mut Tx<'_>, id: PaymentMethodId) -> Result<Vec<(SubscriptionId, Timestamp)>, SqlError> {
    tx.query(
        "SELECT p.subscription_id, p.given_at FROM payment_permissions p JOIN subscriptions s ON s.id = p.subscription_id \
         WHERE p.payment_method_id = $1 AND p.withdrawn_at IS NULL AND CASE s.status WHEN 'active' THEN 1 ELSE 0 END = 1 ORDER BY p.subscription_id",
        params![id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The same without the times.
pub fn permitted(tx: &mut Tx<'_>, id: PaymentMethodId) -> Result<Vec<SubscriptionId>, SqlError> {
    Ok(pays_for(tx, id)?.into_iter().map(|(subscription, _)| subscription).collect())
}

/// The cards of a customer that are in use, newest first.
pub fn of_customer(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<PaymentMethod>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM payment_methods WHERE customer_id = $1 AND disabled_at IS NULL ORDER BY id DESC LIMIT 100"
    );
    let mut methods = tx.query(&sql, params![customer], method)?;
    for method in &mut methods {
        method.pays_for = pays_for(tx, method.id)?;
    }
    Ok(methods)
}

/// A card of a customer that is in use.
pub fn find(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    id: PaymentMethodId,
) -> Result<Option<PaymentMethod>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM payment_methods WHERE id = $1 AND customer_id = $2 AND disabled_at IS NULL"
    );
    let Some(mut found) = tx.query_opt(&sql, params![id, customer], method)? else { return Ok(None) };
    found.pays_for = pays_for(tx, id)?;
    Ok(Some(found))
}

/// The sealed face of a card.
pub fn face(tx: &mut Tx<'_>, id: PaymentMethodId) -> Result<Option<Vec<u8>>, SqlError> {
    tx.query_one("SELECT face FROM payment_methods WHERE id = $1", params![id], |row| row.get(0))
}

/// Takes a card out of use; nothing of it stays but that there was one.
pub fn disable(tx: &mut Tx<'_>, id: PaymentMethodId) -> Result<(), SqlError> {
    let now = tx.now();
    let nothing: Vec<u8> = Vec::new();
    tx.execute(
        "UPDATE payment_methods SET disabled_at = $2, token = $3, face = NULL, expires_on = NULL \
         WHERE id = $1 AND disabled_at IS NULL",
        params![id, now, &nothing],
    )?;
    Ok(())
}

/// Whether a payment with a card has no outcome yet.
pub fn is_being_charged(tx: &mut Tx<'_>, id: PaymentMethodId) -> Result<bool, SqlError> {
    tx.query_one(
        "SELECT COUNT(*) FROM payment_attempts WHERE payment_method_id = $1 \
         AND status NOT IN ('succeeded', 'declined_soft', 'declined_hard')",
        params![id],
        |row| row.get::<i64>(0),
    )
    .map(|count| count > 0)
}

/// The subscriptions of a customer that run.
pub fn running(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<SubscriptionId>, SqlError> {
    let sql = "SELECT id, status FROM subscriptions WHERE customer_id = $1 ORDER BY id";
    let all = tx.query(sql, params![customer], |row| {
        Ok::<(SubscriptionId, String), SqlError>((row.get(0)?, row.get(1)?))
    })?;
    Ok(all.into_iter().filter(|(_, status)| status == "active").map(|(id, _)| id).collect())
}

/// The invoices of a subscription on which something is owed and that are due, by the day of the customer.
pub fn due_invoices(tx: &mut Tx<'_>, subscription: SubscriptionId) -> Result<Vec<InvoiceId>, CommerceError> {
    let zone: Option<String> =
        tx.query_opt("SELECT time_zone FROM subscriptions WHERE id = $1", params![subscription], |row| {
            row.get::<String>(0)
        })?;
    let today = crate::commerce::local_date(tx.now(), zone.as_deref().unwrap_or("UTC"));
    Ok(tx.query(
        "SELECT DISTINCT b.invoice_id FROM invoice_balances b JOIN invoice_lines l ON l.invoice_id = b.invoice_id \
         WHERE l.subscription_id = $1 AND b.open_minor > 0 AND b.due_on <= $2 ORDER BY b.invoice_id",
        params![subscription, &today.to_string()],
        |row| row.get::<InvoiceId>(0),
    )?)
}

/// Notes for what a card is wanted that is being given.
pub fn insert_wish(
    tx: &mut Tx<'_>,
    attempt: PaymentAttemptId,
    subscription: SubscriptionId,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO card_wishes (payment_attempt_id, subscription_id) VALUES ($1, $2)",
        params![attempt, subscription],
    )?;
    Ok(())
}

/// For what a card is wanted.
pub fn wishes(tx: &mut Tx<'_>, attempt: PaymentAttemptId) -> Result<Vec<SubscriptionId>, SqlError> {
    let sql =
        "SELECT subscription_id FROM card_wishes WHERE payment_attempt_id = $1 ORDER BY subscription_id";
    tx.query(sql, params![attempt], |row| row.get(0))
}

/// The pages for new cards to which a customer was sent after a time, without an outcome.
pub fn open_set_ups(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    after: Timestamp,
) -> Result<Vec<PaymentAttemptId>, SqlError> {
    tx.query(
        "SELECT id FROM payment_attempts WHERE customer_id = $1 AND kind = 'set_up' AND created_at > $2 \
         AND status NOT IN ('succeeded', 'declined_soft', 'declined_hard') ORDER BY id DESC LIMIT 20",
        params![customer, after],
        |row| row.get(0),
    )
}

/// Cards that pay for something that runs and can be charged until a day at most, and whose owners were not told.
pub fn expiring(tx: &mut Tx<'_>, until: Date) -> Result<Vec<(PaymentMethodId, Date)>, CommerceError> {
    tx.query(
        "SELECT m.id, m.expires_on FROM payment_methods m WHERE m.disabled_at IS NULL AND m.expiry_told_at IS NULL \
         AND m.expires_on <= $1 AND EXISTS (SELECT 1 FROM payment_permissions p JOIN subscriptions s \
         ON s.id = p.subscription_id WHERE p.payment_method_id = m.id AND p.withdrawn_at IS NULL \
         AND s.status = 'active') ORDER BY m.id LIMIT 1000",
        params![&until.to_string()],
        |row| {
            let day: String = row.get(1)?;
            Ok((row.get(0)?, day.parse().map_err(|_| CommerceError::Stored("date"))?))
        },
    )
}

/// Notes that the owner of a card was told; false when they were before.
pub fn set_told(tx: &mut Tx<'_>, id: PaymentMethodId) -> Result<bool, SqlError> {
    let now = tx.now();
    let sql = "UPDATE payment_methods SET expiry_told_at = $2 WHERE id = $1 AND expiry_told_at IS NULL";
    Ok(tx.execute(sql, params![id, now])? == 1)
}
