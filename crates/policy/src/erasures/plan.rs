//! An erasure is planned, looked at, and undone while there is time.

use mailkeep_storage::jobs::{self, NewJob};
use mailkeep_storage::sql::SqlError;
use mailkeep_types::{PersonId, RegistrationId, new_uuid};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{CARRY_OUT, COOLING, CarryOut, Erasure, store};
use crate::Policy;
use crate::error::PolicyError;
use crate::keys::random_bytes;
use crate::outbound::{MessageClass, Notice, OutboundError, Sent};
use crate::requests::{self, Proof};
use crate::subject::Subject;
use crate::vocabulary::Act;

/// The message with the link to the certificate.
const TEMPLATE: &str = "identity/erasure_planned";

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Plans the erasure of the person and of `others`, the customers that are theirs alone; `at_once` leaves no time to undo it.
/// The person is mailed the link to the certificate. An erasure that is planned already stays as it is.
///
/// # Errors
/// When the person has no key, or the database fails.
pub async fn plan(
    policy: &Policy,
    person: PersonId,
    proof: Proof,
    registration_id: RegistrationId,
    others: &[Subject],
    at_once: bool,
) -> Result<Uuid, PolicyError> {
    let clock = policy.clock().clone();
    let id = new_uuid(&*clock);
    let subjects: Vec<(Uuid, Subject)> = others
        .iter()
        .copied()
        .chain(std::iter::once(Subject::person(person)))
        .map(|subject| (new_uuid(&*clock), subject))
        .collect();
    let token = data_encoding::BASE64URL_NOPAD.encode(&random_bytes::<32>());
    let (by, proof) = (proof.verified_by(), proof.text());
    let (outbound, now) = (policy.outbound(), clock.now());
    policy
        .database()
        .write(move |tx| -> Result<Uuid, PolicyError> {
            if let Some(before) = store::pending(tx, person)? {
                return Ok(before.id);
            }
            let due_at = if at_once { now } else { now.plus(COOLING) };
            for (request, subject) in &subjects {
                requests::store::insert(tx, *request, *subject, Act::Erase, by, &proof, Some(id), now)?;
            }
            let hours = due_at.since(now).as_secs() / 3600;
            let sent = outbound.send(
                tx,
                &Notice {
                    class: MessageClass::Account,
                    template: TEMPLATE,
                    subject: Subject::person(person),
                    topic: None,
                    to: None,
                    unique_key: format!("{TEMPLATE}/{id}"),
                    context: json!({
                        "token": token, "hours": hours, "registration_id": registration_id.to_string()
                    }),
                },
            );
            let notice = match sent {
                Ok(Sent::Queued(notice) | Sent::Before(notice)) => Some(notice),
                Ok(Sent::Suppressed) => None,
                Err(OutboundError::Policy(error)) => return Err(error),
                Err(other) => return Err(SqlError::Engine(other.to_string()).into()),
            };
            store::insert(tx, id, person, registration_id, &hash(&token), notice, now, due_at)?;
            let job = NewJob::new(CARRY_OUT, &CarryOut { erasure_id: id }).key(id.to_string()).at(due_at);
            jobs::enqueue(tx, job)?;
            Ok(id)
        })
        .await
}

/// The erasure of the person that is planned or under way.
///
/// # Errors
/// When the database fails.
pub async fn pending(policy: &Policy, person: PersonId) -> Result<Option<Erasure>, PolicyError> {
    Ok(policy.database().read(move |tx| store::pending(tx, person)).await?)
}

/// The erasure that a link leads to.
///
/// # Errors
/// When the database fails.
pub async fn find(policy: &Policy, token: &str) -> Result<Option<Erasure>, PolicyError> {
    let hash = hash(token);
    Ok(policy.database().read(move |tx| store::by_token(tx, &hash)).await?)
}

/// Takes the wish to be erased back. False when there is none, or it is too late.
///
/// # Errors
/// When the database fails.
pub async fn undo(policy: &Policy, person: PersonId) -> Result<bool, PolicyError> {
    let now = policy.clock().now();
    let undone = policy.database().write(move |tx| -> Result<bool, SqlError> {
        match store::pending(tx, person)? {
            Some(erasure) => store::undo(tx, erasure.id, now),
            None => Ok(false),
        }
    });
    Ok(undone.await?)
}

/// As [`undo`], for whoever has the link.
///
/// # Errors
/// When the database fails.
pub async fn undo_with_token(policy: &Policy, token: &str) -> Result<bool, PolicyError> {
    let (hash, now) = (hash(token), policy.clock().now());
    let undone = policy.database().write(move |tx| -> Result<bool, SqlError> {
        match store::by_token(tx, &hash)? {
            Some(erasure) => store::undo(tx, erasure.id, now),
            None => Ok(false),
        }
    });
    Ok(undone.await?)
}
