//! All SQL of the rates that the console keeps.

use jiff::civil::Date;
use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{Currency, Money, StaffId};
use uuid::Uuid;

use super::{MOST_RATES, RateEffect, StoredRate};
use crate::error::CommerceError;
use crate::taxes::TaxRateConfig;
use crate::totals::TaxRate;

const COLUMNS: &str =
    "id, country, region, class, name, rate, inclusive, from_on, until_on, made_by, made_at, ended_by";

fn stored(row: &Row<'_>) -> Result<StoredRate, CommerceError> {
    let inclusive: Option<i64> = row.get(6)?;
    Ok(StoredRate {
        id: row.get(0)?,
        rate: TaxRateConfig {
            country: row.get(1)?,
            region: row.get(2)?,
            class: row.get(3)?,
            name: row.get(4)?,
            percent: TaxRate(row.get(5)?).percent(),
            inclusive: inclusive.map(|inclusive| inclusive != 0),
            from: row.get(7)?,
            until: row.get(8)?,
        },
        made_by: row.get(9)?,
        made_at: row.get(10)?,
        ended_by: row.get(11)?,
    })
}

/// Every rate, the newest first.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<StoredRate>, CommerceError> {
    let sql = format!("SELECT {COLUMNS} FROM tax_rates ORDER BY made_at DESC, id DESC LIMIT {MOST_RATES}");
    tx.query(&sql, params![], stored)
}

/// How many there are.
pub fn count(tx: &mut Tx<'_>) -> Result<i64, SqlError> {
    tx.query_one("SELECT COUNT(*) FROM tax_rates", params![], |row| row.get(0))
}

/// Writes a rate.
pub fn insert(tx: &mut Tx<'_>, new: &StoredRate, rate: TaxRate) -> Result<(), SqlError> {
    let inclusive = new.rate.inclusive.map(i64::from);
    tx.execute(
        &format!(
            "INSERT INTO tax_rates ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL)"
        ),
        params![
            new.id,
            &new.rate.country,
            &new.rate.region,
            &new.rate.class,
            &new.rate.name,
            rate.0,
            inclusive,
            &new.rate.from,
            &new.rate.until,
            new.made_by,
            new.made_at
        ],
    )?;
    Ok(())
}

/// The first day of a rate that has not been ended.
pub fn first_day(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<String>, SqlError> {
    tx.query_opt("SELECT from_on FROM tax_rates WHERE id = $1 AND ended_at IS NULL", params![id], |row| {
        row.get(0)
    })
}

/// Ends a rate before a day.
pub fn end(tx: &mut Tx<'_>, id: Uuid, until: Date, staff: StaffId) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "UPDATE tax_rates SET until_on = $2, ended_by = $3, ended_at = $4 WHERE id = $1 AND ended_at IS NULL",
        params![id, &until.to_string(), staff, now],
    )?;
    Ok(())
}

/// Who was invoiced at a place for a class since a day, and how much before tax, in each currency.
pub fn effect(
    tx: &mut Tx<'_>,
    places: (&str, &str),
    class: &str,
    since: Date,
) -> Result<Vec<RateEffect>, CommerceError> {
    // All of a country when no state is named: its code alone, or followed by a state's.
    let (place, within) = places;
    tx.query(
        "SELECT i.currency, COUNT(DISTINCT i.customer_id), CAST(SUM(l.net_minor) AS BIGINT), \
                CAST(SUM(l.tax_minor) AS BIGINT) \
         FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id \
         WHERE i.issued_on >= $1 AND l.tax_class = $2 AND (l.tax_place = $3 OR SUBSTR(l.tax_place, 1, 3) = $4) \
         GROUP BY i.currency ORDER BY i.currency",
        params![&since.to_string(), class, place, within],
        |row| {
            let code: String = row.get(0)?;
            let currency: Currency = code.parse().map_err(|_| CommerceError::Stored("currency"))?;
            let customers: i64 = row.get(1)?;
            Ok(RateEffect {
                customers: customers.unsigned_abs(),
                net: Money::new(row.get(2)?, currency),
                tax: Money::new(row.get(3)?, currency),
            })
        },
    )
}
