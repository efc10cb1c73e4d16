//! What can go wrong with articles, grouped by who can mend it.

use mailkeep_storage::sql::SqlError;

/// A failure of the knowledgebase.
#[derive(Debug, thiserror::Error)]
pub enum ArticleError {
    /// For whoever filled in the form: the field and a sentence.
    #[error("{sentence}")]
    Field {
        /// The field.
        field: &'static str,
        /// What to do.
        sentence: String,
    },
    /// For the caller: it is not there, or not for them.
    #[error("it is not there")]
    NotFound,
    /// For the caller: it is in another state by now.
    #[error("{0}")]
    State(String),
    /// For the caller: too much came from there within an hour.
    #[error("too much came from your network; try again later")]
    TooMany,
    /// For the operator.
    #[error(transparent)]
    Sql(#[from] SqlError),
    /// For the operator: a file that the program brings cannot be read.
    #[error("the article {0}")]
    Shipped(String),
}

impl ArticleError {
    pub(crate) fn field(field: &'static str, sentence: &str) -> Self {
        ArticleError::Field { field, sentence: sentence.to_owned() }
    }

    pub(crate) fn state(sentence: &str) -> Self {
        ArticleError::State(sentence.to_owned())
    }
}
