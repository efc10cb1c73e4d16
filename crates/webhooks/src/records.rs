//! The tables of this crate, as the policy's registry knows them. A column that is not here stops the start.

use mailkeep_policy::personal_records;
use mailkeep_policy::records::{Owner, Record};

/// The tables.
pub(crate) const RECORDS: &[Record] = personal_records! {
    /// Where programs are told what happens.
    webhook_endpoints of Owner::Customer("customer_id"), from "the page of webhooks" {
        plain { id, customer_id, url, events, person_id, staff_id, generation, earlier_until, created_at, failing_since,
            disabled_at, disabled_why }
    }
    /// What happened, in identifiers, states and amounts.
    webhook_events of Owner::Customer("customer_id"), from "the program" {
        plain { id, customer_id, kind, payload, created_at }
    }
    /// What was sent where, and what was answered.
    webhook_deliveries of Owner::Through { column: "endpoint_id", table: "webhook_endpoints", key: "id" },
        from "the program" {
        plain { id, endpoint_id, event_id, state, attempts, next_at, replayed, tried_at, took_millis, status, fault, answer,
            created_at }
    }
};
