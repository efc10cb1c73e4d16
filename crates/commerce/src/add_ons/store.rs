//! All SQL of add-ons.

use jiff::civil::Date;
use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, InvoiceId, SubscriptionId};
use uuid::Uuid;

use super::AddOn;
use crate::changes::AskedBy;
use crate::error::CommerceError;

const COLUMNS: &str = "id, subscription_id, add_on_key, since_on, until_on";

/// Writes that something is had from a day on.
pub fn insert(
    tx: &mut Tx<'_>,
    id: Uuid,
    subscription: SubscriptionId,
    key: &str,
    since: Date,
    asked_by: AskedBy,
    invoice: Option<InvoiceId>,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO subscription_add_ons (id, subscription_id, add_on_key, since_on, asked_by, asked_at, invoice_id, told) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0)",
        params![id, subscription, key, &since.to_string(), &asked_by.word(), now, invoice],
    )?;
    Ok(())
}

fn add_on(row: &Row<'_>) -> Result<AddOn, CommerceError> {
    let (since, until): (String, Option<String>) = (row.get(3)?, row.get(4)?);
    let date = |text: &str| text.parse::<Date>().map_err(|_| CommerceError::Stored("date"));
    Ok(AddOn {
        id: row.get(0)?,
        subscription: row.get(1)?,
        key: row.get(2)?,
        since: date(&since)?,
        until: until.as_deref().map(date).transpose()?,
    })
}

/// What a subscription has, or had, in the order in which it came.
pub fn of_subscription(tx: &mut Tx<'_>, id: SubscriptionId) -> Result<Vec<AddOn>, CommerceError> {
    let sql = format!("SELECT {COLUMNS} FROM subscription_add_ons WHERE subscription_id = $1 ORDER BY id");
    tx.query(&sql, params![id], add_on)
}

/// What the subscriptions of a customer have, or had.
pub fn of_customer(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<AddOn>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM subscription_add_ons WHERE subscription_id IN \
         (SELECT s.id FROM subscriptions s WHERE s.customer_id = $1) ORDER BY id LIMIT 1000"
    );
    tx.query(&sql, params![customer], add_on)
}

/// Sets the first day without it. False when it is to go already.
pub fn remove(tx: &mut Tx<'_>, id: Uuid, until: Date, by: &str) -> Result<bool, SqlError> {
    let now = tx.now();
    let sql = "UPDATE subscription_add_ons SET until_on = $2, removed_by = $3, removed_at = $4 \
               WHERE id = $1 AND until_on IS NULL";
    Ok(tx.execute(sql, params![id, &until.to_string(), by, now])? == 1)
}

/// Takes back that it is to go. False when it stays already, or when the mail side knows of its end.
pub fn keep(tx: &mut Tx<'_>, id: Uuid) -> Result<bool, SqlError> {
    let sql = "UPDATE subscription_add_ons SET until_on = NULL, removed_by = NULL, removed_at = NULL \
               WHERE id = $1 AND until_on IS NOT NULL AND told = 0";
    Ok(tx.execute(sql, params![id])? == 1)
}

/// A page of what has ended in a time zone and the mail side does not know of.
pub fn ended(tx: &mut Tx<'_>, zone: &str, today: Date, limit: u32) -> Result<Vec<AddOn>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM subscription_add_ons WHERE told = 0 AND until_on <= $2 AND subscription_id IN \
         (SELECT s.id FROM subscriptions s WHERE s.time_zone = $1) ORDER BY id LIMIT $3"
    );
    tx.query(&sql, params![zone, &today.to_string(), limit], add_on)
}

/// The mail side is told of an end. False when it was before.
pub fn mark_told(tx: &mut Tx<'_>, id: Uuid) -> Result<bool, SqlError> {
    let sql = "UPDATE subscription_add_ons SET told = 1 WHERE id = $1 AND told = 0 AND until_on IS NOT NULL";
    Ok(tx.execute(sql, params![id])? == 1)
}

/// Ends it on a day, whatever was asked for; the program does, because the plan does not sell it.
pub fn end(tx: &mut Tx<'_>, id: Uuid, on: Date) -> Result<(), SqlError> {
    let now = tx.now();
    let sql = "UPDATE subscription_add_ons SET until_on = $2, removed_by = 'plan', removed_at = $3 \
               WHERE id = $1 AND told = 0";
    tx.execute(sql, params![id, &on.to_string(), now])?;
    Ok(())
}
