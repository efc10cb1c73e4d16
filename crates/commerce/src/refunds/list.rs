//! What went back.

use mailkeep_types::{CustomerId, InvoiceId};

use super::{Refund, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::payments::{self, Attempt};

impl Commerce {
    /// The refunds of an invoice's payments, newest first.
    pub async fn list_refunds(&self, invoice: InvoiceId) -> Result<Vec<Refund>, CommerceError> {
        self.read(move |tx| store::of_invoice(tx, invoice)).await
    }

    /// The refunds of a customer, newest first.
    pub async fn list_refunds_of(&self, customer: CustomerId) -> Result<Vec<Refund>, CommerceError> {
        self.read(move |tx| store::of_customer(tx, customer)).await
    }

    /// The payments of an invoice that succeeded, newest first, each with how much of it can still go back.
    pub async fn list_refundable(&self, invoice: InvoiceId) -> Result<Vec<(Attempt, i64)>, CommerceError> {
        self.read(move |tx| {
            let mut list = Vec::new();
            for payment in payments::store::payments_of_invoice(tx, invoice)? {
                let left = payment.amount.minor - store::returned(tx, payment.id)?;
                list.push((payment, left.max(0)));
            }
            Ok(list)
        })
        .await
    }
}
