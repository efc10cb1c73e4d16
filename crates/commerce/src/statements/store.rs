//! All SQL of statements.

use jiff::civil::Date;
use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{Currency, CustomerId, InvoiceId};

use super::Movement;
use crate::error::CommerceError;

/// What a customer owes, and what we owe them, are one balance to them.
const ACCOUNTS: &str = "l.account IN ('receivable', 'account_credit')";

fn currency(code: &str) -> Result<Currency, CommerceError> {
    code.parse().map_err(|_| CommerceError::Stored("currency"))
}

/// The currencies in which a customer has had movements.
pub fn currencies(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<Currency>, CommerceError> {
    let sql = format!(
        "SELECT DISTINCT l.currency FROM journal_lines l WHERE l.customer_id = $1 AND {ACCOUNTS} ORDER BY 1"
    );
    tx.query(&sql, params![customer], |row| currency(&row.get::<String>(0)?))
}

/// What was owed before a day.
pub fn owed_before(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    currency: Currency,
    day: Date,
) -> Result<i64, CommerceError> {
    let sql = format!(
        "SELECT COALESCE(CAST(SUM(l.amount_minor) AS BIGINT), 0) FROM journal_lines l \
         JOIN journal_entries e ON e.id = l.entry_id \
         WHERE l.customer_id = $1 AND l.currency = $2 AND {ACCOUNTS} AND e.booked_on < $3"
    );
    tx.query_one(&sql, params![customer, currency.code(), &day.to_string()], |row| Ok(row.get(0)?))
}

/// What moved it from a day until before another, at most so many; of one moment, what adds comes first.
pub fn movements(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    currency: Currency,
    (from, until): (Date, Date),
    most: i64,
) -> Result<Vec<Movement>, CommerceError> {
    let sql = format!(
        "SELECT e.booked_on, e.kind, COALESCE(i.number, n.number, p.number), COALESCE(i.id, n.invoice_id, p.id), m.amount \
         FROM (SELECT l.entry_id, CAST(SUM(l.amount_minor) AS BIGINT) AS amount FROM journal_lines l \
               WHERE l.customer_id = $1 AND l.currency = $2 AND {ACCOUNTS} GROUP BY l.entry_id) AS m \
         JOIN journal_entries e ON e.id = m.entry_id \
         LEFT JOIN invoices i ON i.id = e.subject_id \
         LEFT JOIN credit_notes n ON n.id = e.subject_id \
         LEFT JOIN payment_attempts a ON a.id = e.subject_id \
         LEFT JOIN orders o ON o.id = a.order_id \
         LEFT JOIN invoices p ON p.id = COALESCE(a.invoice_id, o.invoice_id) \
         WHERE e.booked_on >= $3 AND e.booked_on < $4 AND m.amount <> 0 \
         ORDER BY e.booked_on, e.created_at, CASE WHEN m.amount > 0 THEN 0 ELSE 1 END, e.id LIMIT $5"
    );
    tx.query(
        &sql,
        params![customer, currency.code(), &from.to_string(), &until.to_string(), most],
        |row| -> Result<_, CommerceError> {
            let on: String = row.get(0)?;
            Ok(Movement {
                on: on.parse().map_err(|_| CommerceError::Stored("date"))?,
                kind: row.get(1)?,
                number: row.get(2)?,
                invoice: row.get(3)?,
                amount_minor: row.get(4)?,
                balance_minor: 0,
            })
        },
    )
}

/// The newest invoice from before a day.
pub fn newest_invoice(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    until: Date,
) -> Result<Option<InvoiceId>, SqlError> {
    tx.query_opt(
        "SELECT id FROM invoices WHERE customer_id = $1 AND issued_on < $2 ORDER BY issued_on DESC, id DESC LIMIT 1",
        params![customer, &until.to_string()],
        |row| row.get(0),
    )
}
