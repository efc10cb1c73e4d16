//! The tables as they are, in a form that is the same for both engines: for the comparison of the two migration
//! folders and of the registry of personal data with the live database.

use std::collections::{BTreeMap, BTreeSet};

use super::{Database, Dialect, SqlError, Tx, params};

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Column {
    /// `integer`, `real`, `text` or `bytes`.
    pub kind: String,
    /// May it be empty?
    pub nullable: bool,
}

/// All tables with their columns, and their unique keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schema {
    /// Table name to column name to column.
    pub tables: BTreeMap<String, BTreeMap<String, Column>>,
    /// Table name to the unique sets of columns, the primary key among them.
    pub unique: BTreeMap<String, BTreeSet<Vec<String>>>,
    /// Table name to the indexed lists of columns that are not unique.
    pub indexes: BTreeMap<String, BTreeSet<Vec<String>>>,
}

pub(super) async fn read(db: &Database) -> Result<Schema, SqlError> {
    db.read(|tx| match tx.dialect() {
        Dialect::Sqlite => sqlite(tx),
        Dialect::Postgres => postgres(tx),
    })
    .await
}

fn kind(declared: &str) -> String {
    match declared.to_ascii_lowercase().as_str() {
        "bigint" | "integer" => "integer",
        "text" => "text",
        "bytea" | "blob" => "bytes",
        "double precision" | "real" => "real",
        other => other,
    }
    .to_owned()
}

fn sqlite(tx: &mut Tx<'_>) -> Result<Schema, SqlError> {
    let mut schema = Schema::default();
    let tables = tx.query(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        params![],
        |row| row.get::<String>(0),
    )?;
    for table in tables {
        let rows = tx.query(
            "SELECT name, type, \"notnull\", pk FROM pragma_table_info($1)",
            params![&table],
            |row| {
                Ok::<_, SqlError>((
                    row.get::<String>(0)?,
                    row.get::<String>(1)?,
                    row.get::<bool>(2)?,
                    row.get::<i64>(3)?,
                ))
            },
        )?;
        let mut key: Vec<(i64, String)> = Vec::new();
        let mut columns = BTreeMap::new();
        for (name, declared, not_null, pk) in rows {
            if pk > 0 {
                key.push((pk, name.clone()));
            }
            columns.insert(name, Column { kind: kind(&declared), nullable: !not_null && pk == 0 });
        }
        key.sort();
        if !key.is_empty() {
            let columns = key.into_iter().map(|(_, name)| name).collect();
            schema.unique.entry(table.clone()).or_default().insert(columns);
        }
        let indexes =
            tx.query("SELECT name, \"unique\" FROM pragma_index_list($1)", params![&table], |row| {
                Ok::<_, SqlError>((row.get::<String>(0)?, row.get::<bool>(1)?))
            })?;
        for (index, unique) in indexes {
            // An expression has no name; PostgreSQL leaves it out as well.
            let named = "SELECT name FROM pragma_index_info($1) WHERE name IS NOT NULL ORDER BY seqno";
            let columns = tx.query(named, params![&index], |row| row.get::<String>(0))?;
            let into = if unique { &mut schema.unique } else { &mut schema.indexes };
            into.entry(table.clone()).or_default().insert(columns);
        }
        schema.tables.insert(table, columns);
    }
    Ok(schema)
}

fn postgres(tx: &mut Tx<'_>) -> Result<Schema, SqlError> {
    let mut schema = Schema::default();
    tx.for_each(
        "SELECT table_name::text, column_name::text, data_type::text, is_nullable::text
         FROM information_schema.columns WHERE table_schema = current_schema()",
        params![],
        |row| -> Result<(), SqlError> {
            let column =
                Column { kind: kind(&row.get::<String>(2)?), nullable: row.get::<String>(3)? == "YES" };
            schema.tables.entry(row.get(0)?).or_default().insert(row.get(1)?, column);
            Ok(())
        },
    )?;
    tx.for_each(
        "SELECT t.relname::text, i.indisunique,
                (SELECT string_agg(a.attname::text, ',' ORDER BY k.position)
                 FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)
                 JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum)
         FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
         JOIN pg_namespace n ON n.oid = t.relnamespace WHERE n.nspname = current_schema()",
        params![],
        |row| -> Result<(), SqlError> {
            let columns = row.get::<String>(2)?.split(',').map(str::to_owned).collect();
            let into = if row.get::<bool>(1)? { &mut schema.unique } else { &mut schema.indexes };
            into.entry(row.get(0)?).or_default().insert(columns);
            Ok(())
        },
    )?;
    Ok(schema)
}
