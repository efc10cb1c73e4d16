//! Retention: what is past its term goes by itself, once a day.
//!
//! Rows go by the [terms](crate::records::Term) of their tables, as many days after their time as the policy file says for the
//! category. What counts from the end of a person's last service goes with the key: the domains say through
//! [`crate::Policy::register_ended`] whose services ended, and the key is destroyed. A dry run counts by the same
//! statements and changes nothing.

mod run;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::subject::Subject;
use crate::vocabulary::CategoryId;

pub use run::{dry_run, overdue, run};

/// Finds the subjects whose last service ended before a time, and who owe nothing.
pub(crate) type EndedSubjects =
    Arc<dyn Fn(&mut Tx<'_>, Timestamp) -> Result<Vec<Subject>, SqlError> + Send + Sync>;

/// What is past its term in one table, or of one kind of subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The table, or `keys` for whole subjects.
    pub table: &'static str,
    /// The category whose days count.
    pub category: CategoryId,
    /// `deleted`, `emptied` or `key destroyed`.
    pub ending: &'static str,
    /// What is from before this time is due.
    pub before: Timestamp,
    /// How many rows or subjects.
    pub rows: u64,
}
