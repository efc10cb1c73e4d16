//! A policy core for the tests of other crates.

use std::sync::Arc;

use mailkeep_storage::sql::Database;
use mailkeep_types::SharedClock;

use crate::error::PolicyError;
use crate::file::CompiledPolicy;
use crate::gate::Grant;
use crate::keys::{RootKey, additional_data};
use crate::ledger::{Entry, list_for_subject};
use crate::policy::Policy;
use crate::subject::{Place, Subject};
use crate::vocabulary::{CategoryId, purpose};

/// The policy of the build over `db`, with a fresh root key, a fresh key database on the same engine, and the clock of
/// `db`.
pub async fn policy(db: &Database) -> Policy {
    policy_at(db, Arc::clone(db.clock())).await
}

/// As [`policy`], with another policy file.
///
/// # Panics
/// If the file has mistakes, or allows more than that of the build.
pub async fn policy_of(db: &Database, file: &str) -> Policy {
    let compiled = CompiledPolicy::compile_bounded(file).unwrap_or_else(|error| panic!("{error}"));
    start(db, compiled, Arc::clone(db.clock())).await
}

/// As [`policy`], with a clock of its own.
pub async fn policy_at(db: &Database, clock: SharedClock) -> Policy {
    let compiled = CompiledPolicy::built().expect("the policy file of the build has no mistakes");
    start(db, compiled, clock).await
}

async fn start(db: &Database, compiled: CompiledPolicy, clock: SharedClock) -> Policy {
    let keys = mailkeep_storage::testing::sibling(db).await;
    Policy::start_with(db.clone(), keys, compiled, RootKey::random(), clock)
        .await
        .expect("a fresh key database fits")
}

/// Every entry about a subject, oldest first, as somebody reads them who holds the root key. No entry is written for it.
///
/// # Errors
/// When an entry does not open, or was changed.
pub async fn recorded(policy: &Policy, subject: Subject) -> Result<Vec<Entry>, PolicyError> {
    let keys = policy.keys_of(subject)?;
    let grant =
        Grant::<purpose::Audit>::unjustified(subject, policy.fields(), keys, Arc::clone(policy.clock()));
    let (mut entries, mut before) = (Vec::new(), None);
    loop {
        let page = list_for_subject(policy, &grant, before, 500).await?;
        entries.extend(page.entries);
        before = page.next;
        if before.is_none() {
            entries.reverse();
            return Ok(entries);
        }
    }
}

/// What is sealed in a place, as somebody opens it who holds the root key and the databases.
///
/// # Errors
/// When the key is gone, or the value was changed or moved.
pub fn opened(
    policy: &Policy,
    subject: Subject,
    place: Place,
    category: CategoryId,
    sealed: &[u8],
) -> Result<Vec<u8>, PolicyError> {
    let keys = policy.keys_of(subject)?;
    let field = crate::Field::new(place.table, place.column, category);
    let grant = Grant::<purpose::Rights>::unjustified(subject, vec![field], keys, Arc::clone(policy.clock()));
    Ok(policy.open_any(&grant, place, category, sealed)?)
}

/// Seals bytes for a place whose category the caller knows: for tests that make many rows at once.
///
/// # Errors
/// When the subject has no key.
pub fn sealed(
    policy: &Policy,
    subject: Subject,
    place: Place,
    category: CategoryId,
    plain: &[u8],
) -> Result<Vec<u8>, PolicyError> {
    let keys = policy.keys_of(subject)?;
    let cipher = keys.category(category, policy.key_use(category))?;
    Ok(cipher.seal(&additional_data(subject, &place), plain))
}
