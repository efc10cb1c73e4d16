//! Everything that is held about a subject, opened: the file that people take along.

use mailkeep_storage::sql::SqlError;
use serde::Serialize;
use serde_json::{Map, Value};

use super::Record;
use super::store::{self, Raw};
use crate::Policy;
use crate::error::PolicyError;
use crate::gate::Use;
use crate::subject::{Actor, Fact, Place, Subject};
use crate::table::{Cell, CellKey};
use crate::vocabulary::{Act, CategoryId, PurposeId, Role, purpose};

/// What is held about a subject.
#[derive(Debug, Clone, Serialize)]
pub struct Export {
    /// `person`, `customer`, `mailbox` or `staff`.
    pub kind: &'static str,
    /// The policy under which it was made, 64 hexadecimal digits.
    pub policy_id: String,
    /// By table.
    pub tables: Vec<ExportedTable>,
    /// Categories that are held and not in the file: no rule lets anybody take them out, e.g. checks of passwords.
    pub left_out: Vec<CategoryId>,
}

/// The rows of a table.
#[derive(Debug, Clone, Serialize)]
pub struct ExportedTable {
    /// Its name.
    pub table: &'static str,
    /// What it holds.
    pub about: &'static str,
    /// Where its rows come from.
    pub source: &'static str,
    /// The rows.
    pub rows: Vec<ExportedRow>,
}

/// A row, by column. Hashes and identifiers of the house are left out.
pub type ExportedRow = Map<String, Value>;

/// Tables that have an export of their own: the ledger with its proofs, mail by IMAP.
fn elsewhere(record: &Record) -> bool {
    record.table == "ledger_entries" || record.personal.iter().any(|(_, category)| is_mail(*category))
}

const fn is_mail(category: CategoryId) -> bool {
    matches!(category, CategoryId::MailContent | CategoryId::MailMetadata)
}

/// Opens and collects what is held about `subject`. One use, one entry in the ledger.
///
/// # Errors
/// As the gate says; [`crate::OpenError::Damaged`] when a value was changed.
pub async fn export(
    policy: &Policy,
    actor: Actor,
    fact: Fact,
    subject: Subject,
) -> Result<Export, PolicyError> {
    let records = policy.records();
    let owned: Vec<Record> =
        records.iter().filter(|record| store::may_own(record, &records, subject)).copied().collect();
    let role = match actor {
        Actor::Person(_) => Role::Person,
        Actor::Mailbox(_) => Role::Mailbox,
        _ => Role::System,
    };
    let takes = |category: CategoryId| {
        let key = CellKey { purpose: PurposeId::Rights, category, role, act: Act::Export };
        matches!(policy.compiled().table.cell(key), Cell::Allowed(_))
    };
    let mut left_out: Vec<CategoryId> = owned
        .iter()
        .flat_map(|record| record.personal)
        .map(|(_, category)| *category)
        .filter(|category| !takes(*category))
        .collect();
    left_out.sort_unstable();
    left_out.dedup();
    let owned: Vec<Record> = owned.into_iter().filter(|record| !elsewhere(record)).collect();
    let names: Vec<String> = owned
        .iter()
        .flat_map(|record| record.personal.iter().map(move |column| (record, column)))
        .filter(|(_, (_, category))| takes(*category))
        .map(|(record, (column, _))| format!("{}.{column}", record.table))
        .collect();
    let fields: Vec<&str> = names.iter().map(String::as_str).collect();
    let asked = Use { actor, subject, act: Act::Export, fields: &fields, fact };
    let grant = policy.grant::<purpose::Rights>(asked).await?;

    let (all, reading) = (records.clone(), owned.clone());
    let rows = policy
        .database()
        .read(move |tx| {
            reading
                .iter()
                .map(|record| store::rows_of(tx, record, &all, subject))
                .collect::<Result<Vec<_>, SqlError>>()
        })
        .await?;
    let mut tables = Vec::new();
    for (record, rows) in owned.iter().zip(rows) {
        let mut exported = Vec::with_capacity(rows.len());
        for row in rows {
            let mut out = ExportedRow::new();
            for (column, value) in record.columns().zip(&row.values) {
                let personal = record.personal.iter().find(|(name, _)| *name == column);
                let shown = match (personal, value) {
                    (Some((_, category)), Raw::Bytes(sealed)) if takes(*category) => {
                        let place = Place { table: record.table, column, row: row.id };
                        let plain = policy.open_any(&grant, place, *category, sealed)?;
                        readable(&plain)
                    }
                    (None, Raw::Text(text)) => Value::from(text.as_str()),
                    (None, Raw::Number(number)) => Value::from(*number),
                    _ => continue,
                };
                out.insert(column.to_owned(), shown);
            }
            exported.push(out);
        }
        if !exported.is_empty() {
            let Record { table, about, source, .. } = *record;
            tables.push(ExportedTable {
                table,
                about: about.trim().trim_end_matches('.'),
                source,
                rows: exported,
            });
        }
    }
    let kind = match subject {
        Subject::Person(_) => "person",
        Subject::Mailbox(_) => "mailbox",
        Subject::Customer(_) => "customer",
        Subject::Staff(_) => "staff",
    };
    Ok(Export { kind, policy_id: policy.compiled().id_text(), tables, left_out })
}

/// Structures as such, texts as texts, documents in base64.
fn readable(plain: &[u8]) -> Value {
    let Ok(text) = std::str::from_utf8(plain) else {
        return Value::from(data_encoding::BASE64.encode(plain));
    };
    match serde_json::from_str::<Value>(text) {
        Ok(structure @ (Value::Object(_) | Value::Array(_))) => structure,
        _ => Value::from(text),
    }
}
