//! What a member of staff decides about a held order: approve, ask for more, refuse.

use mailkeep_policy::{Personal, Place, Subject, category};
use mailkeep_types::{OrderId, StaffId, new_uuid};

use super::advance::go_on_later;
use super::{OrderStatus, held, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::notices;

/// A decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Take the payment and serve.
    Approve,
    /// Ask the applicant for more; the order stays held.
    AskForMore,
    /// Give the authorisation up.
    Refuse,
    /// The same, and never serve what it came with again: two people decide, see
    /// [`refuse_and_block`](super::refuse_and_block).
    RefuseAndBlock,
}

impl Decision {
    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            Decision::Approve => "approve",
            Decision::AskForMore => "ask_for_more",
            Decision::Refuse => "refuse",
            Decision::RefuseAndBlock => "refuse_and_block",
        }
    }
}

impl Commerce {
    /// Carries a decision out. The caller has checked that the member of staff may decide. `note` is the question when
    /// more is asked for, which the applicant gets by mail and on the page of the order; else a note for other reviewers.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] for `note` when more is asked for without a question.
    /// [`CommerceError::Staff`] when the order is not held (any more).
    pub async fn decide_order(
        &self,
        id: OrderId,
        staff: StaffId,
        decision: Decision,
        note: Option<String>,
    ) -> Result<OrderStatus, CommerceError> {
        let order =
            self.read(move |tx| store::find(tx, id)).await?.ok_or(CommerceError::NotFound("order"))?;
        let decision_id = new_uuid(&**self.clock());
        // A question is the applicant's to read; the note to a decision is not.
        let (note, question) = match decision {
            Decision::AskForMore => (None, note),
            Decision::Approve | Decision::Refuse => (note, None),
            Decision::RefuseAndBlock => {
                let message = "a block is proposed, and a colleague agrees to it".to_owned();
                return Err(CommerceError::Staff(message));
            }
        };
        if decision == Decision::AskForMore && question.as_ref().is_none_or(|text| text.trim().is_empty()) {
            return Err(CommerceError::invalid("note", "write what the applicant is asked"));
        }
        let sealed_question = match &question {
            Some(text) => Some(self.seal_question(order.customer, "question", decision_id, text.clone())?),
            None => None,
        };
        let note = match note {
            Some(text) => {
                let place = Place { table: "order_decisions", column: "note", row: decision_id };
                let note: Personal<_, category::FraudSignal> = Personal::new(text);
                Some(self.policy().seal(Subject::customer(order.customer), place, &note)?.into_bytes())
            }
            None => None,
        };
        let policy = self.policy().clone();
        self.write(move |tx| {
            let order = store::find(tx, id)?.ok_or(CommerceError::NotFound("order"))?;
            if !matches!(order.status, OrderStatus::InReview | OrderStatus::MoreAsked) {
                let message = format!("order {} is not in review any more; look at it again", order.number);
                return Err(CommerceError::Staff(message));
            }
            let next = match decision {
                Decision::Approve => OrderStatus::Capturing,
                Decision::AskForMore => OrderStatus::MoreAsked,
                Decision::Refuse | Decision::RefuseAndBlock => OrderStatus::Releasing,
            };
            if held::store::proposal(tx, id)?.is_some() {
                let message =
                    "a colleague proposed to refuse and block; agree to it, or not, first".to_owned();
                return Err(CommerceError::Staff(message));
            }
            store::move_on(tx, id, order.status, next)?;
            store::insert_decision(tx, decision_id, id, staff, decision.word(), note.as_ref())?;
            match decision {
                Decision::AskForMore => {
                    if let (Some(text), Some(sealed)) = (&question, &sealed_question) {
                        store::insert_question(tx, decision_id, id, sealed)?;
                        notices::order_question(tx, &policy, &order, decision_id, text)?;
                    }
                }
                Decision::Approve | Decision::Refuse | Decision::RefuseAndBlock => {
                    store::set_decided(tx, id, Some(staff))?;
                    go_on_later(tx, id)?;
                }
            }
            Ok(())
        })
        .await?;
        match self.advance_order(id).await {
            // The decision stands and its job goes on; the processor's silence is not the reviewer's fault.
            Err(CommerceError::ProcessorUnknown(_)) => Ok(OrderStatus::Capturing),
            other => other,
        }
    }
}
