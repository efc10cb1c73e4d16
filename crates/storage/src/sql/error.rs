//! What can go wrong between a closure and the disk.

/// A failure of the database.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SqlError {
    /// A row with the same key exists. Holds the engine's name of the constraint or of its columns.
    #[error("a row with the same key exists already ({0})")]
    Unique(String),
    /// A row points to another that does not exist, or is pointed to; or a check of the table failed.
    #[error("the change would break a rule of the table ({0})")]
    Constraint(String),
    /// One row was asked for and none is there.
    #[error("the row does not exist")]
    NotFound,
    /// A column has another type than the code expects.
    #[error("column {column} holds {found}, not {expected}")]
    Type {
        /// Zero-based position in the row.
        column: usize,
        /// What the code asked for.
        expected: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// A statement failed before and the closure went on; see the crate's page.
    #[error("an earlier statement of this transaction failed")]
    Aborted,
    /// The transaction met others again and again.
    #[error("the database is too busy; try again")]
    Conflict,
    /// The disk is full or cannot be written.
    #[error("the database cannot be written: {0}")]
    Storage(String),
    /// The closure panicked; its changes are rolled back.
    #[error("a database closure panicked")]
    Panicked,
    /// The database is being closed.
    #[error("the database is closed")]
    Closed,
    /// The database cannot be reached or opened as configured.
    #[error("the database cannot be opened: {0}")]
    Config(String),
    /// Anything else the engine says.
    #[error("the database refused a statement: {0}")]
    Engine(String),
}

impl SqlError {
    /// True for a conflict with an existing row.
    pub fn is_unique(&self) -> bool {
        matches!(self, SqlError::Unique(_))
    }
}

impl From<rusqlite::Error> for SqlError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        use rusqlite::ffi;
        match &error {
            rusqlite::Error::QueryReturnedNoRows => SqlError::NotFound,
            rusqlite::Error::SqliteFailure(code, message) => {
                let text = message.clone().unwrap_or_else(|| code.to_string());
                match (code.code, code.extended_code) {
                    (_, ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY) => {
                        SqlError::Unique(text)
                    }
                    (ErrorCode::ConstraintViolation, _) => SqlError::Constraint(text),
                    (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => SqlError::Conflict,
                    (ErrorCode::DiskFull | ErrorCode::SystemIoFailure | ErrorCode::ReadOnly, _) => {
                        SqlError::Storage(text)
                    }
                    _ => SqlError::Engine(text),
                }
            }
            _ => SqlError::Engine(error.to_string()),
        }
    }
}

impl From<::postgres::Error> for SqlError {
    fn from(error: ::postgres::Error) -> Self {
        use ::postgres::error::SqlState;
        let Some(db) = error.as_db_error() else {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            let text = cause.map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"));
            return if error.is_closed() { SqlError::Storage(text) } else { SqlError::Engine(text) };
        };
        let text = match (db.constraint(), db.table()) {
            (Some(constraint), _) => constraint.to_owned(),
            (None, Some(table)) => format!("{table}: {}", db.message()),
            (None, None) => db.message().to_owned(),
        };
        match db.code() {
            code if *code == SqlState::UNIQUE_VIOLATION => SqlError::Unique(text),
            code if *code == SqlState::T_R_SERIALIZATION_FAILURE
                || *code == SqlState::T_R_DEADLOCK_DETECTED =>
            {
                SqlError::Conflict
            }
            code if code.code().starts_with("23") => SqlError::Constraint(text),
            code if code.code().starts_with("53") || code.code().starts_with("58") => SqlError::Storage(text),
            _ => SqlError::Engine(text),
        }
    }
}
