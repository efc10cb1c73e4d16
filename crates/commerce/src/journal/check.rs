//! Does the journal hold?

use mailkeep_types::Currency;

use super::store;
use crate::commerce::Commerce;
use crate::error::CommerceError;

/// What a look over the journal found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalCheck {
    /// How many entries there are.
    pub entries: i64,
    /// The sum over everything for each currency; zero when the journal holds.
    pub sums: Vec<(Currency, i64)>,
    /// Entries whose lines do not sum to zero.
    pub unbalanced: i64,
    /// Invoices whose open amount differs from what the journal says their customer owes, counted by customer.
    pub customers_off: i64,
    /// Customers whose credit or disputed amounts differ from what the journal says.
    pub credits_off: i64,
    /// Missing numbers in the series of invoices and credit notes.
    pub gaps: i64,
}

impl JournalCheck {
    /// True when nothing is wrong.
    pub fn holds(&self) -> bool {
        self.sums.iter().all(|(_, sum)| *sum == 0)
            && self.unbalanced == 0
            && self.customers_off == 0
            && self.credits_off == 0
            && self.gaps == 0
    }
}

impl Commerce {
    /// Adds the journal up and compares it with invoices and series.
    pub async fn check_journal(&self) -> Result<JournalCheck, CommerceError> {
        self.read(store::check).await
    }
}
