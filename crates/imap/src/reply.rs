//! How a command ends.

use std::borrow::Cow;

use mailkeep_mailbox::{MailError, MailRefusal};

use crate::wire::Broken;

/// The tagged reply of a command, with a response code in brackets where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reply {
    Ok(Cow<'static, str>),
    No(Cow<'static, str>),
    Bad(Cow<'static, str>),
}

/// Why a command does not come to its usual end.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The connection is of no use any more.
    Broken(Broken),
    /// The connection is to be closed with this `BYE`.
    Bye(&'static str),
    /// The command is answered with this.
    Reply(Reply),
}

pub(crate) type Answer = Result<Reply, Stop>;

impl Reply {
    pub fn ok(text: impl Into<Cow<'static, str>>) -> Answer {
        Ok(Reply::Ok(text.into()))
    }

    pub fn no(text: impl Into<Cow<'static, str>>) -> Answer {
        Ok(Reply::No(text.into()))
    }

    pub fn bad(text: impl Into<Cow<'static, str>>) -> Answer {
        Ok(Reply::Bad(text.into()))
    }

    /// Appends the reply line.
    pub fn write(&self, tag: &str, out: &mut Vec<u8>) {
        let (status, text) = match self {
            Reply::Ok(text) => (" OK ", text),
            Reply::No(text) => (" NO ", text),
            Reply::Bad(text) => (" BAD ", text),
        };
        for part in [tag, status, text, "\r\n"] {
            out.extend_from_slice(part.as_bytes());
        }
    }
}

impl From<Broken> for Stop {
    fn from(broken: Broken) -> Self {
        Stop::Broken(broken)
    }
}

impl From<MailError> for Stop {
    fn from(error: MailError) -> Self {
        let MailError::Refused(refusal) = &error else {
            tracing::error!(%error, "the mail store failed an IMAP command");
            metrics::counter!("mailkeep_imap_store_failures_total").increment(1);
            let text = "[UNAVAILABLE] the mail store cannot answer at the moment; try again";
            return Stop::Reply(Reply::No(text.into()));
        };
        // RFC 5530 and RFC 9208.
        let code = match refusal {
            MailRefusal::NoFolder => "NONEXISTENT",
            MailRefusal::FolderExists => "ALREADYEXISTS",
            MailRefusal::FolderName | MailRefusal::FolderFixed => "CANNOT",
            MailRefusal::FolderLimit(_) | MailRefusal::KeywordLimit(_) => "LIMIT",
            MailRefusal::OverQuota => "OVERQUOTA",
            MailRefusal::MessageTooLarge(_) => "TOOBIG",
            MailRefusal::NoMessage => "EXPUNGEISSUED",
            MailRefusal::MailboxState(_) => "CONTACTADMIN",
            _ => "CANNOT",
        };
        Stop::Reply(Reply::No(format!("[{code}] {refusal}").into()))
    }
}

/// The same for commands that copy into a folder: a missing one is asked to be made (RFC 3501 section 7.1).
pub(crate) fn into_folder(error: MailError) -> Stop {
    match error {
        MailError::Refused(MailRefusal::NoFolder) => {
            Stop::Reply(Reply::No("[TRYCREATE] there is no folder of this name".into()))
        }
        other => other.into(),
    }
}
