//! Who used my data: the ledger as its subject reads it.

use mailkeep_policy::{Act, Subject, Use, ledger, purpose};
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::page::Page;
use crate::routes::Answer;
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

/// `GET /center/privacy`
pub async fn show(ctx: Ctx) -> Answer {
    let person = ctx.who.person()?;
    let grant = ctx
        .state
        .policy
        .grant::<purpose::Audit>(Use {
            actor: person.actor(),
            subject: Subject::person(person.person),
            act: Act::Read,
            fields: &["ledger_entries.payload"],
            fact: person.fact(),
        })
        .await?;
    let before = ctx.query.get("before").parse().ok();
    let page = ledger::list_for_subject(&ctx.state.policy, &grant, before, 50).await?;
    let entries = page
        .entries
        .into_iter()
        .map(|entry| LedgerRow {
            sequence: entry.sequence,
            at: entry.at,
            actor: entry.actor,
            act: entry.act,
            fields: entry.fields,
            purpose: entry.purpose,
            fact: entry.fact,
            allowed: matches!(entry.decision, ledger::Decision::Allowed),
        })
        .collect();
    ctx.page(&PrivacyPage { entries, next: page.next })
}
