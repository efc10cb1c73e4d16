//! MAIL and RCPT.

use mailkeep_protocols::smtp::{MailParams, RcptParams, Recipient, Reply};
use mailkeep_types::EmailAddress;
use metrics::counter;

use super::incoming::too_big;
use super::{Accepted, Envelope, Reception, Role, Session};
use crate::wire::Transport;

impl<S: Transport, R: Reception> Session<S, R> {
    pub(super) async fn mail(&mut self, sender: Option<EmailAddress>, params: MailParams) {
        if let Some(refusal) = self.mail_refusal(sender.as_ref(), &params) {
            return self.refuse(&refusal);
        }
        if let Err(reply) = self.reception.check_sender(&self.client, sender.as_ref(), &params).await {
            return self.refuse(&reply);
        }
        self.envelope = Some(Envelope { sender, params, recipients: Vec::new() });
        self.wire.say(&Reply::of(250, (2, 1, 0), "Sender accepted"));
    }

    fn mail_refusal(&self, sender: Option<&EmailAddress>, params: &MailParams) -> Option<Reply> {
        let limits = &self.settings.limits;
        if self.client.helo.is_empty() {
            return Some(Reply::of(503, (5, 5, 1), "Say EHLO first"));
        }
        if self.reception.role() == Role::Submission && self.client.principal.is_none() {
            return Some(if self.client.tls.is_none() {
                Reply::of(530, (5, 7, 0), "Say STARTTLS first, then sign in with AUTH")
            } else {
                Reply::of(530, (5, 7, 0), "Sign in with AUTH first")
            });
        }
        if self.envelope.is_some() {
            return Some(Reply::of(503, (5, 5, 1), "One MAIL for each message; RSET starts anew"));
        }
        if params.size.is_some_and(|size| size > limits.max_message_bytes) {
            return Some(too_big(limits));
        }
        (sender.is_some_and(EmailAddress::needs_smtputf8) && !params.smtputf8)
            .then(|| Reply::of(550, (5, 6, 7), "This address needs the parameter SMTPUTF8 at MAIL"))
    }

    pub(super) async fn rcpt(&mut self, recipient: Recipient, params: RcptParams) {
        let Some(envelope) = &self.envelope else {
            return self.refuse(&Reply::of(503, (5, 5, 1), "Say MAIL first"));
        };
        if envelope.recipients.len() >= self.settings.limits.max_recipients {
            let most = self.settings.limits.max_recipients;
            let text = format!("A message may have {most} recipients; send it to the others again");
            // No error of the client, which cannot know our limit and is to go on with those that were accepted
            // (RFC 5321 section 4.5.3.1.10).
            return self.wire.say(&Reply::of(452, (4, 5, 3), text));
        }
        if let Recipient::Address(address) = &recipient
            && address.needs_smtputf8()
            && !envelope.params.smtputf8
        {
            return self.refuse(&Reply::of(
                553,
                (5, 6, 7),
                "This address needs the parameter SMTPUTF8 at MAIL",
            ));
        }
        match self.reception.check_recipient(&self.client, envelope, recipient).await {
            Ok((address, target)) => {
                if let Some(envelope) = &mut self.envelope {
                    envelope.recipients.push(Accepted { address, params, target });
                }
                self.wire.say(&Reply::of(250, (2, 1, 5), "Recipient accepted"));
            }
            Err(reply) => {
                let role = self.reception.role().as_str();
                counter!("mailkeep_smtp_recipients_refused_total", "role" => role).increment(1);
                self.refuse(&reply);
            }
        }
    }
}
