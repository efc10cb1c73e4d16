//! The billing month: two counts, then invoices and hosting reports on one day, then the payment.
//!
//! [`due`] says what of a customer is billed on an invoice day and is the same function for the preview, the dry run of
//! staff and the bill. [`close`] makes the invoices, one for each customer and day, many customers in one transaction;
//! whatever dies between two statements leaves a month that the next run goes on with. [`dry_run`] shows staff what
//! will be billed beside what was billed a month ago.

pub mod close;
pub mod dry_run;
pub mod due;
mod price;
pub mod store;
#[cfg(test)]
mod tests;
mod write;

use jiff::civil::Date;
use mailkeep_types::{SubscriptionId, Timestamp};

use crate::commerce::Commerce;
use crate::error::CommerceError;

/// The step in which invoices and reports are made, as `month_steps` names it; the counts are named by their stage.
pub const INVOICES: &str = "invoices";

/// How far a step of a month is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepState {
    /// `first`, `final` or `invoices`.
    pub step: String,
    /// How many subscriptions are done.
    pub done: i64,
    /// When the first was.
    pub begun_at: Timestamp,
    /// When the last was.
    pub moved_at: Timestamp,
}

/// What could not be done and is tried again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// For which subscription.
    pub subscription: SubscriptionId,
    /// In which step.
    pub step: String,
    /// The code of the failure.
    pub code: String,
    /// When.
    pub failed_at: Timestamp,
}

impl Commerce {
    /// Logs and notes that something failed for one subscription; the others go on.
    pub(crate) async fn note_failure(
        &self,
        id: SubscriptionId,
        invoice_on: Date,
        step: &'static str,
        error: &CommerceError,
    ) -> Result<(), CommerceError> {
        let code = error.code();
        tracing::error!(subscription = %id, step, code, %error, "a step of the month failed");
        self.write(move |tx| Ok(store::put_failure(tx, id, invoice_on, step, code)?)).await
    }
}
