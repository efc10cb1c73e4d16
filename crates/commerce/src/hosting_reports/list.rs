//! Hosting reports as customers see them.

use jiff::civil::Date;
use mailkeep_types::{CustomerId, SubscriptionId};

use super::{StoredReport, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

impl Commerce {
    /// The hosting reports of a customer, newest first.
    pub async fn list_hosting_reports(
        &self,
        customer: CustomerId,
    ) -> Result<Vec<StoredReport>, CommerceError> {
        self.read(move |tx| store::of_customer(tx, customer)).await
    }

    /// One hosting report of a customer.
    ///
    /// # Errors
    /// [`CommerceError::NotFound`] when there is none of this day.
    pub async fn show_hosting_report(
        &self,
        customer: CustomerId,
        id: SubscriptionId,
        invoice_on: Date,
    ) -> Result<StoredReport, CommerceError> {
        self.read(move |tx| {
            store::find(tx, customer, id, invoice_on)?.ok_or(CommerceError::NotFound("hosting report"))
        })
        .await
    }
}
