//! Reading one's own entries.

use serde::Serialize;

use super::{Entry, Payload, commitment, store};
use crate::gate::Grant;
use crate::gate::OpenError;
use crate::keys::additional_data;
use crate::subject::Place;
use crate::vocabulary::{CategoryId, purpose};
use crate::{Policy, PolicyError};

/// A page of entries, newest first.
#[derive(Debug, Clone, Serialize)]
pub struct LedgerPage {
    /// The entries.
    pub entries: Vec<Entry>,
    /// To be given as `before` for the next page; `None` at the end.
    pub next: Option<i64>,
}

/// The entries about the grant's subject, newest first; `before` is the [`LedgerPage::next`] of the page before.
///
/// # Errors
/// When the grant has ended, or an entry was changed: see [`super::verify`].
pub async fn list_for_subject(
    policy: &Policy,
    grant: &Grant<purpose::Audit>,
    before: Option<i64>,
    limit: u16,
) -> Result<LedgerPage, PolicyError> {
    let subject = grant.subject();
    grant.covers_category(subject, CategoryId::UseRecord)?;
    let (below, rows) = (before.unwrap_or(i64::MAX), i64::from(limit.clamp(1, 500)));
    let stored = policy.database().read(move |tx| store::page(tx, subject, below, rows + 1)).await?;
    let more = stored.len() > usize::from(limit.clamp(1, 500));
    let mut entries = Vec::with_capacity(stored.len());
    for row in stored.into_iter().take(usize::from(limit.clamp(1, 500))) {
        entries.push(open_entry(grant, row)?.0);
    }
    let next = entries.last().filter(|_| more).map(|entry| entry.sequence);
    Ok(LedgerPage { entries, next })
}

/// The entry as its subject reads it, and the text that its commitment is to.
pub(super) fn open_entry(
    grant: &Grant<purpose::Audit>,
    row: store::Stored,
) -> Result<(Entry, String), PolicyError> {
    let place = Place { table: "ledger_entries", column: "payload", row: row.id.uuid() };
    let plain = grant.keys().ledger()?.open(&additional_data(grant.subject(), &place), &row.payload);
    let text = plain
        .filter(|plain| commitment(plain) == row.commitment)
        .and_then(|plain| String::from_utf8(plain).ok());
    let text = text.ok_or(OpenError::Damaged("ledger_entries"))?;
    let payload: Payload = serde_json::from_str(&text).map_err(|_| OpenError::Damaged("ledger_entries"))?;
    let entry = Entry {
        id: row.id,
        sequence: row.sequence,
        position: row.position,
        at: row.at,
        actor: payload.actor,
        role: payload.role,
        purpose: payload.purpose,
        act: payload.act,
        categories: payload.categories,
        fields: payload.fields,
        fact: payload.fact,
        fact_id: payload.fact_id,
        decision: payload.decision,
        reason: payload.reason,
        policy_id: data_encoding::HEXLOWER.encode(&row.policy_id),
    };
    Ok((entry, text))
}
