//! The machine-readable part of a delivery report: `message/delivery-status` (RFC 3464).

use mailkeep_types::Timestamp;

use super::reply::Enhanced;
use super::trace::mail_date;
use super::xtext;

/// What became of a recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Given up.
    Failed,
    /// Not yet delivered, tried further.
    Delayed,
    /// In the mailbox.
    Delivered,
    /// Handed to a server that does not report deliveries (RFC 3461 section 6.2).
    Relayed,
}

impl Action {
    /// The word in the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Action::Failed => "failed",
            Action::Delayed => "delayed",
            Action::Delivered => "delivered",
            Action::Relayed => "relayed",
        }
    }
}

/// The lines about one recipient.
#[derive(Debug, Clone)]
pub struct RecipientReport {
    /// The recipient as the sender first wrote it: address type and address.
    pub original: Option<(String, String)>,
    /// The address that was tried.
    pub last: String,
    /// What became of it.
    pub action: Action,
    /// The status code.
    pub status: Enhanced,
    /// The server that answered.
    pub remote: Option<String>,
    /// Its answer, or our own words when no server answered.
    pub diagnostic: Option<Diagnostic>,
    /// When it was last tried.
    pub last_attempt: Option<Timestamp>,
    /// When we shall give up.
    pub retry_until: Option<Timestamp>,
}

/// Whose words a diagnosis has.
#[derive(Debug, Clone)]
pub enum Diagnostic {
    /// A reply of a server.
    Smtp(String),
    /// Our own.
    Local(String),
}

/// A report about one message.
#[derive(Debug, Clone)]
pub struct DeliveryReport {
    /// The sender's own name for the envelope.
    pub envid: Option<String>,
    /// Our host name.
    pub reporting_host: String,
    /// When the message came to us.
    pub arrived: Timestamp,
    /// The recipients.
    pub recipients: Vec<RecipientReport>,
}

impl DeliveryReport {
    /// The content of the `message/delivery-status` part.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        if let Some(envid) = &self.envid {
            field(&mut out, "Original-Envelope-Id", &xtext::encode(envid));
        }
        field(&mut out, "Reporting-MTA", &format!("dns; {}", self.reporting_host));
        field(&mut out, "Arrival-Date", &mail_date(self.arrived));
        for recipient in &self.recipients {
            out.push_str("\r\n");
            recipient.write(&mut out);
        }
        out
    }
}

impl RecipientReport {
    fn write(&self, out: &mut String) {
        if let Some((kind, address)) = &self.original {
            field(out, "Original-Recipient", &typed_address(kind, address));
        }
        field(out, "Final-Recipient", &typed_address("rfc822", &self.last));
        field(out, "Action", self.action.as_str());
        field(out, "Status", &self.status.to_string());
        if let Some(remote) = &self.remote {
            field(out, "Remote-MTA", &format!("dns; {remote}"));
        }
        match &self.diagnostic {
            Some(Diagnostic::Smtp(words)) => field(out, "Diagnostic-Code", &format!("smtp; {words}")),
            Some(Diagnostic::Local(words)) => field(out, "Diagnostic-Code", &format!("x-mailkeep; {words}")),
            None => {}
        }
        if let Some(at) = self.last_attempt {
            field(out, "Last-Attempt-Date", &mail_date(at));
        }
        if let Some(until) = self.retry_until {
            field(out, "Will-Retry-Until", &mail_date(until));
        }
    }
}

/// `rfc822; address`; an address outside ASCII goes as `utf-8` with its characters escaped (RFC 6533 section 3).
fn typed_address(kind: &str, address: &str) -> String {
    if address.is_ascii() {
        return format!("{kind}; {address}");
    }
    let escaped: String = address
        .chars()
        .map(|c| if c.is_ascii() && c != '\\' { c.to_string() } else { format!("\\x{{{:X}}}", u32::from(c)) })
        .collect();
    format!("utf-8; {escaped}")
}

/// One field, its value cleaned of control characters, cut at 2,000 characters and folded at 78 where it has spaces.
fn field(out: &mut String, name: &str, value: &str) {
    out.push_str(name);
    out.push(':');
    let mut width = name.len() + 1;
    let clean: String = value
        .chars()
        .take(2000)
        .map(|c| {
            if c.is_control() {
                ' '
            } else if c.is_ascii() {
                c
            } else {
                '?'
            }
        })
        .collect();
    for word in clean.split(' ').filter(|word| !word.is_empty()) {
        if width + word.len() + 1 > 78 && width > name.len() + 1 {
            out.push_str("\r\n\t");
            width = 1;
        } else {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += word.len();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn report(diagnostic: &str, address: &str) -> DeliveryReport {
        DeliveryReport {
            envid: Some("Q 1".into()),
            reporting_host: "mx.example.com".into(),
            arrived: Timestamp::from_seconds(1_700_000_000),
            recipients: vec![RecipientReport {
                original: Some(("rfc822".into(), "first@example.org".into())),
                last: address.into(),
                action: Action::Failed,
                status: Enhanced(5, 1, 1),
                remote: Some("mx.example.org".into()),
                diagnostic: Some(Diagnostic::Smtp(diagnostic.into())),
                last_attempt: None,
                retry_until: None,
            }],
        }
    }

    #[test]
    fn writes_a_report() {
        assert_eq!(
            report("550 5.1.1 no such user", "ada@example.org").to_text(),
            "Original-Envelope-Id: Q+201\r\nReporting-MTA: dns; mx.example.com\r\n\
             Arrival-Date: Tue, 14 Nov 2023 22:13:20 +0000\r\n\r\n\
             Original-Recipient: rfc822; first@example.org\r\nFinal-Recipient: rfc822; ada@example.org\r\n\
             Action: failed\r\nStatus: 5.1.1\r\nRemote-MTA: dns; mx.example.org\r\n\
             Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n"
        );
    }

    #[test]
    fn addresses_outside_ascii_are_escaped() {
        let text = report("", "bücher@example.org").to_text();
        assert!(text.contains("Final-Recipient: utf-8; b\\x{FC}cher@example.org\r\n"), "{text}");
    }

    proptest! {
        #[test]
        fn words_of_a_server_add_no_field(words in "(?s).{0,300}") {
            let text = report(&words, "ada@example.org").to_text();
            prop_assert!(text.is_ascii());
            for line in text.split("\r\n") {
                prop_assert!(!line.contains(['\r', '\n']));
                prop_assert!(line.is_empty() || line.starts_with('\t') || line.contains(": ") || line.ends_with(':'));
            }
            let fields = text.split("\r\n").filter(|line| !line.is_empty() && !line.starts_with('\t')).count();
            prop_assert_eq!(fields, 9);
        }
    }
}
