//! The handle that the other crates hold. Its use cases stand in the files that are named by their verbs.

use std::num::NonZeroUsize;
use std::sync::Arc;

use lru::LruCache;
use mailkeep_policy::{LookupKind, Policy};
use mailkeep_storage::sql::{Database, Tx};
use mailkeep_types::{EmailAddress, SessionId, SharedClock, Timestamp};
use parking_lot::Mutex;

use crate::config::IdentityConfig;
use crate::error::IdentityError;
use crate::facts;
use crate::persons::Greeting;
use crate::secrets::passwords::Hasher;

const CACHED_GREETINGS: usize = 10_000;

/// Persons, customers, staff and their sessions. Cheap to clone.
#[derive(Clone)]
pub struct Identity {
    inner: Arc<Inner>,
}

struct Inner {
    db: Database,
    policy: Policy,
    clock: SharedClock,
    config: IdentityConfig,
    hasher: Hasher,
    greetings: Mutex<LruCache<SessionId, (Timestamp, Arc<Greeting>)>>,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity")
    }
}

impl Identity {
    /// Ties the parts together, and registers fields, facts, staff roles and addresses with the policy.
    ///
    /// # Errors
    /// [`IdentityError::Config`] for settings that cannot be used.
    pub fn new(
        db: Database,
        policy: Policy,
        clock: SharedClock,
        config: IdentityConfig,
    ) -> Result<Self, IdentityError> {
        if config.password.min_score > 4 {
            return Err(IdentityError::Config("password: min_score is a number from 0 to 4".to_owned()));
        }
        let hasher = Hasher::new(&config.password)?;
        facts::register(&policy);
        let greetings =
            Mutex::new(LruCache::new(NonZeroUsize::new(CACHED_GREETINGS).unwrap_or(NonZeroUsize::MIN)));
        Ok(Identity { inner: Arc::new(Inner { db, policy, clock, config, hasher, greetings }) })
    }

    /// The settings.
    pub fn config(&self) -> &IdentityConfig {
        &self.inner.config
    }

    /// The policy that is asked before personal data is opened.
    pub fn policy(&self) -> &Policy {
        &self.inner.policy
    }

    pub(crate) fn db(&self) -> &Database {
        &self.inner.db
    }

    /// A write that ends sessions or takes roles away: what the gate remembers of them is forgotten with it.
    pub(crate) async fn write_access<T, F>(&self, closure: F) -> Result<T, IdentityError>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, IdentityError> + Send + 'static,
        T: Send + 'static,
    {
        let written = self.db().write(closure).await;
        self.policy().forget_own_sessions();
        written
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        &self.inner.clock
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    pub(crate) fn hasher(&self) -> &Hasher {
        &self.inner.hasher
    }

    pub(crate) fn greetings(&self) -> &Mutex<LruCache<SessionId, (Timestamp, Arc<Greeting>)>> {
        &self.inner.greetings
    }

    pub(crate) fn email_lookup(&self, email: &EmailAddress) -> [u8; 32] {
        self.inner.policy.lookup_hash(LookupKind::Email, &email.canonical())
    }
}
