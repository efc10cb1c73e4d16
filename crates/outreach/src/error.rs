//! What can go wrong, grouped by who can mend it.

use mailkeep_identity::IdentityError;
use mailkeep_policy::outbound::OutboundError;
use mailkeep_policy::{KeyError, PolicyError};
use mailkeep_storage::sql::SqlError;

/// A failure of this crate.
#[derive(Debug, thiserror::Error)]
pub enum OutreachError {
    /// For whoever filled in the form: the field and a sentence.
    #[error("{sentence}")]
    Field {
        /// The field.
        field: &'static str,
        /// What to do.
        sentence: String,
    },
    /// For the caller: it is not there.
    #[error("it is not there")]
    NotFound,
    /// For the caller: it is in another state by now.
    #[error("{0}")]
    State(String),
    /// For the person: the link is not of ours, was used for something else, or is too old.
    #[error("the link is not valid any more")]
    LinkInvalid,
    /// For the person: too many tries from one network.
    #[error("too many tries; try again in an hour")]
    TooMany,
    /// For the operator.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// For the operator.
    #[error(transparent)]
    Outbound(#[from] OutboundError),
    /// For the operator.
    #[error(transparent)]
    Identity(#[from] IdentityError),
}

impl OutreachError {
    pub(crate) fn field(field: &'static str, sentence: &str) -> Self {
        OutreachError::Field { field, sentence: sentence.to_owned() }
    }

    pub(crate) fn state(sentence: &str) -> Self {
        OutreachError::State(sentence.to_owned())
    }
}

impl From<SqlError> for OutreachError {
    fn from(error: SqlError) -> Self {
        OutreachError::Policy(error.into())
    }
}

impl From<KeyError> for OutreachError {
    fn from(error: KeyError) -> Self {
        OutreachError::Policy(error.into())
    }
}
