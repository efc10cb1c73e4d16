//! Finding out what became of attempts whose answer is missing.

use mailkeep_types::PaymentAttemptId;

use super::{AttemptKind, AttemptStatus, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

impl Commerce {
    /// Looks at one attempt again and goes on with what it belongs to. A payment that succeeded may be disputed.
    ///
    /// # Errors
    /// [`CommerceError::ProcessorUnknown`] while the processor does not answer.
    pub async fn reconcile_attempt(&self, id: PaymentAttemptId) -> Result<(), CommerceError> {
        let attempt =
            self.read(move |tx| store::find(tx, id)).await?.ok_or(CommerceError::NotFound("payment"))?;
        if matches!(attempt.kind, AttemptKind::Capture | AttemptKind::Charge)
            && attempt.status == AttemptStatus::Succeeded
        {
            return self.take_disputes(&attempt).await;
        }
        match (attempt.kind, attempt.order, attempt.invoice) {
            (AttemptKind::SetUp, ..) => self.advance_card_set_up(id).await.map(|_| ()),
            (AttemptKind::Refund, ..) => self.carry_out_refund(id).await.map(|_| ()),
            (AttemptKind::Charge, _, Some(invoice)) => self.collect_invoice(invoice).await.map(|_| ()),
            (_, None, Some(invoice)) => self.advance_invoice_payment(invoice).await.map(|_| ()),
            (_, Some(order), _) => self.advance_order(order).await.map(|_| ()),
            _ => Ok(()),
        }
    }

    /// Looks at every attempt that waits for an answer; returns how many there were. One that fails does not hold the
    /// others up.
    pub async fn reconcile_open_attempts(&self) -> Result<usize, CommerceError> {
        let open = self.read(store::open).await?;
        for attempt in &open {
            if let Err(error) = self.reconcile_attempt(attempt.id).await {
                tracing::warn!(attempt = %attempt.id, code = error.code(), %error, "a payment cannot be reconciled yet");
            }
        }
        Ok(open.len())
    }
}
