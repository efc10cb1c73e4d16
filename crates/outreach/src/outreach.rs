//! The handle that the other crates hold. Its use cases stand in the files that are named by their verbs.

use std::num::NonZeroUsize;
use std::sync::Arc;

use lru::LruCache;
use mailkeep_identity::Identity;
use mailkeep_policy::Policy;
use mailkeep_storage::sql::Database;
use mailkeep_types::{PersonId, Timestamp};
use parking_lot::Mutex;

use crate::facts;

const CACHED: NonZeroUsize = NonZeroUsize::new(20_000).expect("more than none");

/// Choices, subscribers, announcements and lists. Cheap to clone.
#[derive(Clone)]
pub struct Outreach {
    inner: Arc<Inner>,
}

struct Inner {
    db: Database,
    policy: Policy,
    identity: Identity,
    /// Persons whose browser's signal is on record.
    signalled: Mutex<LruCache<PersonId, ()>>,
    /// How often a network asked to subscribe somebody, and since when.
    asked: Mutex<LruCache<[u8; 32], (u32, Timestamp)>>,
}

impl std::fmt::Debug for Outreach {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Outreach")
    }
}

impl Outreach {
    /// Opens it over the services it builds on, and tells the policy of its tables and facts.
    pub fn open(db: Database, policy: Policy, identity: Identity) -> Self {
        facts::register(&policy);
        let inner = Inner {
            db,
            policy,
            identity,
            signalled: Mutex::new(LruCache::new(CACHED)),
            asked: Mutex::new(LruCache::new(CACHED)),
        };
        Outreach { inner: Arc::new(inner) }
    }

    pub(crate) fn db(&self) -> &Database {
        &self.inner.db
    }

    pub(crate) fn policy(&self) -> &Policy {
        &self.inner.policy
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.inner.identity
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.inner.policy.clock().now()
    }

    pub(crate) fn signalled(&self) -> &Mutex<LruCache<PersonId, ()>> {
        &self.inner.signalled
    }

    pub(crate) fn asked(&self) -> &Mutex<LruCache<[u8; 32], (u32, Timestamp)>> {
        &self.inner.asked
    }
}
