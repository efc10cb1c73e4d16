//! What the file of a report says. The parsers of `mail-auth` expand no entities; how much they make of a file is bounded by its length and
//! by the number of its elements.

use std::collections::BTreeMap;
use std::net::IpAddr;

use mail_auth::report::tlsrpt::{PolicyType, ResultType, TlsReport};
use mail_auth::report::{ActionDisposition, DmarcResult, Record, Report as Dmarc};
use mailkeep_protocols::imap::structure::{fields, unfold};
use mailkeep_types::Timestamp;

use super::unpack::files;
use super::{About, Connections, Disposition, MOST_SOURCES, Report, SUCCESS, Seen};

/// Of XML with more elements nothing is read; a row of a report has about 25.
const MOST_ELEMENTS: usize = 250_000;
/// Of JSON with more values nothing is read.
const MOST_VALUES: usize = 250_000;
/// A longer name of a report is cut.
const LONGEST_NUMBER: usize = 500;
/// More in one row is not believed.
const MOST_AT_ONCE: i64 = 100_000_000;
/// Domains of one TLS report that are read.
const MOST_POLICIES: usize = 100;
/// How much of a Subject is read.
const LONGEST_SUBJECT: usize = 1_000;

/// Whether the head of a letter says that it brings a report: by its subject, which both standards give, or by a field of RFC 8460.
pub fn looks_like_report(raw: &[u8]) -> bool {
    fields(raw).any(|field| {
        let value = || String::from_utf8_lossy(&unfold(field.value, LONGEST_SUBJECT)).to_ascii_lowercase();
        field.is("TLS-Report-Domain") || field.is("Subject") && value().contains("report domain:")
    })
}

/// Reads a letter as a report; `None` when it brings none, or one that cannot be read within the limits.
pub fn read_report(raw: &[u8]) -> Option<Report> {
    files(raw).iter().find_map(|file| read_file(file))
}

fn read_file(file: &[u8]) -> Option<Report> {
    let first = file.iter().find(|byte| !byte.is_ascii_whitespace() && !b"\xef\xbb\xbf".contains(byte))?;
    let count = |wanted: &[u8]| file.iter().filter(|byte| wanted.contains(byte)).count();
    match first {
        b'<' if count(b"<") <= MOST_ELEMENTS => Dmarc::parse_xml(file).ok().and_then(of_dmarc),
        b'{' if count(b",[{") <= MOST_VALUES => TlsReport::parse_json(file).ok().and_then(of_tls),
        _ => None,
    }
}

fn number(text: &str) -> Option<String> {
    let number: String = text.trim().chars().take(LONGEST_NUMBER).collect();
    (!number.is_empty()).then_some(number)
}

fn seconds(at: u64) -> Option<Timestamp> {
    // The year 9999 is far enough.
    i64::try_from(at).ok().filter(|at| *at < 253_402_300_800).map(Timestamp::from_seconds)
}

fn of_dmarc(report: Dmarc) -> Option<Report> {
    Some(Report {
        number: number(&report.report_metadata.report_id)?,
        begins_at: seconds(report.report_metadata.date_range.begin)?,
        about: About::Mail { domain: report.policy_published.domain, rows: rows(&report.record) },
    })
}

fn seen(record: &Record) -> Seen {
    let evaluated = &record.row.policy_evaluated;
    Seen {
        source: record.row.source_ip.map(|ip| ip.to_canonical()),
        disposition: match evaluated.disposition {
            ActionDisposition::Quarantine => Disposition::Quarantine,
            ActionDisposition::Reject => Disposition::Reject,
            ActionDisposition::None | ActionDisposition::Pass | ActionDisposition::Unspecified => {
                Disposition::None
            }
        },
        dkim: evaluated.dkim == DmarcResult::Pass,
        spf: evaluated.spf == DmarcResult::Pass,
        messages: i64::from(record.row.count).min(MOST_AT_ONCE),
    }
}

/// Rows that are alike are one; of many servers those with most messages are told apart.
fn rows(records: &[Record]) -> Vec<Seen> {
    let mut sums: BTreeMap<Seen, i64> = BTreeMap::new();
    let mut of_source: BTreeMap<IpAddr, i64> = BTreeMap::new();
    for row in records.iter().map(seen) {
        *sums.entry(Seen { messages: 0, ..row }).or_default() += row.messages;
        if let Some(source) = row.source {
            *of_source.entry(source).or_default() += row.messages;
        }
    }
    let mut largest: Vec<(IpAddr, i64)> = of_source.into_iter().collect();
    largest.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    largest.truncate(MOST_SOURCES);
    let mut kept: BTreeMap<Seen, i64> = BTreeMap::new();
    for (row, messages) in sums {
        let source = row.source.filter(|source| largest.iter().any(|(one, _)| one == source));
        *kept.entry(Seen { source, ..row }).or_default() += messages;
    }
    kept.into_iter().map(|(row, messages)| Seen { messages, ..row }).collect()
}

fn of_tls(report: TlsReport) -> Option<Report> {
    let mut sums: BTreeMap<(String, &'static str, &'static str), i64> = BTreeMap::new();
    for one in report.policies.iter().take(MOST_POLICIES) {
        let policy = policy(one.policy.policy_type);
        let mut add = |result, sessions: u32| {
            let key = (one.policy.policy_domain.clone(), policy, result);
            let sum = sums.entry(key).or_default();
            *sum = (*sum + i64::from(sessions)).min(MOST_AT_ONCE);
        };
        add(SUCCESS, one.summary.total_success);
        let mut told = 0_u32;
        for failure in &one.failure_details {
            told = told.saturating_add(failure.failed_session_count);
            add(result(failure.result_type), failure.failed_session_count);
        }
        // The details need not tell of all failures.
        add("other", one.summary.total_failure.saturating_sub(told));
    }
    let connections = sums.into_iter().filter(|(_, sessions)| *sessions > 0);
    let connections = connections
        .map(|((domain, policy, result), sessions)| Connections { domain, policy, result, sessions })
        .collect();
    let begins = u64::try_from(report.date_range.start_datetime.to_timestamp()).ok()?;
    Some(Report {
        number: number(&report.report_id)?,
        begins_at: seconds(begins)?,
        about: About::Tls(connections),
    })
}

const fn policy(of: PolicyType) -> &'static str {
    match of {
        PolicyType::Sts => "sts",
        PolicyType::Tlsa => "tlsa",
        PolicyType::NoPolicyFound | PolicyType::Other => "none",
    }
}

const fn result(of: ResultType) -> &'static str {
    match of {
        ResultType::StartTlsNotSupported => "starttls-not-supported",
        ResultType::CertificateHostMismatch => "certificate-host-mismatch",
        ResultType::CertificateExpired => "certificate-expired",
        ResultType::CertificateNotTrusted => "certificate-not-trusted",
        ResultType::ValidationFailure => "validation-failure",
        ResultType::TlsaInvalid => "tlsa-invalid",
        ResultType::DnssecInvalid => "dnssec-invalid",
        ResultType::DaneRequired => "dane-required",
        ResultType::StsPolicyFetchError => "sts-policy-fetch-error",
        ResultType::StsPolicyInvalid => "sts-policy-invalid",
        ResultType::StsWebpkiInvalid => "sts-webpki-invalid",
        ResultType::Other => "other",
    }
}
