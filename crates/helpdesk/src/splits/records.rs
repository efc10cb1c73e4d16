//! The tables of splits, as the policy's registry knows them. Nothing personal is in them.

use mailkeep_policy::personal_records;
use mailkeep_policy::records::{Owner, Record};

/// The ticket that a row belongs to.
const TICKET: Owner = Owner::Through { column: "ticket_id", table: "tickets", key: "id" };

pub(crate) const RECORDS: &[Record] = personal_records! {
    /// Which ticket was split from which.
    ticket_splits of TICKET, from "staff who answer" {
        plain { ticket_id, from_id, staff_id, at }
    }
    /// What was written in one ticket and is shown in another.
    ticket_moved_entries of TICKET, from "staff who answer" {
        plain { entry_id, from_id, ticket_id }
    }
    /// Which answer went out in which letter.
    ticket_answers of TICKET, from "the program" {
        plain { letter_id, ticket_id, entry_id }
    }
};

#[cfg(test)]
mod tests {
    use mailkeep_policy::records::compare;
    use mailkeep_storage::both_engines;
    use mailkeep_storage::sql::Database;

    use super::RECORDS;

    both_engines!(every_column_of_the_splits_is_declared, |db: Database| async move {
        let mut schema = db.schema().await.unwrap();
        schema.tables.retain(|table, _| RECORDS.iter().any(|record| record.table == table));
        assert_eq!(schema.tables.len(), RECORDS.len());
        assert_eq!(compare(RECORDS, &schema), vec![]);
    });
}
