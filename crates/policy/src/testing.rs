//! A policy core for the tests of other crates.

use std::sync::Arc;

use mailkeep_storage::sql::Database;
use mailkeep_types::SharedClock;

use crate::file::CompiledPolicy;
use crate::keys::RootKey;
use crate::policy::Policy;

/// The policy of the build over `db`, with a fresh root key, a fresh key database on the same engine, and the clock of
/// `db`.
pub async fn policy(db: &Database) -> Policy {
    policy_at(db, Arc::clone(db.clock())).await
}

/// As [`policy`], with a clock of its own.
pub async fn policy_at(db: &Database, clock: SharedClock) -> Policy {
    let keys = mailkeep_storage::testing::sibling(db).await;
    let compiled = CompiledPolicy::built().expect("the policy file of the build has no mistakes");
    Policy::start_with(db.clone(), keys, compiled, RootKey::random(), clock)
        .await
        .expect("a fresh key database fits")
}
