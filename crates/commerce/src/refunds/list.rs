//! What went back.

use mailkeep_types::{CustomerId, InvoiceId, Money, PaymentAttemptId};

use super::{Refund, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::payments::{self, Attempt};

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

    /// What of a payment's amount can still be given back to its card, for each payment of an invoice, newest first.
    pub async fn list_payments_of_invoice(
        &self,
        invoice: InvoiceId,
    ) -> Result<Vec<(Attempt, Money)>, CommerceError> {
        self.read(move |tx| {
            let mut rows = Vec::new();
            for payment in payments::store::payments_of_invoice(tx, invoice)? {
                let left = payment.amount.minor - store::returned(tx, payment.id)?;
                let left = Money::new(left, payment.amount.currency);
                rows.push((payment, left));
            }
            Ok(rows)
        })
        .await
    }
}
