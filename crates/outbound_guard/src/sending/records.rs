//! The tables of the guard, as the policy's registry knows them.

use mailkeep_policy::personal_records;
use mailkeep_policy::records::{Owner, Record};

pub(crate) const RECORDS: &[Record] = personal_records! {
    /// How many recipients a mailbox wrote to, in steps of five minutes.
    guard_counts of Owner::Mailbox("mailbox_id"), from "the program" {
        plain { mailbox_id, begins_at, customer_id, recipients, outside, first_time }
    }
    /// Whom a mailbox has written to, as hashes under a secret.
    guard_known of Owner::Mailbox("mailbox_id"), from "mail that was written" {
        lookups { known }
        plain { mailbox_id, written_at }
    }
    /// Texts and recipients of the last 24 hours, as numbers under a secret.
    guard_messages of Owner::Mailbox("mailbox_id"), from "mail that was written" {
        lookups { shingles, reached }
        plain { number, mailbox_id, customer_id, at }
    }
    /// What messages to strangers are told by, as numbers under a secret, until it is known whether they were wanted.
    guard_texts of Owner::Mailbox("mailbox_id"), from "mail that was written" {
        lookups { features }
        plain { number, mailbox_id, customer_id, at, held, unwanted }
    }
    /// What was learnt from all of them together.
    guard_model of Owner::House, from "the program" {
        plain { name, version, at, learnt }
    }
    /// The last number given to a message.
    guard_numbers of Owner::House, from "the program" {
        plain { name, last }
    }
    /// How far a customer is trusted with sending.
    guard_tiers of Owner::Customer("customer_id"), from "the program and staff" {
        plain { customer_id, number, tier, staff_id, at }
    }
    /// What was decided on held messages and on the trust of customers.
    guard_decisions of Owner::Customer("customer_id"), from "the program and staff" {
        plain { id, customer_id, mailbox_id, queue_id, act, why, code, recipients, staff_id, at }
    }
    /// Mailboxes whose campaigns go out until a day.
    guard_exceptions of Owner::Mailbox("mailbox_id"), from "staff" {
        plain { mailbox_id, customer_id, why, staff_id, at, ends_at }
    }
    /// What recipients of a mailbox said in the last week; readers as hashes.
    guard_voices of Owner::Mailbox("mailbox_id"), from "servers and readers of the mail" {
        lookups { who }
        plain { mailbox_id, kind, day, customer_id, weight, at }
    }
    /// What follows from it.
    guard_stops of Owner::Customer("customer_id"), from "the program" {
        plain { customer_id, code, mailbox_id, level, value, most, at, until, told_at }
    }
    /// Steps against who sends what nobody wants.
    guard_steps of Owner::Customer("customer_id"), from "the program and staff" {
        plain { customer_id, number, rung, mailbox_id, domain, why, staff_id, at, until, confirmed_by, confirmed_at, ended_at, ended_by,
            ended_why, told_at, end_told_at }
    }
    /// Destinations to which nothing is sent.
    guard_destination_stops of Owner::House, from "staff" {
        plain { domain, number, why, staff_id, at, ended_at, ended_by }
    }
    /// Destinations that refused a customer's mail, and until when they are left alone.
    guard_pauses of Owner::Customer("customer_id"), from "servers of the mail" {
        plain { customer_id, domain, refusals, since, level, until }
    }
    /// Strange places from which a mailbox wrote to strangers, as hashes, and whose its owner says they were.
    guard_suspicions of Owner::Mailbox("mailbox_id"), from "mail programs" {
        lookups { place }
        plain { mailbox_id, customer_id, signs, at, answered_at, answer }
    }
};

#[cfg(test)]
mod tests {
    use mailkeep_policy::records::compare;
    use mailkeep_storage::both_engines;
    use mailkeep_storage::sql::Database;

    use super::RECORDS;

    both_engines!(every_column_of_the_guard_is_declared, |db: Database| async move {
        let mut schema = db.schema().await.unwrap();
        schema.tables.retain(|table, _| RECORDS.iter().any(|record| record.table == table));
        assert_eq!(schema.tables.len(), RECORDS.len());
        assert_eq!(compare(RECORDS, &schema), vec![]);
    });
}
