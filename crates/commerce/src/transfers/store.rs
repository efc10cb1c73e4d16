//! All SQL of bank transfers.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::StaffId;
use uuid::Uuid;

use super::record::NewTransfer;
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
