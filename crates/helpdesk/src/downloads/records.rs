//! The tables of downloads, as the policy's registry knows them. Nothing personal is in them.

use mailkeep_policy::personal_records;
use mailkeep_policy::records::{Owner, Record};

pub(crate) const RECORDS: &[Record] = personal_records! {
    /// Programs that people download.
    download_products of Owner::House, from "staff who publish" {
        plain { id, slug, name, summary, minisign_key, created_at }
    }
    /// Their versions.
    download_releases of Owner::House, from "staff who publish" {
        plain { id, product_id, version, channel, notes, state, audience, plans, reason, created_at, published_at, withdrawn_at }
    }
    /// The files of the versions.
    download_files of Owner::House, from "staff who publish" {
        plain { id, release_id, platform, architecture, name, size_bytes, sha256, signature, signed_by, added_at }
    }
    /// What staff did with downloads.
    download_acts of Owner::House, from "staff who publish" {
        plain { product_id, number, act, about, staff_id, at }
    }
    /// How often a file was downloaded; not by whom.
    download_counts of Owner::House, from "downloads, counted" {
        plain { file_id, day, downloads }
    }
};

#[cfg(test)]
mod tests {
    use mailkeep_policy::records::compare;
    use mailkeep_storage::both_engines;
    use mailkeep_storage::sql::Database;

    use super::RECORDS;

    both_engines!(every_column_of_downloads_is_declared, |db: Database| async move {
        let mut schema = db.schema().await.unwrap();
        schema.tables.retain(|table, _| RECORDS.iter().any(|record| record.table == table));
        assert_eq!(schema.tables.len(), RECORDS.len());
        assert_eq!(compare(RECORDS, &schema), vec![]);
    });
}
