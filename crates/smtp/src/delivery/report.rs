//! Delivery reports as messages (RFC 3461 section 6, RFC 3462, RFC 3464).

use mailkeep_protocols::smtp::report::{Action, DeliveryReport, RecipientReport};
use mailkeep_protocols::smtp::trace::mail_date;
use mailkeep_protocols::smtp::{HeaderSection, Ret};
use mailkeep_types::{EmailAddress, Timestamp};
use uuid::Uuid;

/// What a report is made from.
pub(crate) struct ReportMail<'a> {
    pub host_name: &'a str,
    /// Who gets it: the envelope's sender.
    pub to: &'a EmailAddress,
    pub id: Uuid,
    pub now: Timestamp,
    pub report: &'a DeliveryReport,
    /// The message that the report is about.
    pub content: &'a [u8],
    pub ret: Option<Ret>,
}

/// A report brings back the headers only of a message longer than this.
const MAX_RETURNED: usize = 256 * 1024;

impl ReportMail<'_> {
    /// The whole message.
    pub(crate) fn build(&self) -> Vec<u8> {
        let boundary = format!("report-{}", self.id.simple());
        let (subject, lead) = self.words();
        let mut out = format!(
            "From: Mail Delivery <postmaster@{host}>\r\nTo: <{to}>\r\nSubject: {subject}\r\nDate: {date}\r\n\
             Message-ID: <{id}@{host}>\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"{boundary}\"\r\n\r\n\
             --{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{lead}\r\n",
            host = self.host_name,
            to = self.to,
            date = mail_date(self.now),
            id = self.id,
        );
        for recipient in &self.report.recipients {
            out.push_str(&describe(recipient));
        }
        out.push_str(&format!(
            "\r\n--{boundary}\r\nContent-Type: message/delivery-status\r\n\r\n{}\r\n",
            self.report.to_text()
        ));
        let whole =
            self.ret != Some(Ret::Headers) && self.content.len() <= MAX_RETURNED && self.has_failure();
        let kind = if whole { "message/rfc822" } else { "text/rfc822-headers" };
        let section = HeaderSection::of(self.content);
        let returned = if whole { self.content } else { section.header() };
        let encoding = if returned.is_ascii() { "7bit" } else { "8bit" };
        out.push_str(&format!(
            "--{boundary}\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
        ));
        let mut out = out.into_bytes();
        out.extend_from_slice(returned);
        out.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
        out
    }

    fn has_failure(&self) -> bool {
        self.report.recipients.iter().any(|recipient| recipient.action == Action::Failed)
    }

    fn words(&self) -> (&'static str, String) {
        let any = |action| self.report.recipients.iter().any(|recipient| recipient.action == action);
        let host = self.host_name;
        if any(Action::Failed) {
            (
                "Your message could not be delivered",
                format!(
                    "This is the mail system at {host}.\r\n\r\nYour message could not be delivered to the recipients below. It will not be tried again.\r\n"
                ),
            )
        } else if any(Action::Delayed) {
            (
                "Your message is delayed",
                format!(
                    "This is the mail system at {host}.\r\n\r\nYour message has not yet been delivered to the recipients below. We keep trying; you need not send it again.\r\n"
                ),
            )
        } else {
            (
                "Your message was delivered",
                format!(
                    "This is the mail system at {host}.\r\n\r\nYour message was delivered as you asked to be told.\r\n"
                ),
            )
        }
    }
}

fn describe(recipient: &RecipientReport) -> String {
    use mailkeep_protocols::smtp::report::Diagnostic;
    let mut out = format!("<{}>\r\n", recipient.last);
    if recipient.action == Action::Relayed {
        out.push_str("    was handed to a server that does not report deliveries.\r\n");
    }
    match &recipient.diagnostic {
        Some(Diagnostic::Smtp(words)) => {
            let by = recipient.remote.as_deref().unwrap_or("the recipient's server");
            out.push_str(&format!("    {by} said: {}\r\n", one_line(words)));
        }
        Some(Diagnostic::Local(words)) => out.push_str(&format!("    {}\r\n", one_line(words))),
        None => {}
    }
    if let Some(until) = recipient.retry_until {
        out.push_str(&format!("    We try until {}.\r\n", mail_date(until)));
    }
    out
}

fn one_line(words: &str) -> String {
    words.chars().take(900).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use mail_parser::{MessageParser, MimeHeaders};
    use mailkeep_protocols::smtp::Enhanced;
    use mailkeep_protocols::smtp::report::Diagnostic;

    use super::*;

    fn build(action: Action, ret: Option<Ret>, content: &[u8]) -> Vec<u8> {
        let report = DeliveryReport {
            envid: Some("E1".into()),
            reporting_host: "mx.example.com".into(),
            arrived: Timestamp::EPOCH,
            recipients: vec![RecipientReport {
                original: None,
                last: "b@example.org".into(),
                action,
                status: Enhanced(5, 1, 1),
                remote: Some("mx.example.org".into()),
                diagnostic: Some(Diagnostic::Smtp("550 5.1.1 no\r\n--such user".into())),
                last_attempt: None,
                retry_until: None,
            }],
        };
        let to = EmailAddress::parse("a@example.com").unwrap();
        let mail = ReportMail {
            host_name: "mx.example.com",
            to: &to,
            id: Uuid::nil(),
            now: Timestamp::EPOCH,
            report: &report,
            content,
            ret,
        };
        mail.build()
    }

    #[test]
    fn a_report_has_three_parts() {
        let content = b"Subject: hello\r\n\r\nbody text\r\n";
        let bytes = build(Action::Failed, None, content);
        let parsed = MessageParser::new().parse(&bytes).unwrap();
        assert_eq!(parsed.content_type().unwrap().subtype(), Some("report"));
        assert_eq!(parsed.parts.len(), 4);
        assert!(parsed.body_text(0).unwrap().contains("mx.example.org said: 550 5.1.1 no  --such user"));
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains("Status: 5.1.1\r\n") && text.contains("Original-Envelope-Id: E1\r\n"));
        assert!(text.contains("Content-Type: message/rfc822\r\n") && text.contains("body text"));
        assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
    }

    #[test]
    fn headers_only_when_asked_or_when_nothing_failed() {
        let content = b"Subject: hello\r\n\r\nbody text\r\n";
        for bytes in
            [build(Action::Failed, Some(Ret::Headers), content), build(Action::Delayed, None, content)]
        {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains("Content-Type: text/rfc822-headers\r\n") && !text.contains("body text"));
        }
    }
}
