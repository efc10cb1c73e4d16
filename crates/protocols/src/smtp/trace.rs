//! The `Received` field that each server adds at the top (RFC 5321 section 4.4), and dates as mail writes them.

use std::net::IpAddr;

use mailkeep_types::Timestamp;

/// What a `Received` field tells.
#[derive(Debug, Clone)]
pub struct Received<'a> {
    /// The name the client gave in EHLO or HELO.
    pub helo: &'a str,
    /// The client's address; left out for submitted mail, where it would tell where a person is.
    pub client: Option<IpAddr>,
    /// Our host name.
    pub by: &'a str,
    /// The protocol (RFC 3848), see [`with_protocol`].
    pub with: &'static str,
    /// Our identifier for the message.
    pub id: &'a str,
    /// TLS version and cipher, as in `TLSv1.3 TLS_AES_256_GCM_SHA384`.
    pub tls: Option<&'a str>,
    /// The recipient when there is only one: with several it would betray hidden copies.
    pub recipient: Option<&'a str>,
    /// When it came.
    pub at: Timestamp,
}

impl Received<'_> {
    /// The whole field with its CR LF.
    pub fn to_field(&self) -> String {
        let mut out = format!("Received: from {}", self.helo);
        match self.client {
            Some(IpAddr::V4(ip)) => out.push_str(&format!(" ([{ip}])")),
            Some(IpAddr::V6(ip)) => out.push_str(&format!(" ([IPv6:{ip}])")),
            None => {}
        }
        out.push_str(&format!("\r\n\tby {} with {} id {}", self.by, self.with, self.id));
        if let Some(tls) = self.tls {
            out.push_str(&format!("\r\n\t(using {tls})"));
        }
        if let Some(recipient) = self.recipient {
            out.push_str(&format!("\r\n\tfor <{recipient}>"));
        }
        out.push_str(&format!(";\r\n\t{}\r\n", mail_date(self.at)));
        out
    }
}

/// The name of the protocol as `Received` has it (RFC 3848, 6531).
pub fn with_protocol(extended: bool, tls: bool, authenticated: bool, utf8: bool) -> &'static str {
    match (extended, tls, authenticated, utf8) {
        (false, false, _, _) => "SMTP",
        (false, true, _, _) => "SMTPS",
        (true, false, false, false) => "ESMTP",
        (true, true, false, false) => "ESMTPS",
        (true, false, true, false) => "ESMTPA",
        (true, true, true, false) => "ESMTPSA",
        (true, false, false, true) => "UTF8SMTP",
        (true, true, false, true) => "UTF8SMTPS",
        (true, false, true, true) => "UTF8SMTPA",
        (true, true, true, true) => "UTF8SMTPSA",
    }
}

/// A date as header fields have it (RFC 5322 section 3.3), in UTC.
pub fn mail_date(at: Timestamp) -> String {
    at.to_jiff().strftime("%a, %-d %b %Y %H:%M:%S +0000").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_the_field() {
        let received = Received {
            helo: "mail.example.org",
            client: Some("2001:db8::1".parse().unwrap()),
            by: "mx.example.com",
            with: with_protocol(true, true, false, false),
            id: "018f",
            tls: Some("TLSv1.3 TLS_AES_256_GCM_SHA384"),
            recipient: Some("ada@example.com"),
            at: Timestamp::from_seconds(1_700_000_000),
        };
        assert_eq!(
            received.to_field(),
            "Received: from mail.example.org ([IPv6:2001:db8::1])\r\n\tby mx.example.com with ESMTPS id 018f\r\n\
             \t(using TLSv1.3 TLS_AES_256_GCM_SHA384)\r\n\tfor <ada@example.com>;\r\n\
             \tTue, 14 Nov 2023 22:13:20 +0000\r\n"
        );
        let bare = Received { client: None, tls: None, recipient: None, ..received };
        assert_eq!(bare.to_field().lines().count(), 3);
    }
}
