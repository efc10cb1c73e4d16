//! All SQL of subscriptions, billed periods and reminders.

use jiff::civil::Date;
use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, InvoiceId, SubscriptionId};
use uuid::Uuid;

use super::{Subscription, SubscriptionStatus};
use crate::error::CommerceError;
use crate::periods::{Interval, Period};
use crate::totals::TaxRate;

const COLUMNS: &str = "id, customer_id, person_id, order_id, plan_version_id, billing_interval, mailboxes, tax_name, \
                       tax_rate, anchor, time_zone, status, next_index, next_on, cancel_at_end, created_at, ended_on, coupon_id";

/// Writes a new subscription.
pub fn insert(tx: &mut Tx<'_>, subscription: &Subscription) -> Result<(), SqlError> {
    let ended_on = subscription.ended_on.map(|date| date.to_string());
    tx.execute(
        &format!(
            "INSERT INTO subscriptions ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, \
             $14, $15, $16, $17, $18)"
        ),
        params![
            subscription.id,
            subscription.customer,
            subscription.person,
            subscription.order,
            subscription.plan_version,
            subscription.interval.word(),
            subscription.mailboxes,
            &subscription.tax_name,
            subscription.tax_rate.0,
            &subscription.anchor.to_string(),
            &subscription.time_zone,
            subscription.status.word(),
            subscription.next_index,
            &subscription.next_on.to_string(),
            subscription.cancel_at_end,
            subscription.created_at,
            &ended_on,
            subscription.coupon
        ],
    )?;
    Ok(())
}

fn date(text: &str) -> Result<Date, CommerceError> {
    text.parse().map_err(|_| CommerceError::Stored("date"))
}

fn subscription(row: &Row<'_>) -> Result<Subscription, CommerceError> {
    let (interval, anchor, status, next_on): (String, String, String, String) =
        (row.get(5)?, row.get(9)?, row.get(11)?, row.get(13)?);
    let ended_on: Option<String> = row.get(16)?;
    Ok(Subscription {
        id: row.get(0)?,
        customer: row.get(1)?,
        person: row.get(2)?,
        order: row.get(3)?,
        plan_version: row.get(4)?,
        interval: Interval::from_word(&interval).ok_or(CommerceError::Stored("interval"))?,
        mailboxes: row.get(6)?,
        tax_name: row.get(7)?,
        tax_rate: TaxRate(row.get(8)?),
        anchor: date(&anchor)?,
        time_zone: row.get(10)?,
        status: SubscriptionStatus::from_word(&status).ok_or(CommerceError::Stored("subscription status"))?,
        next_index: row.get(12)?,
        next_on: date(&next_on)?,
        cancel_at_end: row.get(14)?,
        created_at: row.get(15)?,
        ended_on: ended_on.as_deref().map(date).transpose()?,
        coupon: row.get(17)?,
    })
}

/// One subscription.
pub fn find(tx: &mut Tx<'_>, id: SubscriptionId) -> Result<Option<Subscription>, CommerceError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM subscriptions WHERE id = $1"), params![id], subscription)
}

/// The subscriptions of a customer, newest first.
pub fn of_customer(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<Subscription>, CommerceError> {
    let sql =
        format!("SELECT {COLUMNS} FROM subscriptions WHERE customer_id = $1 ORDER BY id DESC LIMIT 500");
    tx.query(&sql, params![customer], subscription)
}

/// A page of subscriptions whose next period begins on `latest` or earlier, after the one named.
pub fn due(
    tx: &mut Tx<'_>,
    latest: Date,
    after: Option<SubscriptionId>,
    limit: u32,
) -> Result<Vec<Subscription>, CommerceError> {
    let after = after.map_or_else(Vec::new, |id| id.as_bytes().to_vec());
    let sql = format!(
        "SELECT {COLUMNS} FROM subscriptions WHERE status = 'active' AND next_on <= $1 AND id > $2 ORDER BY id LIMIT $3"
    );
    tx.query(&sql, params![&latest.to_string(), &after, limit], subscription)
}

/// Notes what was counted for a period; the first count stays.
pub fn insert_count(
    tx: &mut Tx<'_>,
    id: SubscriptionId,
    period: Period,
    mailboxes: u32,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO billed_periods (subscription_id, period_start, period_end, mailboxes, counted_at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (subscription_id, period_start) DO NOTHING",
        params![id, &period.start.to_string(), &period.end.to_string(), mailboxes, now],
    )?;
    Ok(())
}

/// What was counted for a period, and its invoice once it is billed.
pub fn count(
    tx: &mut Tx<'_>,
    id: SubscriptionId,
    start: Date,
) -> Result<Option<(u32, Option<InvoiceId>)>, SqlError> {
    tx.query_opt(
        "SELECT mailboxes, invoice_id FROM billed_periods WHERE subscription_id = $1 AND period_start = $2",
        params![id, &start.to_string()],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Ties a counted period to its invoice. False when it is billed already.
pub fn set_billed(
    tx: &mut Tx<'_>,
    id: SubscriptionId,
    start: Date,
    invoice: InvoiceId,
) -> Result<bool, SqlError> {
    let changed = tx.execute(
        "UPDATE billed_periods SET invoice_id = $3 WHERE subscription_id = $1 AND period_start = $2 \
         AND invoice_id IS NULL",
        params![id, &start.to_string(), invoice],
    )?;
    Ok(changed == 1)
}

/// Sets the next period to be billed.
pub fn set_next(tx: &mut Tx<'_>, id: SubscriptionId, index: i32, on: Date) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE subscriptions SET next_index = $2, next_on = $3 WHERE id = $1 AND next_index < $2",
        params![id, index, &on.to_string()],
    )?;
    Ok(())
}

/// Sets or takes back the wish to end.
pub fn set_cancel(tx: &mut Tx<'_>, id: SubscriptionId, cancel: bool) -> Result<(), SqlError> {
    tx.execute("UPDATE subscriptions SET cancel_at_end = $2 WHERE id = $1", params![id, cancel])?;
    Ok(())
}

/// Ends a subscription. False when it ended before.
pub fn end(tx: &mut Tx<'_>, id: SubscriptionId, on: Date) -> Result<bool, SqlError> {
    let sql = "UPDATE subscriptions SET status = 'ended', ended_on = $2 WHERE id = $1 AND status = 'active'";
    Ok(tx.execute(sql, params![id, &on.to_string()])? == 1)
}

/// Takes a step of the overdue calendar; false when it was taken before.
pub fn take_step(tx: &mut Tx<'_>, invoice: InvoiceId, step: i64) -> Result<bool, SqlError> {
    let now = tx.now();
    let written = tx.execute(
        "INSERT INTO dunning_steps (invoice_id, step, taken_at) VALUES ($1, $2, $3) \
         ON CONFLICT (invoice_id, step) DO NOTHING",
        params![invoice, step, now],
    )?;
    Ok(written == 1)
}

/// The fact `service_ordered`: a subscription or service of the customer that has not ended.
pub fn is_ordered(tx: &mut Tx<'_>, id: Uuid, customer: CustomerId) -> Result<bool, SqlError> {
    let found: Option<i64> = tx.query_opt(
        "SELECT 1 FROM subscriptions WHERE id = $1 AND customer_id = $2 AND status = 'active' \
         UNION ALL SELECT 1 FROM services WHERE id = $1 AND customer_id = $2 AND ended_at IS NULL",
        params![id, customer],
        |row| row.get(0),
    )?;
    Ok(found.is_some())
}
