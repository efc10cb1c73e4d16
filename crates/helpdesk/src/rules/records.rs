//! The table of rules, as the policy's registry knows it. Nothing personal is in it.

use mailkeep_policy::personal_records;
use mailkeep_policy::records::{Owner, Record};

pub(crate) const RECORDS: &[Record] = personal_records! {
    /// What the program does by itself with tickets that come.
    desk_rules of Owner::House, from "staff who answer" {
        plain { id, title, runs_on, active, place, staff_id, version, changed_at, if_department, if_priority, if_tag, if_words, if_from, if_plan, to_department, priority, tags, untags, give_to, ending, canned_id }
    }
};

#[cfg(test)]
mod tests {
    use mailkeep_policy::records::compare;
    use mailkeep_storage::both_engines;
    use mailkeep_storage::sql::Database;

    use super::RECORDS;

    both_engines!(every_column_of_the_rules_is_declared, |db: Database| async move {
        let mut schema = db.schema().await.unwrap();
        schema.tables.retain(|table, _| RECORDS.iter().any(|record| record.table == table));
        assert_eq!(schema.tables.len(), RECORDS.len());
        assert_eq!(compare(RECORDS, &schema), vec![]);
    });
}
