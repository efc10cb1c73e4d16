//! For what a card may be charged: given and withdrawn by its owner, one subscription at a time.

use mailkeep_storage::jobs::{NewJob, enqueue};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{CustomerId, PaymentMethodId, SubscriptionId};

use super::store;
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::jobs::{COLLECT, InvoiceJob};
use crate::payments;

impl Commerce {
    /// The owner permits a card for subscriptions, in place of the cards that paid for them before.
    ///
    /// # Errors
    /// [`CommerceError::NotFound`] for a card or subscription that is not the customer's.
    pub async fn permit_card(
        &self,
        customer: CustomerId,
        method: PaymentMethodId,
        subscriptions: Vec<SubscriptionId>,
    ) -> Result<(), CommerceError> {
        self.write(move |tx| {
            store::find(tx, customer, method)?.ok_or(CommerceError::NotFound("card"))?;
            let running = store::running(tx, customer)?;
            for subscription in &subscriptions {
                if !running.contains(subscription) {
                    return Err(CommerceError::NotFound("subscription"));
                }
                permit(tx, *subscription, method)?;
            }
            Ok(())
        })
        .await
    }

    /// The owner permits a card for everything that runs.
    ///
    /// # Errors
    /// [`CommerceError::NotFound`] for a card that is not the customer's.
    pub async fn permit_card_for_all(
        &self,
        customer: CustomerId,
        method: PaymentMethodId,
    ) -> Result<(), CommerceError> {
        let running = self.read(move |tx| Ok(store::running(tx, customer)?)).await?;
        self.permit_card(customer, method, running).await
    }

    /// The owner withdraws the permission to charge a card for a subscription: its invoices are paid by hand from then on.
    ///
    /// # Errors
    /// [`CommerceError::NotFound`] for a subscription that is not the customer's.
    pub async fn withdraw_card_permission(
        &self,
        customer: CustomerId,
        subscription: SubscriptionId,
    ) -> Result<(), CommerceError> {
        self.write(move |tx| {
            crate::subscriptions::store::find(tx, subscription)?
                .filter(|found| found.customer == customer)
                .ok_or(CommerceError::NotFound("subscription"))?;
            Ok(payments::store::withdraw(tx, subscription)?)
        })
        .await
    }
}

/// Permits a card for a subscription. What is due and not paid is tried at once with it.
pub(super) fn permit(
    tx: &mut Tx<'_>,
    subscription: SubscriptionId,
    method: PaymentMethodId,
) -> Result<(), CommerceError> {
    payments::store::permit(tx, subscription, method)?;
    for invoice in store::due_invoices(tx, subscription)? {
        enqueue(tx, NewJob::new(COLLECT, &InvoiceJob { invoice_id: invoice }))?;
    }
    Ok(())
}
