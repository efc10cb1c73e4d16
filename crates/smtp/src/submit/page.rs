//! A letter that was written on a page of ours goes the way of all submitted mail, only without the dialogue.

use std::net::{IpAddr, Ipv4Addr};

use mailkeep_protocols::smtp::{MailParams, RcptParams, Recipient, Reply};
use mailkeep_types::{EmailAddress, MailboxId, ids::new_uuid};

use super::SubmissionReception;
use crate::house::House;
use crate::session::{Accepted, Client, Envelope, Reception};

/// Why a letter was not taken.
#[derive(Debug)]
pub struct LetterRefused {
    /// The recipient it is about, if it is about one.
    pub recipient: Option<EmailAddress>,
    /// What a mail program would have been told.
    pub reply: Reply,
}

impl From<Reply> for LetterRefused {
    fn from(reply: Reply) -> Self {
        LetterRefused { recipient: None, reply }
    }
}

impl<H: House> SubmissionReception<H> {
    /// Takes a letter from a mailbox whose owner is signed in on a page: the same checks of sender, recipients and
    /// limits, the same signatures, the same queue. When it returns `Ok`, the letter is durably stored.
    ///
    /// # Errors
    /// What a mail program would have been told.
    pub async fn take_letter(
        &self,
        mailbox: MailboxId,
        sender: EmailAddress,
        recipients: Vec<EmailAddress>,
        message: Vec<u8>,
    ) -> Result<(), LetterRefused> {
        let client = Client {
            session: new_uuid(&*self.0.clock),
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            helo: "webmail".to_owned(),
            extended: true,
            tls: None,
            principal: Some(mailbox),
        };
        let smtputf8 = sender.needs_smtputf8() || recipients.iter().any(EmailAddress::needs_smtputf8);
        let params = MailParams { smtputf8, ..MailParams::default() };
        self.check_sender(&client, Some(&sender), &params).await?;
        let mut envelope = Envelope { sender: Some(sender), params, recipients: Vec::new() };
        for recipient in recipients {
            let asked = Recipient::Address(recipient.clone());
            let (address, target) = self
                .check_recipient(&client, &envelope, asked)
                .await
                .map_err(|reply| LetterRefused { recipient: Some(recipient), reply })?;
            envelope.recipients.push(Accepted { address, params: RcptParams::default(), target });
        }
        if envelope.recipients.is_empty() {
            return Err(Reply::of(554, (5, 5, 1), "The letter needs a recipient").into());
        }
        let reply = self.receive(&client, envelope, message).await;
        if reply.is_positive() { Ok(()) } else { Err(reply.into()) }
    }
}
