//! Answering a dispute: the processor gets the summary and the evidence as one document, and both are kept sealed.

use mailkeep_policy::{Personal, Place, Subject, category};
use mailkeep_types::{DisputeId, StaffId};

use super::{Dispute, DisputeState, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::payments;
use crate::processor::DisputeReply;

impl Commerce {
    /// Answers a dispute. The first answer counts.
    ///
    /// # Errors
    /// [`CommerceError::Staff`] when it does not wait for an answer (any more); [`CommerceError::ProcessorUnknown`] when
    /// the processor did not take it: answer it again.
    pub async fn answer_dispute(
        &self,
        staff: StaffId,
        id: DisputeId,
        reply: DisputeReply,
    ) -> Result<Dispute, CommerceError> {
        let dispute = self.find_dispute(id).await?;
        if dispute.state != DisputeState::NeedsResponse {
            return Err(CommerceError::Staff("this dispute does not wait for an answer any more".to_owned()));
        }
        let (summary, evidence) = match &reply {
            DisputeReply::Accept => (None, None),
            DisputeReply::Contest { summary, document } => {
                let place = |column| Place { table: "disputes", column, row: id.uuid() };
                let subject = Subject::customer(dispute.customer);
                let text: Personal<_, category::FraudSignal> = Personal::new(summary.clone());
                let pack: Personal<_, category::FraudSignal> = Personal::new(document.clone());
                let text = self.policy().seal(subject, place("summary"), &text)?.into_bytes();
                (Some(text), Some(self.policy().seal(subject, place("evidence"), &pack)?.into_bytes()))
            }
        };
        self.processor().answer_dispute(&dispute.reference, &reply).await?;
        self.write(move |tx| {
            store::set_answer(tx, id, staff, summary.as_ref(), evidence.as_ref())?;
            Ok(())
        })
        .await?;
        let payment = dispute.payment;
        let payment = self
            .read(move |tx| payments::store::find(tx, payment))
            .await?
            .ok_or(CommerceError::NotFound("payment"))?;
        self.take_disputes(&payment).await?;
        self.find_dispute(id).await
    }
}
