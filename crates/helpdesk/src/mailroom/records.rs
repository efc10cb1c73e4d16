//! The tables of the mailroom, as the policy's registry knows them.

use mailkeep_policy::records::{Owner, Record};
use mailkeep_policy::{Place, personal_records};
use mailkeep_types::SubscriberId;
use uuid::Uuid;

pub(crate) const fn email_place(writer: SubscriberId) -> Place {
    Place { table: "ticket_writers", column: "email", row: writer.uuid() }
}

pub(crate) const fn raw_place(letter: Uuid) -> Place {
    Place { table: "ticket_letters", column: "raw", row: letter }
}

pub(crate) const fn id_place(letter: Uuid) -> Place {
    Place { table: "ticket_letters", column: "message_id", row: letter }
}

pub(crate) const RECORDS: &[Record] = personal_records! {
    /// People without an account who wrote to us.
    ticket_writers of Owner::Subscriber("id"), from "the letter that they wrote", row id {
        personal { email: Contact }
        lookups { email_lookup }
        plain { id, wrote_at }
    }
    /// Letters that came by mail.
    ticket_letters of Owner::Through { column: "ticket_id", table: "tickets", key: "id" }, from "who wrote the letter", row id {
        personal { raw: Ticket, message_id: Ticket }
        lookups { fingerprint, sender, message }
        plain { id, ticket_id, entry_id, size, proof, because, sign, related, answered, at }
    }
    /// Letters by which staff acted.
    staff_letters of Owner::Through { column: "ticket_id", table: "tickets", key: "id" }, from "the program" {
        lookups { fingerprint }
        plain { ticket_id, staff_id, at }
    }
};

#[cfg(test)]
mod tests {
    use mailkeep_policy::records::compare;
    use mailkeep_storage::both_engines;
    use mailkeep_storage::sql::Database;

    use super::RECORDS;

    both_engines!(every_column_of_the_mailroom_is_declared, |db: Database| async move {
        let mut schema = db.schema().await.unwrap();
        schema.tables.retain(|table, _| RECORDS.iter().any(|record| record.table == table));
        assert_eq!(schema.tables.len(), RECORDS.len());
        assert_eq!(compare(RECORDS, &schema), vec![]);
    });
}
