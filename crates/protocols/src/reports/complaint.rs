//! Feedback reports (RFC 5965): what a reader's provider tells when the reader says that a message is spam.

use crate::imap::structure::{fields, parse, unfold};
use crate::mime::{Leaf, leaves};

/// How many values of a field that may be repeated are kept.
const MAX_REPEATED: usize = 50;
/// How many bytes of a value are kept.
const MAX_VALUE: usize = 1_000;

/// The fields of a feedback report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Complaint {
    /// `abuse`, `fraud`, `virus`, `other`, `not-spam` (RFC 6430), `auth-failure` (RFC 6591), in lower case.
    pub kind: String,
    /// The program that wrote it.
    pub user_agent: Option<String>,
    /// The version of the format.
    pub version: Option<String>,
    /// The sender of the envelope that the message came with, without angle brackets.
    pub mail_from: Option<String>,
    /// The recipients of the envelope, without angle brackets.
    pub rcpt_to: Vec<String>,
    /// When it arrived.
    pub arrived: Option<String>,
    /// The server that reports.
    pub reporting_host: Option<String>,
    /// From which network the message came.
    pub source: Option<String>,
    /// How many alike it stands for; one where it says nothing.
    pub incidents: u32,
    /// Domains that it is about.
    pub domains: Vec<String>,
    /// Addresses of pages that it is about.
    pub uris: Vec<String>,
    /// What was found out about the sender.
    pub authentication: Vec<String>,
    /// The Return-Path and the Message-ID of the message it encloses, where they were left in.
    pub enclosed: Enclosed,
}

/// What identifies the message that a complaint is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Enclosed {
    /// The sender of the envelope, without angle brackets.
    pub return_path: Option<String>,
    /// Without angle brackets.
    pub message_id: Option<String>,
}

impl Complaint {
    /// Whether a reader objects to the message; other reports tell of forgeries, or that it is no spam after all.
    pub fn objects(&self) -> bool {
        matches!(self.kind.as_str(), "abuse" | "fraud" | "virus" | "other" | "opt-out" | "opt-out-list")
    }
}

/// Reads a letter as a feedback report; `None` when it is none.
pub fn read_complaint(raw: &[u8]) -> Option<Complaint> {
    let raw = raw.get(..raw.len().min(super::MAX_READ)).unwrap_or_default();
    of_leaves(raw, &leaves(&parse(raw)))
}

pub(super) fn of_leaves(raw: &[u8], leaves: &[Leaf]) -> Option<Complaint> {
    let report =
        leaves.iter().find(|leaf| leaf.media_type == "message" && leaf.media_subtype == "feedback-report")?;
    let mut found = Complaint { incidents: 1, ..Complaint::default() };
    for field in fields(&report.bytes(raw)) {
        let value = String::from_utf8_lossy(&unfold(field.value, MAX_VALUE)).into_owned();
        match field.name.to_ascii_lowercase().as_slice() {
            b"feedback-type" => found.kind = value.to_ascii_lowercase(),
            b"user-agent" => found.user_agent = Some(value),
            b"version" => found.version = Some(value),
            b"original-mail-from" => found.mail_from = Some(bare(&value)),
            b"original-rcpt-to" => keep(&mut found.rcpt_to, bare(&value)),
            // Received-Date is the name in the drafts, which some providers still write.
            b"arrival-date" | b"received-date" => found.arrived = Some(value),
            b"reporting-mta" => found.reporting_host = Some(value),
            b"source-ip" => found.source = Some(value),
            b"incidents" => found.incidents = value.parse().unwrap_or(1).max(1),
            b"reported-domain" => keep(&mut found.domains, value),
            b"reported-uri" => keep(&mut found.uris, value),
            b"authentication-results" => keep(&mut found.authentication, value),
            _ => {}
        }
    }
    if found.kind.is_empty() {
        return None;
    }
    found.enclosed = enclosed(raw, report.body.end);
    Some(found)
}

/// What identifies the message behind the report. It stands as a message or as its head alone, so it is read as text from
/// the end of the report on.
fn enclosed(raw: &[u8], from: usize) -> Enclosed {
    let mut found = Enclosed::default();
    for line in raw.get(from..).unwrap_or_default().split(|byte| *byte == b'\n') {
        for field in fields(line) {
            let value = || Some(bare(&String::from_utf8_lossy(&unfold(field.value, MAX_VALUE))));
            if field.is("Return-Path") && found.return_path.is_none() {
                found.return_path = value();
            } else if field.is("Message-ID") && found.message_id.is_none() {
                found.message_id = value();
            }
        }
    }
    found
}

fn keep(values: &mut Vec<String>, value: String) {
    if values.len() < MAX_REPEATED {
        values.push(value);
    }
}

fn bare(value: &str) -> String {
    value.trim().trim_start_matches('<').trim_end_matches('>').to_owned()
}
