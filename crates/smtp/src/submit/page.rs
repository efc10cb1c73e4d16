//! A letter that was written on a page of ours goes the way of all submitted mail, only without the dialogue.

use std::net::IpAddr;

use mailkeep_protocols::smtp::{MailParams, RcptParams, Recipient, Reply};
use mailkeep_types::{EmailAddress, MailboxId, ids::new_uuid};
use uuid::Uuid;

use super::{SignedIn, SubmissionReception, Why};
use crate::house::House;
use crate::session::{Accepted, Client, Envelope, Reception};

/// Why a letter was not taken.
#[derive(Debug)]
pub struct LetterRefused {
    /// The recipient it is about, if it is about one.
    pub recipient: Option<EmailAddress>,
    /// What a mail program would have been told.
    pub reply: Reply,
    /// The rule that the submission policy spoke by.
    pub why: Option<Why>,
}

/// A letter that is durably stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterTaken {
    /// Its number in the trace.
    pub id: Uuid,
    /// Why it waits for a decision, if it does.
    pub held: Option<Why>,
}

impl LetterTaken {
    /// What a mail program is told.
    pub(super) fn into_reply(self) -> Reply {
        let id = self.id.simple();
        match self.held {
            None => Reply::of(250, (2, 0, 0), format!("Accepted as {id}")),
            Some(why) => Reply::of(
                250,
                (2, 0, 0),
                format!("Accepted as {id}, and held ({}): {}", why.code, why.sentence),
            ),
        }
    }
}

impl From<Reply> for LetterRefused {
    fn from(reply: Reply) -> Self {
        LetterRefused { recipient: None, reply, why: None }
    }
}

impl<H: House> SubmissionReception<H> {
    /// Takes a letter from a mailbox whose owner is signed in on a page and comes `from` a network: the same checks of sender, recipients and
    /// limits, the same signatures, the same queue. When it returns `Ok`, the letter is durably stored.
    ///
    /// # Errors
    /// What a mail program would have been told.
    pub async fn take_letter(
        &self,
        mailbox: MailboxId,
        from: IpAddr,
        sender: EmailAddress,
        recipients: Vec<EmailAddress>,
        message: Vec<u8>,
    ) -> Result<LetterTaken, LetterRefused> {
        let client = Client {
            session: new_uuid(&*self.0.clock),
            address: from,
            helo: "webmail".to_owned(),
            extended: true,
            tls: None,
            principal: Some(SignedIn { mailbox, at: self.0.clock.now() }),
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
                .map_err(|reply| LetterRefused { recipient: Some(recipient), reply, why: None })?;
            envelope.recipients.push(Accepted { address, params: RcptParams::default(), target });
        }
        if envelope.recipients.is_empty() {
            return Err(Reply::of(554, (5, 5, 1), "The letter needs a recipient").into());
        }
        self.take(&client, envelope, message).await
    }
}
