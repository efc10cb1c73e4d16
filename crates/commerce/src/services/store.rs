//! All SQL of services and their blocks.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, DomainName, InvoiceId, ServiceId, SubscriptionId, Timestamp};
use uuid::Uuid;

use super::{BlockKind, Service};
use crate::error::CommerceError;

const COLUMNS: &str = "id, subscription_id, customer_id, domain, plan_version_id, mailboxes, ended_at, generation, \
                       provisioned";

/// Writes a new service.
pub fn insert(tx: &mut Tx<'_>, service: &Service) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        &format!(
            "INSERT INTO services ({COLUMNS}, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        params![
            service.id,
            service.subscription,
            service.customer,
            service.domain.as_str(),
            service.plan_version,
            service.mailboxes,
            service.ended_at,
            service.generation,
            service.provisioned,
            now
        ],
    )?;
    Ok(())
}

fn service(row: &Row<'_>) -> Result<Service, CommerceError> {
    let domain: String = row.get(3)?;
    Ok(Service {
        id: row.get(0)?,
        subscription: row.get(1)?,
        customer: row.get(2)?,
        domain: DomainName::parse(&domain).map_err(|_| CommerceError::Stored("domain name"))?,
        plan_version: row.get(4)?,
        mailboxes: row.get(5)?,
        ended_at: row.get(6)?,
        generation: row.get(7)?,
        provisioned: row.get(8)?,
        blocks: Vec::new(),
    })
}

fn with_blocks(tx: &mut Tx<'_>, mut service: Service) -> Result<Service, CommerceError> {
    let sql = "SELECT DISTINCT kind FROM service_blocks WHERE service_id = $1 AND lifted_at IS NULL";
    let mut blocks = tx.query(sql, params![service.id], |row| -> Result<_, CommerceError> {
        BlockKind::from_word(&row.get::<String>(0)?).ok_or(CommerceError::Stored("kind of block"))
    })?;
    blocks.sort();
    service.blocks = blocks;
    Ok(service)
}

/// One service.
pub fn find(tx: &mut Tx<'_>, id: ServiceId) -> Result<Option<Service>, CommerceError> {
    let found =
        tx.query_opt(&format!("SELECT {COLUMNS} FROM services WHERE id = $1"), params![id], service)?;
    found.map(|service| with_blocks(tx, service)).transpose()
}

/// The services of a customer, newest first.
pub fn of_customer(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<Service>, CommerceError> {
    let sql = format!("SELECT {COLUMNS} FROM services WHERE customer_id = $1 ORDER BY id DESC LIMIT 500");
    let found = tx.query(&sql, params![customer], service)?;
    found.into_iter().map(|service| with_blocks(tx, service)).collect()
}

/// Services whose mail side is behind.
pub fn behind(tx: &mut Tx<'_>) -> Result<Vec<ServiceId>, SqlError> {
    let sql = "SELECT id FROM services WHERE provisioned < generation ORDER BY id LIMIT 500";
    tx.query(sql, params![], |row| row.get(0))
}

/// The services of a subscription.
pub fn ids_of(tx: &mut Tx<'_>, subscription: SubscriptionId) -> Result<Vec<ServiceId>, SqlError> {
    let sql = "SELECT id FROM services WHERE subscription_id = $1 ORDER BY id";
    tx.query(sql, params![subscription], |row| row.get(0))
}

/// The domains of a subscription's services.
pub fn domains_of(tx: &mut Tx<'_>, subscription: SubscriptionId) -> Result<Vec<String>, SqlError> {
    let sql = "SELECT domain FROM services WHERE subscription_id = $1 ORDER BY id";
    tx.query(sql, params![subscription], |row| row.get(0))
}

/// Counts a change of the desired state.
pub fn bump(tx: &mut Tx<'_>, id: ServiceId) -> Result<(), SqlError> {
    tx.execute("UPDATE services SET generation = generation + 1 WHERE id = $1", params![id])?;
    Ok(())
}

/// Ends a service; false when it ended before.
pub fn end(tx: &mut Tx<'_>, id: ServiceId) -> Result<bool, SqlError> {
    let now = tx.now();
    let sql = "UPDATE services SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    Ok(tx.execute(sql, params![id, now])? == 1)
}

/// Takes an ended service up again; false when it runs.
pub fn take_up(tx: &mut Tx<'_>, id: ServiceId) -> Result<bool, SqlError> {
    let sql = "UPDATE services SET ended_at = NULL WHERE id = $1 AND ended_at IS NOT NULL";
    Ok(tx.execute(sql, params![id])? == 1)
}

/// Whether the data of a service is gone for good: its subscription was cancelled, and the days of restoring are over.
pub fn is_purged(tx: &mut Tx<'_>, id: ServiceId) -> Result<bool, SqlError> {
    let found: Option<i64> = tx.query_opt(
        "SELECT 1 FROM services s JOIN endings e ON e.subscription_id = s.subscription_id \
         WHERE s.id = $1 AND e.purged_on IS NOT NULL",
        params![id],
        |row| row.get(0),
    )?;
    Ok(found.is_some())
}

/// Moves a service to another plan; false when it has it already.
pub fn set_plan(
    tx: &mut Tx<'_>,
    id: ServiceId,
    plan_version: Uuid,
    mailboxes: u32,
) -> Result<bool, SqlError> {
    let sql = "UPDATE services SET plan_version_id = $2, mailboxes = $3 WHERE id = $1 \
               AND (plan_version_id <> $2 OR mailboxes <> $3)";
    Ok(tx.execute(sql, params![id, plan_version, mailboxes])? == 1)
}

/// The mail side carried a generation out.
pub fn set_provisioned(tx: &mut Tx<'_>, id: ServiceId, generation: i64) -> Result<(), SqlError> {
    let sql = "UPDATE services SET provisioned = $2 WHERE id = $1 AND provisioned < $2";
    tx.execute(sql, params![id, generation])?;
    Ok(())
}

/// Adds a block; false when the same one is in force.
pub fn add_block(tx: &mut Tx<'_>, id: ServiceId, kind: BlockKind, cause: Uuid) -> Result<bool, SqlError> {
    let now = tx.now();
    let written = tx.execute(
        "INSERT INTO service_blocks (service_id, kind, cause_id, since) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (service_id, kind, cause_id) DO UPDATE SET since = $4, lifted_at = NULL \
         WHERE service_blocks.lifted_at IS NOT NULL",
        params![id, kind.word(), cause, now],
    )?;
    Ok(written == 1)
}

/// Lifts one block; false when it is not in force.
pub fn lift_block(tx: &mut Tx<'_>, id: ServiceId, kind: BlockKind, cause: Uuid) -> Result<bool, SqlError> {
    let now = tx.now();
    let changed = tx.execute(
        "UPDATE service_blocks SET lifted_at = $4 WHERE service_id = $1 AND kind = $2 AND cause_id = $3 \
         AND lifted_at IS NULL",
        params![id, kind.word(), cause, now],
    )?;
    Ok(changed == 1)
}

/// The services that an invoice's overdue block holds, if nothing is owed on the invoice any more.
pub fn held_by_settled(tx: &mut Tx<'_>, invoice: InvoiceId) -> Result<Vec<ServiceId>, SqlError> {
    tx.query(
        "SELECT b.service_id FROM service_blocks b JOIN invoice_balances i ON i.invoice_id = b.cause_id \
         WHERE b.kind = 'overdue' AND b.cause_id = $1 AND b.lifted_at IS NULL AND i.open_minor = 0",
        params![invoice],
        |row| row.get(0),
    )
}

/// The customers whose last service ended before a time and can be restored no more, and who owe nothing.
pub fn customers_ended_before(tx: &mut Tx<'_>, before: Timestamp) -> Result<Vec<CustomerId>, SqlError> {
    // By the date and not by whether a run has noted it: a term does not wait for the program.
    let today = crate::commerce::local_date(tx.now(), "UTC").to_string();
    tx.query(
        "SELECT s.customer_id FROM services s GROUP BY s.customer_id \
         HAVING MAX(CASE WHEN s.ended_at IS NULL THEN 1 ELSE 0 END) = 0 AND MAX(s.ended_at) < $1 \
         AND NOT EXISTS (SELECT 1 FROM endings e JOIN subscriptions u ON u.id = e.subscription_id \
         WHERE u.customer_id = s.customer_id AND e.purged_on IS NULL \
         AND (e.restore_until IS NULL OR e.restore_until >= $2)) \
         AND NOT EXISTS (SELECT 1 FROM invoice_balances i \
         WHERE i.customer_id = s.customer_id AND i.open_minor > 0 AND i.settled_at IS NULL)",
        params![before, &today],
        |row| row.get(0),
    )
}

/// Whether a customer has a running service and owes nothing that is due.
pub fn in_good_standing(tx: &mut Tx<'_>, customer: CustomerId) -> Result<bool, SqlError> {
    let owing: i64 = tx.query_one(
        "SELECT COUNT(*) FROM invoice_balances WHERE customer_id = $1 AND open_minor > 0 AND settled_at IS NULL",
        params![customer],
        |row| row.get(0),
    )?;
    Ok(owing == 0 && runs(tx, customer)?)
}

/// Whether a customer has a service that has not ended.
pub fn runs(tx: &mut Tx<'_>, customer: CustomerId) -> Result<bool, SqlError> {
    let running: i64 = tx.query_one(
        "SELECT COUNT(*) FROM services WHERE customer_id = $1 AND ended_at IS NULL",
        params![customer],
        |row| row.get(0),
    )?;
    Ok(running > 0)
}
