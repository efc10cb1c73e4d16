//! What senders are told of their messages: which reports are due, and the messages that carry them.

use mailkeep_protocols::smtp::report::{Action, DeliveryReport, Diagnostic, RecipientReport};
use mailkeep_protocols::smtp::{Enhanced, MailParams, RcptParams, Reply, Ret};
use mailkeep_types::{EmailAddress, SharedClock, Timestamp, ids::new_uuid};

use super::report::ReportMail;
use crate::house::NewMessage;

/// Builds the lines about one recipient.
pub(crate) struct About;

impl About {
    /// Something that we did or found ourselves.
    pub(crate) fn local(
        address: &EmailAddress,
        params: &RcptParams,
        action: Action,
        status: Enhanced,
        words: Option<&str>,
    ) -> RecipientReport {
        RecipientReport {
            original: params.orcpt.clone(),
            last: address.to_string(),
            action,
            status,
            remote: None,
            diagnostic: words.map(|words| Diagnostic::Local(words.to_owned())),
            last_attempt: None,
            retry_until: None,
        }
    }

    /// An answer of another server; `remote` is `None` when the words are our own.
    pub(crate) fn answer(
        address: &EmailAddress,
        params: &RcptParams,
        action: Action,
        reply: &Reply,
        remote: Option<&str>,
    ) -> RecipientReport {
        let diagnostic = match remote {
            Some(_) => Diagnostic::Smtp(reply.to_string()),
            None => Diagnostic::Local(reply.text()),
        };
        RecipientReport {
            original: params.orcpt.clone(),
            last: address.to_string(),
            action,
            status: reply.status(),
            remote: remote.map(str::to_owned),
            diagnostic: Some(diagnostic),
            last_attempt: None,
            retry_until: None,
        }
    }
}

/// Makes the messages that carry reports.
pub(crate) struct ReportMaker<'a> {
    pub host_name: &'a str,
    pub clock: &'a SharedClock,
}

impl ReportMaker<'_> {
    /// A report to `sender`, itself without a sender, so that nobody reports on it (RFC 3464 section 2).
    pub(crate) fn message(
        &self,
        sender: &EmailAddress,
        report: &DeliveryReport,
        content: &[u8],
        ret: Option<Ret>,
    ) -> NewMessage {
        let id = new_uuid(&**self.clock);
        let mail = ReportMail {
            host_name: self.host_name,
            to: sender,
            id,
            now: self.clock.now(),
            report,
            content,
            ret,
        };
        let never = RcptParams { notify: Some(mailkeep_protocols::smtp::Notify::NEVER), orcpt: None };
        let smtputf8 = sender.needs_smtputf8();
        NewMessage {
            hold: None,
            vouched: false,
            mailbox: None,
            sender: None,
            params: MailParams { smtputf8, ..MailParams::default() },
            recipients: vec![(sender.clone(), never)],
            content: mail.build().into(),
        }
    }
}

/// Is a report of this action wanted (RFC 3461 section 4.1)? Without NOTIFY, failures and delays are told.
pub(crate) fn is_wanted(params: &RcptParams, action: Action) -> bool {
    match (params.notify, action) {
        (None, Action::Failed | Action::Delayed) => true,
        (None, _) => false,
        (Some(notify), Action::Failed) => notify.failure,
        (Some(notify), Action::Delayed) => notify.delay,
        (Some(notify), Action::Delivered | Action::Relayed) => notify.success,
    }
}

/// When the sender of a message that arrived then is told of a delay.
pub(crate) fn is_delay_due(arrived: Timestamp, now: Timestamp, after_seconds: u64) -> bool {
    now >= arrived.plus(std::time::Duration::from_secs(after_seconds))
}

#[cfg(test)]
mod tests {
    use mailkeep_protocols::smtp::Notify;

    use super::*;

    #[test]
    fn reports_are_as_wanted() {
        let with = |notify| RcptParams { notify, orcpt: None };
        assert!(is_wanted(&with(None), Action::Failed) && is_wanted(&with(None), Action::Delayed));
        assert!(!is_wanted(&with(None), Action::Relayed));
        for action in [Action::Failed, Action::Delayed, Action::Delivered, Action::Relayed] {
            assert!(!is_wanted(&with(Some(Notify::NEVER)), action));
        }
        let success = with(Some(Notify { success: true, failure: false, delay: false }));
        assert!(is_wanted(&success, Action::Relayed) && !is_wanted(&success, Action::Failed));
    }
}
