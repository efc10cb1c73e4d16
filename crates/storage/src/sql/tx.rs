//! What a closure sees of its transaction, the same on both engines.

use std::collections::HashMap;

use mailkeep_types::Timestamp;

use super::notify::{Channel, Notice};
use super::value::{FromValue, Value, ValueRef, take};
use super::{Dialect, SqlError};

/// A running transaction.
pub struct Tx<'a> {
    pub(super) engine: EngineTx<'a>,
    pub(super) now: Timestamp,
    pub(super) notices: Vec<Notice>,
    failed: bool,
    conflict: bool,
}

pub(super) enum EngineTx<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres { client: &'a mut postgres::Client, statements: &'a mut HashMap<String, postgres::Statement> },
}

/// A row of a result.
pub struct Row<'a>(RowKind<'a>);

enum RowKind<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a postgres::Row),
}

impl<'a> Tx<'a> {
    pub(super) fn new(engine: EngineTx<'a>, now: Timestamp) -> Self {
        Tx { engine, now, notices: Vec::new(), failed: false, conflict: false }
    }

    pub(super) fn failed(&self) -> bool {
        self.failed
    }

    pub(super) fn saw_conflict(&self) -> bool {
        self.conflict
    }

    /// The dialect, for the rare statement that must differ.
    pub fn dialect(&self) -> Dialect {
        match self.engine {
            EngineTx::Sqlite(_) => Dialect::Sqlite,
            EngineTx::Postgres { .. } => Dialect::Postgres,
        }
    }

    /// The time at which the transaction began, from the clock of the database.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Wakes those who watch `id` on `channel`, on every node, once the transaction is durable.
    pub fn notify(&mut self, channel: Channel, id: [u8; 16], value: i64) {
        let notice = Notice { channel, id, value };
        match self.notices.iter_mut().find(|n| n.channel == channel && n.id == id) {
            Some(earlier) => *earlier = notice,
            None => self.notices.push(notice),
        }
    }

    fn check<T>(&mut self, result: Result<T, SqlError>) -> Result<T, SqlError> {
        #[cfg(feature = "testing")]
        let result = match crate::testing::statement_fails() {
            true => Err(SqlError::Storage("a test lets statements fail".to_owned())),
            false => result,
        };
        match result {
            // No row is an answer, not a failure of the statement.
            Err(error) if !matches!(error, SqlError::NotFound | SqlError::Type { .. }) => {
                self.failed = true;
                self.conflict = matches!(error, SqlError::Conflict);
                Err(error)
            }
            other => other,
        }
    }

    /// Runs a statement and says how many rows it changed.
    pub fn execute(&mut self, sql: &str, params: &[Value<'_>]) -> Result<u64, SqlError> {
        if self.failed {
            return Err(SqlError::Aborted);
        }
        let result = match &mut self.engine {
            EngineTx::Sqlite(connection) => sqlite_execute(connection, sql, params),
            EngineTx::Postgres { client, statements } => {
                prepare(client, statements, sql).and_then(|statement| {
                    let params = as_dyn(params);
                    client.execute(&statement, &params).map_err(SqlError::from)
                })
            }
        };
        self.check(result)
    }

    /// Runs several statements without parameters, separated by semicolons: for migrations.
    pub fn execute_batch(&mut self, sql: &str) -> Result<(), SqlError> {
        if self.failed {
            return Err(SqlError::Aborted);
        }
        let result = match &mut self.engine {
            EngineTx::Sqlite(connection) => connection.execute_batch(sql).map_err(SqlError::from),
            EngineTx::Postgres { client, .. } => client.batch_execute(sql).map_err(SqlError::from),
        };
        self.check(result)
    }

    /// Hands each row of the result to `each`, one after the other, without keeping them.
    pub fn for_each<E, F>(&mut self, sql: &str, params: &[Value<'_>], mut each: F) -> Result<(), E>
    where
        E: From<SqlError>,
        F: FnMut(&Row<'_>) -> Result<(), E>,
    {
        if self.failed {
            return Err(SqlError::Aborted.into());
        }
        let mut from_caller = None;
        let result = match &mut self.engine {
            EngineTx::Sqlite(connection) => sqlite_rows(connection, sql, params, |row| {
                each(&Row(RowKind::Sqlite(row))).map_err(|error| from_caller = Some(error)).is_ok()
            }),
            EngineTx::Postgres { client, statements } => {
                prepare(client, statements, sql).and_then(|statement| {
                    use postgres::fallible_iterator::FallibleIterator;
                    let mut rows = client.query_raw(&statement, params.iter())?;
                    while let Some(row) = rows.next()? {
                        if let Err(error) = each(&Row(RowKind::Postgres(&row))) {
                            from_caller = Some(error);
                            break;
                        }
                    }
                    Ok(())
                })
            }
        };
        self.check(result)?;
        from_caller.map_or(Ok(()), Err)
    }

    /// All rows of the result.
    pub fn query<T, E, F>(&mut self, sql: &str, params: &[Value<'_>], mut map: F) -> Result<Vec<T>, E>
    where
        E: From<SqlError>,
        F: FnMut(&Row<'_>) -> Result<T, E>,
    {
        let mut out = Vec::new();
        self.for_each(sql, params, |row| -> Result<(), E> {
            out.push(map(row)?);
            Ok(())
        })?;
        Ok(out)
    }

    /// The first row of the result, if there is one.
    pub fn query_opt<T, E, F>(&mut self, sql: &str, params: &[Value<'_>], mut map: F) -> Result<Option<T>, E>
    where
        E: From<SqlError>,
        F: FnMut(&Row<'_>) -> Result<T, E>,
    {
        let mut out = None;
        self.for_each(sql, params, |row| -> Result<(), E> {
            if out.is_none() {
                out = Some(map(row)?);
            }
            Ok(())
        })?;
        Ok(out)
    }

    /// The first row of the result; [`SqlError::NotFound`] when there is none.
    pub fn query_one<T, E, F>(&mut self, sql: &str, params: &[Value<'_>], map: F) -> Result<T, E>
    where
        E: From<SqlError>,
        F: FnMut(&Row<'_>) -> Result<T, E>,
    {
        self.query_opt(sql, params, map)?.ok_or_else(|| SqlError::NotFound.into())
    }
}

impl Row<'_> {
    /// The value of a column, counted from zero.
    pub fn get<T: FromValue>(&self, column: usize) -> Result<T, SqlError> {
        take(column, self.value(column)?)
    }

    /// The value of a column without a copy: for large bytes that are read on the spot.
    pub fn value(&self, column: usize) -> Result<ValueRef<'_>, SqlError> {
        match self.0 {
            RowKind::Sqlite(row) => {
                use rusqlite::types::ValueRef as Lite;
                Ok(match row.get_ref(column)? {
                    Lite::Null => ValueRef::Null,
                    Lite::Integer(int) => ValueRef::Int(int),
                    Lite::Real(real) => ValueRef::Real(real),
                    Lite::Text(text) => ValueRef::Text(std::str::from_utf8(text).map_err(|_| {
                        SqlError::Type { column, expected: "a text", found: "bytes that are not UTF-8" }
                    })?),
                    Lite::Blob(bytes) => ValueRef::Blob(bytes),
                })
            }
            RowKind::Postgres(row) => postgres_value(row, column),
        }
    }
}

fn postgres_value(row: &postgres::Row, column: usize) -> Result<ValueRef<'_>, SqlError> {
    use postgres::types::Type;
    let ty = row.columns().get(column).map(|c| c.type_().clone()).ok_or(SqlError::Type {
        column,
        expected: "a column",
        found: "no such column",
    })?;
    let value = match ty {
        Type::INT8 => row.try_get::<_, Option<i64>>(column)?.map(ValueRef::Int),
        Type::INT4 => row.try_get::<_, Option<i32>>(column)?.map(|i| ValueRef::Int(i64::from(i))),
        Type::INT2 => row.try_get::<_, Option<i16>>(column)?.map(|i| ValueRef::Int(i64::from(i))),
        Type::BOOL => row.try_get::<_, Option<bool>>(column)?.map(|b| ValueRef::Int(i64::from(b))),
        Type::FLOAT8 => row.try_get::<_, Option<f64>>(column)?.map(ValueRef::Real),
        Type::BYTEA => row.try_get::<_, Option<&[u8]>>(column)?.map(ValueRef::Blob),
        Type::TEXT | Type::VARCHAR | Type::NAME | Type::BPCHAR => {
            row.try_get::<_, Option<&str>>(column)?.map(ValueRef::Text)
        }
        Type::NUMERIC => {
            let expected = "CAST(… AS BIGINT) around a sum";
            return Err(SqlError::Type { column, expected, found: "a numeric" });
        }
        _ => {
            let expected = "BIGINT, TEXT, BYTEA or DOUBLE PRECISION";
            return Err(SqlError::Type { column, expected, found: "another type" });
        }
    };
    Ok(value.unwrap_or(ValueRef::Null))
}

fn as_dyn<'p>(params: &'p [Value<'p>]) -> Vec<&'p (dyn postgres::types::ToSql + Sync)> {
    params.iter().map(|value| value as &(dyn postgres::types::ToSql + Sync)).collect()
}

fn prepare(
    client: &mut postgres::Client,
    statements: &mut HashMap<String, postgres::Statement>,
    sql: &str,
) -> Result<postgres::Statement, SqlError> {
    if let Some(statement) = statements.get(sql) {
        return Ok(statement.clone());
    }
    let statement = client.prepare(sql)?;
    // Statements are written in the source, so there are few; the bound is a net under generated ones.
    if statements.len() >= 1000 {
        statements.clear();
    }
    statements.insert(sql.to_owned(), statement.clone());
    Ok(statement)
}

fn bind(statement: &mut rusqlite::CachedStatement<'_>, params: &[Value<'_>]) -> Result<(), SqlError> {
    // `$1` is a name to SQLite and may appear in any order, or not at all in a branch for the other engine.
    for (index, value) in params.iter().enumerate() {
        let name = match index {
            0 => "$1",
            1 => "$2",
            2 => "$3",
            3 => "$4",
            4 => "$5",
            5 => "$6",
            6 => "$7",
            7 => "$8",
            8 => "$9",
            9 => "$10",
            10 => "$11",
            11 => "$12",
            _ => {
                let name = format!("${}", index + 1);
                let position = statement.parameter_index(&name)?;
                bind_at(statement, position, &name, value)?;
                continue;
            }
        };
        let position = statement.parameter_index(name)?;
        bind_at(statement, position, name, value)?;
    }
    if statement.parameter_count() > params.len() {
        return Err(SqlError::Engine(format!(
            "the statement has {} parameters, {} were given",
            statement.parameter_count(),
            params.len()
        )));
    }
    Ok(())
}

fn bind_at(
    statement: &mut rusqlite::CachedStatement<'_>,
    position: Option<usize>,
    name: &str,
    value: &Value<'_>,
) -> Result<(), SqlError> {
    let position =
        position.ok_or_else(|| SqlError::Engine(format!("the statement has no parameter {name}")))?;
    statement.raw_bind_parameter(position, value).map_err(SqlError::from)
}

fn sqlite_execute(
    connection: &rusqlite::Connection,
    sql: &str,
    params: &[Value<'_>],
) -> Result<u64, SqlError> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, params)?;
    if statement.column_count() > 0 {
        // RETURNING without a reader: run to the end so that every row is changed.
        let mut rows = statement.raw_query();
        let mut count = 0;
        while rows.next()?.is_some() {
            count += 1;
        }
        return Ok(count);
    }
    let changed = statement.raw_execute()?;
    Ok(changed as u64)
}

fn sqlite_rows(
    connection: &rusqlite::Connection,
    sql: &str,
    params: &[Value<'_>],
    mut each: impl FnMut(&rusqlite::Row<'_>) -> bool,
) -> Result<(), SqlError> {
    let mut statement = connection.prepare_cached(sql)?;
    bind(&mut statement, params)?;
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        if !each(row) {
            break;
        }
    }
    Ok(())
}
