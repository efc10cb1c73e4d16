//! What can go wrong with tickets, grouped by who can mend it.

use mailkeep_policy::outbound::OutboundError;
use mailkeep_policy::{KeyError, OpenError, PolicyError, Refusal};
use mailkeep_storage::blobs::BlobError;
use mailkeep_storage::sql::SqlError;

use crate::attachments::AttachmentFault;

/// A failure of the desk.
#[derive(Debug, thiserror::Error)]
pub enum TicketError {
    /// For whoever filled in the form: the field and a sentence.
    #[error("{sentence}")]
    Field {
        /// The field.
        field: &'static str,
        /// What to do.
        sentence: String,
    },
    /// For whoever sent a file.
    #[error(transparent)]
    Attachment(#[from] AttachmentFault),
    /// For the caller: it is not there, or not for them.
    #[error("it is not there")]
    NotFound,
    /// For the caller: it is in another state by now.
    #[error("{0}")]
    State(&'static str),
    /// For the caller: somebody else wrote since the page was opened.
    #[error("somebody else changed this ticket since you opened it; read what is new, then send again")]
    Changed,
    /// For the caller: too much was asked from there within an hour.
    #[error("too much was asked from your network; try again later")]
    TooMany,
    /// For the caller: nothing justifies the look.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// For the operator: the policy lets no such message go.
    #[error(transparent)]
    Outbound(#[from] OutboundError),
    /// For who wrote a letter: it is not taken, and why.
    #[error("{0}")]
    NotTaken(String),
    /// For the operator.
    #[error("{0}")]
    Failed(String),
    /// For the operator.
    #[error(transparent)]
    Blobs(#[from] BlobError),
    /// For the operator.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// For the operator.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// For the operator.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// For the operator.
    #[error(transparent)]
    Sql(#[from] SqlError),
}

impl TicketError {
    pub(crate) fn field(field: &'static str, sentence: impl Into<String>) -> Self {
        TicketError::Field { field, sentence: sentence.into() }
    }
}
