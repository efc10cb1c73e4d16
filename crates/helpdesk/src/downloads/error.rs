//! What can go wrong with downloads, grouped by who can mend it.

use mailkeep_storage::blobs::BlobError;
use mailkeep_storage::sql::SqlError;

/// A failure of the downloads.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    /// For whoever filled in the form: the field and a sentence.
    #[error("{sentence}")]
    Field {
        /// The field.
        field: &'static str,
        /// What to do.
        sentence: String,
    },
    /// For the caller: it is not there, or not seen.
    #[error("it is not there")]
    NotFound,
    /// For the caller: it is in another state by now.
    #[error("{0}")]
    State(String),
    /// For the caller: what was sent broke off.
    #[error("the file did not arrive as a whole")]
    Broken,
    /// For the operator.
    #[error(transparent)]
    Sql(#[from] SqlError),
    /// For the operator.
    #[error(transparent)]
    Blob(#[from] BlobError),
}

impl DownloadError {
    pub(crate) fn field(field: &'static str, sentence: &str) -> Self {
        DownloadError::Field { field, sentence: sentence.to_owned() }
    }

    pub(crate) fn state(sentence: &str) -> Self {
        DownloadError::State(sentence.to_owned())
    }
}
