//! SPF (RFC 7208), DKIM (6376) and DMARC (9989) of a message that comes in.

use std::borrow::Cow;
use std::net::IpAddr;
use std::time::Duration;

use hickory_resolver::TokioResolver;
use mail_auth::common::headers::HeaderWriter;
use mail_auth::dmarc::Policy;
use mail_auth::dmarc::verify::DmarcParameters;
use mail_auth::spf::verify::SpfParameters;
use mail_auth::{
    AuthenticatedMessage, AuthenticationResults, DkimOutput, DkimResult, DmarcResult, MessageAuthenticator,
    SpfResult,
};
use mailkeep_protocols::imap::structure::sole_author;
use mailkeep_protocols::smtp::HeaderSection;
use mailkeep_types::EmailAddress;
use metrics::counter;
use tokio::time::timeout;

use crate::house::Authorship;

/// More signatures than this are not looked at: each costs a look-up and a pass over the body.
const MAX_SIGNATURES: usize = 8;

/// Evaluates who a message is from.
#[derive(Clone)]
pub struct Verifier {
    authenticator: MessageAuthenticator,
    host_name: String,
    time: Duration,
}

/// What the evaluation found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The `Authentication-Results` field with its CR LF (RFC 8601).
    pub field: String,
    /// What the owner of the domain in From asks for.
    pub disposition: Disposition,
    /// SPF passed or DMARC did: the envelope's sender is not forged, so a report may be sent to it.
    pub sender_is_genuine: bool,
    /// Whether the address in From is its own.
    pub authorship: Authorship,
}

/// What the owner of the domain in From asks to do with the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposition {
    /// Nothing: it passed, or there is no policy.
    None,
    /// Put it into the Junk folder.
    Quarantine,
    /// Refuse it.
    Reject,
    /// The answer could not be found out just now, and it matters.
    Later,
}

impl Verifier {
    /// Evaluates with this resolver, in at most `time` for each message.
    pub fn new(resolver: TokioResolver, host_name: &str, time: Duration) -> Self {
        Verifier { authenticator: MessageAuthenticator(resolver), host_name: host_name.to_owned(), time }
    }

    /// Evaluates a message.
    pub async fn verify(
        &self,
        client: IpAddr,
        helo: &str,
        sender: Option<&EmailAddress>,
        message: &[u8],
    ) -> Verdict {
        let verdict = match timeout(self.time, self.evaluate(client, helo, sender, message)).await {
            Ok(verdict) => verdict,
            Err(_) => Verdict {
                field: format!(
                    "Authentication-Results: {};\r\n\tspf=temperror;\r\n\tdkim=temperror;\r\n\tdmarc=temperror\r\n",
                    self.host_name
                ),
                disposition: Disposition::None,
                sender_is_genuine: false,
                authorship: Authorship::Unknown,
            },
        };
        let disposition = match verdict.disposition {
            Disposition::None => "none",
            Disposition::Quarantine => "quarantine",
            Disposition::Reject => "reject",
            Disposition::Later => "later",
        };
        counter!("mailkeep_smtp_verified_total", "disposition" => disposition).increment(1);
        verdict
    }

    async fn evaluate(
        &self,
        client: IpAddr,
        helo: &str,
        sender: Option<&EmailAddress>,
        message: &[u8],
    ) -> Verdict {
        let message = few_signatures(message);
        let sender = sender.map(EmailAddress::to_string).unwrap_or_default();
        let spf = if sender.is_empty() {
            SpfParameters::verify_ehlo(client, helo, &self.host_name)
        } else {
            SpfParameters::verify_mail_from(client, helo, &self.host_name, &sender)
        };
        let parsed = AuthenticatedMessage::parse(&message);
        let dkim = async {
            match &parsed {
                Some(parsed) => self.authenticator.verify_dkim(parsed).await,
                None => Vec::new(),
            }
        };
        let (spf, dkim) = tokio::join!(self.authenticator.verify_spf(spf), dkim);
        let mut results = AuthenticationResults::new(&self.host_name);
        results = if sender.is_empty() {
            results.with_spf_ehlo_result(&spf, client, helo)
        } else {
            results.with_spf_mailfrom_result(&spf, client, &sender, helo)
        };
        let mut disposition = Disposition::None;
        let mut genuine = spf.result() == SpfResult::Pass;
        let mut authorship = Authorship::Unknown;
        if let Some(parsed) = &parsed {
            results = results.with_dkim_results(&dkim, parsed.from());
            let sender_domain = sender.rsplit_once('@').map_or(helo, |(_, domain)| domain);
            let dmarc = DmarcParameters::new(parsed, &dkim, sender_domain, &spf);
            let dmarc = self.authenticator.verify_dmarc(dmarc).await;
            results = results.with_dmarc_result(&dmarc);
            genuine |= dmarc.result() == DmarcResult::Pass;
            let from = parsed.from().rsplit_once('@').map_or("", |(_, domain)| domain);
            let is_from = |domain: &str| !from.is_empty() && domain.eq_ignore_ascii_case(from);
            // What is proven must be what a reader sees: programs differ in how they read a strange From.
            let author = sole_author(HeaderSection::of(&message).header());
            let is_read_so = author.is_some_and(|author| is_from(author.domain().as_str()));
            authorship = match dmarc.result() {
                DmarcResult::Fail(_) => Authorship::Failed,
                _ if !is_read_so => Authorship::Unknown,
                DmarcResult::Pass => Authorship::Proven,
                // Without a policy, the very domain must have signed, or have named the server that sends.
                _ if genuine && !sender.is_empty() && is_from(sender_domain) => Authorship::Proven,
                _ if dkim.iter().any(|one| *one.result() == DkimResult::Pass && is_from(signer(one))) => {
                    Authorship::Proven
                }
                _ => Authorship::Unknown,
            };
            let unsure = spf.result() == SpfResult::TempError
                || dkim.iter().any(|output| matches!(output.result(), DkimResult::TempError(_)));
            disposition = dispose(&dmarc.result(), dmarc.policy(), unsure);
        }
        Verdict { field: results.to_header(), disposition, sender_is_genuine: genuine, authorship }
    }
}

/// The domain that a signature is of.
fn signer<'a>(output: &'a DkimOutput<'_>) -> &'a str {
    output.signature().map_or("", |signature| signature.d.as_str())
}

fn dispose(result: &DmarcResult, policy: Policy, unsure: bool) -> Disposition {
    match (result, policy) {
        (DmarcResult::Pass | DmarcResult::None | DmarcResult::PermError(_), _) => Disposition::None,
        (DmarcResult::Fail(_), Policy::Reject) if unsure => Disposition::Later,
        (DmarcResult::Fail(_), Policy::Reject) => Disposition::Reject,
        (DmarcResult::Fail(_), Policy::Quarantine) => Disposition::Quarantine,
        (DmarcResult::TempError(_), Policy::Reject) => Disposition::Later,
        _ => Disposition::None,
    }
}

/// The message with the first signatures only, when it has absurdly many.
fn few_signatures(message: &[u8]) -> Cow<'_, [u8]> {
    let section = HeaderSection::of(message);
    if section.named("DKIM-Signature").nth(MAX_SIGNATURES).is_none() {
        return Cow::Borrowed(message);
    }
    let seen = std::cell::Cell::new(0);
    let header: Vec<u8> = section
        .fields()
        .filter(|field| {
            seen.set(seen.get() + usize::from(field.is("DKIM-Signature")));
            !field.is("DKIM-Signature") || seen.get() <= MAX_SIGNATURES
        })
        .flat_map(|field| field.raw.iter().copied())
        .collect();
    Cow::Owned([&header, section.body_with_separator()].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absurdly_many_signatures_are_not_all_looked_at() {
        let message = format!("{}From: a@example.org\r\n\r\nx\r\n", "DKIM-Signature: v=1\r\n".repeat(50));
        let few = few_signatures(message.as_bytes());
        assert_eq!(HeaderSection::of(&few).named("dkim-signature").count(), MAX_SIGNATURES);
        assert!(few.ends_with(b"From: a@example.org\r\n\r\nx\r\n"));
        assert!(matches!(few_signatures(b"From: a\r\n\r\nx\r\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_policy_counts_only_when_the_check_failed_for_sure() {
        let fail = DmarcResult::Fail(mail_auth::Error::NotAligned);
        assert_eq!(dispose(&fail, Policy::Reject, false), Disposition::Reject);
        assert_eq!(dispose(&fail, Policy::Reject, true), Disposition::Later);
        assert_eq!(dispose(&fail, Policy::Quarantine, false), Disposition::Quarantine);
        assert_eq!(dispose(&fail, Policy::None, false), Disposition::None);
        assert_eq!(dispose(&DmarcResult::Pass, Policy::Reject, true), Disposition::None);
    }
}
