//! The webmail sends through the same door as SMTP submission: ownership of From, limits, signatures, queue.

use mailkeep_smtp::MailHouse;
use mailkeep_smtp::submit::SubmissionReception;
use mailkeep_web::webmail::{Outgoing, Submission, SubmissionRefused, Submitted};

/// The door.
pub struct WebmailOut(pub SubmissionReception<MailHouse>);

impl Outgoing for WebmailOut {
    fn submit(&self, submission: Submission) -> Submitted<'_> {
        Box::pin(async move {
            let Submission { mailbox, sender, recipients, message, .. } = submission;
            self.0.take_letter(mailbox, sender, recipients, message).await.map_err(|refused| {
                if refused.reply.is_permanent() {
                    let whom = refused.recipient.map(|address| format!("{address}: ")).unwrap_or_default();
                    SubmissionRefused::ByRule(format!("{whom}{}", refused.reply.text()))
                } else {
                    SubmissionRefused::Failed(refused.reply.text())
                }
            })
        })
    }
}
