//! The table of links, as the policy's registry knows them. Nothing personal is in it.

use mailkeep_policy::personal_records;
use mailkeep_policy::records::{Owner, Record};

pub(crate) const RECORDS: &[Record] = personal_records! {
    /// Which tickets have to do with each other.
    ticket_links of Owner::Through { column: "ticket_id", table: "tickets", key: "id" }, from "staff who answer" {
        plain { ticket_id, other_id, kind, staff_id, at }
    }
};

#[cfg(test)]
mod tests {
    use mailkeep_policy::records::compare;
    use mailkeep_storage::both_engines;
    use mailkeep_storage::sql::Database;

    use super::RECORDS;

    both_engines!(every_column_of_the_links_is_declared, |db: Database| async move {
        let mut schema = db.schema().await.unwrap();
        schema.tables.retain(|table, _| RECORDS.iter().any(|record| record.table == table));
        assert_eq!(schema.tables.len(), RECORDS.len());
        assert_eq!(compare(RECORDS, &schema), vec![]);
    });
}
