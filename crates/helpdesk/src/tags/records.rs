//! The tables of tags, as the policy's registry knows them. Nothing personal is in them.

use mailkeep_policy::personal_records;
use mailkeep_policy::records::{Owner, Record};

pub(crate) const RECORDS: &[Record] = personal_records! {
    /// Tags on tickets.
    ticket_tags of Owner::Through { column: "ticket_id", table: "tickets", key: "id" }, from "staff who answer" {
        plain { ticket_id, tag, changed_at }
    }
    /// The tags of the desk.
    desk_tags of Owner::House, from "staff who answer" {
        plain { tag, at }
    }
};

#[cfg(test)]
mod tests {
    use mailkeep_policy::records::compare;
    use mailkeep_storage::both_engines;
    use mailkeep_storage::sql::Database;

    use super::RECORDS;

    both_engines!(every_column_of_the_tags_is_declared, |db: Database| async move {
        let mut schema = db.schema().await.unwrap();
        schema.tables.retain(|table, _| RECORDS.iter().any(|record| record.table == table));
        assert_eq!(schema.tables.len(), RECORDS.len());
        assert_eq!(compare(RECORDS, &schema), vec![]);
    });
}
