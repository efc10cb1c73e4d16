//! What went back.

use mailkeep_types::{CustomerId, InvoiceId, PaymentAttemptId};

use super::{Refund, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

impl Commerce {
    /// The refunds of a customer after one, the oldest first.
    pub async fn page_refunds(
        &self,
        customer: CustomerId,
        after: Option<PaymentAttemptId>,
        limit: u32,
    ) -> Result<Vec<Refund>, CommerceError> {
        self.read(move |tx| store::page_of(tx, customer, after, limit)).await
    }

    /// The refunds of an invoice's payments, newest first.
    pub async fn list_refunds(&self, invoice: InvoiceId) -> Result<Vec<Refund>, CommerceError> {
        self.read(move |tx| store::of_invoice(tx, invoice)).await
    }
}
