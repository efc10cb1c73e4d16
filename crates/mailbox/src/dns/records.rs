//! The records that a customer publishes for a domain.

use std::fmt;

use crate::dkim::DkimPublicKey;
use crate::domains::Domain;

/// Names under which the installation serves mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailHosts {
    /// Servers that take mail, the preferred first.
    pub mx: Vec<String>,
    /// The domain whose SPF record lists the addresses from which we send.
    pub spf_include: String,
    /// Server for IMAP.
    pub imap: String,
    /// Server for submission.
    pub submission: String,
    /// Server with the pages for autoconfig and autodiscover.
    pub autoconfig: String,
    /// Address for reports about domains: DMARC (RFC 7489) and TLS (RFC 8460).
    pub reports: String,
}

/// What a record is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecordKind {
    /// Shows that the domain is the customer's.
    Proof,
    /// Brings mail to us.
    Mx,
    /// Lets us send for the domain.
    Spf,
    /// Lets receivers check our signatures.
    Dkim,
    /// Says what receivers shall do with forgeries.
    Dmarc,
    /// Asks other servers to report how encrypted connections went.
    TlsReports,
    /// Lets mail programs set themselves up.
    Setup,
}

impl RecordKind {
    /// True for records without which mail does not work as it should.
    pub const fn is_needed(self) -> bool {
        !matches!(self, RecordKind::TlsReports | RecordKind::Setup)
    }
}

impl fmt::Display for RecordKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RecordKind::Proof => "proof",
            RecordKind::Mx => "MX",
            RecordKind::Spf => "SPF",
            RecordKind::Dkim => "DKIM",
            RecordKind::Dmarc => "DMARC",
            RecordKind::TlsReports => "TLS reports",
            RecordKind::Setup => "set-up",
        })
    }
}

/// A record as a customer types it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DnsRecord {
    /// What it is for.
    pub purpose: RecordKind,
    /// `MX`, `TXT`, `CNAME` or `SRV`.
    pub kind: &'static str,
    /// Its whole name, without the dot at the end.
    pub name: String,
    /// Its value; for MX with the preference, for SRV with priority, weight and port.
    pub value: String,
}

/// All records of a domain.
pub fn records_to_publish(domain: &Domain, keys: &[DkimPublicKey], hosts: &MailHosts) -> Vec<DnsRecord> {
    let name = &domain.name;
    let record = |purpose, kind, name: String, value: String| DnsRecord { purpose, kind, name, value };
    let mut out = vec![record(RecordKind::Proof, "TXT", domain.challenge_name(), domain.challenge.clone())];
    for (place, mx) in (1..).zip(&hosts.mx) {
        out.push(record(RecordKind::Mx, "MX", name.to_string(), format!("{} {mx}.", place * 10)));
    }
    out.push(record(
        RecordKind::Spf,
        "TXT",
        name.to_string(),
        format!("v=spf1 include:{} ~all", hosts.spf_include),
    ));
    for key in keys {
        out.push(record(RecordKind::Dkim, "TXT", key.record_name(name), key.record_text()));
    }
    out.push(record(
        RecordKind::Dmarc,
        "TXT",
        format!("_dmarc.{name}"),
        format!("v=DMARC1; p=quarantine; rua=mailto:{}", hosts.reports),
    ));
    out.push(record(
        RecordKind::TlsReports,
        "TXT",
        format!("_smtp._tls.{name}"),
        format!("v=TLSRPTv1; rua=mailto:{}", hosts.reports),
    ));
    for label in ["autoconfig", "autodiscover"] {
        out.push(record(
            RecordKind::Setup,
            "CNAME",
            format!("{label}.{name}"),
            format!("{}.", hosts.autoconfig),
        ));
    }
    // RFC 6186 and RFC 8314; the dot says that the plain services are not offered.
    for (service, priority, port, host) in [
        ("_imaps", 0, 993, Some(&hosts.imap)),
        ("_submissions", 0, 465, Some(&hosts.submission)),
        ("_submission", 10, 587, Some(&hosts.submission)),
        ("_imap", 0, 0, None),
        ("_pop3", 0, 0, None),
    ] {
        let target = host.map_or_else(|| ".".to_owned(), |host| format!("{host}."));
        let value = format!("{priority} 1 {port} {target}");
        out.push(record(RecordKind::Setup, "SRV", format!("{service}._tcp.{name}"), value));
    }
    out
}
