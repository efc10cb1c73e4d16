//! Disputes in the sandbox: a cardholder disputes a payment, we answer, and the bank decides a minute later.

use std::time::Duration;

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{Clock, Money, PaymentAttemptId, Timestamp, new_uuid};

use super::store::{self, Disputed, Given};
use super::{CallError, DELAY, Sandbox, outage};
use crate::processor::{DisputeAnswer, DisputeReply, DisputeState};

/// How long it takes until a cardholder disputes a payment.
const TIME_TO_DISPUTE: Duration = Duration::from_secs(5);
/// How long we have to answer.
const TIME_TO_ANSWER: Duration = Duration::from_secs(7 * 86_400);

impl Sandbox {
    pub(super) async fn disputes_of(&self, payment: &str) -> Result<Vec<DisputeAnswer>, CallError> {
        let payment = payment.to_owned();
        let rows = self.db.read(move |tx| {
            let Some(paid) = store::payment(tx, &payment)? else { return Ok::<_, SqlError>(Vec::new()) };
            store::disputes(tx, paid.attempt)
        });
        let now = self.db.now();
        let rows = rows.await.map_err(outage)?;
        Ok(rows.iter().filter(|row| row.opens_at <= now).map(|row| as_answer(row, now)).collect())
    }

    pub(super) async fn take_reply(&self, dispute: &str, reply: &DisputeReply) -> Result<(), CallError> {
        let word = match reply {
            DisputeReply::Contest { .. } => "contest",
            DisputeReply::Accept => "accept",
        };
        let (dispute, clock) = (dispute.to_owned(), self.clock().clone());
        let known = self.db.write(move |tx| {
            let Some(row) = store::dispute(tx, &dispute)? else { return Ok::<_, SqlError>(false) };
            if tx.now() < row.due_at && store::set_reply(tx, &dispute, word)? {
                let decided = tx.now().plus(DELAY);
                store::insert_webhook(tx, new_uuid(&*clock), row.attempt, "dispute", decided)?;
            }
            Ok(true)
        });
        match known.await.map_err(outage)? {
            true => Ok(()),
            false => Err(CallError::Refused("there is no such dispute".to_owned())),
        }
    }

    /// A cardholder disputes a part of a payment now, by the payment's key. Returns the dispute's reference.
    ///
    /// # Errors
    /// [`CallError::Unknown`] when the sandbox's database fails.
    pub async fn dispute(&self, payment: PaymentAttemptId, amount: Money) -> Result<String, CallError> {
        let clock = self.clock().clone();
        let opened = self.db.write(move |tx| {
            let now = tx.now();
            insert(tx, &*clock, payment, amount, now)
        });
        opened.await.map_err(outage)
    }
}

/// A payment whose scenario says so is disputed soon after.
pub(super) fn begin(tx: &mut Tx<'_>, clock: &dyn Clock, paid: &Given) -> Result<(), SqlError> {
    let opens_at = tx.now().plus(TIME_TO_DISPUTE);
    insert(tx, clock, paid.attempt, paid.amount, opens_at).map(drop)
}

fn insert(
    tx: &mut Tx<'_>,
    clock: &dyn Clock,
    attempt: PaymentAttemptId,
    amount: Money,
    opens_at: Timestamp,
) -> Result<String, SqlError> {
    let reference = format!("sbd_{}", new_uuid(clock).simple());
    let dispute = Disputed {
        reference: reference.clone(),
        attempt,
        amount,
        opens_at,
        due_at: opens_at.plus(TIME_TO_ANSWER),
        answer: None,
        answered_at: None,
        outcome: "won".to_owned(),
    };
    store::insert_dispute(tx, &dispute)?;
    store::insert_webhook(tx, new_uuid(clock), attempt, "dispute", opens_at)?;
    // What is not answered in time is lost, and the bank says so.
    store::insert_webhook(tx, new_uuid(clock), attempt, "dispute", dispute.due_at)?;
    Ok(reference)
}

fn as_answer(row: &Disputed, now: Timestamp) -> DisputeAnswer {
    let decided = row.answered_at.is_some_and(|at| at.plus(DELAY) <= now);
    let state = match row.answer.as_deref() {
        None if row.due_at <= now => DisputeState::Lost,
        None => DisputeState::NeedsResponse,
        Some("accept") => DisputeState::Lost,
        Some(_) if !decided => DisputeState::UnderReview,
        Some(_) if row.outcome == "lost" => DisputeState::Lost,
        Some(_) => DisputeState::Won,
    };
    DisputeAnswer {
        reference: row.reference.clone(),
        amount: row.amount,
        reason: "fraudulent".to_owned(),
        state,
        due_at: Some(row.due_at),
    }
}
