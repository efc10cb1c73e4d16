//! Copies every row of one database into another of either engine: how an installation moves from a file of SQLite to
//! PostgreSQL, or back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::schema::{Column, Schema};
use super::value::{FromValue, Value, ValueRef};
use super::{Database, Dialect, SqlError, Tx, params};

/// How many rows go in one transaction.
const BATCH: usize = 500;

/// A value that outlives its row.
#[derive(Debug, Clone, PartialEq)]
enum Owned {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

impl FromValue for Owned {
    const EXPECTED: &'static str = "a value";
    fn from_value(value: ValueRef<'_>) -> Option<Self> {
        Some(match value {
            ValueRef::Null => Owned::Null,
            ValueRef::Int(int) => Owned::Int(int),
            ValueRef::Real(real) => Owned::Real(real),
            ValueRef::Text(text) => Owned::Text(text.to_owned()),
            ValueRef::Blob(bytes) => Owned::Blob(bytes.to_vec()),
        })
    }
}

impl Owned {
    fn as_value(&self) -> Value<'_> {
        match self {
            Owned::Null => Value::Null,
            Owned::Int(int) => Value::Int(*int),
            Owned::Real(real) => Value::Real(*real),
            Owned::Text(text) => Value::Text(text),
            Owned::Blob(bytes) => Value::Blob(bytes),
        }
    }
}

/// A table that is being copied, and the columns by which its rows are walked in order.
struct Table {
    name: String,
    columns: Vec<String>,
    /// Positions in `columns` of a key that no two rows share and that is never empty.
    key: Vec<usize>,
}

impl Table {
    fn of(name: &str, schema: &Schema) -> Result<Self, SqlError> {
        let none = BTreeMap::new();
        let columns: &BTreeMap<String, Column> = schema.tables.get(name).unwrap_or(&none);
        let names: Vec<String> = columns.keys().cloned().collect();
        let is_walkable = |key: &&Vec<String>| {
            key.iter().all(|column| columns.get(column).is_some_and(|column| !column.nullable))
        };
        let key = schema.unique.get(name).into_iter().flatten().find(is_walkable);
        let key = key.ok_or_else(|| SqlError::Config(format!("table {name} has no key to walk it by")))?;
        let key = key.iter().filter_map(|column| names.iter().position(|name| name == column)).collect();
        Ok(Table { name: name.to_owned(), columns: names, key })
    }

    fn quoted(&self, positions: impl Iterator<Item = usize>) -> String {
        positions
            .filter_map(|at| self.columns.get(at))
            .map(|c| format!("\"{c}\""))
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn placeholders(count: usize) -> String {
        (1..=count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
    }

    /// The rows after the one with the key `after`, or the first ones.
    fn select(&self, after: bool) -> String {
        let (all, key) = (self.quoted(0..self.columns.len()), self.quoted(self.key.iter().copied()));
        let from = if after {
            format!(" WHERE ({key}) > ({})", Self::placeholders(self.key.len()))
        } else {
            String::new()
        };
        format!("SELECT {all} FROM \"{}\"{from} ORDER BY {key} LIMIT {BATCH}", self.name)
    }

    fn insert(&self) -> String {
        let (all, values) = (self.quoted(0..self.columns.len()), Self::placeholders(self.columns.len()));
        format!("INSERT INTO \"{}\" ({all}) VALUES ({values})", self.name)
    }
}

impl Database {
    /// Copies all rows into `target`, whose tables must be there and empty, and gives the number of rows of each table.
    /// Nothing may write to either meanwhile.
    ///
    /// # Errors
    /// [`SqlError::Config`] when the tables differ or `target` is not empty; the engine's failure otherwise. A copy that
    /// failed leaves `target` with a part of the rows: empty it before the next try.
    pub async fn copy_into(&self, target: &Database) -> Result<BTreeMap<String, u64>, SqlError> {
        let (ours, theirs) = (self.schema().await?, target.schema().await?);
        if ours.tables != theirs.tables {
            return Err(SqlError::Config(
                "the tables of the two databases differ: both must be migrated by this version".to_owned(),
            ));
        }
        let mut copied = BTreeMap::new();
        for name in self.in_order_of_references(&ours).await? {
            // The target has its own record of applied migrations, made when its tables were.
            if name == "schema_migrations" {
                continue;
            }
            let table = Arc::new(Table::of(&name, &ours)?);
            if count(target, &name).await? > 0 {
                return Err(SqlError::Config(format!("table {name} of the target has rows already")));
            }
            copied.insert(name, self.copy_table(table, target).await?);
        }
        Ok(copied)
    }

    async fn copy_table(&self, table: Arc<Table>, target: &Database) -> Result<u64, SqlError> {
        let mut after: Option<Vec<Owned>> = None;
        let mut copied = 0;
        loop {
            let (from, start) = (Arc::clone(&table), after.clone());
            let rows: Vec<Vec<Owned>> = self.read(move |tx| rows(tx, &from, start.as_deref())).await?;
            let Some(last) = rows.last() else { return Ok(copied) };
            after = Some(table.key.iter().filter_map(|at| last.get(*at).cloned()).collect());
            copied += rows.len() as u64;
            let (into, rows) = (table.insert(), Arc::new(rows));
            target
                .write(move |tx| -> Result<(), SqlError> {
                    for row in rows.iter() {
                        tx.execute(&into, &row.iter().map(Owned::as_value).collect::<Vec<_>>())?;
                    }
                    Ok(())
                })
                .await?;
        }
    }

    /// The tables, each after those that it refers to.
    async fn in_order_of_references(&self, schema: &Schema) -> Result<Vec<String>, SqlError> {
        let names: Vec<String> = schema.tables.keys().cloned().collect();
        let mut waiting: BTreeMap<String, BTreeSet<String>> = self
            .read(move |tx| {
                names
                    .iter()
                    .map(|name| Ok((name.clone(), referred(tx, name)?)))
                    .collect::<Result<_, SqlError>>()
            })
            .await?;
        let mut ordered = Vec::new();
        while !waiting.is_empty() {
            let free: Vec<String> = waiting
                .iter()
                .filter(|(name, refers)| {
                    refers.iter().all(|other| other == *name || !waiting.contains_key(other))
                })
                .map(|(name, _)| name.clone())
                .collect();
            if free.is_empty() {
                return Err(SqlError::Config("tables refer to each other in a circle".to_owned()));
            }
            waiting.retain(|name, _| !free.contains(name));
            ordered.extend(free);
        }
        Ok(ordered)
    }
}

fn rows(tx: &mut Tx<'_>, table: &Table, after: Option<&[Owned]>) -> Result<Vec<Vec<Owned>>, SqlError> {
    let start: Vec<Value<'_>> = after.unwrap_or_default().iter().map(Owned::as_value).collect();
    tx.query(&table.select(after.is_some()), &start, |row| {
        (0..table.columns.len()).map(|column| row.get::<Owned>(column)).collect::<Result<Vec<_>, SqlError>>()
    })
}

fn referred(tx: &mut Tx<'_>, table: &str) -> Result<BTreeSet<String>, SqlError> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => "SELECT \"table\" FROM pragma_foreign_key_list($1)",
        Dialect::Postgres => {
            "SELECT confrelid::regclass::text FROM pg_constraint
             WHERE contype = 'f' AND conrelid = CAST($1 AS TEXT)::regclass"
        }
    };
    Ok(tx.query(sql, params![table], |row| row.get::<String>(0))?.into_iter().collect())
}

async fn count(db: &Database, table: &str) -> Result<i64, SqlError> {
    let sql = format!("SELECT COUNT(*) FROM \"{table}\"");
    db.read(move |tx| tx.query_one(&sql, params![], |row| row.get::<i64>(0))).await
}
