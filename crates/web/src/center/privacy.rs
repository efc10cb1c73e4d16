//! Who used my data: the ledger as its subject reads it.

use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::page::Page;
use crate::samples;

/// The entries about the person, newest first.
#[derive(Debug, Serialize)]
pub struct PrivacyPage {
    /// The entries.
    pub entries: Vec<LedgerRow>,
    /// Where the next page of the list begins.
    pub next: Option<i64>,
}

/// An entry.
#[derive(Debug, Clone, Serialize)]
pub struct LedgerRow {
    /// Its number in the person's chain.
    pub sequence: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// What was done.
    pub act: String,
    /// With which fields.
    pub fields: Vec<String>,
    /// For which purpose.
    pub purpose: String,
    /// What justified it.
    pub fact: String,
    /// Whether the gate allowed it.
    pub allowed: bool,
}

impl Page for PrivacyPage {
    const TEMPLATE: &'static str = "center/privacy.html";

    fn samples() -> Vec<Self> {
        let row = |sequence, actor: &str, purpose: &str, fact: &str, allowed| LedgerRow {
            sequence,
            at: samples::days_ago(sequence),
            actor: actor.to_owned(),
            act: "read".to_owned(),
            fields: vec!["persons.name".to_owned(), "persons.phone".to_owned()],
            purpose: purpose.to_owned(),
            fact: fact.to_owned(),
            allowed,
        };
        let rows = vec![
            row(3, "billing run", "deliver", "due invoice", true),
            row(2, "staff 5F2K", "troubleshoot", "none", false),
            row(1, "you", "prefill", "your session", true),
        ];
        vec![PrivacyPage { entries: rows, next: Some(1) }, PrivacyPage { entries: Vec::new(), next: None }]
    }
}
