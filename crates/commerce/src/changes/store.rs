//! All SQL of changes.

use jiff::civil::Date;
use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{InvoiceId, SubscriptionId};
use mailkeep_webhooks::events::EventKind;
use uuid::Uuid;

use super::unused::OldLine;
use crate::catalogue;
use crate::error::CommerceError;
use crate::events;
use crate::invoices;
use crate::months::due::Covered;
use crate::periods::Period;
use crate::subscriptions::Subscription;
use crate::subscriptions::next::PendingChange;

/// The lines that were billed for days from `from` on, with what was taken off them.
pub fn lines_beyond(tx: &mut Tx<'_>, id: SubscriptionId, from: Date) -> Result<Vec<OldLine>, CommerceError> {
    let invoices: Vec<(InvoiceId, String)> = tx.query(
        "SELECT DISTINCT l.invoice_id, i.currency FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id \
         WHERE l.subscription_id = $1 AND l.period_end > $2 AND l.net_minor > 0 ORDER BY l.invoice_id",
        params![id, &from.to_string()],
        |row| -> Result<_, SqlError> { Ok((row.get(0)?, row.get(1)?)) },
    )?;
    let mut lines = Vec::new();
    for (invoice, currency) in invoices {
        let currency = currency.parse().map_err(|_| CommerceError::Stored("currency"))?;
        let credited = invoices::store::credited(tx, invoice)?;
        for line in invoices::store::lines(tx, invoice)? {
            let wanted = line.subscription == id && line.period.end > from && line.kind.recurs();
            if !wanted || line.total.net_minor <= 0 {
                continue;
            }
            let taken =
                credited.iter().find(|row| row.0 == line.position).map_or((0, 0), |row| (row.1, row.2));
            let plan_name = tx.query_one(
                "SELECT name FROM plan_versions WHERE id = $1",
                params![line.plan_version],
                |row| -> Result<String, SqlError> { row.get(0) },
            )?;
            let plan_name = match &line.item_key {
                Some(key) => add_on_name(tx, line.plan_version, key)?.unwrap_or(plan_name),
                None => plan_name,
            };
            lines.push(OldLine { invoice, line, plan_name, currency, credited: taken });
        }
    }
    Ok(lines)
}

/// What an add-on was called when it was billed.
fn add_on_name(tx: &mut Tx<'_>, plan_version: Uuid, key: &str) -> Result<Option<String>, CommerceError> {
    let plan = catalogue::store::by_id(tx, plan_version)?;
    Ok(plan.sheet.add_on(key).map(|add_on| add_on.name.clone()))
}

/// Notes what a line of a new invoice took off one of an older.
pub fn insert_credited(
    tx: &mut Tx<'_>,
    old: &OldLine,
    by: InvoiceId,
    by_position: i64,
    net_minor: i64,
    tax_minor: i64,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO credited_lines (invoice_id, position, by_invoice_id, by_position, net_minor, tax_minor) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![old.invoice, old.line.position, by, by_position, net_minor, tax_minor],
    )?;
    Ok(())
}

/// Sets what is paid for from a day on.
pub fn cover(
    tx: &mut Tx<'_>,
    id: SubscriptionId,
    period: Period,
    covers: Covered,
    invoice: Option<InvoiceId>,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO billed_periods (subscription_id, period_start, period_end, mailboxes, space_mb, counted_at, \
         invoice_id) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (subscription_id, period_start) \
         DO UPDATE SET mailboxes = $4, space_mb = $5, invoice_id = COALESCE($7, billed_periods.invoice_id)",
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
    Ok(())
}

/// Moves a subscription to another plan. False when it was changed meanwhile.
pub fn set_plan(
    tx: &mut Tx<'_>,
    before: &Subscription,
    plan_version: Uuid,
    mailboxes: u32,
) -> Result<bool, SqlError> {
    let changed = tx.execute(
        "UPDATE subscriptions SET plan_version_id = $4, mailboxes = $5, pending_plan_version_id = NULL, \
         pending_interval = NULL, pending_mailboxes = NULL WHERE id = $1 AND plan_version_id = $2 AND next_on = $3 \
         AND status = 'active'",
        params![before.id, before.plan_version, &before.next_on.to_string(), plan_version, mailboxes],
    )?;
    Ok(changed == 1)
}

/// Sets or takes back the change that waits for the next billing.
pub fn set_pending(
    tx: &mut Tx<'_>,
    id: SubscriptionId,
    change: Option<PendingChange>,
) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE subscriptions SET pending_plan_version_id = $2, pending_interval = $3, pending_mailboxes = $4 \
         WHERE id = $1 AND status = 'active'",
        params![
            id,
            change.map(|change| change.plan_version),
            change.map(|change| change.interval.word()),
            change.map(|change| change.mailboxes)
        ],
    )?;
    Ok(())
}

/// Notes a change.
pub fn insert_change(
    tx: &mut Tx<'_>,
    id: Uuid,
    before: &Subscription,
    asked_by: &str,
    to: PendingChange,
    effective_on: Date,
    invoice: Option<InvoiceId>,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO plan_changes (id, subscription_id, asked_at, asked_by, from_plan_version_id, from_interval, \
         from_mailboxes, to_plan_version_id, to_interval, to_mailboxes, effective_on, invoice_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        params![
            id,
            before.id,
            now,
            asked_by,
            before.plan_version,
            before.interval.word(),
            before.mailboxes,
            to.plan_version,
            to.interval.word(),
            to.mailboxes,
            &effective_on.to_string(),
            invoice
        ],
    )?;
    events::subscription(tx, before.id, before.customer, EventKind::SubscriptionChanged)
}
