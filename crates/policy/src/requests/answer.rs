//! A privacy officer reads what an objection says, and answers it.

use mailkeep_types::StaffId;
use serde_json::json;
use uuid::Uuid;

use super::{Outcome, RequestRow, place, store};
use crate::Policy;
use crate::error::PolicyError;
use crate::gate::Use;
use crate::outbound::{MessageClass, Notice, OutboundError};
use crate::personal::{Personal, Sealed};
use crate::shown::Shown;
use crate::subject::{Actor, Fact};
use crate::vocabulary::{Act, category, purpose};

/// The message that tells the person.
const TEMPLATE: &str = "identity/request_answered";

/// An objection, opened for the answer.
#[derive(Debug, Clone)]
pub struct Opened {
    /// What is listed.
    pub row: RequestRow,
    /// What the person wrote.
    pub reason: Shown<String>,
}

/// Objections: those that wait by their due date, then the newest that were answered. Opens nothing.
///
/// # Errors
/// When the database fails.
pub async fn waiting(policy: &Policy) -> Result<(Vec<RequestRow>, Vec<RequestRow>), PolicyError> {
    let read = policy.database().read(|tx| {
        Ok::<_, mailkeep_storage::sql::SqlError>((store::list(tx, true, 500)?, store::list(tx, false, 50)?))
    });
    Ok(read.await?)
}

/// Opens what the person wrote, for the member of staff who answers. The request is the fact; the person is told.
///
/// # Errors
/// As the gate says: also when the objection was answered, or the member of staff is no privacy officer.
pub async fn open_for_staff(
    policy: &Policy,
    staff: StaffId,
    id: Uuid,
) -> Result<Option<Opened>, PolicyError> {
    let found = policy
        .database()
        .read(move |tx| {
            Ok::<_, mailkeep_storage::sql::SqlError>((store::find(tx, id)?, store::reason_of(tx, id)?))
        })
        .await?;
    let (Some(row), Some(reason)) = found else { return Ok(None) };
    let asked = Use {
        actor: Actor::Staff(staff),
        subject: row.subject,
        act: Act::Read,
        fields: &["subject_requests.reason"],
        fact: Fact::Request(id),
    };
    let grant = policy.grant::<purpose::Rights>(asked).await?;
    let sealed: Sealed<String, category::Ticket> = Sealed::from_bytes(reason);
    let reason = policy.show(&grant, place("reason", id), &sealed)?;
    Ok(Some(Opened { row, reason }))
}

/// One objection, without what the person wrote.
///
/// # Errors
/// When the database fails.
pub async fn find(policy: &Policy, id: Uuid) -> Result<Option<RequestRow>, PolicyError> {
    Ok(policy.database().read(move |tx| store::find(tx, id)).await?)
}

/// Answers an objection, and tells the person that there is an answer. False when it was answered meanwhile.
///
/// # Errors
/// When the person has no key any more, or the database fails.
pub async fn answer(
    policy: &Policy,
    staff: StaffId,
    id: Uuid,
    outcome: Outcome,
    words: &str,
) -> Result<bool, PolicyError> {
    let Some(row) = find(policy, id).await? else { return Ok(false) };
    let value: Personal<String, category::Ticket> = Personal::new(words.trim().to_owned());
    let sealed = policy.seal(row.subject, place("answer", id), &value)?.into_bytes();
    let outbound = policy.outbound();
    policy
        .database()
        .write(move |tx| -> Result<bool, PolicyError> {
            if !store::set_answer(tx, id, staff, outcome, &sealed)? {
                return Ok(false);
            }
            let notice = Notice {
                class: MessageClass::Account,
                template: TEMPLATE,
                subject: row.subject,
                topic: None,
                to: None,
                unique_key: format!("{TEMPLATE}/{id}"),
                context: json!({}),
            };
            match outbound.send(tx, &notice) {
                Ok(_) => Ok(true),
                Err(OutboundError::Policy(error)) => Err(error),
                Err(other) => Err(mailkeep_storage::sql::SqlError::Engine(other.to_string()).into()),
            }
        })
        .await
}
