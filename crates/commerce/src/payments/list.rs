//! The attempts of a customer.

use mailkeep_types::{CustomerId, PaymentAttemptId};

use super::{Attempt, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

impl Commerce {
    /// The payment attempts of a customer after one, the oldest first.
    pub async fn page_payments(
        &self,
        customer: CustomerId,
        after: Option<PaymentAttemptId>,
        limit: u32,
    ) -> Result<Vec<Attempt>, CommerceError> {
        self.read(move |tx| store::page_of(tx, customer, after, limit)).await
    }

    /// The payment attempts of a customer, newest first.
    pub async fn list_payments(&self, customer: CustomerId) -> Result<Vec<Attempt>, CommerceError> {
        self.read(move |tx| store::of_customer(tx, customer)).await
    }
}
