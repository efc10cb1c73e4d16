//! A person asks for a copy, and sees how far it is.

use mailkeep_storage::jobs::{self, NewJob};
use mailkeep_storage::sql::SqlError;
use mailkeep_types::{PersonId, new_uuid};
use uuid::Uuid;

use super::{ExportRow, ExportState, KEPT_FOR, MAKE_EXPORT, MakeExport, SWEEP_EXPORTS, store};
use crate::Policy;
use crate::error::PolicyError;
use crate::requests::{self, Proof};
use crate::subject::Subject;
use crate::vocabulary::Act;

/// Asks for a copy of what is held about the person and about `others`: the customers and mailboxes that are theirs. Each
/// is a request of its own, the fact under which it is opened. While one copy is being made there is no second.
///
/// # Errors
/// When the database fails.
pub async fn ask(
    policy: &Policy,
    person: PersonId,
    proof: Proof,
    others: &[Subject],
) -> Result<Uuid, PolicyError> {
    let clock = policy.clock().clone();
    let id = new_uuid(&*clock);
    let subjects: Vec<(Uuid, Subject)> = std::iter::once(Subject::person(person))
        .chain(others.iter().copied())
        .map(|subject| (new_uuid(&*clock), subject))
        .collect();
    let (by, proof, now) = (proof.verified_by(), proof.text(), clock.now());
    let asked = policy.database().write(move |tx| -> Result<Uuid, SqlError> {
        if let Some(before) = store::being_made(tx, person, now)? {
            return Ok(before);
        }
        let total = i64::try_from(subjects.len()).unwrap_or(i64::MAX);
        store::insert(tx, id, person, total, now, now.plus(KEPT_FOR))?;
        for (request, subject) in &subjects {
            requests::store::insert(tx, *request, *subject, Act::Export, by, &proof, Some(id), now)?;
        }
        jobs::enqueue(tx, NewJob::new(MAKE_EXPORT, &MakeExport { export_id: id }).key(id.to_string()))?;
        Ok(id)
    });
    Ok(asked.await?)
}

/// The person's copies, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(policy: &Policy, person: PersonId) -> Result<Vec<ExportRow>, PolicyError> {
    let now = policy.clock().now();
    Ok(policy.database().read(move |tx| store::list(tx, person, now)).await?)
}

/// One of the person's copies.
///
/// # Errors
/// When the database fails.
pub async fn find(policy: &Policy, person: PersonId, id: Uuid) -> Result<Option<ExportRow>, PolicyError> {
    let found = policy.database().read(move |tx| store::find(tx, id)).await?;
    Ok(found.filter(|row| row.person == person))
}

/// Removes a copy before its time: nobody can fetch it from now on, and a job deletes it. False when it is not there, or is
/// still being made.
///
/// # Errors
/// When the database fails.
pub async fn remove(policy: &Policy, person: PersonId, id: Uuid) -> Result<bool, PolicyError> {
    let now = policy.clock().now();
    let removed = policy.database().write(move |tx| -> Result<bool, SqlError> {
        let row = store::find(tx, id)?.filter(|row| row.person == person);
        let over = |row: &ExportRow| matches!(row.state, ExportState::Ready | ExportState::Failed);
        match row.filter(over) {
            Some(_) => {
                store::expire(tx, id, now)?;
                jobs::enqueue(tx, NewJob::new(SWEEP_EXPORTS, &()))?;
                Ok(true)
            }
            None => Ok(false),
        }
    });
    Ok(removed.await?)
}
