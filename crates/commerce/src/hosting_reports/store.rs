//! All SQL of hosting reports.

use jiff::civil::Date;
use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, InvoiceId, SubscriptionId};

use super::{Report, StoredReport};
use crate::error::CommerceError;

/// Writes a report; false when there is one, which stays.
pub fn insert(tx: &mut Tx<'_>, report: &Report, invoice: Option<InvoiceId>) -> Result<bool, CommerceError> {
    let text = serde_json::to_string(report).map_err(|_| CommerceError::Stored("hosting report"))?;
    let now = tx.now();
    let written = tx.execute(
        "INSERT INTO hosting_reports (subscription_id, invoice_on, invoice_id, net_minor, currency, report, \
         generated_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (subscription_id, invoice_on) DO NOTHING",
        params![
            report.subscription,
            &report.invoice_on.to_string(),
            invoice,
            report.net_minor,
            report.currency.code(),
            &text,
            now
        ],
    )?;
    Ok(written == 1)
}

fn stored(row: &Row<'_>) -> Result<StoredReport, CommerceError> {
    let text: String = row.get(0)?;
    let report = serde_json::from_str(&text).map_err(|_| CommerceError::Stored("hosting report"))?;
    Ok(StoredReport { report, invoice: row.get(1)? })
}

/// Whether there is a report.
pub fn exists(tx: &mut Tx<'_>, id: SubscriptionId, invoice_on: Date) -> Result<bool, SqlError> {
    let found: Option<i64> = tx.query_opt(
        "SELECT 1 FROM hosting_reports WHERE subscription_id = $1 AND invoice_on = $2",
        params![id, &invoice_on.to_string()],
        |row| row.get(0),
    )?;
    Ok(found.is_some())
}

/// One report of a customer.
pub fn find(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    id: SubscriptionId,
    invoice_on: Date,
) -> Result<Option<StoredReport>, CommerceError> {
    tx.query_opt(
        "SELECT r.report, r.invoice_id FROM hosting_reports r JOIN subscriptions s ON s.id = r.subscription_id \
         WHERE r.subscription_id = $1 AND r.invoice_on = $2 AND s.customer_id = $3",
        params![id, &invoice_on.to_string(), customer],
        stored,
    )
}

/// The reports of a customer, newest first.
pub fn of_customer(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<StoredReport>, CommerceError> {
    tx.query(
        "SELECT r.report, r.invoice_id FROM hosting_reports r JOIN subscriptions s ON s.id = r.subscription_id \
         WHERE s.customer_id = $1 ORDER BY r.invoice_on DESC, r.subscription_id LIMIT 240",
        params![customer],
        stored,
    )
}

/// What each subscription came to on an invoice day, before tax.
pub fn nets(tx: &mut Tx<'_>, invoice_on: Date) -> Result<Vec<(SubscriptionId, i64)>, SqlError> {
    tx.query(
        "SELECT subscription_id, net_minor FROM hosting_reports WHERE invoice_on = $1",
        params![&invoice_on.to_string()],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// What one subscription came to on an invoice day, before tax.
pub fn net(tx: &mut Tx<'_>, id: SubscriptionId, invoice_on: Date) -> Result<Option<i64>, SqlError> {
    tx.query_opt(
        "SELECT net_minor FROM hosting_reports WHERE subscription_id = $1 AND invoice_on = $2",
        params![id, &invoice_on.to_string()],
        |row| row.get(0),
    )
}
