//! What went back.

use mailkeep_types::InvoiceId;

use super::{Refund, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

impl Commerce {
    /// The refunds of an invoice's payments, newest first.
    pub async fn list_refunds(&self, invoice: InvoiceId) -> Result<Vec<Refund>, CommerceError> {
        self.read(move |tx| store::of_invoice(tx, invoice)).await
    }
}
