//! All SQL of the brands that the console keeps.

use jiff::civil::Date;
use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{Currency, Money};

use super::console::{BrandUse, BrandVersion};
use crate::error::CommerceError;

const COLUMNS: &str = "b.version, b.sheet, b.made_by, b.made_at";

fn stored(row: &Row<'_>) -> Result<BrandVersion, CommerceError> {
    let sheet: String = row.get(1)?;
    Ok(BrandVersion {
        version: row.get(0)?,
        brand: serde_json::from_str(&sheet).map_err(|_| CommerceError::Stored("brand"))?,
        made_by: row.get(2)?,
        made_at: row.get(3)?,
    })
}

/// The newest version of every brand, in the order in which they were made.
pub fn newest(tx: &mut Tx<'_>) -> Result<Vec<BrandVersion>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM brand_versions b \
         WHERE b.version = (SELECT MAX(o.version) FROM brand_versions o WHERE o.brand = b.brand) \
         ORDER BY (SELECT MIN(f.made_at) FROM brand_versions f WHERE f.brand = b.brand), b.brand"
    );
    tx.query(&sql, params![], stored)
}

/// How many versions there are of all brands; it rises with every change.
pub fn count(tx: &mut Tx<'_>) -> Result<i64, SqlError> {
    tx.query_one("SELECT COUNT(*) FROM brand_versions", params![], |row| row.get(0))
}

/// The number of a brand's newest version; 0 when the console wrote none.
pub fn last_version(tx: &mut Tx<'_>, brand: &str) -> Result<i64, SqlError> {
    let sql = "SELECT COALESCE(MAX(version), 0) FROM brand_versions WHERE brand = $1";
    tx.query_one(sql, params![brand], |row| row.get(0))
}

/// Writes a version.
pub fn insert(tx: &mut Tx<'_>, new: &BrandVersion, sheet: &str) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO brand_versions (brand, version, sheet, made_by, made_at) VALUES ($1, $2, $3, $4, $5)",
        params![&new.brand.key, new.version, sheet, new.made_by, new.made_at],
    )?;
    Ok(())
}

/// Who is with a brand: its customers, their running services, and what they were invoiced before tax since a day.
pub fn used(tx: &mut Tx<'_>, brand: &str, since: Date) -> Result<BrandUse, CommerceError> {
    let mut count = |sql: &str| -> Result<u64, SqlError> {
        let found: i64 = tx.query_one(sql, params![brand], |row| row.get(0))?;
        Ok(found.unsigned_abs())
    };
    let customers = count("SELECT COUNT(*) FROM customer_brands WHERE brand_key = $1")?;
    let services = count(
        "SELECT COUNT(*) FROM customer_brands b JOIN services s ON s.customer_id = b.customer_id \
         WHERE b.brand_key = $1 AND s.ended_at IS NULL",
    )?;
    let invoiced = tx.query(
        "SELECT i.currency, CAST(SUM(i.net_minor) AS BIGINT) \
         FROM customer_brands b JOIN invoices i ON i.customer_id = b.customer_id \
         WHERE b.brand_key = $1 AND i.issued_on >= $2 GROUP BY i.currency ORDER BY i.currency",
        params![brand, &since.to_string()],
        |row| {
            let code: String = row.get(0)?;
            let currency: Currency = code.parse().map_err(|_| CommerceError::Stored("currency"))?;
            Ok::<_, CommerceError>(Money::new(row.get(1)?, currency))
        },
    )?;
    Ok(BrandUse { customers, services, invoiced })
}

/// Whether anybody is a customer of a brand.
pub fn has_customers(tx: &mut Tx<'_>, brand: &str) -> Result<bool, SqlError> {
    let sql = "SELECT 1 FROM customer_brands WHERE brand_key = $1 LIMIT 1";
    let found: Option<i64> = tx.query_opt(sql, params![brand], |row| row.get(0))?;
    Ok(found.is_some())
}

/// Whether customers of another brand have invoices or credit notes of a series; the house's own is a brand, too.
pub fn numbers_others(tx: &mut Tx<'_>, series: &str, brand: &str) -> Result<bool, SqlError> {
    for table in ["invoices", "credit_notes"] {
        let found: Option<i64> = tx.query_opt(
            &format!(
                "SELECT 1 FROM {table} n LEFT JOIN customer_brands b ON b.customer_id = n.customer_id \
                 WHERE n.series = $1 AND COALESCE(b.brand_key, '') <> $2 LIMIT 1"
            ),
            params![series, brand],
            |row| row.get(0),
        )?;
        if found.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
