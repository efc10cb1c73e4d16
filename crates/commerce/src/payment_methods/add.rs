//! Adding a card on the processor's page, for the subscriptions that its owner names before.

use std::time::Duration;

use mailkeep_types::{CustomerId, Money, PaymentAttemptId, SubscriptionId, Timestamp};

use super::{permit, store};
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::payments::{self, Attempt, AttemptKind, AttemptStatus};
use crate::processor::{CardRequest, Outcome};

/// For how long a page on which nothing was given is looked at again.
const LOOKED_AT: Duration = Duration::from_secs(86_400);

impl Commerce {
    /// Opens the processor's page for a new card and returns its address. Once the card is there it may be charged for these
    /// subscriptions, in place of others.
    ///
    /// # Errors
    /// [`CommerceError::NotFound`] for a subscription that is not the customer's or does not run.
    pub async fn start_card_set_up(
        &self,
        customer: CustomerId,
        permits: Vec<SubscriptionId>,
        return_url: &str,
    ) -> Result<String, CommerceError> {
        let id = PaymentAttemptId::new(&**self.clock());
        let (processor, config) = (self.processor().name(), self.config().clone());
        let currency = self
            .write(move |tx| {
                let running = store::running(tx, customer)?;
                if permits.iter().any(|wanted| !running.contains(wanted)) {
                    return Err(CommerceError::NotFound("subscription"));
                }
                let currency = config.currency_of(&crate::brands::of_customer(tx, customer)?);
                let attempt = Attempt {
                    id,
                    kind: AttemptKind::SetUp,
                    order: None,
                    invoice: None,
                    ordinal: 1,
                    customer,
                    method: None,
                    amount: Money::zero(currency),
                    reference: None,
                    page_url: None,
                    status: AttemptStatus::Created,
                    decline_code: None,
                    local_day: local_date(tx.now(), &config.time_zone),
                };
                payments::store::insert(tx, &attempt, processor)?;
                for subscription in &permits {
                    store::insert_wish(tx, id, *subscription)?;
                }
                Ok(currency)
            })
            .await?;
        let request = CardRequest {
            attempt: id,
            currency,
            description: "A card for your services".to_owned(),
            return_url: return_url.to_owned(),
        };
        let url = self.processor().open_card_page(request).await?;
        let page = url.clone();
        self.write(move |tx| Ok(payments::store::set_page(tx, id, &page)?)).await?;
        Ok(url)
    }

    /// Looks what came of the pages that a customer was sent to lately: called when they come back. True when a card was kept.
    ///
    /// # Errors
    /// [`CommerceError::ProcessorUnknown`] while the processor does not answer.
    pub async fn advance_card_set_ups(&self, customer: CustomerId) -> Result<bool, CommerceError> {
        let after: Timestamp = self.clock().now().minus(LOOKED_AT);
        let open = self.read(move |tx| Ok(store::open_set_ups(tx, customer, after)?)).await?;
        let mut kept = false;
        for id in open {
            kept |= self.advance_card_set_up(id).await?;
        }
        Ok(kept)
    }

    /// Asks what the owner did on the page, and keeps the card. Called again it changes nothing that was done.
    pub(crate) async fn advance_card_set_up(&self, id: PaymentAttemptId) -> Result<bool, CommerceError> {
        let attempt = self
            .read(move |tx| payments::store::find(tx, id))
            .await?
            .ok_or(CommerceError::NotFound("payment"))?;
        if attempt.status.is_final() {
            return Ok(false);
        }
        let Some(answer) = self.processor().find(id).await? else { return Ok(false) };
        let card = match (&answer.card, &answer.outcome) {
            (Some(card), Outcome::Succeeded) => Some(self.seal_card(attempt.customer, card)?),
            _ => None,
        };
        self.write(move |tx| {
            if !payments::store::set_answer(tx, id, &answer)? {
                return Ok(false);
            }
            let Some(card) = &card else { return Ok(false) };
            store::insert(tx, card)?;
            payments::store::set_method(tx, id, card.id)?;
            let running = store::running(tx, attempt.customer)?;
            for subscription in store::wishes(tx, id)? {
                // It may have ended while its owner was on the page.
                if running.contains(&subscription) {
                    permit::permit(tx, subscription, card.id)?;
                }
            }
            Ok(true)
        })
        .await
    }
}
