//! All SQL of terms and their acceptance.

use jiff::civil::Date;
use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, OrderId, PersonId};
use uuid::Uuid;

use super::TermsVersion;
use super::accept::Acceptance;
use crate::error::CommerceError;
use crate::price_changes::NoticeMode;

const COLUMNS: &str =
    "id, brand_key, version, title, body, sha256, notice, holds_from, published_by, published_at";

fn terms(row: &Row<'_>) -> Result<TermsVersion, CommerceError> {
    let (notice, holds_from): (String, String) = (row.get(6)?, row.get(7)?);
    Ok(TermsVersion {
        id: row.get(0)?,
        brand: row.get(1)?,
        version: row.get(2)?,
        title: row.get(3)?,
        body: row.get(4)?,
        sha256: row.get(5)?,
        notice: NoticeMode::from_word(&notice).ok_or(CommerceError::Stored("notice of terms"))?,
        holds_from: holds_from.parse::<Date>().map_err(|_| CommerceError::Stored("date"))?,
        by: row.get(8)?,
        at: row.get(9)?,
    })
}

/// Writes a version.
pub fn insert(tx: &mut Tx<'_>, terms: &TermsVersion) -> Result<(), SqlError> {
    tx.execute(
        &format!("INSERT INTO terms_versions ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"),
        params![
            terms.id,
            &terms.brand,
            terms.version,
            &terms.title,
            &terms.body,
            &terms.sha256,
            terms.notice.word(),
            &terms.holds_from.to_string(),
            terms.by,
            terms.at
        ],
    )?;
    Ok(())
}

/// The newest version of a brand.
pub fn newest(tx: &mut Tx<'_>, brand: &str) -> Result<Option<TermsVersion>, CommerceError> {
    let sql =
        format!("SELECT {COLUMNS} FROM terms_versions WHERE brand_key = $1 ORDER BY version DESC LIMIT 1");
    tx.query_opt(&sql, params![brand], terms)
}

/// Every version of a brand, newest first.
pub fn all(tx: &mut Tx<'_>, brand: &str) -> Result<Vec<TermsVersion>, CommerceError> {
    let sql =
        format!("SELECT {COLUMNS} FROM terms_versions WHERE brand_key = $1 ORDER BY version DESC LIMIT 200");
    tx.query(&sql, params![brand], terms)
}

/// One version.
pub fn find(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<TermsVersion>, CommerceError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM terms_versions WHERE id = $1"), params![id], terms)
}

/// Records what an order accepts.
pub fn insert_acceptance(
    tx: &mut Tx<'_>,
    accepted: &TermsVersion,
    order: OrderId,
    customer: CustomerId,
    person: PersonId,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO terms_acceptances (order_id, terms_id, sha256, customer_id, person_id, accepted_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![order, accepted.id, &accepted.sha256, customer, person, now],
    )?;
    Ok(())
}

/// What a customer accepted, newest first.
pub fn acceptances(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<Acceptance>, CommerceError> {
    tx.query(
        "SELECT t.version, t.title, a.sha256, a.order_id, a.accepted_at, t.id FROM terms_acceptances a \
         JOIN terms_versions t ON t.id = a.terms_id WHERE a.customer_id = $1 ORDER BY a.accepted_at DESC LIMIT 200",
        params![customer],
        |row| {
            Ok(Acceptance {
                version: row.get(0)?,
                title: row.get(1)?,
                sha256: row.get(2)?,
                order: row.get(3)?,
                at: row.get(4)?,
                terms: row.get(5)?,
            })
        },
    )
}
