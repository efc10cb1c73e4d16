//! The webmail sends through the same door as SMTP submission: ownership of From, limits, signatures, queue.

use mailkeep_smtp::MailHouse;
use mailkeep_smtp::submit::{LetterRefused, SubmissionReception, Why};
use mailkeep_web::webmail::{GuardSaid, Outgoing, Submission, SubmissionRefused, Submitted};

/// The door.
pub struct WebmailOut(pub SubmissionReception<MailHouse>);

impl Outgoing for WebmailOut {
    fn submit(&self, submission: Submission) -> Submitted<'_> {
        Box::pin(async move {
            let Submission { mailbox, from, sender, recipients, message, .. } = submission;
            match self.0.take_letter(mailbox, from, sender, recipients, message).await {
                Ok(taken) => Ok(taken.held.map(said)),
                Err(LetterRefused { why: Some(why), .. }) => Err(SubmissionRefused::ByGuard(said(why))),
                Err(refused) if refused.reply.is_permanent() => {
                    let whom = refused.recipient.map(|address| format!("{address}: ")).unwrap_or_default();
                    Err(SubmissionRefused::ByRule(format!("{whom}{}", refused.reply.text())))
                }
                Err(refused) => Err(SubmissionRefused::Failed(refused.reply.text())),
            }
        })
    }
}

fn said(why: Why) -> GuardSaid {
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    GuardSaid { code: why.code, value: number(why.value), limit: number(why.limit) }
}
