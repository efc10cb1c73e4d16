//! Producing what is handed over: exactly the scope, and nothing else of the person is opened.

use mailkeep_storage::sql::SqlError;
use mailkeep_types::{StaffId, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use super::{Disclosure, DisclosureError, package, store};
use crate::Policy;
use crate::error::PolicyError;
use crate::gate::Use;
use crate::records::{ExportedRow, ExportedTable, Record, opened_rows, rows_for};
use crate::subject::{Actor, Fact};
use crate::vocabulary::{Act, CategoryId, purpose};

/// What is in the archive.
#[derive(Debug, Serialize)]
pub struct Produced {
    /// The number of the disclosure.
    pub disclosure: Uuid,
    /// The ground.
    pub ground: &'static str,
    /// For whom it is.
    pub recipient: String,
    /// SHA-256 of the document that justifies it, in hexadecimal digits.
    pub document: String,
    /// The policy under which it was made, 64 hexadecimal digits.
    pub policy_id: String,
    /// When.
    pub produced_at: String,
    /// The categories.
    pub scope: Vec<CategoryId>,
    /// From when, where rows have a time.
    pub period_from: Option<String>,
    /// Until when.
    pub period_until: Option<String>,
    /// What was found, by table.
    pub tables: Vec<ExportedTable>,
    /// Categories of the scope that are not in here: mail is handed over by its own way.
    pub left_out: Vec<CategoryId>,
}

/// What the member of staff gets: the archive waits for them, its passphrase is shown once.
#[derive(Debug)]
pub struct Package {
    /// The passphrase of the archive; to be handed over by another way than the archive.
    pub passphrase: String,
    /// SHA-256 of the archive.
    pub hash: [u8; 32],
}

/// Opens what the disclosure covers and packs it into an archive that only its passphrase opens (ZIP with AES-256). The
/// archive can be [taken](super::take_package) for a day; producing it again makes another one.
///
/// # Errors
/// As the gate says: without a second person, by another than who opened it, or after it was refused.
/// [`DisclosureError::NothingHeld`] where nothing of the scope is held.
pub async fn produce(policy: &Policy, disclosure: Uuid, staff: StaffId) -> Result<Package, DisclosureError> {
    let found = policy.database().read(move |tx| store::find(tx, disclosure)).await?;
    let row = found.ok_or(DisclosureError::NotFound)?;
    let records = policy.records();
    let covered: Vec<Record> = records
        .iter()
        .filter(|record| !is_mail(record) && record.table != "ledger_entries")
        .filter(|record| record.personal.iter().any(|(_, category)| row.scope.contains(category)))
        .copied()
        .collect();
    let (subject, all) = (row.subject, records.clone());
    let tables = policy
        .database()
        .read(move |tx| {
            covered
                .iter()
                .map(|record| Ok((*record, rows_for(tx, record, &all, subject)?)))
                .collect::<Result<Vec<_>, SqlError>>()
        })
        .await?;
    let tables: Vec<_> = tables.into_iter().filter(|(_, rows)| !rows.is_empty()).collect();
    let names: Vec<String> = tables
        .iter()
        .flat_map(|(record, _)| record.personal.iter().map(move |column| (record, column)))
        .filter(|(_, (_, category))| row.scope.contains(category))
        .map(|(record, (column, _))| format!("{}.{column}", record.table))
        .collect();
    let fields: Vec<&str> = names.iter().map(String::as_str).collect();
    // Also where nothing is held the gate is asked, so that who may not disclose does not learn that.
    let asked = Use {
        actor: Actor::Staff(staff),
        subject,
        act: Act::Disclose,
        fields: &fields,
        fact: Fact::Ground(disclosure),
    };
    if fields.is_empty() {
        return Err(DisclosureError::NothingHeld);
    }
    let grant = policy.grant::<purpose::Comply>(asked).await.map_err(PolicyError::from)?;
    let mut opened = Vec::new();
    for (record, rows) in tables {
        let within = |time: Option<i64>| in_period(&row, time);
        let rows: Vec<ExportedRow> =
            opened_rows(policy, &grant, &record, rows, &row.scope, within).map_err(PolicyError::from)?;
        if !rows.is_empty() {
            let Record { table, about, source, .. } = record;
            opened.push(ExportedTable { table, about: about.trim().trim_end_matches('.'), source, rows });
        }
    }
    let now = policy.clock().now();
    let produced = Produced {
        disclosure,
        ground: row.ground.id(),
        recipient: row.recipient.clone(),
        document: data_encoding::HEXLOWER.encode(&row.document),
        policy_id: policy.compiled().id_text(),
        produced_at: now.to_string(),
        scope: row.scope.clone(),
        period_from: row.period_from.map(|at| at.to_string()),
        period_until: row.period_until.map(|at| at.to_string()),
        tables: opened,
        left_out: row.scope.iter().copied().filter(|category| is_mail_category(*category)).collect(),
    };
    let (passphrase, archive) = package::pack(&produced)?;
    let hash = super::document_hash(&archive);
    policy.database().write(move |tx| store::keep_package(tx, disclosure, &archive, hash, now)).await?;
    Ok(Package { passphrase, hash })
}

fn in_period(row: &Disclosure, time: Option<i64>) -> bool {
    let Some(time) = time.map(Timestamp::from_micros) else { return true };
    row.period_from.is_none_or(|from| time >= from) && row.period_until.is_none_or(|until| time < until)
}

fn is_mail(record: &Record) -> bool {
    record.personal.iter().any(|(_, category)| is_mail_category(*category))
}

const fn is_mail_category(category: CategoryId) -> bool {
    matches!(category, CategoryId::MailContent | CategoryId::MailMetadata)
}
