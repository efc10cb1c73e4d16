//! All SQL of the journal and of number series.

use mailkeep_storage::sql::{SqlError, Tx, params};
use uuid::Uuid;

use super::Entry;
use super::check::JournalCheck;
use crate::error::CommerceError;
use crate::events;

/// Books an entry. Each kind and subject is booked once: the second time is an error, which undoes the transaction.
pub fn book(tx: &mut Tx<'_>, id: Uuid, entry: &Entry) -> Result<(), CommerceError> {
    if !entry.is_balanced() {
        return Err(CommerceError::Stored("journal entry that does not balance"));
    }
    let now = tx.now();
    tx.execute(
        "INSERT INTO journal_entries (id, kind, subject_id, booked_on, created_at) VALUES ($1, $2, $3, $4, $5)",
        params![id, entry.kind, entry.subject, &entry.booked_on.to_string(), now],
    )?;
    for (position, line) in (1i64..).zip(&entry.lines) {
        tx.execute(
            "INSERT INTO journal_lines (entry_id, position, account, customer_id, currency, amount_minor) \
             VALUES ($1, $2, $3, $4, $5, $6)",
            params![
                id,
                position,
                line.account.word(),
                entry.customer,
                entry.currency.code(),
                line.amount_minor
            ],
        )?;
    }
    Ok(events::booked(tx, entry)?)
}

/// Takes the next number of a series. The row stays locked until the transaction ends, so a rolled back transaction
/// leaves no gap and no two get the same number.
pub fn next_number(tx: &mut Tx<'_>, series: &str) -> Result<i64, SqlError> {
    tx.query_one(
        "INSERT INTO number_series (series, last_number) VALUES ($1, 1) \
         ON CONFLICT (series) DO UPDATE SET last_number = number_series.last_number + 1 RETURNING last_number",
        params![series],
        |row| row.get(0),
    )
}

/// Adds everything up.
pub fn check(tx: &mut Tx<'_>) -> Result<JournalCheck, CommerceError> {
    let one = |tx: &mut Tx<'_>, sql: &str| -> Result<i64, SqlError> {
        tx.query_one(sql, params![], |row| row.get(0))
    };
    let sums = tx.query(
        "SELECT currency, CAST(SUM(amount_minor) AS BIGINT) FROM journal_lines GROUP BY currency ORDER BY currency",
        params![],
        |row| -> Result<_, CommerceError> {
            let code: String = row.get(0)?;
            Ok((code.parse().map_err(|_| CommerceError::Stored("currency"))?, row.get(1)?))
        },
    )?;
    let gaps = one(
        tx,
        "SELECT COALESCE(CAST(SUM(newest - how_many) AS BIGINT), 0) FROM ( \
           SELECT MAX(sequence) AS newest, COUNT(*) AS how_many FROM invoices GROUP BY series \
           UNION ALL SELECT MAX(sequence) AS newest, COUNT(*) AS how_many FROM credit_notes GROUP BY series) AS s",
    )?;
    Ok(JournalCheck {
        entries: one(tx, "SELECT COUNT(*) FROM journal_entries")?,
        sums,
        unbalanced: one(
            tx,
            "SELECT COUNT(*) FROM (SELECT entry_id FROM journal_lines GROUP BY entry_id, currency \
             HAVING SUM(amount_minor) <> 0) AS off",
        )?,
        customers_off: one(
            tx,
            "SELECT COUNT(*) FROM ( \
               SELECT customer_id FROM ( \
                 SELECT customer_id, amount_minor AS owed FROM journal_lines WHERE account = 'receivable' \
                 UNION ALL SELECT customer_id, -open_minor AS owed FROM invoice_balances) AS both_sides \
               GROUP BY customer_id HAVING SUM(owed) <> 0) AS off",
        )?,
        credits_off: one(
            tx,
            "SELECT COUNT(*) FROM ( \
               SELECT customer_id FROM ( \
                 SELECT customer_id, account, currency, -amount_minor AS held FROM journal_lines \
                   WHERE account = 'account_credit' \
                 UNION ALL SELECT customer_id, 'account_credit' AS account, currency, -amount_minor AS held \
                   FROM account_credits \
                 UNION ALL SELECT customer_id, account, currency, amount_minor AS held FROM journal_lines \
                   WHERE account = 'disputed' \
                 UNION ALL SELECT customer_id, 'disputed' AS account, currency, -amount_minor AS held FROM disputes \
                   WHERE status IN ('needs_response', 'under_review')) AS both_sides \
               GROUP BY customer_id, account, currency HAVING SUM(held) <> 0) AS off",
        )?,
        gaps,
    })
}

/// Every line in a form without identifiers, sorted: two runs that did the same thing compare equal.
pub fn fingerprint(tx: &mut Tx<'_>) -> Result<Vec<String>, CommerceError> {
    tx.query(
        "SELECT e.kind, e.booked_on, l.account, l.currency, l.amount_minor, COUNT(*) FROM journal_entries e \
         JOIN journal_lines l ON l.entry_id = e.id \
         GROUP BY e.kind, e.booked_on, l.account, l.currency, l.amount_minor \
         ORDER BY e.kind, e.booked_on, l.account, l.currency, l.amount_minor",
        params![],
        |row| {
            Ok(format!(
                "{} {} {} {} {} ×{}",
                row.get::<String>(0)?,
                row.get::<String>(1)?,
                row.get::<String>(2)?,
                row.get::<String>(3)?,
                row.get::<i64>(4)?,
                row.get::<i64>(5)?
            ))
        },
    )
}
