//! Leaving: a subscription that is cancelled, from the wish to the end of its data.
//!
//! ```text
//! asked ──the day comes──▶ paused ──14 days──▶ deleted ──30 days──▶ purged
//!   └─ undone by the customer   └──── restored by staff ────┘
//! ```
//!
//! Cancelling is as easy as ordering: on the renewal date, or when the day is over. Until the pause the customer takes it back;
//! after it staff do, until the data is gone for good. Every number of days is a setting.

pub mod ask;
pub mod restore;
pub mod run;
pub mod store;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use mailkeep_types::{SubscriptionId, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What happens when somebody leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LeavingConfig {
    /// Days of notice before the renewal date on which a subscription can end; 0 is none.
    pub notice_days: u16,
    /// Days from the pause to the deletion of the mail.
    pub delete_after_days: u16,
    /// Days after the deletion in which staff can still restore it.
    pub restore_days: u16,
    /// Whether what is unused is credited when a subscription ends before its renewal.
    pub credit_unused: bool,
}

impl Default for LeavingConfig {
    fn default() -> Self {
        LeavingConfig { notice_days: 0, delete_after_days: 14, restore_days: 30, credit_unused: true }
    }
}

/// When a subscription is to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EndWhen {
    /// When today is over.
    Now,
    /// On the renewal date.
    AtRenewal,
}

/// The days of leaving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeavingDays {
    /// The service is paused.
    pub paused: Date,
    /// The mail is deleted.
    pub deleted: Date,
    /// The last day on which staff can restore it.
    pub restorable: Date,
}

/// A subscription that was cancelled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// Which.
    pub subscription: SubscriptionId,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// By whom: `customer`, or `staff:` with an identifier.
    pub asked_by: String,
    /// The day on which it is paused.
    pub ends_on: Date,
    /// The day on which it was.
    pub paused_on: Option<Date>,
    /// The day on which its mail is deleted.
    pub delete_on: Option<Date>,
    /// The day on which it was.
    pub deleted_on: Option<Date>,
    /// The last day on which staff can restore it.
    pub restore_until: Option<Date>,
    /// The day on which nothing was left to restore.
    pub purged_on: Option<Date>,
}

impl Ending {
    /// Whether the customer can take it back: until the pause.
    pub fn can_be_undone(&self) -> bool {
        self.paused_on.is_none()
    }

    /// Whether staff can take it back on a day: until the last day of restoring.
    pub fn can_be_restored(&self, today: Date) -> bool {
        self.paused_on.is_some()
            && self.purged_on.is_none()
            && self.restore_until.is_none_or(|until| today <= until)
    }
}
