//! The table of time spent, as the policy's registry knows them.

use mailkeep_policy::personal_records;
use mailkeep_policy::records::{Owner, Record};

pub(crate) const RECORDS: &[Record] = personal_records! {
    /// How long staff worked on tickets, and what for.
    ticket_times of Owner::Through { column: "ticket_id", table: "tickets", key: "id" }, from "staff who answer", row id {
        personal { note: Ticket }
        plain { id, ticket_id, staff_id, minutes, against, at }
    }
};

#[cfg(test)]
mod tests {
    use mailkeep_policy::records::compare;
    use mailkeep_storage::both_engines;
    use mailkeep_storage::sql::Database;

    use super::RECORDS;

    both_engines!(every_column_of_the_times_is_declared, |db: Database| async move {
        let mut schema = db.schema().await.unwrap();
        schema.tables.retain(|table, _| RECORDS.iter().any(|record| record.table == table));
        assert_eq!(schema.tables.len(), RECORDS.len());
        assert_eq!(compare(RECORDS, &schema), vec![]);
    });
}
