//! What can go wrong, grouped by who can mend it.

use mailkeep_policy::outbound::OutboundError;
use mailkeep_storage::sql::SqlError;

/// A failure of this crate.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// For whoever filled in the form: the field and a sentence.
    #[error("{sentence}")]
    Field {
        /// The field.
        field: &'static str,
        /// What to do.
        sentence: String,
    },
    /// For the caller: it is not there, or not theirs.
    #[error("there is no such endpoint or delivery")]
    NotFound,
    /// For the caller: it is not in a state for this.
    #[error("{0}")]
    State(String),
    /// For the operator: the client cannot be built.
    #[error("the client for webhooks: {0}")]
    Client(String),
    /// For the operator.
    #[error(transparent)]
    Notice(#[from] OutboundError),
    /// For the operator.
    #[error(transparent)]
    Database(#[from] SqlError),
}

impl WebhookError {
    pub(crate) fn field(field: &'static str, sentence: impl Into<String>) -> Self {
        WebhookError::Field { field, sentence: sentence.into() }
    }
}
