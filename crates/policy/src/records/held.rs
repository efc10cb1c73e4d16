//! What is held about a subject, opened for the person who looks: every personal column with its newest values.

use mailkeep_storage::sql::SqlError;
use serde::Serialize;
use serde_json::Value;

use super::export::{elsewhere, readable};
use super::store::{self, Raw};
use super::{Owner, Record};
use crate::Policy;
use crate::error::PolicyError;
use crate::gate::Use;
use crate::shown::Shown;
use crate::subject::{Actor, Fact, Place, Subject};
use crate::table::{Cell, CellKey};
use crate::vocabulary::{Act, CategoryId, PurposeId, Role, purpose};

/// How many values of a column are opened; the export has all.
const VALUES: i64 = 5;

/// How a column is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HeldAs {
    /// With its values.
    Opened,
    /// Nobody is shown it, e.g. the check of a password.
    Closed,
    /// On a page of its own: invoices, mail, the record of uses.
    Elsewhere,
}

/// A personal column of which the subject has rows.
#[derive(Debug, Clone, Serialize)]
pub struct Held {
    /// The table.
    pub table: &'static str,
    /// What it holds.
    pub about: &'static str,
    /// Where its rows come from.
    pub source: &'static str,
    /// The column.
    pub column: &'static str,
    /// Its category.
    pub category: CategoryId,
    /// Whether the person typed it into a form.
    pub asked: bool,
    /// How it is shown.
    pub shown: HeldAs,
    /// How many rows there are.
    pub rows: i64,
    /// The newest values, if it is opened; structures by their parts.
    pub values: Vec<Shown<String>>,
}

/// Opens what is held about `subject` for `actor`, who looks under `fact`. One use, one entry in the ledger.
///
/// # Errors
/// As the gate says; [`crate::OpenError::Damaged`] when a value was changed.
pub async fn held(
    policy: &Policy,
    actor: Actor,
    fact: Fact,
    subject: Subject,
) -> Result<Vec<Held>, PolicyError> {
    let records = policy.records();
    let personal = |record: &&Record| !record.personal.is_empty() && record.owner != Owner::House;
    let owned: Vec<Record> = records
        .iter()
        .filter(personal)
        .filter(|record| store::may_own(record, &records, subject))
        .copied()
        .collect();
    let (all, reading) = (records.clone(), owned.clone());
    let found = policy
        .database()
        .read(move |tx| {
            reading
                .iter()
                .map(|record| {
                    let count = store::count_of(tx, record, &all, subject)?;
                    let rows = match opens(record) {
                        true if count > 0 => store::newest_rows_of(tx, record, &all, subject, VALUES)?,
                        _ => Vec::new(),
                    };
                    Ok((count, rows))
                })
                .collect::<Result<Vec<_>, SqlError>>()
        })
        .await?;
    let open = |record: &Record, category| opens(record) && may_read(policy, category);
    let held = || owned.iter().zip(&found).filter(|(_, (count, _))| *count > 0);
    let names: Vec<String> = held()
        .flat_map(|(record, _)| record.personal.iter().map(move |column| (record, column)))
        .filter(|(record, (_, category))| open(record, *category))
        .map(|(record, (column, _))| format!("{}.{column}", record.table))
        .collect();
    let fields: Vec<&str> = names.iter().map(String::as_str).collect();
    let asked = Use { actor, subject, act: Act::Read, fields: &fields, fact };
    let grant = policy.grant::<purpose::Rights>(asked).await?;

    let mut columns = Vec::new();
    for (record, (count, rows)) in held() {
        for (position, (column, category)) in record.personal.iter().enumerate() {
            let shown = match open(record, *category) {
                true => HeldAs::Opened,
                false if elsewhere(record) || *category == CategoryId::Invoice => HeldAs::Elsewhere,
                false => HeldAs::Closed,
            };
            let mut values = Vec::new();
            for row in rows.iter().filter(|_| shown == HeldAs::Opened) {
                // The personal columns come first among the columns of a record.
                if let Some(Raw::Bytes(sealed)) = row.values.get(position).filter(|value| !value.is_empty()) {
                    let place = Place { table: record.table, column, row: row.id };
                    let value = readable(&policy.open_any(&grant, place, *category, sealed)?);
                    values.push(Shown::opened(in_words(&value), *category));
                }
            }
            columns.push(Held {
                table: record.table,
                about: record.about.trim().trim_end_matches('.'),
                source: record.source,
                column,
                category: *category,
                asked: record.asks_for(column),
                shown,
                rows: *count,
                values,
            });
        }
    }
    Ok(columns)
}

/// Whether rows of the table are opened here: what has a page of its own is not, nor are links on their way to somebody.
fn opens(record: &Record) -> bool {
    let invoice = record.personal.iter().any(|(_, category)| *category == CategoryId::Invoice);
    !elsewhere(record) && !invoice && !record.row.is_empty() && record.table != "outbound_messages"
}

/// A value as a person reads it: structures by their parts.
pub fn in_words(value: &Value) -> String {
    let join =
        |parts: Vec<String>| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(parts) => join(parts.iter().map(in_words).collect()),
        Value::Object(parts) => join(parts.values().map(in_words).collect()),
        other => other.to_string(),
    }
}

fn may_read(policy: &Policy, category: CategoryId) -> bool {
    let key = CellKey { purpose: PurposeId::Rights, category, role: Role::Person, act: Act::Read };
    matches!(policy.compiled().table.cell(key), Cell::Allowed(_))
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn structures_are_read_by_their_parts() {
        let address =
            serde_json::json!({ "lines": ["12 Larkspur Lane"], "city": "Springfield", "region": "" });
        assert_eq!(in_words(&address), "Springfield, 12 Larkspur Lane");
    }
}
