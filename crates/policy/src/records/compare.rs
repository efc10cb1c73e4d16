//! The registry beside the live schema.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use mailkeep_storage::sql::Schema;
use serde::Serialize;

use super::Record;

/// Where registry and schema differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SchemaFault {
    /// A table that nobody declared.
    UndeclaredTable {
        /// The table.
        table: String,
    },
    /// A column that nobody declared.
    Uncategorised {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// A declared column that is not there.
    Missing {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// A personal column that could hold readable text.
    NotSealed {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// A table that two crates declared.
    Twice {
        /// The table.
        table: String,
    },
}

impl fmt::Display for SchemaFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SchemaFault::UndeclaredTable { table } => write!(
                f,
                "nobody says whose the rows of {table} are; declare it in the records.rs of the crate that owns it"
            ),
            SchemaFault::Uncategorised { table, column } => write!(
                f,
                "nobody says what {table}.{column} is; put it under personal, with its category, or under plain"
            ),
            SchemaFault::Missing { table, column } => {
                write!(f, "{table}.{column} is declared and not there; remove it, or run `mailkeep migrate`")
            }
            SchemaFault::NotSealed { table, column } => {
                write!(f, "{table}.{column} is personal and not stored as bytes; seal it")
            }
            SchemaFault::Twice { table } => write!(f, "{table} is declared twice; leave it to its owner"),
        }
    }
}

/// Every difference; none when each table and column is declared once.
pub fn compare(records: &[Record], schema: &Schema) -> Vec<SchemaFault> {
    let mut declared: BTreeMap<&str, &Record> = BTreeMap::new();
    let mut faults = BTreeSet::new();
    for record in records {
        if declared.insert(record.table, record).is_some() {
            faults.insert(SchemaFault::Twice { table: record.table.to_owned() });
        }
    }
    for (table, columns) in &schema.tables {
        let Some(record) = declared.get(table.as_str()) else {
            faults.insert(SchemaFault::UndeclaredTable { table: table.clone() });
            continue;
        };
        let known: BTreeSet<&str> = record.columns().collect();
        for column in columns.keys().filter(|column| !known.contains(column.as_str())) {
            faults.insert(SchemaFault::Uncategorised { table: table.clone(), column: column.clone() });
        }
        for (column, _) in record.personal {
            if columns.get(*column).is_some_and(|live| live.kind != "bytes") {
                faults.insert(SchemaFault::NotSealed { table: table.clone(), column: (*column).to_owned() });
            }
        }
    }
    for record in records {
        let columns = schema.tables.get(record.table);
        for column in record.columns().filter(|column| columns.is_none_or(|live| !live.contains_key(*column)))
        {
            faults.insert(SchemaFault::Missing { table: record.table.to_owned(), column: column.to_owned() });
        }
    }
    faults.into_iter().collect()
}
