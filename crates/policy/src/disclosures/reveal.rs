//! Revealing what was sealed, when its review date has come.

use serde_json::json;
use uuid::Uuid;

use super::{Disclosure, DisclosureError, store};
use crate::error::PolicyError;
use crate::ledger::{Decision, NewEntry};
use crate::outbound::{MessageClass, Notice};
use crate::vocabulary::{Act, FactKind, PurposeId, Role};
use crate::{KeyError, Policy};

/// Writes an entry into the ledger of each person whose disclosure is not sealed any more, and tells the person. Run by a
/// job; safe to run twice. Returns how many were revealed.
///
/// # Errors
/// When the database or the ledger fails; the rest is revealed by the next run.
pub async fn reveal_due(policy: &Policy) -> Result<usize, DisclosureError> {
    let now = policy.clock().now();
    let due = policy.database().read(move |tx| store::due_to_reveal(tx, now)).await?;
    let mut revealed = 0;
    for disclosure in due {
        match reveal(policy, &disclosure).await {
            Ok(()) => revealed += 1,
            // Somebody whose data is gone cannot be told any more.
            Err(DisclosureError::Policy(PolicyError::Key(KeyError::Erased(_)))) => {
                mark(policy, disclosure.id, None).await?;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(revealed)
}

/// Reveals a sealed disclosure before its review date, when the law forbids no longer to tell the person.
///
/// # Errors
/// [`DisclosureError::NotFound`] when it is not sealed; otherwise as [`reveal_due`].
pub async fn reveal_now(policy: &Policy, disclosure: Uuid) -> Result<(), DisclosureError> {
    let now = policy.clock().now();
    let found = policy.database().read(move |tx| store::find(tx, disclosure)).await?;
    let sealed = found.filter(|row| row.agreed_by.is_some() && row.is_sealed(now));
    let row = sealed.ok_or(DisclosureError::NotFound)?;
    match reveal(policy, &row).await {
        Err(DisclosureError::Policy(PolicyError::Key(KeyError::Erased(_)))) => {
            mark(policy, row.id, None).await
        }
        other => other,
    }
}

async fn reveal(policy: &Policy, disclosure: &Disclosure) -> Result<(), DisclosureError> {
    let entry = NewEntry {
        subject: disclosure.subject,
        actor: policy.staff_pseudonym(disclosure.opened_by),
        role: Role::PrivacyOfficer,
        purpose: PurposeId::Comply,
        act: Act::Disclose,
        categories: disclosure.scope.clone(),
        fields: Vec::new(),
        fact: FactKind::Ground,
        fact_id: disclosure.id,
        decision: Decision::Allowed,
        reason: format!(
            "to {} on {}, ground {}; sealed by law until now",
            disclosure.recipient,
            disclosure.opened_at,
            disclosure.ground.id()
        ),
    };
    policy.append_entry(entry).await?;
    let notice = Notice {
        class: MessageClass::Account,
        template: "identity/data_used",
        subject: disclosure.subject,
        topic: None,
        to: None,
        unique_key: format!("disclosure:{}", disclosure.id),
        context: json!({}),
    };
    mark(policy, disclosure.id, Some(notice)).await
}

async fn mark(policy: &Policy, id: Uuid, notice: Option<Notice>) -> Result<(), DisclosureError> {
    let (outbound, now) = (policy.outbound(), policy.clock().now());
    policy
        .database()
        .write(move |tx| {
            store::mark_revealed(tx, id, now)?;
            if let Some(notice) = &notice {
                outbound.send(tx, notice).map_err(|error| match error {
                    crate::outbound::OutboundError::Policy(error) => DisclosureError::Policy(error),
                    other => DisclosureError::Policy(PolicyError::Sql(
                        mailkeep_storage::sql::SqlError::Engine(other.to_string()),
                    )),
                })?;
            }
            Ok(())
        })
        .await
}
