//! What a customer has on their account.

use mailkeep_types::{CustomerId, InvoiceId, Money};

use super::{CreditMovement, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

impl Commerce {
    /// The credit on a customer's account, in the currency of the prices.
    pub async fn account_credit(&self, customer: CustomerId) -> Result<Money, CommerceError> {
        let currency = self.config().currency;
        let minor = self.read(move |tx| Ok(store::balance(tx, customer, currency)?)).await?;
        Ok(Money::new(minor, currency))
    }

    /// The movements of a customer's credit, newest first.
    pub async fn list_account_credits(
        &self,
        customer: CustomerId,
    ) -> Result<Vec<CreditMovement>, CommerceError> {
        self.read(move |tx| store::of_customer(tx, customer)).await
    }

    /// How much of an invoice was paid with credit on the account.
    pub async fn credit_applied_to(&self, invoice: InvoiceId) -> Result<Money, CommerceError> {
        let minor = self.read(move |tx| Ok(store::applied_to(tx, invoice.uuid())?)).await?;
        Ok(Money::new(minor, self.find_invoice(invoice).await?.currency))
    }
}
