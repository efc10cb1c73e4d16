//! The tables of tickets, as the policy's registry knows them. A column that is not here stops the start.

use mailkeep_policy::CategoryId;
use mailkeep_policy::personal_records;
use mailkeep_policy::records::{Owner, Record, Term};

/// The ticket that a row belongs to.
const TICKET: Owner = Owner::Through { column: "ticket_id", table: "tickets", key: "id" };

pub(crate) const RECORDS: &[Record] = personal_records! {
    /// What customers ask of support.
    tickets of Owner::Subject, from "who opened the ticket", row id {
        personal { title: Ticket }
        plain { id, number, subject_kind, subject_id, department, person_id, staff_id, state, priority, about_kind, about_id, assignee, version, opened_at,
            changed_at, first_due, first_answered_at, solution_due, solved_at, closed_at, rating }
        ends { Term::delete(CategoryId::Ticket, "closed_at") }
    }
    /// What was written in tickets.
    ticket_entries of TICKET, from "who wrote in the ticket", row id {
        personal { words: Ticket }
        plain { id, ticket_id, kind, person_id, staff_id, at }
    }
    /// What happened to tickets.
    ticket_events of TICKET, from "the program" {
        plain { ticket_id, number, what, value, person_id, staff_id, at }
    }
};

#[cfg(test)]
mod tests {
    use mailkeep_policy::records::compare;
    use mailkeep_storage::both_engines;
    use mailkeep_storage::sql::Database;

    use super::RECORDS;

    both_engines!(every_column_of_the_tickets_is_declared, |db: Database| async move {
        let mut schema = db.schema().await.unwrap();
        schema.tables.retain(|table, _| RECORDS.iter().any(|record| record.table == table));
        assert_eq!(schema.tables.len(), RECORDS.len());
        assert_eq!(compare(RECORDS, &schema), vec![]);
    });
}
