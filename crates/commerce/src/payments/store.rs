//! All SQL of payments.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{
    CustomerId, InvoiceId, Money, OrderId, PaymentAttemptId, PaymentMethodId, SubscriptionId,
};

use super::{Attempt, AttemptKind, AttemptStatus};
use crate::error::CommerceError;
use crate::events;
use crate::processor::{Answer, Outcome};

const COLUMNS: &str = "id, kind, order_id, invoice_id, ordinal, customer_id, payment_method_id, amount_minor, \
                       currency, reference, page_url, status, decline_code, local_day";

fn attempt(row: &Row<'_>) -> Result<Attempt, CommerceError> {
    let (kind, currency, status, day): (String, String, String, String) =
        (row.get(1)?, row.get(8)?, row.get(11)?, row.get(13)?);
    Ok(Attempt {
        id: row.get(0)?,
        kind: AttemptKind::from_word(&kind).ok_or(CommerceError::Stored("kind of payment attempt"))?,
        order: row.get(2)?,
        invoice: row.get(3)?,
        ordinal: row.get(4)?,
        customer: row.get(5)?,
        method: row.get(6)?,
        amount: Money::new(row.get(7)?, currency.parse().map_err(|_| CommerceError::Stored("currency"))?),
        reference: row.get(9)?,
        page_url: row.get(10)?,
        status: AttemptStatus::from_word(&status)
            .ok_or(CommerceError::Stored("status of payment attempt"))?,
        decline_code: row.get(12)?,
        local_day: day.parse().map_err(|_| CommerceError::Stored("date"))?,
    })
}

/// Writes an attempt before the processor is called. Fails when another of the same ordinal was written first.
pub fn insert(tx: &mut Tx<'_>, attempt: &Attempt, processor: &str) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        &format!(
            "INSERT INTO payment_attempts ({COLUMNS}, processor, created_at, updated_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
        ),
        params![
            attempt.id,
            attempt.kind.word(),
            attempt.order,
            attempt.invoice,
            attempt.ordinal,
            attempt.customer,
            attempt.method,
            attempt.amount.minor,
            attempt.amount.currency.code(),
            &attempt.reference,
            &attempt.page_url,
            attempt.status.word(),
            &attempt.decline_code,
            &attempt.local_day.to_string(),
            processor,
            now,
            now
        ],
    )?;
    Ok(())
}

/// One attempt.
pub fn find(tx: &mut Tx<'_>, id: PaymentAttemptId) -> Result<Option<Attempt>, CommerceError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM payment_attempts WHERE id = $1"), params![id], attempt)
}

/// The attempt behind the processor's own name for a captured or charged payment.
pub fn by_reference(
    tx: &mut Tx<'_>,
    processor: &str,
    reference: &str,
) -> Result<Option<PaymentAttemptId>, SqlError> {
    tx.query_opt(
        "SELECT id FROM payment_attempts WHERE processor = $1 AND reference = $2 AND kind IN ('capture', 'charge') \
         ORDER BY id LIMIT 1",
        params![processor, reference],
        |row| row.get(0),
    )
}

/// The captured or charged payments of an invoice, also those of the order that it bills. Newest first.
pub fn payments_of_invoice(tx: &mut Tx<'_>, invoice: InvoiceId) -> Result<Vec<Attempt>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM payment_attempts WHERE id IN (SELECT id FROM payment_attempts WHERE invoice_id = $1 \
         UNION ALL SELECT a.id FROM orders o JOIN payment_attempts a ON a.order_id = o.id WHERE o.invoice_id = $1) \
         ORDER BY id DESC"
    );
    // Which of them took money is seen here: by an index of the status, SQLite would go through the payments of everybody.
    let mut found = tx.query(&sql, params![invoice], attempt)?;
    found.retain(|one| {
        one.status == AttemptStatus::Succeeded
            && matches!(one.kind, AttemptKind::Capture | AttemptKind::Charge)
    });
    Ok(found)
}

/// The attempts of one kind for an order, oldest first.
pub fn of_order(tx: &mut Tx<'_>, order: OrderId, kind: AttemptKind) -> Result<Vec<Attempt>, CommerceError> {
    let sql =
        format!("SELECT {COLUMNS} FROM payment_attempts WHERE order_id = $1 AND kind = $2 ORDER BY ordinal");
    tx.query(&sql, params![order, kind.word()], attempt)
}

/// The attempts for an invoice: charges of kept cards, and payments on the processor's page. Oldest first by kind.
pub fn of_invoice(tx: &mut Tx<'_>, invoice: InvoiceId) -> Result<Vec<Attempt>, CommerceError> {
    let sql = format!("SELECT {COLUMNS} FROM payment_attempts WHERE invoice_id = $1 ORDER BY ordinal");
    tx.query(&sql, params![invoice], attempt)
}

/// All attempts of a customer, newest first.
pub fn of_customer(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<Attempt>, CommerceError> {
    let sql =
        format!("SELECT {COLUMNS} FROM payment_attempts WHERE customer_id = $1 ORDER BY id DESC LIMIT 500");
    tx.query(&sql, params![customer], attempt)
}

/// The attempts of a customer to pay after one, the oldest first.
pub fn page_of(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    after: Option<PaymentAttemptId>,
    limit: u32,
) -> Result<Vec<Attempt>, CommerceError> {
    let after = after.map_or_else(Vec::new, |id| id.as_bytes().to_vec());
    let sql = format!(
        "SELECT {COLUMNS} FROM payment_attempts WHERE customer_id = $1 AND id > $2 AND kind <> 'set_up' \
         ORDER BY id LIMIT $3"
    );
    tx.query(&sql, params![customer, &after, limit], attempt)
}

/// Attempts that wait for an answer.
pub fn open(tx: &mut Tx<'_>) -> Result<Vec<Attempt>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM payment_attempts WHERE status IN ('created', 'pending', 'unknown') \
         ORDER BY updated_at LIMIT 500"
    );
    tx.query(&sql, params![], attempt)
}

/// The page on which the payer acts.
pub fn set_page(tx: &mut Tx<'_>, id: PaymentAttemptId, url: &str) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "UPDATE payment_attempts SET page_url = $2, status = 'action_required', updated_at = $3 \
         WHERE id = $1 AND status IN ('created', 'action_required')",
        params![id, url, now],
    )?;
    Ok(())
}

/// Marks an attempt whose call brought no answer.
pub fn set_unknown(tx: &mut Tx<'_>, id: PaymentAttemptId) -> Result<(), SqlError> {
    let now = tx.now();
    let sql = "UPDATE payment_attempts SET status = 'unknown', updated_at = $2 WHERE id = $1 AND status = 'created'";
    tx.execute(sql, params![id, now])?;
    Ok(())
}

/// Writes an answer. An attempt that ended stays as it is: false.
pub fn set_answer(tx: &mut Tx<'_>, id: PaymentAttemptId, answer: &Answer) -> Result<bool, CommerceError> {
    let now = tx.now();
    let code = match &answer.outcome {
        Outcome::Declined { code, .. } => Some(code.as_str()),
        _ => None,
    };
    let changed = tx.execute(
        "UPDATE payment_attempts SET status = $2, reference = $3, decline_code = $4, updated_at = $5 \
         WHERE id = $1 AND status NOT IN ('succeeded', 'declined_soft', 'declined_hard')",
        params![id, AttemptStatus::from(&answer.outcome).word(), &answer.reference, code, now],
    )?;
    if changed == 1
        && let Some(code) = code
        && let Some(failed) = find(tx, id)?
    {
        events::payment_failed(tx, id, failed.customer, failed.amount, code)?;
    }
    Ok(changed == 1)
}

/// Ties the card that an authorisation left to its attempt.
pub fn set_method(tx: &mut Tx<'_>, id: PaymentAttemptId, method: PaymentMethodId) -> Result<(), SqlError> {
    tx.execute("UPDATE payment_attempts SET payment_method_id = $2 WHERE id = $1", params![id, method])?;
    Ok(())
}

/// The sealed token of a card that is in use.
pub fn method_token(tx: &mut Tx<'_>, id: PaymentMethodId) -> Result<Option<Vec<u8>>, SqlError> {
    let sql = "SELECT token FROM payment_methods WHERE id = $1 AND disabled_at IS NULL";
    tx.query_opt(sql, params![id], |row| row.get(0))
}

/// Gives permission to charge a card for one subscription, in place of an earlier card.
pub fn permit(
    tx: &mut Tx<'_>,
    subscription: SubscriptionId,
    method: PaymentMethodId,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO payment_permissions (subscription_id, payment_method_id, given_at) VALUES ($1, $2, $3) \
         ON CONFLICT (subscription_id) DO UPDATE SET payment_method_id = $2, given_at = $3, withdrawn_at = NULL",
        params![subscription, method, now],
    )?;
    Ok(())
}

/// Withdraws the permission to charge for a subscription.
pub fn withdraw(tx: &mut Tx<'_>, subscription: SubscriptionId) -> Result<(), SqlError> {
    let now = tx.now();
    let sql = "UPDATE payment_permissions SET withdrawn_at = $2 WHERE subscription_id = $1 AND withdrawn_at IS NULL";
    tx.execute(sql, params![subscription, now])?;
    Ok(())
}

/// The card that may be charged for everything on an invoice: every subscription of its lines permits the same one.
pub fn permitted_for_invoice(
    tx: &mut Tx<'_>,
    invoice: InvoiceId,
) -> Result<Option<PaymentMethodId>, SqlError> {
    let rows = tx.query(
        "SELECT DISTINCT p.payment_method_id FROM invoice_lines l LEFT JOIN payment_permissions p \
         ON p.subscription_id = l.subscription_id AND p.withdrawn_at IS NULL WHERE l.invoice_id = $1",
        params![invoice],
        |row| row.get::<Option<PaymentMethodId>>(0),
    )?;
    Ok(match rows[..] {
        [Some(method)] => Some(method),
        _ => None,
    })
}

/// Puts an event into the inbox; false when it was there.
pub fn insert_event(
    tx: &mut Tx<'_>,
    processor: &str,
    event: &str,
    attempt: PaymentAttemptId,
) -> Result<bool, SqlError> {
    let now = tx.now();
    let written = tx.execute(
        "INSERT INTO payment_events (processor, event_id, payment_attempt_id, received_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (processor, event_id) DO NOTHING",
        params![processor, event, attempt, now],
    )?;
    Ok(written == 1)
}

/// How many charges of a kept card have no permission for what they pay, withdrawn or not: for the probe of that promise.
pub fn charged_unpermitted(tx: &mut Tx<'_>) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT COUNT(*) FROM payment_attempts a WHERE a.kind = 'charge' AND a.payment_method_id IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM invoice_lines l JOIN payment_permissions p ON p.subscription_id = l.subscription_id
                             WHERE l.invoice_id = a.invoice_id)",
        params![],
        |row| row.get(0),
    )
}
