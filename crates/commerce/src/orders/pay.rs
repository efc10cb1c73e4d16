//! Sending the payer to the processor's page.

use mailkeep_types::{CustomerId, OrderId, PaymentAttemptId};

use super::{OrderStatus, store};
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::payments::{self, Attempt, AttemptKind, AttemptStatus};
use crate::processor::PageRequest;

impl Commerce {
    /// Opens the processor's page for an order that is to be paid, and returns its address. The row of the attempt is
    /// written before the processor is called; called again, the same attempt goes on.
    ///
    /// # Errors
    /// [`CommerceError::State`] when the order is not waiting for a payment.
    pub async fn start_payment(
        &self,
        customer: CustomerId,
        order: OrderId,
        return_url: &str,
    ) -> Result<String, CommerceError> {
        let id = PaymentAttemptId::new(&**self.clock());
        let processor = self.processor().name();
        let (order, attempt) = self
            .write(move |tx| {
                let order = store::find(tx, order)?
                    .filter(|found| found.customer == customer)
                    .ok_or(CommerceError::NotFound("order"))?;
                if order.status != OrderStatus::Placed {
                    return Err(CommerceError::State("this order is not waiting for a payment".to_owned()));
                }
                let attempts = payments::store::of_order(tx, order.id, AttemptKind::Authorise)?;
                if let Some(open) = attempts.last().filter(|attempt| !attempt.status.is_final()) {
                    return Ok((order, open.clone()));
                }
                let attempt = Attempt {
                    id,
                    kind: AttemptKind::Authorise,
                    order: Some(order.id),
                    invoice: None,
                    ordinal: attempts.last().map_or(1, |last| last.ordinal + 1),
                    customer,
                    method: None,
                    amount: order.total(),
                    reference: None,
                    page_url: None,
                    status: AttemptStatus::Created,
                    decline_code: None,
                    local_day: local_date(tx.now(), &order.time_zone),
                };
                payments::store::insert(tx, &attempt, processor)?;
                Ok((order, attempt))
            })
            .await?;
        if let (Some(url), AttemptStatus::ActionRequired) = (&attempt.page_url, attempt.status) {
            return Ok(url.clone());
        }
        if attempt.status == AttemptStatus::Pending {
            return Err(CommerceError::State(
                "the payment is being checked by the bank; please wait".to_owned(),
            ));
        }
        let request = PageRequest {
            attempt: attempt.id,
            amount: attempt.amount,
            description: order.number.clone(),
            return_url: return_url.to_owned(),
            keep_card: order.keep_card,
        };
        let url = self.processor().open_page(request).await?;
        let (id, page) = (attempt.id, url.clone());
        self.write(move |tx| Ok(payments::store::set_page(tx, id, &page)?)).await?;
        Ok(url)
    }
}
