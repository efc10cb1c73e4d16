//! Tax by place, class and rate: what invoices of some months say, less credit notes.

use mailkeep_types::Currency;

use super::{Months, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::totals::TaxRate;

/// One tax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxSum {
    /// The code of the country, or of country and state; empty on lines from before it was kept.
    pub place: String,
    /// The class of what was sold; empty as above.
    pub class: String,
    /// `taxed`, `reverse_charge` or `exempt`; empty as above.
    pub treatment: String,
    /// The rate.
    pub rate: TaxRate,
    /// The currency.
    pub currency: Currency,
    /// What invoices have of it, without tax.
    pub invoiced_net_minor: i64,
    /// The tax on that.
    pub invoiced_tax_minor: i64,
    /// What credit notes took off, without tax.
    pub credited_net_minor: i64,
    /// The tax of that.
    pub credited_tax_minor: i64,
}

impl TaxSum {
    /// What it is on, after credit notes.
    pub fn net_minor(&self) -> i64 {
        self.invoiced_net_minor - self.credited_net_minor
    }

    /// What is owed to the state.
    pub fn tax_minor(&self) -> i64 {
        self.invoiced_tax_minor - self.credited_tax_minor
    }
}

impl Commerce {
    /// The tax of some months, by the dates of the documents.
    pub async fn report_tax(&self, months: Months) -> Result<Vec<TaxSum>, CommerceError> {
        self.read(move |tx| store::taxes(tx, months)).await
    }
}
