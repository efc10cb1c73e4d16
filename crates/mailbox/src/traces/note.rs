//! Writing down what happens, in the transaction in which it happens.

use mailkeep_protocols::imap::structure;
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{MailboxId, QueueId};
use uuid::Uuid;

use super::store::{self, NewTrace};
use super::{StepKind, Way};
use crate::post_office::PostOffice;

/// How long a Message-ID may be to be found again.
const LONGEST_ID: usize = 998;

/// What is known of a message before its transaction, by its header.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Traced {
    /// The Message-ID.
    pub message: Option<[u8; 32]>,
    /// Who sends it, by the return path.
    pub sender: Option<[u8; 32]>,
}

/// The first value of a header field that stands in angle brackets.
fn bracketed(header: &[u8], name: &str) -> Option<String> {
    let field = structure::fields(header).find(|field| field.is(name))?;
    let (_, rest) = std::str::from_utf8(field.value).ok()?.split_once('<')?;
    let (value, _) = rest.split_once('>')?;
    (value.len() <= LONGEST_ID).then(|| value.to_owned())
}

/// Return path and Message-ID of a message.
pub(crate) fn read(header: &[u8]) -> (Option<String>, Option<String>) {
    (bracketed(header, "return-path"), bracketed(header, "message-id"))
}

impl PostOffice {
    /// The hashes of what [`read`] found.
    pub(crate) fn traced(&self, sender: Option<&str>, message: Option<&str>) -> Traced {
        Traced {
            message: message.map(|id| self.traced_message(id)),
            sender: sender.and_then(|address| self.traced_party(address)),
        }
    }

    /// The hash of a recipient as they are found again.
    pub(crate) fn traced_recipient(&self, address: &str) -> Option<[u8; 32]> {
        self.traced_party(address)
    }
}

/// A mailbox of ours handed a message to one recipient in.
pub(crate) struct Sent<'a> {
    pub id: QueueId,
    pub position: i64,
    pub mailbox: MailboxId,
    pub recipient: Option<&'a [u8; 32]>,
    pub message: Option<&'a [u8; 32]>,
    pub domain: &'a str,
    pub size: u64,
    /// What happened to it at once; of what is held, by which rule.
    pub first: (StepKind, Option<&'a str>),
}

/// Writes down that a mailbox of ours handed a message in.
pub(crate) fn sent(tx: &mut Tx<'_>, sent: &Sent<'_>) -> Result<(), SqlError> {
    let new = NewTrace {
        id: sent.id.uuid(),
        position: sent.position,
        mailbox: sent.mailbox,
        way: Way::Out,
        other: sent.recipient,
        message: sent.message,
        domain: sent.domain,
        size: sent.size,
        first: sent.first.0,
        word: sent.first.1,
    };
    store::insert(tx, &new)
}

/// Writes down what became of a message that came for a mailbox of ours.
pub(crate) fn came(
    tx: &mut Tx<'_>,
    id: Uuid,
    mailbox: MailboxId,
    traced: &Traced,
    size: u64,
    (kind, folder): (StepKind, Option<&str>),
) -> Result<(), SqlError> {
    let new = NewTrace {
        id,
        position: 0,
        mailbox,
        way: Way::In,
        other: traced.sender.as_ref(),
        message: traced.message.as_ref(),
        domain: "",
        size,
        first: kind,
        word: folder,
    };
    store::insert(tx, &new)
}

/// Writes down a step of one recipient of a queued message.
pub(crate) fn step(
    tx: &mut Tx<'_>,
    id: QueueId,
    position: i64,
    kind: StepKind,
    code: Option<u16>,
    status: Option<&str>,
) -> Result<(), SqlError> {
    store::step(tx, id.uuid(), Some(position), kind, code, status)
}

/// Writes down a step of one recipient that says nothing new after one of its kind.
pub(crate) fn step_once(tx: &mut Tx<'_>, id: QueueId, position: i64, kind: StepKind) -> Result<(), SqlError> {
    match store::last_step(tx, id.uuid(), position)? {
        Some(last) if last == kind.word() => Ok(()),
        _ => store::step(tx, id.uuid(), Some(position), kind, None, None),
    }
}

/// Writes down a step of all recipients of a queued message.
pub(crate) fn step_of_all(tx: &mut Tx<'_>, id: QueueId, kind: StepKind) -> Result<(), SqlError> {
    store::step(tx, id.uuid(), None, kind, None, None)
}

/// The enhanced status in what a server said, such as `5.1.1` (RFC 3463).
pub(crate) fn status_in(answer: &str) -> Option<String> {
    let is_status = |word: &&str| {
        let mut numbers = word.split('.');
        let class = numbers.next().is_some_and(|class| matches!(class, "2" | "4" | "5"));
        let fits =
            |number: &str| (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        class && numbers.clone().count() == 2 && numbers.all(fits)
    };
    answer.split_whitespace().take(4).find(is_status).map(str::to_owned)
}

#[cfg(test)]
mod status_tests {
    use super::*;

    #[test]
    fn a_status_is_read_and_nothing_else() {
        for (answer, status) in [
            ("550 5.1.1 <bob@far.example>: no such user", Some("5.1.1")),
            ("5.7.26 not signed", Some("5.7.26")),
            ("250 2.0.0 Ok: queued", Some("2.0.0")),
            ("451 try 10.1.1 later", None),
            ("550 5.1 bob", None),
            ("550 5.1.1111 bob", None),
            ("", None),
        ] {
            assert_eq!(status_in(answer).as_deref(), status, "{answer}");
        }
        let header = b"Return-Path: <bob@far.example>\r\nMessage-ID:\r\n <a@b>\r\n\r\n";
        assert_eq!(read(header), (Some("bob@far.example".to_owned()), Some("a@b".to_owned())));
        assert_eq!(read(b"Subject: no\r\n\r\n"), (None, None));
    }
}
