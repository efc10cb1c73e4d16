//! The table of cases, as the policy's registry knows it.

use mailkeep_policy::personal_records;
use mailkeep_policy::records::{Owner, Record};

pub(crate) const RECORDS: &[Record] = personal_records! {
    /// What is known of privacy cases beyond their words.
    privacy_cases of Owner::Through { column: "ticket_id", table: "tickets", key: "id" }, from "the program, and who answers the case" {
        plain { ticket_id, kind, hint, certain, jurisdiction, received_at, acknowledge_due, acknowledged_at, answer_due, extended_at, identity, person_id,
            token, token_until, shown_at, outcome, settled_at, settled_by, escalated_at }
    }
};

#[cfg(test)]
mod tests {
    use mailkeep_policy::records::compare;
    use mailkeep_storage::both_engines;
    use mailkeep_storage::sql::Database;

    use super::RECORDS;

    both_engines!(every_column_of_the_cases_is_declared, |db: Database| async move {
        let mut schema = db.schema().await.unwrap();
        schema.tables.retain(|table, _| RECORDS.iter().any(|record| record.table == table));
        assert_eq!(schema.tables.len(), RECORDS.len());
        assert_eq!(compare(RECORDS, &schema), vec![]);
    });
}
