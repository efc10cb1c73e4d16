//! What can go wrong, grouped by who can mend it.

use mailkeep_storage::sql::SqlError;

use crate::file::PolicyFileError;
use crate::gate::{OpenError, Refusal};
use crate::keys::KeyError;
use crate::ledger::LedgerError;

/// A failure of the policy core.
#[derive(Debug, Clone, thiserror::Error)]
pub enum PolicyError {
    /// For the caller: the policy does not allow it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// For the caller: the grant does not fit.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// For the operator: keys.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// For the developer: a column that no crate registered with the category that is sealed into it.
    #[error(
        "{table}.{column} is not registered as {category}; add it to the FIELDS of the crate that owns the table"
    )]
    Unregistered {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The category of the value.
        category: crate::vocabulary::CategoryId,
    },
    /// For the operator: the ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// For the operator: the store of large files.
    #[error("{0}")]
    Blobs(String),
    /// For the operator: the database.
    #[error(transparent)]
    Sql(#[from] SqlError),
}

impl PolicyError {
    /// Whether it is because the data was erased.
    pub fn is_erased(&self) -> bool {
        matches!(
            self,
            PolicyError::Key(KeyError::Erased(_))
                | PolicyError::Refused(Refusal::Key(KeyError::Erased(_)))
                | PolicyError::Open(OpenError::Key(KeyError::Erased(_)))
        )
    }
}

/// Why the policy core does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The policy file.
    #[error(transparent)]
    File(#[from] PolicyFileError),
    /// The keys.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A build for measuring, somewhere else.
    #[cfg(feature = "gate-allows-all")]
    #[error(
        "this build lets everybody read everything, for measuring what the gate costs; install another one"
    )]
    OpenGate,
}
