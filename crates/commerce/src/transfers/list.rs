//! What came by bank, as it was recorded.

use jiff::civil::Date;
use mailkeep_types::{InvoiceId, Money, Timestamp};

use super::store;
use crate::commerce::Commerce;
use crate::error::CommerceError;

/// A transfer that was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// The invoice that the payer named.
    pub invoice: InvoiceId,
    /// Its number.
    pub number: String,
    /// What came in.
    pub amount: Money,
    /// How much of it became credit on the account.
    pub credited_minor: i64,
    /// On which day it came.
    pub received_on: Date,
    /// What names the line of the statement.
    pub statement_line: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

impl Commerce {
    /// The transfers that were recorded last, newest first.
    pub async fn list_transfers(&self) -> Result<Vec<Transfer>, CommerceError> {
        self.read(store::newest).await
    }
}
