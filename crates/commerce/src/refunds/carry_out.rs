//! Carrying a refund out, and finding out what became of it.

use mailkeep_types::{PaymentAttemptId, new_uuid};

use super::{Refund, RefundStatus, store};
use crate::commerce::Commerce;
use crate::credits::{self, CreditKind};
use crate::error::CommerceError;
use crate::payments;
use crate::processor::{Answer, CardChecks, Outcome};
use crate::{invoices, journal, notices};

impl Commerce {
    /// Takes a refund as far as it goes. Called again it changes nothing that was done.
    ///
    /// # Errors
    /// [`CommerceError::ProcessorUnknown`] while the processor does not answer; the money stays reserved until it does.
    pub(crate) async fn carry_out_refund(&self, id: PaymentAttemptId) -> Result<Refund, CommerceError> {
        let (refund, attempt, payment) = self
            .read(move |tx| {
                let refund = store::find(tx, id)?.ok_or(CommerceError::NotFound("refund"))?;
                let attempt = payments::store::find(tx, id)?.ok_or(CommerceError::NotFound("payment"))?;
                let payment =
                    payments::store::find(tx, refund.payment)?.ok_or(CommerceError::NotFound("payment"))?;
                Ok((refund, attempt, payment))
            })
            .await?;
        if refund.status != RefundStatus::Begun {
            return Ok(refund);
        }
        let reference = payment.reference.ok_or(CommerceError::Stored("payment without a reference"))?;
        let call = || self.processor().refund(id, &reference, refund.amount);
        let answer = match self.answer_of(&attempt, call).await {
            // Refused as such, nothing was done: it is credit again, and staff see why.
            Err(CommerceError::ProcessorRefused(code)) => Answer {
                outcome: Outcome::Declined { hard: true, code },
                reference: reference.clone(),
                card: None,
                checks: CardChecks::default(),
            },
            other => other?,
        };
        let commerce = self.clone();
        self.write(move |tx| {
            payments::store::set_answer(tx, id, &answer)?;
            let status = match answer.outcome {
                Outcome::Succeeded => RefundStatus::Paid,
                Outcome::Declined { .. } => RefundStatus::Failed,
                Outcome::ActionRequired | Outcome::Pending => return Ok(refund.clone()),
            };
            if store::end(tx, id, status)? {
                let (customer, on, amount) = (refund.customer, attempt.local_day, refund.amount);
                let clock = commerce.clock();
                let entry = if status == RefundStatus::Paid {
                    journal::entry::refund_paid(id.uuid(), customer, on, amount)
                } else {
                    let kind = CreditKind::RefundFailed;
                    credits::store::insert(tx, new_uuid(&**clock), customer, kind, id.uuid(), amount)?;
                    journal::entry::refund_failed(id.uuid(), customer, on, amount)
                };
                journal::store::book(tx, new_uuid(&**clock), &entry)?;
                let invoice =
                    invoices::store::find(tx, refund.invoice)?.ok_or(CommerceError::NotFound("invoice"))?;
                if let Some(person) = invoices::store::person(tx, invoice.id)?
                    && status == RefundStatus::Paid
                {
                    let (template, key) = ("commerce/refund_paid", id.to_string());
                    notices::invoice(tx, commerce.policy(), template, person, &invoice, amount, &key)?;
                }
            }
            Ok(Refund { status, ..refund.clone() })
        })
        .await
    }
}
