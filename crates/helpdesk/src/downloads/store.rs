//! The tables of downloads.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{DownloadFileId, DownloadProductId, ReleaseId};

use super::{
    Act, Architecture, Audience, Channel, Done, Platform, Product, Release, ReleaseFile, ReleaseState,
};

fn wrong(what: &str, found: impl std::fmt::Display) -> SqlError {
    SqlError::Engine(format!("{what} {found}"))
}

// Products.

const PRODUCT: &str = "SELECT id, slug, name, summary, minisign_key, created_at FROM download_products";

fn product_row(row: &Row<'_>) -> Result<Product, SqlError> {
    Ok(Product {
        id: row.get(0)?,
        slug: row.get(1)?,
        name: row.get(2)?,
        summary: row.get(3)?,
        key: row.get(4)?,
        created_at: row.get(5)?,
    })
}

pub(super) fn products(tx: &mut Tx<'_>) -> Result<Vec<Product>, SqlError> {
    tx.query(&format!("{PRODUCT} ORDER BY LOWER(name), id"), params![], product_row)
}

pub(super) fn product(tx: &mut Tx<'_>, id: DownloadProductId) -> Result<Option<Product>, SqlError> {
    tx.query_opt(&format!("{PRODUCT} WHERE id = $1"), params![id], product_row)
}

pub(super) fn product_at(tx: &mut Tx<'_>, slug: &str) -> Result<Option<Product>, SqlError> {
    tx.query_opt(&format!("{PRODUCT} WHERE slug = $1"), params![slug], product_row)
}

pub(super) fn put_product(tx: &mut Tx<'_>, product: &Product) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO download_products (id, slug, name, summary, minisign_key, created_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, name = excluded.name, summary = excluded.summary,
             minisign_key = excluded.minisign_key",
        params![product.id, &product.slug, &product.name, &product.summary, product.key.as_deref(), product.created_at],
    )?;
    Ok(())
}

// Releases.

const RELEASE: &str = "SELECT id, product_id, version, channel, notes, state, audience, plans, reason, created_at, published_at,
                       withdrawn_at FROM download_releases";

fn release_row(row: &Row<'_>) -> Result<Release, SqlError> {
    let (channel, state, audience): (String, String, String) = (row.get(3)?, row.get(5)?, row.get(6)?);
    let plans: String = row.get(7)?;
    Ok(Release {
        id: row.get(0)?,
        product: row.get(1)?,
        version: row.get(2)?,
        channel: Channel::from_word(&channel).ok_or_else(|| wrong("a release in the channel", &channel))?,
        notes: row.get(4)?,
        state: ReleaseState::from_word(&state).ok_or_else(|| wrong("a release that is", &state))?,
        audience: Audience::from_word(&audience).ok_or_else(|| wrong("a release for", &audience))?,
        plans: serde_json::from_str(&plans).map_err(|error| wrong("the plans of a release:", error))?,
        reason: row.get(8)?,
        created_at: row.get(9)?,
        published_at: row.get(10)?,
        withdrawn_at: row.get(11)?,
    })
}

pub(super) fn releases(tx: &mut Tx<'_>) -> Result<Vec<Release>, SqlError> {
    tx.query(RELEASE, params![], release_row)
}

pub(super) fn releases_of(tx: &mut Tx<'_>, product: DownloadProductId) -> Result<Vec<Release>, SqlError> {
    tx.query(&format!("{RELEASE} WHERE product_id = $1"), params![product], release_row)
}

pub(super) fn release(tx: &mut Tx<'_>, id: ReleaseId) -> Result<Option<Release>, SqlError> {
    tx.query_opt(&format!("{RELEASE} WHERE id = $1"), params![id], release_row)
}

pub(super) fn release_at(
    tx: &mut Tx<'_>,
    product: DownloadProductId,
    version: &str,
) -> Result<Option<Release>, SqlError> {
    let sql = format!("{RELEASE} WHERE product_id = $1 AND version = $2");
    tx.query_opt(&sql, params![product, version], release_row)
}

pub(super) fn put_release(tx: &mut Tx<'_>, release: &Release) -> Result<(), SqlError> {
    let plans =
        serde_json::to_string(&release.plans).map_err(|error| wrong("the plans of a release:", error))?;
    tx.execute(
        "INSERT INTO download_releases (id, product_id, version, channel, notes, state, audience, plans, reason, created_at,
             published_at, withdrawn_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, channel = excluded.channel, notes = excluded.notes,
             state = excluded.state, audience = excluded.audience, plans = excluded.plans, reason = excluded.reason,
             published_at = excluded.published_at, withdrawn_at = excluded.withdrawn_at",
        params![
            release.id,
            release.product,
            &release.version,
            release.channel.word(),
            &release.notes,
            release.state.word(),
            release.audience.word(),
            &plans,
            release.reason.as_deref(),
            release.created_at,
            release.published_at,
            release.withdrawn_at,
        ],
    )?;
    Ok(())
}

pub(super) fn delete_release(tx: &mut Tx<'_>, id: ReleaseId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM download_releases WHERE id = $1", params![id])?;
    Ok(())
}

pub(super) fn published_without_files(tx: &mut Tx<'_>) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT COUNT(*) FROM download_releases r WHERE r.state = 'published'
             AND NOT EXISTS (SELECT 1 FROM download_files f WHERE f.release_id = r.id)",
        params![],
        |row| row.get(0),
    )
}

// Files.

const FILE: &str = "SELECT f.id, f.release_id, f.platform, f.architecture, f.name, f.size_bytes, f.sha256, f.signature, f.signed_by,
                    f.added_at FROM download_files f";
const FILE_ORDER: &str = "ORDER BY f.platform, f.architecture, f.name";

fn file_row(row: &Row<'_>) -> Result<ReleaseFile, SqlError> {
    let (platform, architecture): (String, String) = (row.get(2)?, row.get(3)?);
    let (size, sha256): (i64, Vec<u8>) = (row.get(5)?, row.get(6)?);
    Ok(ReleaseFile {
        id: row.get(0)?,
        release: row.get(1)?,
        platform: Platform::from_word(&platform).ok_or_else(|| wrong("a file for", &platform))?,
        architecture: Architecture::from_word(&architecture)
            .ok_or_else(|| wrong("a file for", &architecture))?,
        name: row.get(4)?,
        size_bytes: u64::try_from(size).map_err(|_| wrong("a file of the size", size))?,
        sha256: sha256.try_into().map_err(|_| wrong("a file with", "a hash that is none"))?,
        signature: row.get(7)?,
        signed_by: row.get(8)?,
        added_at: row.get(9)?,
    })
}

pub(super) fn file(tx: &mut Tx<'_>, id: DownloadFileId) -> Result<Option<ReleaseFile>, SqlError> {
    tx.query_opt(&format!("{FILE} WHERE f.id = $1"), params![id], file_row)
}

pub(super) fn files_of(tx: &mut Tx<'_>, release: ReleaseId) -> Result<Vec<ReleaseFile>, SqlError> {
    tx.query(&format!("{FILE} WHERE f.release_id = $1 {FILE_ORDER}"), params![release], file_row)
}

pub(super) fn files_of_product(
    tx: &mut Tx<'_>,
    product: DownloadProductId,
) -> Result<Vec<ReleaseFile>, SqlError> {
    let sql = format!(
        "{FILE} JOIN download_releases r ON r.id = f.release_id WHERE r.product_id = $1 {FILE_ORDER}"
    );
    tx.query(&sql, params![product], file_row)
}

pub(super) fn add_file(tx: &mut Tx<'_>, file: &ReleaseFile) -> Result<(), SqlError> {
    let size = i64::try_from(file.size_bytes).map_err(|_| wrong("a file of the size", file.size_bytes))?;
    tx.execute(
        "INSERT INTO download_files (id, release_id, platform, architecture, name, size_bytes, sha256, signature, signed_by,
             added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            file.id,
            file.release,
            file.platform.word(),
            file.architecture.word(),
            &file.name,
            size,
            &file.sha256[..],
            file.signature.as_deref(),
            file.signed_by.as_deref(),
            file.added_at,
        ],
    )?;
    Ok(())
}

pub(super) fn delete_file(tx: &mut Tx<'_>, id: DownloadFileId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM download_files WHERE id = $1", params![id])?;
    Ok(())
}

// What was done.

pub(super) fn add_act(tx: &mut Tx<'_>, product: DownloadProductId, done: &Done) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO download_acts (product_id, number, act, about, staff_id, at)
         SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5 FROM download_acts WHERE product_id = $1",
        params![product, done.act.word(), &done.about, done.staff, done.at],
    )?;
    Ok(())
}

pub(super) fn acts(tx: &mut Tx<'_>, product: DownloadProductId, limit: i64) -> Result<Vec<Done>, SqlError> {
    tx.query(
        "SELECT act, about, staff_id, at FROM download_acts WHERE product_id = $1 ORDER BY number DESC LIMIT $2",
        params![product, limit],
        |row| {
            let act: String = row.get(0)?;
            Ok(Done {
                act: Act::from_word(&act).ok_or_else(|| wrong("an act", &act))?,
                about: row.get(1)?,
                staff: row.get(2)?,
                at: row.get(3)?,
            })
        },
    )
}

// What is counted.

pub(super) fn add_count(
    tx: &mut Tx<'_>,
    file: DownloadFileId,
    day: &str,
    downloads: i64,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO download_counts (file_id, day, downloads) VALUES ($1, $2, $3)
         ON CONFLICT (file_id, day) DO UPDATE SET downloads = download_counts.downloads + excluded.downloads",
        params![file, day, downloads],
    )?;
    Ok(())
}

pub(super) fn counts_by_release(tx: &mut Tx<'_>) -> Result<Vec<(ReleaseId, i64)>, SqlError> {
    tx.query(
        "SELECT f.release_id, CAST(SUM(c.downloads) AS BIGINT) FROM download_counts c JOIN download_files f ON f.id = c.file_id
         GROUP BY f.release_id",
        params![],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(super) fn counts_of_files(
    tx: &mut Tx<'_>,
    release: ReleaseId,
) -> Result<Vec<(DownloadFileId, i64)>, SqlError> {
    tx.query(
        "SELECT c.file_id, CAST(SUM(c.downloads) AS BIGINT) FROM download_counts c JOIN download_files f ON f.id = c.file_id
         WHERE f.release_id = $1 GROUP BY c.file_id",
        params![release],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(super) fn counts_by_day(
    tx: &mut Tx<'_>,
    product: DownloadProductId,
    from: &str,
) -> Result<Vec<(String, i64)>, SqlError> {
    tx.query(
        "SELECT c.day, CAST(SUM(c.downloads) AS BIGINT) FROM download_counts c JOIN download_files f ON f.id = c.file_id
             JOIN download_releases r ON r.id = f.release_id
         WHERE r.product_id = $1 AND c.day >= $2 GROUP BY c.day",
        params![product, from],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// What a hand at the database might try with a row.
#[cfg(test)]
pub(super) fn by_hand(tx: &mut Tx<'_>, sql: &str, id: uuid::Uuid) -> Result<(), SqlError> {
    tx.execute(sql, params![id])?;
    Ok(())
}
