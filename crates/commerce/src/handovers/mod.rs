//! Hand-overs: a customer who leaves gets everything that is held for them.
//!
//! ```text
//! breach: warned ──30 days, by a person──▶ making ──▶ ready ──30 days──▶ expired
//!            └── cured                        ▲
//! abuse:  two of staff ──────┤
//! wish:   an owner asks, with the charge ─────┘
//! ```
//!
//! Staff warn with a reason, and the owners have some days to cure it. Only after these a person ends what the customer has.
//! The charge is an item that is sold once; it is billed by the job that makes the files, under the hand-over's own name, so
//! that it is billed once however often the job runs. Files are not held back while the charge is open: data is no pledge.

mod abuse;
mod ask;
mod end;
mod files;
mod list;
mod make;
pub mod store;
#[cfg(test)]
mod tests;
mod warn;

use jiff::civil::Date;
use mailkeep_policy::Place;
use mailkeep_types::{CustomerId, InvoiceId, PersonId, StaffId, Timestamp, words};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use files::NewFile;
pub use list::ShownFile;

/// The fewest letters of a reason.
pub const SHORTEST_REASON: usize = 10;
/// The most letters of a reason.
pub const LONGEST_REASON: usize = 2000;

/// How a customer who leaves gets everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct HandOverConfig {
    /// Days after a warning in which it can be cured.
    pub cure_days: u16,
    /// Days in which everything is delivered; fewer than `leaving.delete_after_days`.
    pub deliver_days: u16,
    /// Days for which the files can be fetched.
    pub keep_days: u16,
    /// The key of the item that is charged; nothing if it is free.
    pub item: String,
}

impl Default for HandOverConfig {
    fn default() -> Self {
        HandOverConfig { cure_days: 30, deliver_days: 10, keep_days: 30, item: String::new() }
    }
}

words! {
    /// Why everything is handed over.
    Cause {
        /// What was agreed was broken, and not cured.
        Breach = "breach",
        /// The mail service was misused, and two of staff ended it.
        Abuse = "abuse",
        /// An owner asked.
        Wish = "wish",
    }
}

words! {
    /// How far a hand-over is.
    HandOverState {
        /// The owners were warned; it can be cured.
        Warned = "warned",
        /// It was cured.
        Cured = "cured",
        /// The files are being made.
        Making = "making",
        /// The files can be fetched.
        Ready = "ready",
        /// The files are gone.
        Expired = "expired",
    }
}

/// A hand-over; nothing personal is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOver {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub customer: CustomerId,
    /// Why.
    pub cause: Cause,
    /// How far it is.
    pub state: HandOverState,
    /// When the owners were warned, or an owner asked.
    pub opened_at: Timestamp,
    /// Who warned.
    pub warned_by: Option<StaffId>,
    /// Who asked.
    pub asked_by: Option<PersonId>,
    /// The last day on which it can be cured.
    pub cure_until: Option<Date>,
    /// When it was cured.
    pub cured_at: Option<Timestamp>,
    /// When the services were ended.
    pub ended_at: Option<Timestamp>,
    /// Who ended them.
    pub ended_by: Option<StaffId>,
    /// The day until which everything is delivered.
    pub due_on: Option<Date>,
    /// The invoice of the charge.
    pub invoice: Option<InvoiceId>,
    /// Since when the files can be fetched.
    pub ready_at: Option<Timestamp>,
    /// Until when.
    pub expires_at: Option<Timestamp>,
}

impl HandOver {
    /// Whether a person can end what the customer has, on a day of the house: the days to cure are over.
    pub fn can_be_ended(&self, today: Date) -> bool {
        self.state == HandOverState::Warned && self.cure_until.is_some_and(|until| today > until)
    }

    /// Whether it should have been delivered by now.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.state == HandOverState::Making && self.due_on.is_some_and(|due| today > due)
    }
}

/// A file of a hand-over, without what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOverFile {
    /// Its id.
    pub id: Uuid,
    /// Its place in the list, from 1.
    pub number: i64,
    /// Which part of its mailbox it is, from 1; 0 for the customer's records.
    pub part: i64,
    /// Its length in bytes.
    pub size: i64,
}

const fn reason_place(id: Uuid) -> Place {
    Place { table: "hand_overs", column: "reason", row: id }
}

const fn file_place(column: &'static str, id: Uuid) -> Place {
    Place { table: "hand_over_files", column, row: id }
}

fn after(date: Date, days: u16) -> Date {
    date.checked_add(jiff::Span::new().days(i64::from(days))).unwrap_or(date)
}
