//! Erasure: what goes, what stays and why, and the certificate that it was done.

use std::time::Duration;

use mailkeep_storage::sql::SqlError;
use mailkeep_types::{LedgerEntryId, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Record, store};
use crate::Policy;
use crate::error::PolicyError;
use crate::file::Erasure;
use crate::gate::Use;
use crate::subject::{Actor, Fact, Subject};
use crate::table::{Cell, CellKey};
use crate::vocabulary::{Act, CategoryId, PurposeId, Role, purpose};

/// What becomes of rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErasureFate {
    /// Unreadable at once: the key is destroyed.
    Unreadable,
    /// Kept under the books key, for so many days from what the words say.
    Kept {
        /// How many days.
        days: u32,
        /// From when.
        from: String,
    },
    /// Holds nothing personal.
    NothingPersonal,
}

/// What becomes of the rows of a table.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ErasureLine {
    /// The table.
    pub table: String,
    /// What it holds.
    pub about: String,
    /// How many rows.
    pub rows: i64,
    /// The categories in it.
    pub categories: Vec<CategoryId>,
    /// What becomes of them.
    pub fate: ErasureFate,
}

/// What a person gets when the data is erased.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Certificate {
    /// `person`, `customer`, `mailbox` or `staff`.
    pub kind: String,
    /// When.
    pub at: Timestamp,
    /// The policy under which it was done, 64 hexadecimal digits.
    pub policy_id: String,
    /// The entry in the ledger.
    pub entry: Option<LedgerEntryId>,
    /// When the last backup of the key is gone: from then on nobody can read it, not even from a backup.
    pub final_at: Timestamp,
    /// What went and what stays.
    pub lines: Vec<ErasureLine>,
}

/// What an erasure of the subject's data would do; changes nothing.
///
/// # Errors
/// When the database fails.
pub async fn erasure_plan(policy: &Policy, subject: Subject) -> Result<Vec<ErasureLine>, SqlError> {
    let records = policy.records();
    let owned: Vec<Record> =
        records.iter().filter(|record| store::may_own(record, &records, subject)).copied().collect();
    let counted = owned.clone();
    let counts = policy
        .database()
        .read(move |tx| {
            counted
                .iter()
                .map(|record| store::count_of(tx, record, &records, subject))
                .collect::<Result<Vec<_>, SqlError>>()
        })
        .await?;
    let lines = owned.iter().zip(counts).filter(|(_, rows)| *rows > 0).map(|(record, rows)| {
        let mut categories: Vec<CategoryId> = record.personal.iter().map(|(_, category)| *category).collect();
        categories.sort_unstable();
        categories.dedup();
        let terms = categories.iter().map(|category| policy.compiled().terms(*category));
        let fate = match terms.clone().find(|terms| terms.erasure == Erasure::EndOfTerm) {
            Some(kept) => ErasureFate::Kept { days: kept.keep_days, from: kept.keep_from.clone() },
            None if categories.is_empty() => ErasureFate::NothingPersonal,
            None => ErasureFate::Unreadable,
        };
        ErasureLine {
            table: record.table.to_owned(),
            about: record.about.trim().trim_end_matches('.').to_owned(),
            rows,
            categories,
            fate,
        }
    });
    Ok(lines.collect())
}

/// Erases: writes the entry, destroys the data key, and forgets the hashes by which the subject was found. Invoices stay
/// under the books key until their term ends; the ledger stays whole.
///
/// # Errors
/// As the gate says, and when a database fails; then it can be done again.
pub async fn erase(
    policy: &Policy,
    actor: Actor,
    fact: Fact,
    subject: Subject,
) -> Result<Certificate, PolicyError> {
    let lines = erasure_plan(policy, subject).await?;
    let records = policy.records();
    let role = if matches!(actor, Actor::Person(_)) { Role::Person } else { Role::System };
    let erasable = |category: CategoryId| {
        let key = CellKey { purpose: PurposeId::Rights, category, role, act: Act::Erase };
        matches!(policy.compiled().table.cell(key), Cell::Allowed(_))
    };
    let names: Vec<String> = records
        .iter()
        .filter(|record| store::may_own(record, &records, subject))
        .flat_map(|record| record.personal.iter().map(move |column| (record, column)))
        .filter(|(_, (_, category))| erasable(*category))
        .map(|(record, (column, _))| format!("{}.{column}", record.table))
        .collect();
    let fields: Vec<&str> = names.iter().map(String::as_str).collect();
    let asked = Use { actor, subject, act: Act::Erase, fields: &fields, fact };
    let grant = policy.grant::<purpose::Rights>(asked).await?;
    // Whoever is erased is not written to again, also when the address comes back on some list.
    crate::outbound::suppressions::suppress_everything(policy, subject).await?;
    policy.erase(subject).await?;
    policy
        .database()
        .write(move |tx| -> Result<(), SqlError> {
            for record in &records {
                store::forget_lookups(tx, record, &records, subject)?;
            }
            Ok(())
        })
        .await?;
    let at = policy.clock().now();
    let days = u64::from(policy.compiled().raw.erasure.days);
    Ok(Certificate {
        kind: subject.word().to_owned(),
        at,
        policy_id: policy.compiled().id_text(),
        entry: grant.entry(),
        final_at: at.plus(Duration::from_secs(days * 86_400)),
        lines,
    })
}
