//! What a customer has on their account.

use mailkeep_types::{CustomerId, InvoiceId, Money};

use super::{CreditMovement, store};
use crate::brands;
use crate::commerce::Commerce;
use crate::error::CommerceError;

impl Commerce {
    /// The credit on a customer's account, in the currency in which they buy.
    pub async fn account_credit(&self, customer: CustomerId) -> Result<Money, CommerceError> {
        let config = self.config().clone();
        self.read(move |tx| {
            let currency = config.currency_of(&brands::of_customer(tx, customer)?);
            Ok(Money::new(store::balance(tx, customer, currency)?, currency))
        })
        .await
    }

    /// Whether somebody has ordered something: whoever never did has no account.
    pub async fn is_customer(&self, customer: CustomerId) -> Result<bool, CommerceError> {
        self.read(move |tx| Ok(crate::orders::store::brand(tx, customer)?.is_some())).await
    }

    /// The movements of a customer's credit, newest first.
    pub async fn list_account_credits(
        &self,
        customer: CustomerId,
    ) -> Result<Vec<CreditMovement>, CommerceError> {
        self.read(move |tx| {
            let reasons = store::grant_reasons(tx, customer)?;
            let mut movements = store::of_customer(tx, customer)?;
            for movement in &mut movements {
                movement.reason = reasons.iter().find(|(id, _)| *id == movement.cause).map(|(_, why)| *why);
            }
            Ok(movements)
        })
        .await
    }

    /// How much of an invoice was paid with credit on the account.
    pub async fn credit_applied_to(&self, invoice: InvoiceId) -> Result<Money, CommerceError> {
        let minor = self.read(move |tx| Ok(store::applied_to(tx, invoice.uuid())?)).await?;
        Ok(Money::new(minor, self.find_invoice(invoice).await?.currency))
    }
}
