//! The tables `sites` and `site_addresses`.

use mailkeep_policy::CategoryId;
use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{SiteId, StaffId};

use super::Site;
use super::list::ListedSite;
use super::rules::Checked;

const COLUMNS: &str = "s.id, s.title, s.home, s.listed_as, s.categories, s.numbered, s.confidential, s.status, \
    s.created_at, s.changed_at, s.unheard_since";

fn site(row: &Row<'_>) -> Result<Site, SqlError> {
    let categories: String = row.get(4)?;
    Ok(Site {
        id: row.get(0)?,
        title: row.get(1)?,
        home: row.get(2)?,
        listed_as: row.get(3)?,
        categories: categories.split(' ').filter_map(CategoryId::from_id).collect(),
        numbered: row.get(5)?,
        confidential: row.get(6)?,
        disabled: row.get::<String>(7)? != "active",
        addresses: Vec::new(),
        signed_out_addresses: Vec::new(),
        created_at: row.get(8)?,
        changed_at: row.get(9)?,
        told_at: None,
        unheard_since: row.get(10)?,
    })
}

fn with_addresses(tx: &mut Tx<'_>, mut site: Site) -> Result<Site, SqlError> {
    let rows = tx.query(
        "SELECT kind, address FROM site_addresses WHERE site_id = $1 ORDER BY kind, place",
        params![site.id],
        |row| Ok::<(String, String), SqlError>((row.get(0)?, row.get(1)?)),
    )?;
    for (kind, address) in rows {
        match kind.as_str() {
            "signed_in" => site.addresses.push(address),
            "told" => site.told_at = Some(address),
            _ => site.signed_out_addresses.push(address),
        }
    }
    Ok(site)
}

fn words(categories: &[CategoryId]) -> String {
    categories.iter().map(|category| category.id()).collect::<Vec<_>>().join(" ")
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: SiteId,
    new: &Checked,
    secret_hash: Option<&[u8; 32]>,
    by: Option<StaffId>,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO sites (id, title, home, listed_as, categories, numbered, confidential, secret_hash, status,
                            registered_by, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'active', $9, $10, $10)",
        params![
            id,
            new.title.as_str(),
            new.home.as_str(),
            new.listed_as.as_str(),
            &words(&new.categories),
            new.numbered,
            new.confidential,
            secret_hash.map(<[u8; 32]>::as_slice),
            by,
            tx.now()
        ],
    )?;
    set_addresses(tx, id, new)
}

pub(super) fn update(tx: &mut Tx<'_>, id: SiteId, new: &Checked) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE sites SET title = $2, home = $3, listed_as = $4, categories = $5, numbered = $6, changed_at = $7
         WHERE id = $1",
        params![
            id,
            new.title.as_str(),
            new.home.as_str(),
            new.listed_as.as_str(),
            &words(&new.categories),
            new.numbered,
            tx.now()
        ],
    )?;
    if rows == 0 {
        return Ok(false);
    }
    set_addresses(tx, id, new)?;
    Ok(true)
}

fn set_addresses(tx: &mut Tx<'_>, id: SiteId, new: &Checked) -> Result<(), SqlError> {
    tx.execute("DELETE FROM site_addresses WHERE site_id = $1", params![id])?;
    let told: Vec<String> = new.told_at.iter().cloned().collect();
    let kinds = [("signed_in", &new.addresses), ("signed_out", &new.signed_out_addresses), ("told", &told)];
    for (kind, addresses) in kinds {
        for (place, address) in (0i64..).zip(addresses) {
            tx.execute(
                "INSERT INTO site_addresses (site_id, kind, place, address) VALUES ($1, $2, $3, $4)",
                params![id, kind, place, address.as_str()],
            )?;
        }
    }
    Ok(())
}

pub(super) fn set_secret(tx: &mut Tx<'_>, id: SiteId, hash: &[u8; 32]) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE sites SET secret_hash = $2, changed_at = $3 WHERE id = $1 AND confidential = 1",
        params![id, hash, tx.now()],
    )?;
    Ok(rows == 1)
}

/// Notes whether a site could be told something; since when it could not stays.
pub(crate) fn set_heard(tx: &mut Tx<'_>, id: SiteId, heard: bool) -> Result<(), SqlError> {
    let (sql, now) = match heard {
        true => ("UPDATE sites SET unheard_since = NULL WHERE id = $1 AND unheard_since <= $2", tx.now()),
        false => ("UPDATE sites SET unheard_since = $2 WHERE id = $1 AND unheard_since IS NULL", tx.now()),
    };
    tx.execute(sql, params![id, now])?;
    Ok(())
}

pub(super) fn set_disabled(tx: &mut Tx<'_>, id: SiteId, disabled: bool) -> Result<bool, SqlError> {
    let status = if disabled { "disabled" } else { "active" };
    let rows = tx.execute(
        "UPDATE sites SET status = $2, changed_at = $3 WHERE id = $1",
        params![id, status, tx.now()],
    )?;
    Ok(rows == 1)
}

pub(crate) fn find(tx: &mut Tx<'_>, id: SiteId) -> Result<Option<Site>, SqlError> {
    let found = tx.query_opt(&format!("SELECT {COLUMNS} FROM sites s WHERE s.id = $1"), params![id], site)?;
    found.map(|site| with_addresses(tx, site)).transpose()
}

/// The site and the hash of its secret.
pub(super) fn find_with_secret(
    tx: &mut Tx<'_>,
    id: SiteId,
) -> Result<Option<(Site, Option<[u8; 32]>)>, SqlError> {
    let Some(site) = find(tx, id)? else { return Ok(None) };
    let secret = tx.query_opt("SELECT secret_hash FROM sites WHERE id = $1", params![id], |row| {
        row.get::<Option<[u8; 32]>>(0)
    })?;
    Ok(Some((site, secret.flatten())))
}

pub(super) fn list(tx: &mut Tx<'_>) -> Result<Vec<ListedSite>, SqlError> {
    let sql = format!(
        "SELECT {COLUMNS}, (SELECT COUNT(DISTINCT c.person_id) FROM site_consents c
                            WHERE c.site_id = s.id AND c.withdrawn_at IS NULL)
         FROM sites s ORDER BY s.title, s.id"
    );
    let rows = tx.query(&sql, params![], |row| Ok::<_, SqlError>((site(row)?, row.get(11)?)))?;
    let mut listed = Vec::with_capacity(rows.len());
    for (site, persons) in rows {
        listed.push(ListedSite { site: with_addresses(tx, site)?, persons });
    }
    Ok(listed)
}
