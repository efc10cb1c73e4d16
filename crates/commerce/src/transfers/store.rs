//! All SQL of bank transfers.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{Money, StaffId};
use uuid::Uuid;

use super::list::Transfer;
use super::record::NewTransfer;
use crate::error::CommerceError;
use crate::invoices::Invoice;

/// Writes a transfer; false when its line of the statement was recorded before.
pub fn insert(
    tx: &mut Tx<'_>,
    id: Uuid,
    invoice: &Invoice,
    transfer: &NewTransfer,
    paid_minor: i64,
    staff: StaffId,
) -> Result<bool, SqlError> {
    let now = tx.now();
    let written = tx.execute(
        "INSERT INTO bank_transfers (id, customer_id, invoice_id, amount_minor, currency, received_on, statement_line, \
         paid_minor, credited_minor, recorded_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
         ON CONFLICT (received_on, statement_line) DO NOTHING",
        params![
            id,
            invoice.customer,
            invoice.id,
            transfer.amount_minor,
            invoice.currency.code(),
            &transfer.received_on.to_string(),
            transfer.statement_line.trim(),
            paid_minor,
            transfer.amount_minor - paid_minor,
            staff,
            now
        ],
    )?;
    Ok(written == 1)
}

/// The transfers that were recorded last, newest first.
pub fn newest(tx: &mut Tx<'_>) -> Result<Vec<Transfer>, CommerceError> {
    tx.query(
        "SELECT t.invoice_id, i.number, t.amount_minor, t.currency, t.credited_minor, t.received_on, t.statement_line, \
         t.created_at FROM bank_transfers t JOIN invoices i ON i.id = t.invoice_id ORDER BY t.created_at DESC, t.id DESC \
         LIMIT 500",
        params![],
        |row| {
            let (currency, day): (String, String) = (row.get(3)?, row.get(5)?);
            let currency = currency.parse().map_err(|_| CommerceError::Stored("currency"))?;
            Ok(Transfer {
                invoice: row.get(0)?,
                number: row.get(1)?,
                amount: Money::new(row.get(2)?, currency),
                credited_minor: row.get(4)?,
                received_on: day.parse().map_err(|_| CommerceError::Stored("date"))?,
                statement_line: row.get(6)?,
                recorded_at: row.get(7)?,
            })
        },
    )
}
