//! The webmail sends through the same door as SMTP submission: ownership of From, limits, signatures, queue.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use mailkeep_protocols::smtp::{MailParams, RcptParams, Recipient, Reply};
use mailkeep_smtp::MailHouse;
use mailkeep_smtp::session::{Accepted, Client, Envelope, Reception as _};
use mailkeep_smtp::submit::{SubmissionReception, WithinLimits};
use mailkeep_types::{MailboxId, SharedClock, new_uuid};
use mailkeep_web::webmail::{Outgoing, Submission, SubmissionRefused, Submitted};

/// The door.
pub struct WebmailOut {
    reception: SubmissionReception<MailHouse>,
    clock: SharedClock,
}

impl WebmailOut {
    /// A door into `house`, as the host named `host_name`.
    pub fn new(house: MailHouse, host_name: &str, clock: SharedClock) -> Self {
        let policy = Arc::new(WithinLimits(house.clone()));
        WebmailOut {
            reception: SubmissionReception::new(house, host_name, policy, Arc::clone(&clock)),
            clock,
        }
    }

    async fn take(&self, submission: Submission) -> Result<(), Reply> {
        let client: Client<MailboxId> = Client {
            session: new_uuid(&*self.clock),
            // The webmail's own address: where the person is does not travel with the mail.
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            helo: "webmail".to_owned(),
            extended: true,
            tls: Some("HTTPS".to_owned()),
            principal: Some(submission.mailbox),
        };
        let utf8 = submission.recipients.iter().chain([&submission.sender]).any(|a| a.needs_smtputf8());
        let params = MailParams { smtputf8: utf8, ..MailParams::default() };
        self.reception.check_sender(&client, Some(&submission.sender), &params).await?;
        let mut envelope = Envelope { sender: Some(submission.sender), params, recipients: Vec::new() };
        for recipient in submission.recipients {
            let (address, target) =
                self.reception.check_recipient(&client, &envelope, Recipient::Address(recipient)).await?;
            envelope.recipients.push(Accepted { address, params: RcptParams::default(), target });
        }
        let reply = self.reception.receive(&client, envelope, submission.message).await;
        if reply.code() < 300 { Ok(()) } else { Err(reply) }
    }
}

impl Outgoing for WebmailOut {
    fn submit(&self, submission: Submission) -> Submitted<'_> {
        Box::pin(async move {
            self.take(submission).await.map_err(|reply| match reply.code() {
                400..=499 => SubmissionRefused::Failed(reply.text()),
                _ => SubmissionRefused::ByRule(reply.text()),
            })
        })
    }
}
