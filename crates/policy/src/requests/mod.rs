//! Requests of people who cannot sign in: they write, somebody verifies who they are, and the request is recorded. It is the
//! fact under which the command line exports or erases.

pub(crate) mod store;

use mailkeep_types::new_uuid;

use crate::Policy;
use crate::error::PolicyError;
use crate::subject::{Fact, Subject};
use crate::vocabulary::Act;

/// For how long a recorded request can be answered.
pub(crate) const OPEN_FOR: std::time::Duration = std::time::Duration::from_secs(31 * 86_400);

/// Notes that a request was answered.
///
/// # Errors
/// When the database fails.
pub async fn finish(policy: &Policy, request: Fact) -> Result<(), PolicyError> {
    let (id, now) = (request.uuid(), policy.clock().now());
    policy.database().write(move |tx| store::finish(tx, id, now)).await?;
    Ok(())
}

/// Records a request. `verified_by` names who verified it and `proof` how, e.g. the number of a letter; neither may hold
/// anything about the person.
///
/// # Errors
/// When the database fails.
pub async fn record(
    policy: &Policy,
    subject: Subject,
    act: Act,
    verified_by: &str,
    proof: &str,
) -> Result<Fact, PolicyError> {
    let id = new_uuid(&**policy.clock());
    let (who, proof, now) = (verified_by.to_owned(), proof.to_owned(), policy.clock().now());
    policy.database().write(move |tx| store::insert(tx, id, subject, act, &who, &proof, now)).await?;
    Ok(Fact::Request(id))
}
