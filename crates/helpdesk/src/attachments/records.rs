//! The table of attachments, as the policy's registry knows it.

use mailkeep_policy::records::{Owner, Record};
use mailkeep_policy::{Place, personal_records};
use uuid::Uuid;

pub(crate) const fn place(column: &'static str, attachment: Uuid) -> Place {
    Place { table: "ticket_attachments", column, row: attachment }
}

pub(crate) const RECORDS: &[Record] = personal_records! {
    /// Files in tickets.
    ticket_attachments of Owner::Through { column: "ticket_id", table: "tickets", key: "id" }, from "who wrote in the ticket", row id {
        personal { name: Ticket, content: Ticket }
        plain { id, ticket_id, entry_id, number, letter_id, section, media_type, size, refused, harmful, blob_key, at }
    }
};

#[cfg(test)]
mod tests {
    use mailkeep_policy::records::compare;
    use mailkeep_storage::both_engines;
    use mailkeep_storage::sql::Database;

    use super::RECORDS;

    both_engines!(every_column_of_the_attachments_is_declared, |db: Database| async move {
        let mut schema = db.schema().await.unwrap();
        schema.tables.retain(|table, _| RECORDS.iter().any(|record| record.table == table));
        assert_eq!(schema.tables.len(), RECORDS.len());
        assert_eq!(compare(RECORDS, &schema), vec![]);
    });
}
