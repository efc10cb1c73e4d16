//! All SQL of classes of service.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{ServiceId, StaffId};

use super::{ClassLimits, ClassUse, ServiceClass};
use crate::error::CommerceError;

const COLUMNS: &str = "class_key, name, limits, changed_by, changed_at";

fn class(row: &Row<'_>) -> Result<ServiceClass, CommerceError> {
    let limits: String = row.get(2)?;
    Ok(ServiceClass {
        key: row.get(0)?,
        name: row.get(1)?,
        limits: limits_of(&limits)?,
        by: row.get(3)?,
        at: row.get(4)?,
    })
}

/// Reads limits as they are stored with a class or a plan version.
pub(crate) fn limits_of(json: &str) -> Result<ClassLimits, CommerceError> {
    serde_json::from_str(json).map_err(|_| CommerceError::Stored("class limits"))
}

/// How limits are stored.
pub(crate) fn limits_text(limits: &ClassLimits) -> Result<String, CommerceError> {
    serde_json::to_string(limits).map_err(|_| CommerceError::Stored("class limits"))
}

/// Every class, in the order of the configuration.
pub(crate) fn all(tx: &mut Tx<'_>) -> Result<Vec<ServiceClass>, CommerceError> {
    tx.query(&format!("SELECT {COLUMNS} FROM service_classes ORDER BY position, class_key"), params![], class)
}

/// One class.
pub(crate) fn find(tx: &mut Tx<'_>, key: &str) -> Result<Option<ServiceClass>, CommerceError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM service_classes WHERE class_key = $1"), params![key], class)
}

/// Writes a class over the one before, and what it says into its history.
pub(crate) fn put(
    tx: &mut Tx<'_>,
    key: &str,
    name: &str,
    limits: &ClassLimits,
    by: Option<StaffId>,
) -> Result<(), CommerceError> {
    let (limits, now) = (limits_text(limits)?, tx.now());
    tx.execute(
        "INSERT INTO service_classes (class_key, name, limits, position, changed_by, changed_at) \
         VALUES ($1, $2, $3, (SELECT COUNT(*) FROM service_classes), $4, $5) ON CONFLICT (class_key) DO UPDATE SET \
         name = $2, limits = $3, changed_by = $4, changed_at = $5",
        params![key, name, &limits, by, now],
    )?;
    tx.execute(
        "INSERT INTO service_class_changes (class_key, number, name, limits, changed_by, changed_at) VALUES ($1, \
         (SELECT COALESCE(MAX(c.number), 0) + 1 FROM service_class_changes c WHERE c.class_key = $1), $2, $3, $4, $5)",
        params![key, name, &limits, by, now],
    )?;
    Ok(())
}

/// Where a class stands in lists.
pub(crate) fn set_position(tx: &mut Tx<'_>, key: &str, position: i64) -> Result<(), SqlError> {
    tx.execute("UPDATE service_classes SET position = $2 WHERE class_key = $1", params![key, position])
        .map(drop)
}

/// What a class said over time, newest first.
pub(crate) fn history(tx: &mut Tx<'_>, key: &str) -> Result<Vec<ServiceClass>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM service_class_changes WHERE class_key = $1 ORDER BY number DESC LIMIT 50"
    );
    tx.query(&sql, params![key], class)
}

/// What is under a class.
pub(crate) fn usage(tx: &mut Tx<'_>, key: &str) -> Result<ClassUse, SqlError> {
    let plans = tx.query(
        "SELECT v.name FROM plans p JOIN plan_versions v ON v.id = p.plan_version_id WHERE v.class_key = $1 \
         AND p.offered = 1 ORDER BY p.position",
        params![key],
        |row| row.get(0),
    )?;
    let sql = "SELECT COUNT(*), CAST(COALESCE(SUM(s.mailboxes), 0) AS BIGINT) FROM services s JOIN plan_versions v \
               ON v.id = s.plan_version_id WHERE v.class_key = $1 AND s.ended_at IS NULL";
    let (services, mailboxes): (i64, i64) =
        tx.query_one(sql, params![key], |row| Ok::<_, SqlError>((row.get(0)?, row.get(1)?)))?;
    Ok(ClassUse {
        plans,
        services: u32::try_from(services).unwrap_or(u32::MAX),
        mailboxes: u64::try_from(mailboxes).unwrap_or(0),
    })
}

/// The running services under a class, in the order of their identifiers.
pub(crate) fn services(
    tx: &mut Tx<'_>,
    key: &str,
    after: Option<ServiceId>,
    most: u32,
) -> Result<Vec<ServiceId>, SqlError> {
    let after = after.unwrap_or(ServiceId::from_uuid(uuid::Uuid::nil()));
    tx.query(
        "SELECT s.id FROM services s JOIN plan_versions v ON v.id = s.plan_version_id WHERE v.class_key = $1 \
         AND s.ended_at IS NULL AND s.id > $2 ORDER BY s.id LIMIT $3",
        params![key, after, most],
        |row| row.get(0),
    )
}
