//! Taking an order as far as it goes without a person. Every step is repeatable.

use mailkeep_storage::jobs::{NewJob, enqueue};
use mailkeep_storage::sql::Tx;
use mailkeep_types::{OrderId, PaymentAttemptId};

use super::{Order, OrderStatus, store};
use crate::commerce::{Commerce, local_date};
use crate::discounts;
use crate::error::CommerceError;
use crate::jobs::{ADVANCE_ORDER, OrderJob};
use crate::payments::check_card::CardCheckup;
use crate::payments::{self, Attempt, AttemptKind, AttemptStatus};
use crate::processor::{Answer, CallError, Outcome};
use crate::{notices, payment_methods};

impl Commerce {
    /// Takes an order as far as it goes now and returns where it stands: called when the payer comes back from the
    /// processor's page, by the job that each step leaves behind, and after every webhook.
    ///
    /// # Errors
    /// [`CommerceError::ProcessorUnknown`] while the processor does not answer; the job tries again.
    pub async fn advance_order(&self, id: OrderId) -> Result<OrderStatus, CommerceError> {
        loop {
            let order =
                self.read(move |tx| store::find(tx, id)).await?.ok_or(CommerceError::NotFound("order"))?;
            let step = match order.status {
                OrderStatus::Placed => self.take_authorisation(&order).await,
                OrderStatus::Authorised => self.screen_order(&order).await,
                OrderStatus::Capturing => self.capture_order(&order).await,
                OrderStatus::Releasing => self.release_order(&order).await,
                OrderStatus::Verifying
                | OrderStatus::InReview
                | OrderStatus::MoreAsked
                | OrderStatus::Fulfilled
                | OrderStatus::Refused => Ok(false),
            };
            let moved = match step {
                // Somebody else, most likely the job, was quicker: what justified the step is over, and the order stands elsewhere.
                Err(CommerceError::Refused(refusal)) => {
                    let now = self.read(move |tx| store::find(tx, id)).await?;
                    if now.is_some_and(|now| now.status == order.status) {
                        return Err(CommerceError::Refused(refusal));
                    }
                    true
                }
                step => step?,
            };
            if !moved {
                return Ok(order.status);
            }
        }
    }

    /// Asks what became of the authorisation.
    async fn take_authorisation(&self, order: &Order) -> Result<bool, CommerceError> {
        let id = order.id;
        let attempts = self.read(move |tx| payments::store::of_order(tx, id, AttemptKind::Authorise)).await?;
        let Some(attempt) = attempts.last().filter(|attempt| !attempt.status.is_final()).cloned() else {
            return Ok(false);
        };
        let Some(answer) = self.processor().find(attempt.id).await? else { return Ok(false) };
        if let (Some(card), Outcome::Succeeded) = (&answer.card, &answer.outcome)
            && let Some(amount) = self.config().payments.check_amount(order.currency)
        {
            match self.check_card(order, &attempt, card, amount).await? {
                CardCheckup::Works => {}
                CardCheckup::Waiting => return Ok(false),
                CardCheckup::Fails { hard } => {
                    self.refuse_card(order, &attempt, &answer, hard).await?;
                    return Ok(false);
                }
            }
        }
        // The card's token is sealed before the transaction, under the identifier that its row will have.
        let card = match (&answer.card, &answer.outcome) {
            (Some(card), Outcome::Succeeded) => Some(self.seal_card(order.customer, card)?),
            _ => None,
        };
        let (order, policy) = (order.clone(), self.policy().clone());
        self.write(move |tx| {
            if !payments::store::set_answer(tx, attempt.id, &answer)? {
                return Ok(true);
            }
            match &answer.outcome {
                Outcome::Succeeded => {
                    if let Some(card) = &card {
                        payment_methods::store::insert(tx, card)?;
                        payments::store::set_method(tx, attempt.id, card.id)?;
                    }
                    store::move_on(tx, order.id, OrderStatus::Placed, OrderStatus::Authorised)?;
                    go_on_later(tx, order.id)?;
                    Ok(true)
                }
                Outcome::Declined { .. } => {
                    notices::order(tx, &policy, "commerce/payment_failed", &order)?;
                    Ok(false)
                }
                Outcome::ActionRequired | Outcome::Pending => Ok(false),
            }
        })
        .await
    }

    /// Takes the authorised amount, then serves.
    async fn capture_order(&self, order: &Order) -> Result<bool, CommerceError> {
        if order.trial_days > 0 {
            return self.begin_trial(order).await.map(|()| true);
        }
        let (attempt, authorisation) = self.attempt_on_authorisation(order, AttemptKind::Capture).await?;
        let call = || self.processor().capture(attempt.id, &authorisation, attempt.amount);
        let answer = self.answer_of(&attempt, call).await?;
        match answer.outcome {
            Outcome::Succeeded => self.fulfil_order(order, &attempt, answer).await.map(|()| true),
            Outcome::Declined { .. } => {
                let (order, policy) = (order.clone(), self.policy().clone());
                self.write(move |tx| {
                    payments::store::set_answer(tx, attempt.id, &answer)?;
                    store::move_on(tx, order.id, OrderStatus::Capturing, OrderStatus::Placed)?;
                    notices::order(tx, &policy, "commerce/payment_failed", &order)
                })
                .await?;
                Ok(true)
            }
            Outcome::ActionRequired | Outcome::Pending => {
                self.write(move |tx| payments::store::set_answer(tx, attempt.id, &answer)).await?;
                Ok(false)
            }
        }
    }

    /// Gives the authorisation up, which showed that the card is good, and serves: the first period is billed when the trial
    /// is over.
    async fn begin_trial(&self, order: &Order) -> Result<(), CommerceError> {
        let (attempt, authorisation) = self.attempt_on_authorisation(order, AttemptKind::Release).await?;
        let answer =
            self.answer_of(&attempt, || self.processor().release(attempt.id, &authorisation)).await?;
        self.serve_trial(order, &attempt, answer).await
    }

    /// Gives the authorisation up, then tells the applicant.
    async fn release_order(&self, order: &Order) -> Result<bool, CommerceError> {
        let (attempt, authorisation) = self.attempt_on_authorisation(order, AttemptKind::Release).await?;
        let answer =
            self.answer_of(&attempt, || self.processor().release(attempt.id, &authorisation)).await?;
        let (order, policy) = (order.clone(), self.policy().clone());
        self.write(move |tx| {
            payments::store::set_answer(tx, attempt.id, &answer)?;
            if store::move_on(tx, order.id, OrderStatus::Releasing, OrderStatus::Refused)? {
                discounts::store::give_coupon_back(tx, order.id)?;
                notices::order(tx, &policy, "commerce/order_refused", &order)?;
            }
            Ok(true)
        })
        .await
    }

    /// The attempt that uses the order's authorisation, written if it is not there yet.
    async fn attempt_on_authorisation(
        &self,
        order: &Order,
        kind: AttemptKind,
    ) -> Result<(Attempt, String), CommerceError> {
        let new_id = PaymentAttemptId::new(&**self.clock());
        let processor = self.processor().name();
        let order = order.clone();
        self.write(move |tx| {
            let authorised = payments::store::of_order(tx, order.id, AttemptKind::Authorise)?
                .pop()
                .filter(|attempt| attempt.status == AttemptStatus::Succeeded)
                .ok_or(CommerceError::Stored("accepted order without an authorisation"))?;
            let reference =
                authorised.reference.ok_or(CommerceError::Stored("authorisation without a reference"))?;
            // One attempt for each authorisation: it has the authorisation's ordinal.
            let earlier = payments::store::of_order(tx, order.id, kind)?;
            if let Some(same) = earlier.into_iter().find(|attempt| attempt.ordinal == authorised.ordinal) {
                return Ok((same, reference));
            }
            let attempt = Attempt {
                id: new_id,
                kind,
                order: Some(order.id),
                invoice: None,
                ordinal: authorised.ordinal,
                customer: order.customer,
                method: authorised.method,
                amount: order.total(),
                reference: None,
                page_url: None,
                status: AttemptStatus::Created,
                decline_code: None,
                local_day: local_date(tx.now(), &order.time_zone),
            };
            payments::store::insert(tx, &attempt, processor)?;
            Ok((attempt, reference))
        })
        .await
    }

    /// The answer to an attempt: asked for first when the call may have been made before, and only when the processor
    /// never heard of the key is the call made, with that key.
    pub(crate) async fn answer_of<'a, F>(&self, attempt: &Attempt, call: F) -> Result<Answer, CommerceError>
    where
        F: FnOnce() -> crate::ports::BoxFuture<'a, Result<Answer, CallError>>,
    {
        if let Some(answer) = self.processor().find(attempt.id).await? {
            return Ok(answer);
        }
        match call().await {
            Ok(answer) => Ok(answer),
            Err(CallError::Unknown(why)) => {
                let id = attempt.id;
                self.write(move |tx| Ok(payments::store::set_unknown(tx, id)?)).await?;
                // Often only the answer was lost. If nothing is known yet, the job that is waiting asks again.
                self.processor().find(id).await?.ok_or(CommerceError::ProcessorUnknown(why))
            }
            Err(refused) => Err(refused.into()),
        }
    }
}

/// Leaves a job behind that takes the order on, should this process end here.
pub(crate) fn go_on_later(tx: &mut Tx<'_>, order: OrderId) -> Result<(), CommerceError> {
    enqueue(tx, NewJob::new(ADVANCE_ORDER, &OrderJob { order_id: order }).key(order.to_string()))?;
    Ok(())
}
