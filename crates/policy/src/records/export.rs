//! Everything that is held about a subject, opened: the file that people take along.

use std::collections::BTreeMap;

use mailkeep_storage::blobs::BlobError;
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use super::Record;
use super::store::{self, Raw, RawRow};
use crate::error::PolicyError;
use crate::gate::{Grant, OpenError, Use};
use crate::subject::{Actor, Fact, Place, Subject};
use crate::table::{Cell, CellKey};
use crate::vocabulary::{Act, CategoryId, Purpose, PurposeId, Role, purpose};
use crate::{Policy, dpv};

/// What is held about a subject.
#[derive(Debug, Clone, Serialize)]
pub struct Export {
    /// The namespaces of `terms`, as JSON-LD.
    #[serde(rename = "@context")]
    pub context: Value,
    /// `person`, `customer`, `mailbox` or `staff`.
    pub kind: &'static str,
    /// The policy under which it was made, 64 hexadecimal digits.
    pub policy_id: String,
    /// What each personal column is in the W3C Data Privacy Vocabulary, by `table.column`.
    pub terms: BTreeMap<String, &'static [&'static str]>,
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

/// Tables that have an export of their own: the ledger with its proofs, mail by IMAP. Copies that were made before hold
/// nothing that is not in this one.
pub(super) fn elsewhere(record: &Record) -> bool {
    matches!(record.table, "ledger_entries" | "exports")
        || record.personal.iter().any(|(_, category)| is_mail(*category))
}

const fn is_mail(category: CategoryId) -> bool {
    matches!(category, CategoryId::MailContent | CategoryId::MailMetadata)
}

/// Hashes of passwords and tokens are stored as text in some tables; they are no more to be taken along than the others.
fn is_hash(column: &str) -> bool {
    column == "hash" || column.ends_with("_hash")
}

/// The column that says where the column `content` of its row rests, when it is too large for the row.
const BLOB_KEY: &str = "blob_key";
const IN_A_BLOB: &str = "content";

/// What rests outside its row, still sealed; nothing when the row goes at this moment.
async fn rests_outside(policy: &Policy, record: &Record, row: &RawRow) -> Result<Option<Raw>, PolicyError> {
    let at = record.columns().position(|column| column == BLOB_KEY);
    let (Some(Raw::Text(key)), Some(blobs)) = (at.and_then(|at| row.values.get(at)), policy.blobs()) else {
        return Ok(None);
    };
    match blobs.get(key).await {
        Ok(sealed) => Ok(Some(Raw::Bytes(sealed.to_vec()))),
        Err(BlobError::NotFound(_)) => Ok(None),
        Err(error) => Err(PolicyError::Blobs(error.to_string())),
    }
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
        // Without an identifier of the row, the column is sealed for another subject than the row's owner.
        .filter(|(record, (_, category))| takes(*category) && !record.row.is_empty())
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
            let outside = rests_outside(policy, record, &row).await?;
            for (column, value) in record.columns().zip(&row.values) {
                let value = outside.as_ref().filter(|_| column == IN_A_BLOB).unwrap_or(value);
                let personal = record.personal.iter().find(|(name, _)| *name == column);
                let shown = match (personal, value) {
                    // No bytes are no value: the term of the column has ended.
                    (Some((_, category)), Raw::Bytes(sealed))
                        if takes(*category) && !record.row.is_empty() && !sealed.is_empty() =>
                    {
                        let place = Place { table: record.table, column, row: row.id };
                        let plain = policy.open_any(&grant, place, *category, sealed)?;
                        readable(&plain)
                    }
                    (None, Raw::Text(text)) if !is_hash(column) && column != BLOB_KEY => {
                        Value::from(text.as_str())
                    }
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
    let kind = subject.word();
    let terms = owned
        .iter()
        .flat_map(|record| {
            record.personal.iter().map(move |(column, category)| (record.table, column, category))
        })
        .filter(|(_, _, category)| takes(**category))
        .map(|(table, column, category)| (format!("{table}.{column}"), dpv::personal_data(*category)))
        .collect();
    let policy_id = policy.compiled().id_text();
    Ok(Export { context: dpv::context(), kind, policy_id, terms, tables, left_out })
}

/// The subject's rows of a table, still sealed; for what opens a part of them under a grant of its own.
pub(crate) struct SealedRow(RawRow);

/// Reads the subject's rows.
pub(crate) fn rows_for(
    tx: &mut Tx<'_>,
    record: &Record,
    records: &[Record],
    subject: Subject,
) -> Result<Vec<SealedRow>, SqlError> {
    Ok(store::rows_of(tx, record, records, subject)?.into_iter().map(SealedRow).collect())
}

/// When a row came to be, where its table says so.
const TIMES: &[&str] = &["at", "placed_at", "asked_at", "screened_at", "created_at"];

/// Opens the columns of `categories` in the rows whose time `within` takes. A row holds these columns, its time, and
/// nothing else.
pub(crate) fn opened_rows<P: Purpose>(
    policy: &Policy,
    grant: &Grant<P>,
    record: &Record,
    rows: Vec<SealedRow>,
    categories: &[CategoryId],
    within: impl Fn(Option<i64>) -> bool,
) -> Result<Vec<ExportedRow>, OpenError> {
    let columns: Vec<&str> = record.columns().collect();
    let time_column = TIMES.iter().find_map(|time| columns.iter().position(|column| column == time));
    let mut opened = Vec::new();
    for SealedRow(row) in rows {
        let time = time_column.and_then(|column| match row.values.get(column) {
            Some(Raw::Number(time)) => Some(*time),
            _ => None,
        });
        if !within(time) {
            continue;
        }
        let mut out = ExportedRow::new();
        for ((column, category), value) in record.personal.iter().zip(&row.values) {
            let Raw::Bytes(sealed) = value else { continue };
            if categories.contains(category) && !sealed.is_empty() {
                let place = Place { table: record.table, column, row: row.id };
                out.insert(
                    (*column).to_owned(),
                    readable(&policy.open_any(grant, place, *category, sealed)?),
                );
            }
        }
        if !out.is_empty() {
            if let Some(time) = time {
                out.insert("time".to_owned(), Value::from(Timestamp::from_micros(time).to_string()));
            }
            opened.push(out);
        }
    }
    Ok(opened)
}

/// Structures as such, texts as texts, documents in base64.
pub(super) fn readable(plain: &[u8]) -> Value {
    let Ok(text) = std::str::from_utf8(plain) else {
        return Value::from(data_encoding::BASE64.encode(plain));
    };
    match serde_json::from_str::<Value>(text) {
        Ok(structure @ (Value::Object(_) | Value::Array(_))) => structure,
        _ => Value::from(text),
    }
}
