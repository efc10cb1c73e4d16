//! One message to some recipients of one destination, as commands, and whether the server can take it at all.

use mailkeep_protocols::smtp::{HeaderSection, MailParams, RcptParams, Reply, xtext};
use mailkeep_types::EmailAddress;

use super::client::Features;

/// What goes over a connection at once.
pub(crate) struct Transaction<'a> {
    pub sender: Option<&'a EmailAddress>,
    pub params: &'a MailParams,
    pub recipients: Vec<(&'a EmailAddress, &'a RcptParams)>,
    pub content: &'a [u8],
}

impl Transaction<'_> {
    /// Why this server cannot take the message, in the form of a reply of our own.
    pub(crate) fn obstacle(&self, features: &Features) -> Option<Reply> {
        if features.size.is_some_and(|limit| limit < self.content.len() as u64) {
            return Some(Reply::of(
                552,
                (5, 3, 4),
                "The message is larger than the recipient's server takes",
            ));
        }
        if self.needs_smtputf8() && !features.smtputf8 {
            return Some(Reply::of(
                550,
                (5, 6, 7),
                "The recipient's server takes no addresses outside ASCII (SMTPUTF8)",
            ));
        }
        (self.is_eight_bit() && !features.eight_bit).then(|| {
            Reply::of(550, (5, 6, 3), "The recipient's server takes no 8-bit text; send it as base64")
        })
    }

    fn needs_smtputf8(&self) -> bool {
        let addresses = self.recipients.iter().map(|(address, _)| *address).chain(self.sender);
        let mut wide = addresses.filter(|address| address.needs_smtputf8());
        wide.next().is_some()
            || (self.params.smtputf8 && !HeaderSection::of(self.content).header().is_ascii())
    }

    fn is_eight_bit(&self) -> bool {
        !self.content.is_ascii()
    }

    /// MAIL, each RCPT, and DATA, with what the server understands of their parameters.
    pub(crate) fn commands(&self, features: &Features) -> Vec<String> {
        let mut mail =
            format!("MAIL FROM:<{}>", self.sender.map(EmailAddress::to_string).unwrap_or_default());
        if features.size.is_some() {
            mail.push_str(&format!(" SIZE={}", self.content.len()));
        }
        if self.is_eight_bit() && features.eight_bit {
            mail.push_str(" BODY=8BITMIME");
        }
        if self.needs_smtputf8() && features.smtputf8 {
            mail.push_str(" SMTPUTF8");
        }
        if features.dsn {
            if let Some(ret) = self.params.ret {
                mail.push_str(&format!(" RET={}", ret.as_str()));
            }
            if let Some(envid) = &self.params.envid {
                mail.push_str(&format!(" ENVID={}", xtext::encode(envid)));
            }
        }
        mail.push_str("\r\n");
        let mut commands = vec![mail];
        for (address, params) in &self.recipients {
            let mut rcpt = format!("RCPT TO:<{address}>");
            if features.dsn {
                if let Some(notify) = params.notify {
                    rcpt.push_str(&format!(" NOTIFY={}", notify.to_words()));
                }
                if let Some((kind, original)) = &params.orcpt {
                    rcpt.push_str(&format!(" ORCPT={kind};{}", xtext::encode(original)));
                }
            }
            rcpt.push_str("\r\n");
            commands.push(rcpt);
        }
        commands.push("DATA\r\n".to_owned());
        commands
    }
}

#[cfg(test)]
mod tests {
    use mailkeep_protocols::smtp::{Notify, Ret};

    use super::*;

    #[test]
    fn parameters_go_where_they_are_understood() {
        let (sender, rcpt) =
            (EmailAddress::parse("a@example.com").unwrap(), EmailAddress::parse("b@example.org").unwrap());
        let params =
            MailParams { ret: Some(Ret::Headers), envid: Some("Q 1".into()), ..MailParams::default() };
        let to = RcptParams {
            notify: Some(Notify::NEVER),
            orcpt: Some(("rfc822".into(), "c@example.org".into())),
        };
        let transaction = Transaction {
            sender: Some(&sender),
            params: &params,
            recipients: vec![(&rcpt, &to)],
            content: "Subject: x\r\n\r\n\u{fc}\r\n".as_bytes(),
        };
        let all = Features {
            pipelining: true,
            size: Some(1000),
            eight_bit: true,
            smtputf8: true,
            dsn: true,
            starttls: false,
        };
        assert_eq!(
            transaction.commands(&all),
            [
                "MAIL FROM:<a@example.com> SIZE=18 BODY=8BITMIME RET=HDRS ENVID=Q+201\r\n",
                "RCPT TO:<b@example.org> NOTIFY=NEVER ORCPT=rfc822;c@example.org\r\n",
                "DATA\r\n"
            ]
        );
        assert!(transaction.obstacle(&all).is_none());
        assert_eq!(transaction.commands(&Features::default())[0], "MAIL FROM:<a@example.com>\r\n");
        assert_eq!(transaction.obstacle(&Features::default()).unwrap().code(), 550);
        let small = Features { size: Some(10), ..all };
        assert_eq!(transaction.obstacle(&small).unwrap().code(), 552);
    }
}
