//! The check of a new card: a small charge that is given back at once. Both are in the journal, their sum is nothing, and
//! an order whose card cannot be charged does not go on.

use mailkeep_types::{Money, PaymentAttemptId, new_uuid};

use super::{Attempt, AttemptKind, AttemptStatus, store};
use crate::commerce::{Commerce, local_date};
use crate::error::CommerceError;
use crate::journal;
use crate::notices;
use crate::orders::Order;
use crate::processor::{Answer, Outcome, StoredCard};

/// What the check of a card came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CardCheckup {
    /// It was charged, and the money is back.
    Works,
    /// The bank or the payer has not answered yet.
    Waiting,
    /// It cannot be charged.
    Fails {
        /// Whether it never will.
        hard: bool,
    },
}

impl Commerce {
    /// Charges the card of an order's authorisation a little and gives it back.
    pub(crate) async fn check_card(
        &self,
        order: &Order,
        authorisation: &Attempt,
        card: &StoredCard,
        amount: Money,
    ) -> Result<CardCheckup, CommerceError> {
        let processor = self.processor();
        let check = self.attempt_beside(order, authorisation, AttemptKind::Check, amount).await?;
        let charged = self.answer_of(&check, || processor.charge(check.id, card, amount)).await?;
        self.book_check(&check, &charged).await?;
        match charged.outcome {
            Outcome::Succeeded => {}
            Outcome::Declined { hard, .. } => return Ok(CardCheckup::Fails { hard }),
            Outcome::ActionRequired => return Ok(CardCheckup::Fails { hard: false }),
            Outcome::Pending => return Ok(CardCheckup::Waiting),
        }
        let back = self.attempt_beside(order, authorisation, AttemptKind::CheckReturn, amount).await?;
        let call = || processor.refund(back.id, &charged.reference, amount);
        let returned = self.answer_of(&back, call).await?;
        self.book_check(&back, &returned).await?;
        Ok(match returned.outcome {
            Outcome::Succeeded => CardCheckup::Works,
            // What was charged must come back before anything goes on; it is asked for again.
            _ => CardCheckup::Waiting,
        })
    }

    /// Gives the authorisation of a card up that failed its check, and asks the payer for another one.
    pub(crate) async fn refuse_card(
        &self,
        order: &Order,
        authorisation: &Attempt,
        authorised: &Answer,
        hard: bool,
    ) -> Result<(), CommerceError> {
        let release =
            self.attempt_beside(order, authorisation, AttemptKind::Release, authorisation.amount).await?;
        let call = || self.processor().release(release.id, &authorised.reference);
        let released = self.answer_of(&release, call).await?;
        let refused = Answer {
            outcome: Outcome::Declined { hard, code: "card_check_failed".to_owned() },
            card: None,
            ..authorised.clone()
        };
        let (order, id, policy) = (order.clone(), authorisation.id, self.policy().clone());
        self.write(move |tx| {
            store::set_answer(tx, release.id, &released)?;
            if store::set_answer(tx, id, &refused)? {
                notices::order(tx, &policy, "commerce/payment_failed", &order)?;
            }
            Ok(())
        })
        .await
    }

    /// The attempt of a kind that belongs to an authorisation, written if it is not there yet.
    async fn attempt_beside(
        &self,
        order: &Order,
        authorisation: &Attempt,
        kind: AttemptKind,
        amount: Money,
    ) -> Result<Attempt, CommerceError> {
        let attempt = Attempt {
            id: PaymentAttemptId::new(&**self.clock()),
            kind,
            amount,
            reference: None,
            page_url: None,
            status: AttemptStatus::Created,
            decline_code: None,
            local_day: local_date(self.clock().now(), &order.time_zone),
            ..authorisation.clone()
        };
        let (processor, order) = (self.processor().name(), order.id);
        self.write(move |tx| {
            let earlier = store::of_order(tx, order, kind)?;
            if let Some(same) = earlier.into_iter().find(|earlier| earlier.ordinal == attempt.ordinal) {
                return Ok(same);
            }
            store::insert(tx, &attempt, processor)?;
            Ok(attempt.clone())
        })
        .await
    }

    async fn book_check(&self, attempt: &Attempt, answer: &Answer) -> Result<(), CommerceError> {
        let (attempt, answer, entry_id) = (attempt.clone(), answer.clone(), new_uuid(&**self.clock()));
        self.write(move |tx| {
            if !store::set_answer(tx, attempt.id, &answer)? || answer.outcome != Outcome::Succeeded {
                return Ok(());
            }
            let (id, customer, on) = (attempt.id.uuid(), attempt.customer, attempt.local_day);
            let entry = match attempt.kind {
                AttemptKind::Check => journal::entry::card_checked(id, customer, on, attempt.amount),
                _ => journal::entry::card_check_returned(id, customer, on, attempt.amount),
            };
            journal::store::book(tx, entry_id, &entry)
        })
        .await
    }
}
