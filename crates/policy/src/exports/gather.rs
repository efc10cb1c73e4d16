//! The job's part of the policy core: opens what is held, part by part.

use mailkeep_storage::sql::SqlError;
use mailkeep_types::PersonId;
use uuid::Uuid;

use super::store;
use crate::Policy;
use crate::error::PolicyError;
use crate::gate::{Refusal, Use};
use crate::keys::KeyError;
use crate::ledger::{self, ProofBundle, UseFilter};
use crate::records::{Export, export};
use crate::requests;
use crate::subject::{Actor, Subject};
use crate::vocabulary::{Act, purpose};

/// As whom the program makes a copy; so it stands in the ledger.
const ACTOR: Actor = Actor::System("copy of your data");

/// What goes into a copy.
#[derive(Debug)]
pub struct Gathered {
    /// Whose copy it is.
    pub person: PersonId,
    /// What is held, the person first.
    pub parts: Vec<Export>,
    /// Who used it, with proofs: the newest uses.
    pub uses: ProofBundle,
}

/// Opens everything for a copy under the requests that it was asked for with; notes how far it is. `None` when the copy is
/// not to be made any more.
///
/// # Errors
/// As the gate says, and when a database fails; then it can be done again.
pub async fn gather(policy: &Policy, id: Uuid) -> Result<Option<Gathered>, PolicyError> {
    let now = policy.clock().now();
    let begun = policy
        .database()
        .write(move |tx| -> Result<_, SqlError> {
            let Some(person) = store::begin(tx, id, now)? else { return Ok(None) };
            Ok(Some((person, requests::store::parts_of(tx, id)?)))
        })
        .await?;
    let Some((person, parts)) = begun else { return Ok(None) };
    let (mut exports, mut grants) = (Vec::new(), Vec::new());
    for (number, (subject, fact)) in (1..).zip(parts) {
        match export(policy, ACTOR, fact, subject).await {
            Ok(part) => exports.push(part),
            // Nothing was ever sealed for it, or it was erased meanwhile.
            Err(PolicyError::Refused(Refusal::Key(KeyError::Missing(_) | KeyError::Erased(_)))) => {}
            Err(error) => return Err(error),
        }
        if !matches!(subject, Subject::Mailbox(_)) {
            let asked =
                Use { actor: ACTOR, subject, act: Act::Export, fields: &["ledger_entries.payload"], fact };
            grants.push(policy.grant::<purpose::Audit>(asked).await?);
        }
        policy.database().write(move |tx| store::set_done(tx, id, number)).await?;
    }
    let reader = Subject::person(person);
    let uses = ledger::bundle_uses(policy, &grants, reader, &UseFilter::default(), None, None).await?;
    Ok(Some(Gathered { person, parts: exports, uses }))
}
