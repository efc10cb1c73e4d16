//! What comes back of mail that was sent: reports that it could not be delivered (RFC 3464, 6533), bounces in free text as older
//! servers write them, and complaints of readers (RFC 5965).
//!
//! * [`read_return`]: what a letter that came back says, [`Returned`].
//! * [`classify`]: why one recipient was not reached, from a status code and the words beside it; for the answer of a server, too.
//! * [`read_complaint`]: the fields of a feedback report.
//!
//! Only [`Cause::Hard`] says that an address is dead. Everything that may be mended on one side or the other (a full mailbox, a
//! block, a verdict about spam, a failed authentication) is something else, and what cannot be told is [`Cause::Unknown`]: it is
//! better to write once more to a dead address than to stop writing to a living one.

mod classify;
mod complaint;
mod delivery;
mod prose;
#[cfg(test)]
mod tests;
mod words;

use crate::imap::structure::{fields, parse};
use crate::mime::{Leaf, leaves};

pub use classify::classify;
pub use complaint::{Complaint, Enclosed, read_complaint};
pub use delivery::Failure;

/// Why a recipient was not reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The address is dead: the server does not know it, or its domain takes no mail.
    Hard,
    /// The mailbox has no room.
    Full,
    /// The server does not want mail from us, or none just now: a block, a bad name, a rule of its own.
    Blocked,
    /// The message was taken for spam or for harmful.
    Spam,
    /// SPF, DKIM, DMARC or the name of our server did not satisfy.
    Authentication,
    /// It was tried for too long, or will be tried again.
    Transient,
    /// None of these, or it cannot be told.
    Unknown,
}

impl Cause {
    /// Its word, as it is stored and shown.
    pub const fn word(self) -> &'static str {
        match self {
            Cause::Hard => "hard",
            Cause::Full => "full",
            Cause::Blocked => "blocked",
            Cause::Spam => "spam",
            Cause::Authentication => "authentication",
            Cause::Transient => "transient",
            Cause::Unknown => "unknown",
        }
    }
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Returned {
    /// One or more recipients were not reached, each with the reason.
    Failures(Vec<Failure>),
    /// A reader complained.
    Complaint(Box<Complaint>),
    /// Something else: an answer of a machine, a notice that it was delivered or is late, a letter.
    Other,
}

impl Returned {
    /// Why a message to one recipient was not delivered: where the report names several, the cause is hard only if it is for each.
    pub fn cause(&self) -> Option<Cause> {
        let Returned::Failures(failures) = self else { return None };
        let first = failures.first()?.cause;
        let other = failures.iter().map(|failure| failure.cause).find(|cause| *cause != Cause::Hard);
        Some(other.unwrap_or(first))
    }
}

/// Of more than this nothing is read.
pub(crate) const MAX_READ: usize = 256 * 1024;

/// Reads a letter that came to an address for what comes back.
pub fn read_return(raw: &[u8]) -> Returned {
    let raw = raw.get(..raw.len().min(MAX_READ)).unwrap_or_default();
    let message = parse(raw);
    let leaves = leaves(&message);
    if let Some(complaint) = complaint::of_leaves(raw, &leaves) {
        return Returned::Complaint(Box::new(complaint));
    }
    let header = raw.get(..message.body_start).unwrap_or_default();
    if answers_by_itself(header) {
        return Returned::Other;
    }
    let told = prose::told(raw, &leaves);
    let status: Vec<&Leaf> = leaves.iter().filter(|leaf| delivery::is_status(leaf)).collect();
    if !status.is_empty() {
        let mut failures = Vec::new();
        let mut seen = false;
        for leaf in status {
            seen |= delivery::read(&leaf.text(raw), &told, &mut failures);
        }
        if let [failure] = &mut failures[..]
            && failure.cause == Cause::Hard
            && classify(None, &told.text) == Cause::Full
        {
            // Some servers give `5.1.1` to a mailbox of which their sentences say that it is full.
            failure.cause = Cause::Full;
        }
        if !failures.is_empty() {
            return Returned::Failures(failures);
        }
        if seen {
            return Returned::Other;
        }
    }
    match prose::read(&told) {
        failures if failures.is_empty() => Returned::Other,
        failures => Returned::Failures(failures),
    }
}

/// Who writes reports.
const DAEMONS: [&[u8]; 3] = [b"mailer-daemon", b"postmaster", b"mail delivery"];

/// A notice of absence is no report (RFC 3834 section 5).
fn answers_by_itself(header: &[u8]) -> bool {
    fields(header)
        .filter(|field| field.is("Auto-Submitted"))
        .any(|field| field.value.trim_ascii().to_ascii_lowercase().starts_with(b"auto-replied"))
        && !fields(header).filter(|field| field.is("From")).any(|field| {
            // Exim marks its reports as if they were answers.
            let from = field.value.to_ascii_lowercase();
            DAEMONS.iter().any(|name| memchr::memmem::find(&from, name).is_some())
        })
}
