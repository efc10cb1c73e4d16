//! The record of processing activities, from the policy file and the registry.

use serde::Serialize;

use super::Record;
use crate::file::{CompiledPolicy, Erasure};
use crate::table::{Cell, CellKey};
use crate::vocabulary::{CategoryId, PurposeId};

/// One kind of data: why, whose, from where, to whom, how long, how it goes.
#[derive(Debug, Clone, Serialize)]
pub struct Processing {
    /// The category.
    pub category: CategoryId,
    /// What it is.
    pub words: String,
    /// `controller` or `processor`.
    pub held_as: String,
    /// The purposes that some cell of the table allows it for.
    pub purposes: Vec<PurposeId>,
    /// Who receives it.
    pub recipients: Vec<String>,
    /// Where it is stored.
    pub country: String,
    /// For how many days it is kept.
    pub keep_days: u32,
    /// What the days count from.
    pub keep_from: String,
    /// How it goes.
    pub erasure: &'static str,
    /// Where it is stored.
    pub tables: Vec<ProcessingTable>,
}

/// A table with columns of a category.
#[derive(Debug, Clone, Serialize)]
pub struct ProcessingTable {
    /// The table.
    pub table: &'static str,
    /// What it holds.
    pub about: &'static str,
    /// Where its rows come from.
    pub source: &'static str,
    /// The columns of the category.
    pub columns: Vec<&'static str>,
}

/// One entry for each category, in the order of the file.
pub fn record_of_processing(policy: &CompiledPolicy, records: &[Record]) -> Vec<Processing> {
    let entry = |category: &CategoryId| {
        let terms = policy.terms(*category);
        let raw = policy.raw.category.iter().find(|raw| raw.id.get_ref() == category.id());
        let used = |purpose: &&PurposeId| {
            CellKey::all().any(|key| {
                key.purpose == **purpose
                    && key.category == *category
                    && matches!(policy.table.cell(key), Cell::Allowed(_))
            })
        };
        let receives = policy
            .raw
            .recipient
            .iter()
            .filter(|recipient| recipient.categories.iter().any(|word| word == category.id()));
        let tables = records.iter().filter_map(|record| {
            let columns: Vec<_> =
                record.personal.iter().filter(|(_, of)| of == category).map(|(column, _)| *column).collect();
            let Record { table, about, source, .. } = *record;
            (!columns.is_empty()).then_some(ProcessingTable {
                table,
                about: about.trim().trim_end_matches('.'),
                source,
                columns,
            })
        });
        Processing {
            category: *category,
            words: raw.map(|raw| raw.words.clone()).unwrap_or_default(),
            held_as: if terms.as_controller { "controller" } else { "processor" }.to_owned(),
            purposes: PurposeId::ALL.iter().filter(used).copied().collect(),
            recipients: receives.map(|recipient| recipient.id.get_ref().clone()).collect(),
            country: if terms.in_country {
                policy.raw.residency.country.clone()
            } else {
                "anywhere".to_owned()
            },
            keep_days: terms.keep_days,
            keep_from: terms.keep_from.clone(),
            erasure: match terms.erasure {
                Erasure::DestroyKey => "the key is destroyed",
                Erasure::EndOfTerm => "at the end of its legal term",
            },
            tables: tables.collect(),
        }
    };
    CategoryId::ALL.iter().map(entry).collect()
}
