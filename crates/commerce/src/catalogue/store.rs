//! All SQL of the catalogue.

use jiff::civil::Date;
use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::StaffId;
use uuid::Uuid;

use super::PlanVersion;
use super::items::{ItemVersion, KnownItem};
use super::pricing::Measure;
use super::sheet::Sheet;
use crate::classes::store::{limits_of, limits_text};
use crate::error::CommerceError;
use crate::periods::Interval;

const COLUMNS: &str = "v.id, v.plan_key, v.version, v.name, v.summary, v.included_space_mb, v.fewest_mailboxes, \
                       v.most_mailboxes, v.limits, v.currency, v.sheet, v.class_key, \
                       (SELECT c.limits FROM service_classes c WHERE c.class_key = v.class_key)";

fn version(row: &Row<'_>) -> Result<PlanVersion, CommerceError> {
    // What a class says now holds for everything that was sold under it.
    let (own, of_class): (String, Option<String>) = (row.get(8)?, row.get(12)?);
    let currency: String = row.get(9)?;
    let currency = currency.parse().map_err(|_| CommerceError::Stored("currency"))?;
    let sheet: Option<String> = row.get(10)?;
    let sheet = match sheet {
        Some(json) => serde_json::from_str(&json).map_err(|_| CommerceError::Stored("price sheet"))?,
        // A version from before sheets: filled in from its prices.
        None => Sheet::flat(currency, &[]),
    };
    Ok(PlanVersion {
        id: row.get(0)?,
        key: row.get(1)?,
        version: row.get(2)?,
        name: row.get(3)?,
        summary: row.get(4)?,
        included_space_mb: row.get(5)?,
        fewest_mailboxes: row.get(6)?,
        most_mailboxes: row.get(7)?,
        class: row.get(11)?,
        limits: limits_of(&of_class.unwrap_or(own))?,
        currency,
        prices: Vec::new(),
        sheet,
    })
}

fn with_prices(tx: &mut Tx<'_>, mut plan: PlanVersion) -> Result<PlanVersion, CommerceError> {
    let sql = "SELECT billing_interval, amount_minor FROM plan_prices WHERE plan_version_id = $1";
    let mut prices = tx.query(sql, params![plan.id], |row| -> Result<_, CommerceError> {
        let word: String = row.get(0)?;
        Ok((Interval::from_word(&word).ok_or(CommerceError::Stored("interval"))?, row.get(1)?))
    })?;
    prices.sort();
    if plan.sheet.lists.iter().all(|list| list.intervals.is_empty()) {
        plan.sheet = Sheet::flat(plan.currency, &prices);
    }
    plan.prices = prices;
    Ok(plan)
}

/// The plans on offer in their order.
pub fn offered(tx: &mut Tx<'_>) -> Result<Vec<PlanVersion>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM plans p JOIN plan_versions v ON v.id = p.plan_version_id WHERE p.offered = 1 \
         ORDER BY p.position"
    );
    let plans = tx.query(&sql, params![], version)?;
    plans.into_iter().map(|plan| with_prices(tx, plan)).collect()
}

/// The version in force of a plan, whether or not it is still on offer.
pub fn current(tx: &mut Tx<'_>, key: &str) -> Result<Option<PlanVersion>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM plans p JOIN plan_versions v ON v.id = p.plan_version_id WHERE p.plan_key = $1"
    );
    let plan = tx.query_opt(&sql, params![key], version)?;
    plan.map(|plan| with_prices(tx, plan)).transpose()
}

/// The version in force of a plan that is on offer.
pub fn on_offer(tx: &mut Tx<'_>, key: &str) -> Result<Option<PlanVersion>, CommerceError> {
    let sql = "SELECT offered FROM plans WHERE plan_key = $1";
    let offered: Option<bool> =
        tx.query_opt(sql, params![key], |row| -> Result<_, SqlError> { row.get(0) })?;
    if offered == Some(true) { current(tx, key) } else { Ok(None) }
}

/// One version.
pub fn by_id(tx: &mut Tx<'_>, id: Uuid) -> Result<PlanVersion, CommerceError> {
    let sql = format!("SELECT {COLUMNS} FROM plan_versions v WHERE v.id = $1");
    let plan = tx.query_opt(&sql, params![id], version)?.ok_or(CommerceError::NotFound("plan"))?;
    with_prices(tx, plan)
}

/// The highest version number of a plan, zero when it is new.
pub fn newest_number(tx: &mut Tx<'_>, key: &str) -> Result<i64, CommerceError> {
    let sql = "SELECT MAX(version) FROM plan_versions WHERE plan_key = $1";
    let newest: Option<i64> = tx.query_one(sql, params![key], |row| -> Result<_, SqlError> { row.get(0) })?;
    Ok(newest.unwrap_or(0))
}

/// Writes a new version with its prices.
pub fn insert(tx: &mut Tx<'_>, plan: &PlanVersion) -> Result<(), CommerceError> {
    let limits = limits_text(&plan.limits)?;
    let sheet = serde_json::to_string(&plan.sheet).map_err(|_| CommerceError::Stored("price sheet"))?;
    let now = tx.now();
    tx.execute(
        "INSERT INTO plan_versions (id, plan_key, version, name, summary, included_space_mb, fewest_mailboxes, \
         most_mailboxes, limits, currency, sheet, class_key, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        params![
            plan.id,
            &plan.key,
            plan.version,
            &plan.name,
            &plan.summary,
            plan.included_space_mb,
            plan.fewest_mailboxes,
            plan.most_mailboxes,
            &limits,
            plan.currency.code(),
            &sheet,
            plan.class.as_deref(),
            now
        ],
    )?;
    for (interval, minor) in &plan.prices {
        tx.execute(
            "INSERT INTO plan_prices (plan_version_id, billing_interval, amount_minor) VALUES ($1, $2, $3)",
            params![plan.id, interval.word(), *minor],
        )?;
    }
    Ok(())
}

/// Makes a version the one in force of its plan.
pub fn put_in_force(tx: &mut Tx<'_>, key: &str, id: Uuid, position: i64) -> Result<(), CommerceError> {
    tx.execute(
        "INSERT INTO plans (plan_key, plan_version_id, position, offered) VALUES ($1, $2, $3, 1) \
         ON CONFLICT (plan_key) DO UPDATE SET plan_version_id = $2, position = $3, offered = 1",
        params![key, id, position],
    )?;
    Ok(())
}

/// Whether a plan was published or withdrawn in the console: the configuration changes it no more.
pub fn is_kept_by_console(tx: &mut Tx<'_>, key: &str) -> Result<bool, SqlError> {
    let sql = "SELECT source FROM plans WHERE plan_key = $1";
    let source: Option<String> = tx.query_opt(sql, params![key], |row| row.get(0))?;
    Ok(source.as_deref() == Some("console"))
}

/// Sets the place of a plan in the list.
pub fn set_position(tx: &mut Tx<'_>, key: &str, position: i64) -> Result<(), SqlError> {
    tx.execute("UPDATE plans SET position = $2 WHERE plan_key = $1", params![key, position])?;
    Ok(())
}

/// Puts a version in force that was written in the console; a new plan goes to the end of the list.
pub fn publish(tx: &mut Tx<'_>, key: &str, id: Uuid, staff: StaffId) -> Result<(), SqlError> {
    tx.execute("UPDATE plan_versions SET published_by = $2 WHERE id = $1", params![id, staff])?;
    tx.execute(
        "INSERT INTO plans (plan_key, plan_version_id, position, offered, source) VALUES ($1, $2, \
         (SELECT COALESCE(MAX(position), 0) + 1 FROM plans), 1, 'console') \
         ON CONFLICT (plan_key) DO UPDATE SET plan_version_id = $2, source = 'console'",
        params![key, id],
    )?;
    Ok(())
}

/// Takes a plan off the offer or puts it back; false when there is none.
pub fn set_offered(tx: &mut Tx<'_>, key: &str, offered: bool) -> Result<bool, SqlError> {
    let sql = "UPDATE plans SET offered = $2, source = 'console' WHERE plan_key = $1";
    Ok(tx.execute(sql, params![key, offered])? == 1)
}

/// Every plan with whether it is on offer, in their order.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<(PlanVersion, bool)>, CommerceError> {
    let sql = "SELECT plan_version_id, offered FROM plans ORDER BY offered DESC, position";
    let rows: Vec<(Uuid, bool)> =
        tx.query(sql, params![], |row| Ok::<_, SqlError>((row.get(0)?, row.get(1)?)))?;
    rows.into_iter().map(|(id, offered)| Ok((by_id(tx, id)?, offered))).collect()
}

/// Takes every plan off the offer; those of the configuration are put back in the same transaction.
pub fn withdraw_all(tx: &mut Tx<'_>) -> Result<(), CommerceError> {
    tx.execute("UPDATE plans SET offered = 0 WHERE source = 'configuration'", params![])?;
    Ok(())
}

fn item(row: &Row<'_>) -> Result<ItemVersion, CommerceError> {
    let (measure, prices): (String, String) = (row.get(4)?, row.get(6)?);
    Ok(ItemVersion {
        id: row.get(0)?,
        key: row.get(1)?,
        version: row.get(2)?,
        name: row.get(3)?,
        measure: Measure::from_word(&measure).ok_or(CommerceError::Stored("measure"))?,
        tax_class: row.get(5)?,
        prices: serde_json::from_str(&prices).map_err(|_| CommerceError::Stored("prices of an item"))?,
    })
}

const ITEM_COLUMNS: &str = "v.id, v.item_key, v.version, v.name, v.measure, v.tax_class, v.prices";

/// The items on offer in their order.
pub fn offered_items(tx: &mut Tx<'_>) -> Result<Vec<ItemVersion>, CommerceError> {
    let sql = format!(
        "SELECT {ITEM_COLUMNS} FROM items i JOIN item_versions v ON v.id = i.item_version_id WHERE i.offered = 1 \
         ORDER BY i.position"
    );
    tx.query(&sql, params![], item)
}

/// The version in force of an item, whether or not it is still on offer.
pub fn current_item(tx: &mut Tx<'_>, key: &str) -> Result<Option<ItemVersion>, CommerceError> {
    let sql = format!(
        "SELECT {ITEM_COLUMNS} FROM items i JOIN item_versions v ON v.id = i.item_version_id WHERE i.item_key = $1"
    );
    tx.query_opt(&sql, params![key], item)
}

/// Writes a new version of an item, by somebody of staff or from the configuration, and puts it in force.
pub fn insert_item(
    tx: &mut Tx<'_>,
    item: &ItemVersion,
    position: i64,
    made_by: Option<StaffId>,
) -> Result<(), CommerceError> {
    let prices =
        serde_json::to_string(&item.prices).map_err(|_| CommerceError::Stored("prices of an item"))?;
    let now = tx.now();
    tx.execute(
        "INSERT INTO item_versions (id, item_key, version, name, measure, tax_class, prices, created_at, \
         made_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            item.id,
            &item.key,
            item.version,
            &item.name,
            item.measure.word(),
            &item.tax_class,
            &prices,
            now,
            made_by
        ],
    )?;
    put_item_in_force(tx, &item.key, item.id, position)
}

/// Makes a version the one in force of its item.
pub fn put_item_in_force(tx: &mut Tx<'_>, key: &str, id: Uuid, position: i64) -> Result<(), CommerceError> {
    tx.execute(
        "INSERT INTO items (item_key, item_version_id, position, offered) VALUES ($1, $2, $3, 1) \
         ON CONFLICT (item_key) DO UPDATE SET item_version_id = $2, position = $3, offered = 1",
        params![key, id, position],
    )?;
    Ok(())
}

/// Takes every item off the offer; those of the configuration are put back in the same transaction.
pub fn withdraw_all_items(tx: &mut Tx<'_>) -> Result<(), CommerceError> {
    tx.execute("UPDATE items SET offered = 0 WHERE source = 'configuration'", params![])?;
    Ok(())
}

/// Whether an item was written or taken off the offer in the console: the configuration changes it no more.
pub fn is_item_of_console(tx: &mut Tx<'_>, key: &str) -> Result<bool, SqlError> {
    let sql = "SELECT source FROM items WHERE item_key = $1";
    let source: Option<String> = tx.query_opt(sql, params![key], |row| row.get(0))?;
    Ok(source.as_deref() == Some("console"))
}

/// Sets whether an item is on offer; it is the console's from then on. False when there is none.
pub fn offer_item(tx: &mut Tx<'_>, key: &str, offered: bool) -> Result<bool, SqlError> {
    let sql = "UPDATE items SET offered = $2, source = 'console' WHERE item_key = $1";
    Ok(tx.execute(sql, params![key, offered])? == 1)
}

/// Where an item stands in the list; a new one at its end.
pub fn item_position(tx: &mut Tx<'_>, key: &str) -> Result<i64, SqlError> {
    let known =
        tx.query_opt("SELECT position FROM items WHERE item_key = $1", params![key], |row| row.get(0))?;
    match known {
        Some(position) => Ok(position),
        None => {
            tx.query_one("SELECT COALESCE(MAX(position), -1) + 1 FROM items", params![], |row| row.get(0))
        }
    }
}

/// Sets the place of an item in the list.
pub fn set_item_position(tx: &mut Tx<'_>, key: &str, position: i64) -> Result<(), SqlError> {
    tx.execute("UPDATE items SET position = $2 WHERE item_key = $1", params![key, position])?;
    Ok(())
}

/// Every item with whether it is on offer, who wrote its version, and how many customers were invoiced for it since a day.
pub fn all_items(tx: &mut Tx<'_>, since: Date) -> Result<Vec<KnownItem>, CommerceError> {
    let sql = format!(
        "SELECT {ITEM_COLUMNS}, i.offered, i.source, v.made_by, \
                (SELECT COUNT(DISTINCT n.customer_id) FROM invoice_lines l JOIN invoices n ON n.id = l.invoice_id \
                 WHERE l.item_key = i.item_key AND n.issued_on >= $1) \
         FROM items i JOIN item_versions v ON v.id = i.item_version_id ORDER BY i.offered DESC, i.position LIMIT 500"
    );
    tx.query(&sql, params![&since.to_string()], |row| {
        let source: String = row.get(8)?;
        let buyers: i64 = row.get(10)?;
        Ok(KnownItem {
            version: item(row)?,
            offered: row.get(7)?,
            of_console: source == "console",
            made_by: row.get(9)?,
            buyers: buyers.unsigned_abs(),
        })
    })
}
