//! All SQL of subscriptions, billed periods and reminders.

use jiff::civil::Date;
use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, InvoiceId, SubscriptionId};
use mailkeep_webhooks::events::EventKind;
use uuid::Uuid;

use super::next::{NextBilling, PendingChange};
use super::{Subscription, SubscriptionStatus};
use crate::counts::Stage;
use crate::error::CommerceError;
use crate::events;
use crate::months::due::Covered;
use crate::periods::{Interval, Period};
use crate::totals::TaxRate;

const COLUMNS: &str = "id, customer_id, person_id, order_id, plan_version_id, billing_interval, mailboxes, tax_name, \
                       tax_rate, anchor, time_zone, status, next_index, next_on, cancel_at_end, created_at, ended_on, \
                       coupon_id, pending_plan_version_id, pending_interval, pending_mailboxes, currency";

/// Writes a new subscription.
pub fn insert(tx: &mut Tx<'_>, subscription: &Subscription) -> Result<(), SqlError> {
    let ended_on = subscription.ended_on.map(|date| date.to_string());
    let pending = subscription.pending;
    let currency = subscription.currency.map(|currency| currency.code().to_owned());
    tx.execute(
        &format!(
            "INSERT INTO subscriptions ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, \
             $14, $15, $16, $17, $18, $19, $20, $21, $22)"
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
            subscription.coupon,
            pending.map(|change| change.plan_version),
            pending.map(|change| change.interval.word()),
            pending.map(|change| change.mailboxes),
            &currency
        ],
    )?;
    events::subscription(tx, subscription.id, subscription.customer, EventKind::SubscriptionStarted)
}

fn date(text: &str) -> Result<Date, CommerceError> {
    text.parse().map_err(|_| CommerceError::Stored("date"))
}

fn subscription(row: &Row<'_>) -> Result<Subscription, CommerceError> {
    let (interval, anchor, status, next_on): (String, String, String, String) =
        (row.get(5)?, row.get(9)?, row.get(11)?, row.get(13)?);
    let (ended_on, currency): (Option<String>, Option<String>) = (row.get(16)?, row.get(21)?);
    let currency = currency.map(|code| code.parse()).transpose();
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
        pending: pending(row)?,
        currency: currency.map_err(|_| CommerceError::Stored("currency"))?,
    })
}

fn pending(row: &Row<'_>) -> Result<Option<PendingChange>, CommerceError> {
    let (plan_version, interval, mailboxes): (Option<Uuid>, Option<String>, Option<u32>) =
        (row.get(18)?, row.get(19)?, row.get(20)?);
    let (Some(plan_version), Some(interval), Some(mailboxes)) = (plan_version, interval, mailboxes) else {
        return Ok(None);
    };
    let interval = Interval::from_word(&interval).ok_or(CommerceError::Stored("interval"))?;
    Ok(Some(PendingChange { plan_version, interval, mailboxes }))
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

/// The time zones in which subscriptions run.
pub fn zones(tx: &mut Tx<'_>) -> Result<Vec<String>, SqlError> {
    let sql = "SELECT DISTINCT time_zone FROM subscriptions WHERE status = 'active' ORDER BY time_zone";
    tx.query(sql, params![], |row| row.get(0))
}

/// A page of a zone's subscriptions that go on beyond an invoice day and were not counted for it, after the one named. In the order
/// of the index of zones, so that a page costs the same however many there are.
pub fn to_count(
    tx: &mut Tx<'_>,
    zone: &str,
    invoice_on: Date,
    stage: Stage,
    after: Option<(CustomerId, SubscriptionId)>,
    limit: u32,
) -> Result<Vec<Subscription>, CommerceError> {
    let (customer, id) = bytes_of(after);
    let sql = format!(
        "SELECT {COLUMNS} FROM subscriptions s WHERE status = 'active' AND time_zone = $1 \
         AND NOT (cancel_at_end = 1 AND next_on <= $2) AND (customer_id, id) > ($4, $5) \
         AND NOT EXISTS (SELECT 1 FROM mailbox_counts c \
         WHERE c.subscription_id = s.id AND c.invoice_on = $2 AND c.stage = $3) ORDER BY customer_id, id LIMIT $6"
    );
    let on = invoice_on.to_string();
    tx.query(&sql, params![zone, &on, stage.word(), &customer, &id, limit], subscription)
}

/// The place after which a page begins; of the first page, before everything.
fn bytes_of(after: Option<(CustomerId, SubscriptionId)>) -> (Vec<u8>, Vec<u8>) {
    after.map_or_else(Default::default, |(customer, id)| {
        (customer.as_bytes().to_vec(), id.as_bytes().to_vec())
    })
}

/// A page of a zone's subscriptions whose month is not closed: a period begins before `until`, or there is no hosting
/// report for the invoice day. By customer, after the one named.
pub fn to_close(
    tx: &mut Tx<'_>,
    zone: &str,
    invoice_on: Date,
    until: Date,
    today: Date,
    after: Option<CustomerId>,
    limit: u32,
) -> Result<Vec<Subscription>, CommerceError> {
    let after = after.map_or_else(Vec::new, |id| id.as_bytes().to_vec());
    let sql = format!(
        "SELECT {COLUMNS} FROM subscriptions s WHERE status = 'active' AND time_zone = $1 AND customer_id > $4 \
         AND ((next_on < $3 AND cancel_at_end = 0 AND (next_index > 0 OR next_on <= $6)) OR (anchor < $2 AND NOT EXISTS (SELECT 1 FROM hosting_reports r \
         WHERE r.subscription_id = s.id AND r.invoice_on = $2))) ORDER BY customer_id, id LIMIT $5"
    );
    let (on, until, today) = (invoice_on.to_string(), until.to_string(), today.to_string());
    tx.query(&sql, params![zone, &on, &until, &after, limit, &today], subscription)
}

/// A page of all subscriptions that run, by customer, after the one named.
pub fn active_page(
    tx: &mut Tx<'_>,
    after: Option<(CustomerId, SubscriptionId)>,
    limit: u32,
) -> Result<Vec<Subscription>, CommerceError> {
    let (customer, id) = bytes_of(after);
    let sql = format!(
        "SELECT {COLUMNS} FROM subscriptions WHERE status = 'active' \
         AND (customer_id, id) > ($1, $2) ORDER BY customer_id, id LIMIT $3"
    );
    tx.query(&sql, params![&customer, &id, limit], subscription)
}

/// How many subscriptions run.
pub fn active(tx: &mut Tx<'_>) -> Result<i64, SqlError> {
    let sql = "SELECT COUNT(*) FROM subscriptions WHERE status = 'active'";
    tx.query_one(sql, params![], |row| row.get(0))
}

/// What is paid for in the term that runs: what the newest billed period says.
pub fn covered(tx: &mut Tx<'_>, id: SubscriptionId) -> Result<Covered, SqlError> {
    let newest = tx.query_opt(
        "SELECT mailboxes, space_mb FROM billed_periods WHERE subscription_id = $1 ORDER BY period_start DESC LIMIT 1",
        params![id],
        |row| -> Result<_, SqlError> { Ok((row.get::<u32>(0)?, row.get::<i64>(1)?)) },
    )?;
    let (mailboxes, space_mb) = newest.unwrap_or_default();
    Ok(Covered { mailboxes, space_mb: u64::try_from(space_mb).unwrap_or(0) })
}

/// Notes a period as billed, with or without an invoice. False when it was billed before.
pub fn bill(
    tx: &mut Tx<'_>,
    id: SubscriptionId,
    period: Period,
    covers: Covered,
    invoice: Option<InvoiceId>,
) -> Result<bool, SqlError> {
    let now = tx.now();
    let written = tx.execute(
        "INSERT INTO billed_periods (subscription_id, period_start, period_end, mailboxes, space_mb, counted_at, \
         invoice_id) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (subscription_id, period_start) \
         DO UPDATE SET mailboxes = $4, space_mb = $5, invoice_id = $7 WHERE billed_periods.invoice_id IS NULL",
        params![
            id,
            &period.start.to_string(),
            &period.end.to_string(),
            covers.mailboxes,
            i64::try_from(covers.space_mb).unwrap_or(i64::MAX),
            now,
            invoice
        ],
    )?;
    Ok(written == 1)
}

/// Goes on to the period after the one that was billed, with the plan and interval that were billed. False when the
/// subscription is elsewhere: somebody else billed it.
pub fn go_on(tx: &mut Tx<'_>, next: &NextBilling) -> Result<bool, SqlError> {
    let changed = tx.execute(
        "UPDATE subscriptions SET next_index = next_index + 1, next_on = $3, plan_version_id = $4, \
         billing_interval = $5, mailboxes = $6, anchor = $7, pending_plan_version_id = NULL, pending_interval = NULL, \
         pending_mailboxes = NULL, cancel_at_end = CASE WHEN EXISTS (SELECT 1 FROM endings e \
         WHERE e.subscription_id = $1 AND e.ends_on <= $3) THEN 1 ELSE cancel_at_end END \
         WHERE id = $1 AND next_on = $2 AND status = 'active'",
        params![
            next.subscription,
            &next.period.start.to_string(),
            &next.period.end.to_string(),
            next.plan_version,
            next.interval.word(),
            next.mailboxes,
            &next.anchor.to_string()
        ],
    )?;
    Ok(changed == 1)
}

/// A page of active subscriptions to any version of a plan, after the one named.
pub fn of_plan(
    tx: &mut Tx<'_>,
    key: &str,
    after: Option<SubscriptionId>,
    limit: u32,
) -> Result<Vec<Subscription>, CommerceError> {
    let after = after.map_or_else(Vec::new, |id| id.as_bytes().to_vec());
    let sql = format!(
        "SELECT {COLUMNS} FROM subscriptions WHERE status = 'active' AND id > $2 \
         AND plan_version_id IN (SELECT v.id FROM plan_versions v WHERE v.plan_key = $1) ORDER BY id LIMIT $3"
    );
    tx.query(&sql, params![key, &after, limit], subscription)
}

/// The keys of the plans to which a customer has an active subscription.
pub fn plans_of(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<String>, SqlError> {
    let sql = "SELECT DISTINCT v.plan_key FROM subscriptions s JOIN plan_versions v ON v.id = s.plan_version_id \
               WHERE s.status = 'active' AND s.customer_id = $1 ORDER BY v.plan_key";
    tx.query(sql, params![customer], |row| row.get(0))
}

/// A page of active subscriptions of the customers of a brand, after the one named.
pub fn of_brand(
    tx: &mut Tx<'_>,
    brand: &str,
    after: Option<SubscriptionId>,
    limit: u32,
) -> Result<Vec<Subscription>, CommerceError> {
    let after = after.map_or_else(Vec::new, |id| id.as_bytes().to_vec());
    let sql = format!(
        "SELECT {COLUMNS} FROM subscriptions WHERE status = 'active' AND id > $2 AND COALESCE((SELECT b.brand_key \
         FROM customer_brands b WHERE b.customer_id = subscriptions.customer_id), '') = $1 ORDER BY id LIMIT $3"
    );
    tx.query(&sql, params![brand, &after, limit], subscription)
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

/// Sets or takes back the wish to end.
pub fn set_cancel(tx: &mut Tx<'_>, id: SubscriptionId, cancel: bool) -> Result<(), SqlError> {
    tx.execute("UPDATE subscriptions SET cancel_at_end = $2 WHERE id = $1", params![id, cancel])?;
    Ok(())
}

/// Ends a subscription. False when it ended before.
pub fn end(tx: &mut Tx<'_>, id: SubscriptionId, on: Date) -> Result<bool, SqlError> {
    let sql = "UPDATE subscriptions SET status = 'ended', ended_on = $2 WHERE id = $1 AND status = 'active'";
    let ended = tx.execute(sql, params![id, &on.to_string()])? == 1;
    if ended {
        tell(tx, id, EventKind::SubscriptionEnded)?;
    }
    Ok(ended)
}

/// Tells programs what happened to a subscription.
pub fn tell(tx: &mut Tx<'_>, id: SubscriptionId, kind: EventKind) -> Result<(), SqlError> {
    let sql = "SELECT customer_id FROM subscriptions WHERE id = $1";
    let customer = tx.query_one(sql, params![id], |row| -> Result<_, SqlError> { row.get(0) })?;
    events::subscription(tx, id, customer, kind)
}

/// Takes an ended subscription up again; it is billed from this day on.
pub fn take_up(tx: &mut Tx<'_>, id: SubscriptionId, today: Date) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE subscriptions SET status = 'active', ended_on = NULL, cancel_at_end = 0, next_on = $2, anchor = $2 \
         WHERE id = $1 AND status = 'ended'",
        params![id, &today.to_string()],
    )?;
    Ok(())
}

/// Takes a step of the overdue calendar; false when it was taken before. An invoice that is owed anew is in a new round.
pub fn take_step(tx: &mut Tx<'_>, invoice: InvoiceId, round: i64, step: i64) -> Result<bool, SqlError> {
    let now = tx.now();
    let written = tx.execute(
        "INSERT INTO dunning_rounds (invoice_id, round, step, taken_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (invoice_id, round, step) DO NOTHING",
        params![invoice, round, step, now],
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
