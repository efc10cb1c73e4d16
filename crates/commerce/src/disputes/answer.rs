//! Answering a dispute: summary and evidence are kept, sealed, before the processor gets them as one document. So what the bank
//! has is always here too, also when the answer to the call was lost.

use mailkeep_policy::{Personal, Place, Subject, category};
use mailkeep_types::{DisputeId, StaffId};

use super::{Dispute, DisputeState, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::payments;
use crate::processor::DisputeReply;

impl Commerce {
    /// Answers a dispute. The first answer that the processor takes counts.
    ///
    /// # Errors
    /// [`CommerceError::Staff`] when it does not wait for an answer (any more); [`CommerceError::ProcessorUnknown`] when
    /// nobody knows whether the processor took it: answer it again, and it is asked first.
    pub async fn answer_dispute(
        &self,
        staff: StaffId,
        id: DisputeId,
        reply: DisputeReply,
    ) -> Result<Dispute, CommerceError> {
        let dispute = self.find_dispute(id).await?;
        // An earlier answer may have been taken and its outcome lost: what is kept must stay what the bank has.
        self.look_again(&dispute).await?;
        let dispute = self.find_dispute(id).await?;
        if dispute.state != DisputeState::NeedsResponse {
            return Err(answered_already());
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
        self.write(move |tx| match store::prepare(tx, id, staff, summary.as_ref(), evidence.as_ref())? {
            true => Ok(()),
            false => Err(answered_already()),
        })
        .await?;
        self.processor().answer_dispute(&dispute.reference, &reply).await?;
        self.write(move |tx| Ok(store::set_answered(tx, id)?)).await?;
        self.look_again(&dispute).await?;
        self.find_dispute(id).await
    }

    async fn look_again(&self, dispute: &Dispute) -> Result<(), CommerceError> {
        let payment = dispute.payment;
        let payment = self
            .read(move |tx| payments::store::find(tx, payment))
            .await?
            .ok_or(CommerceError::NotFound("payment"))?;
        self.take_disputes(&payment).await
    }
}

fn answered_already() -> CommerceError {
    CommerceError::Staff("this dispute does not wait for an answer any more".to_owned())
}
