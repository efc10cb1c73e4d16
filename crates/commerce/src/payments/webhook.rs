//! Taking webhooks in: verified on the raw bytes, each event once, and never believed: it only says where to look.

use mailkeep_storage::jobs::{NewJob, enqueue};

use super::store;
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::jobs::{AttemptJob, RECONCILE};
use crate::processor::About;

impl Commerce {
    /// Takes a webhook of the processor in. Replayed and shuffled webhooks lead to the same state, since what happened
    /// is asked of the processor by the job that this writes.
    ///
    /// # Errors
    /// [`CommerceError::Webhook`] when it is not the processor's; answer 400 then, and 2xx otherwise.
    pub async fn receive_webhook(&self, body: &[u8], signature: &str) -> Result<(), CommerceError> {
        let event = self.processor().read_webhook(body, signature, self.clock().now())?;
        let processor = self.processor().name();
        self.write(move |tx| {
            let attempt = match &event.about {
                None => return Ok(()),
                Some(About::Attempt(id)) => match store::find(tx, *id)? {
                    Some(attempt) => attempt.id,
                    // A key that is not ours is a mistake of the processor's settings; it changes nothing.
                    None => return Err(CommerceError::Webhook("it names a payment that is not ours")),
                },
                // Payments that were made by hand on the processor's own pages are none of ours.
                Some(About::Payment(reference)) => match store::by_reference(tx, processor, reference)? {
                    Some(id) => id,
                    None => return Ok(()),
                },
            };
            if store::insert_event(tx, processor, &event.id, attempt)? {
                let job = NewJob::new(RECONCILE, &AttemptJob { attempt_id: attempt });
                enqueue(tx, job.key(attempt.to_string()))?;
            }
            Ok(())
        })
        .await
    }
}
