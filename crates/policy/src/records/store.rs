//! Statements over any declared table. Names come from the registry, which is written in the source; values are always
//! parameters.

use mailkeep_storage::sql::{SqlError, Tx, Value, ValueRef, params};
use mailkeep_types::Timestamp;
use uuid::Uuid;

use super::{Ending, Owner, Record, Term};
use crate::subject::Subject;

/// A value of a column as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Raw {
    Null,
    Number(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Raw {
    /// Whether nothing is stored, or no bytes are: the term has ended.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Raw::Null => true,
            Raw::Bytes(bytes) => bytes.is_empty(),
            Raw::Number(_) | Raw::Text(_) => false,
        }
    }
}

/// A row: the identifier that sealed values are bound to, and the values in the order of [`Record::columns`].
pub(super) struct RawRow {
    pub id: Uuid,
    pub values: Vec<Raw>,
}

/// How deep a path from a row to its owner may be; the registry's are two at most.
const DEEPEST: usize = 4;

/// The condition that a row is the subject's; `$1` is the subject's identifier. `None` when rows of the table are never
/// of subjects of this kind.
fn owned_by(owner: Owner, records: &[Record], subject: Subject, depth: usize) -> Option<String> {
    match (owner, subject) {
        (Owner::Person(column), Subject::Person(_))
        | (Owner::Mailbox(column), Subject::Mailbox(_))
        | (Owner::Customer(column), Subject::Customer(_))
        | (Owner::Staff(column), Subject::Staff(_))
        | (Owner::Subscriber(column), Subject::Subscriber(_)) => Some(format!("{column} = $1")),
        (Owner::Subject, _) => Some(format!("subject_kind = {} AND subject_id = $1", subject.kind())),
        (Owner::Principal, Subject::Person(_)) => Some("principal_kind = 1 AND principal_id = $1".to_owned()),
        (Owner::Principal, Subject::Staff(_)) => Some("principal_kind = 2 AND principal_id = $1".to_owned()),
        (Owner::Through { column, table, key }, _) if depth < DEEPEST => {
            let other = records.iter().find(|record| record.table == table)?;
            let condition = owned_by(other.owner, records, subject, depth + 1)?;
            Some(format!("{column} IN (SELECT {key} FROM {table} WHERE {condition})"))
        }
        _ => None,
    }
}

/// Whether rows of the table can be the subject's.
pub(super) fn may_own(record: &Record, records: &[Record], subject: Subject) -> bool {
    owned_by(record.owner, records, subject, 0).is_some()
}

/// The subject's rows.
pub(super) fn rows_of(
    tx: &mut Tx<'_>,
    record: &Record,
    records: &[Record],
    subject: Subject,
) -> Result<Vec<RawRow>, SqlError> {
    let Some(condition) = owned_by(record.owner, records, subject, 0) else { return Ok(Vec::new()) };
    read_rows(tx, record, subject, &condition)
}

/// The newest of the subject's rows: identifiers grow with time.
pub(super) fn newest_rows_of(
    tx: &mut Tx<'_>,
    record: &Record,
    records: &[Record],
    subject: Subject,
    limit: i64,
) -> Result<Vec<RawRow>, SqlError> {
    let Some(condition) = owned_by(record.owner, records, subject, 0) else { return Ok(Vec::new()) };
    read_rows(tx, record, subject, &format!("{condition} ORDER BY {} DESC LIMIT {limit}", record.row))
}

fn read_rows(
    tx: &mut Tx<'_>,
    record: &Record,
    subject: Subject,
    condition: &str,
) -> Result<Vec<RawRow>, SqlError> {
    let columns: Vec<&str> = record.columns().collect();
    let row_column = columns.iter().position(|column| *column == record.row);
    let sql = format!("SELECT {} FROM {} WHERE {condition}", columns.join(", "), record.table);
    tx.query(&sql, params![subject.uuid()], |row| {
        let values: Vec<Raw> = (0..columns.len())
            .map(|column| {
                Ok(match row.value(column)? {
                    ValueRef::Null | ValueRef::Real(_) => Raw::Null,
                    ValueRef::Int(number) => Raw::Number(number),
                    ValueRef::Text(text) => Raw::Text(text.to_owned()),
                    ValueRef::Blob(bytes) => Raw::Bytes(bytes.to_vec()),
                })
            })
            .collect::<Result<_, SqlError>>()?;
        let id = match row_column.and_then(|column| values.get(column)) {
            Some(Raw::Bytes(bytes)) => Uuid::from_slice(bytes).unwrap_or_default(),
            // Where the column is empty the row is bound to the subject itself.
            _ => subject.uuid(),
        };
        Ok(RawRow { id, values })
    })
}

/// How many rows are the subject's.
pub(super) fn count_of(
    tx: &mut Tx<'_>,
    record: &Record,
    records: &[Record],
    subject: Subject,
) -> Result<i64, SqlError> {
    let Some(condition) = owned_by(record.owner, records, subject, 0) else { return Ok(0) };
    let sql = format!("SELECT COUNT(*) FROM {} WHERE {condition}", record.table);
    tx.query_one(&sql, params![subject.uuid()], |row| row.get(0))
}

/// Empties the look-up hashes of the subject's rows, so that nobody is found by what was erased.
pub(crate) fn forget_lookups(
    tx: &mut Tx<'_>,
    record: &Record,
    records: &[Record],
    subject: Subject,
) -> Result<(), SqlError> {
    let Some(condition) = owned_by(record.owner, records, subject, 0) else { return Ok(()) };
    for column in record.lookups {
        // A hash of chance finds nobody, and also fits where the column may not be empty.
        let nobody = crate::keys::random_bytes::<32>();
        let sql = format!(
            "UPDATE {} SET {column} = $2 WHERE {condition} AND {column} IS NOT NULL AND {column} <> $2",
            record.table
        );
        // Each row gets a hash of its own where the column is unique: one by one until none is left.
        let rows = count_of(tx, record, records, subject)?;
        if rows <= 1 {
            tx.execute(&sql, params![subject.uuid(), &nobody])?;
        } else {
            forget_each(tx, record, column, &condition, subject)?;
        }
    }
    Ok(())
}

fn forget_each(
    tx: &mut Tx<'_>,
    record: &Record,
    column: &str,
    condition: &str,
    subject: Subject,
) -> Result<(), SqlError> {
    let sql = format!("SELECT {column} FROM {} WHERE {condition} AND {column} IS NOT NULL", record.table);
    let hashes: Vec<Vec<u8>> = tx.query(&sql, params![subject.uuid()], |row| row.get(0))?;
    let update = format!("UPDATE {} SET {column} = $2 WHERE {condition} AND {column} = $3", record.table);
    for hash in hashes {
        let nobody = crate::keys::random_bytes::<32>();
        tx.execute(&update, params![subject.uuid(), &nobody, &hash])?;
    }
    Ok(())
}

/// How many rows are past `limit`, and not emptied yet.
pub(crate) fn count_due(
    tx: &mut Tx<'_>,
    record: &Record,
    term: &Term,
    limit: Timestamp,
) -> Result<i64, SqlError> {
    let sql = format!("SELECT COUNT(*) FROM {} WHERE {}", record.table, due(term));
    tx.query_one(&sql, params![limit], |row| row.get(0))
}

/// Ends the term of rows past `limit`: how many there were.
pub(crate) fn end_term(
    tx: &mut Tx<'_>,
    record: &Record,
    term: &Term,
    limit: Timestamp,
) -> Result<u64, SqlError> {
    let sql = match term.ending {
        Ending::Delete => format!("DELETE FROM {} WHERE {}", record.table, due(term)),
        Ending::Empty(columns) => {
            // Some columns may not be null; no bytes are no value either.
            let emptied: Vec<String> = columns.iter().map(|column| format!("{column} = $2")).collect();
            format!("UPDATE {} SET {} WHERE {}", record.table, emptied.join(", "), due(term))
        }
        Ending::Null(columns) => {
            let emptied: Vec<String> = columns.iter().map(|column| format!("{column} = NULL")).collect();
            format!("UPDATE {} SET {} WHERE {}", record.table, emptied.join(", "), due(term))
        }
    };
    let nothing: &[u8] = &[];
    let parameters: [Value<'_>; 2] = [Value::from(limit), Value::from(nothing)];
    match term.ending {
        Ending::Delete | Ending::Null(_) => tx.execute(&sql, &parameters[..1]),
        Ending::Empty(_) => tx.execute(&sql, &parameters),
    }
}

fn due(term: &Term) -> String {
    let since = format!("{} < $1", term.since);
    match term.ending {
        Ending::Delete => since,
        Ending::Null(columns) => {
            let full: Vec<String> = columns.iter().map(|column| format!("{column} IS NOT NULL")).collect();
            format!("{since} AND ({})", full.join(" OR "))
        }
        Ending::Empty(columns) => {
            let full: Vec<String> = columns.iter().map(|column| format!("LENGTH({column}) > 0")).collect();
            format!("{since} AND ({})", full.join(" OR "))
        }
    }
}
