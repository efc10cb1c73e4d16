//! The job's part: an erasure is claimed when it is due, its parts are erased by those who own them, and the certificate is
//! kept until it is fetched.

use mailkeep_storage::jobs::{self, NewJob};
use mailkeep_storage::sql::SqlError;
use mailkeep_types::{PersonId, Timestamp, new_uuid};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{Erasure, ErasureCertificate, ErasureState, store};
use crate::Policy;
use crate::error::PolicyError;
use crate::exports;
use crate::ledger;
use crate::outbound;
use crate::records::Certificate;
use crate::requests::{self, SIGNED_IN};
use crate::subject::{Fact, Subject};
use crate::vocabulary::Act;

/// What became of the wish to carry an erasure out.
#[derive(Debug)]
pub enum Claimed {
    /// It is ours to carry out: whose data, each with the fact under which it is erased.
    Ours(Erasure, Vec<(Subject, Fact)>),
    /// The message with the link waits to be sent; afterwards there is no address to send it to.
    LinkWaits,
    /// It was undone, or done.
    Over,
}

/// Claims an erasure that is due. What was interrupted can be claimed again.
///
/// # Errors
/// When the database fails.
pub async fn claim(policy: &Policy, id: Uuid) -> Result<Claimed, PolicyError> {
    let now = policy.clock().now();
    let claimed = policy.database().write(move |tx| -> Result<Claimed, SqlError> {
        let due = |erasure: &Erasure| match erasure.state {
            ErasureState::Cooling => erasure.due_at <= now,
            ErasureState::Working => true,
            ErasureState::Done | ErasureState::Undone => false,
        };
        let Some(erasure) = store::find(tx, id)?.filter(due) else { return Ok(Claimed::Over) };
        if let Some(notice) = erasure.notice
            && outbound::pending_subject(tx, notice)?.is_some()
        {
            return Ok(Claimed::LinkWaits);
        }
        store::set_working(tx, id)?;
        // The person last: until then a run that was cut off can be told from one that never began.
        let mut parts = requests::store::parts_of(tx, id)?;
        parts.reverse();
        Ok(Claimed::Ours(erasure, parts))
    });
    Ok(claimed.await?)
}

/// Adds a part that belongs to the erasure, e.g. a mailbox of a customer that ends: the fact under which it is erased.
///
/// # Errors
/// When the database fails.
pub async fn add_part(policy: &Policy, id: Uuid, subject: Subject) -> Result<Fact, PolicyError> {
    let (request, now) = (new_uuid(&**policy.clock()), policy.clock().now());
    let added = policy.database().write(move |tx| -> Result<Fact, SqlError> {
        let known = requests::store::parts_of(tx, id)?;
        if let Some((_, fact)) = known.into_iter().find(|(part, _)| *part == subject) {
            return Ok(fact);
        }
        requests::store::insert(
            tx,
            request,
            subject,
            Act::Erase,
            SIGNED_IN,
            "with its customer",
            Some(id),
            now,
        )?;
        Ok(Fact::Request(request))
    });
    Ok(added.await?)
}

/// Notes that the erasure is done, with what the certificate says. Copies of the data go too.
///
/// # Errors
/// When the database fails.
pub async fn finish(policy: &Policy, erasure: &Erasure, parts: Vec<Certificate>) -> Result<(), PolicyError> {
    let entry = parts.iter().rev().find_map(|part| part.entry);
    let proof = match entry {
        Some(entry) => Some(ledger::prove_entry_by_id(policy, entry).await?),
        None => None,
    };
    let certificate = ErasureCertificate {
        registration_id: erasure.registration_id.to_string(),
        asked_at: erasure.created_at,
        parts,
        proof,
    };
    let text = serde_json::to_string(&certificate).map_err(|error| SqlError::Engine(error.to_string()))?;
    let (id, person, now): (Uuid, PersonId, Timestamp) = (erasure.id, erasure.person, policy.clock().now());
    policy
        .database()
        .write(move |tx| -> Result<(), SqlError> {
            exports::expire_all(tx, person, now)?;
            jobs::enqueue(tx, NewJob::new(exports::SWEEP_EXPORTS, &()))?;
            store::set_done(tx, id, &text, now)?;
            requests::store::finish_case(tx, id, now)
        })
        .await?;
    Ok(())
}

/// Gives the certificate to whoever has the link, once: afterwards it is not stored any more.
///
/// # Errors
/// When the database fails.
pub async fn take_certificate(
    policy: &Policy,
    token: &str,
) -> Result<Option<ErasureCertificate>, PolicyError> {
    let hash: [u8; 32] = Sha256::digest(token.as_bytes()).into();
    let now = policy.clock().now();
    let taken = policy.database().write(move |tx| store::take_certificate(tx, &hash, now)).await?;
    Ok(taken.and_then(|text| serde_json::from_str(&text).ok()))
}
