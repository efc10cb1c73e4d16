//! The handle that the other crates hold. Its use cases stand in the files that are named by their verbs.

use std::num::NonZeroUsize;
use std::sync::{Arc, OnceLock};

use lru::LruCache;
use mailkeep_identity::Identity;
use mailkeep_policy::outbound::{Notice, OutboundError, Sent};
use mailkeep_policy::{KeyError, Policy, PolicyError};
use mailkeep_storage::sql::{Database, SqlError, Tx};
use mailkeep_types::{CustomerId, EmailAddress, PersonId, Timestamp};
use parking_lot::Mutex;

use crate::announcements::PlansOf;
use crate::config::{AnnouncementsConfig, StatusConfig};
use crate::facts;
use crate::incidents::{Incident, Served};
use crate::offers::Coupons;

const CACHED: NonZeroUsize = NonZeroUsize::new(20_000).expect("more than none");

/// Choices, subscribers, announcements, lists and incidents. Cheap to clone.
#[derive(Clone)]
pub struct Outreach {
    inner: Arc<Inner>,
}

struct Inner {
    db: Database,
    policy: Policy,
    identity: Identity,
    status: StatusConfig,
    announcements: AnnouncementsConfig,
    /// Who has something that runs; without an answer everybody is told of incidents.
    served: OnceLock<Served>,
    /// By which plans a reader is served.
    plans: OnceLock<PlansOf>,
    /// Who knows coupons; without, no offer can be written.
    coupons: OnceLock<Arc<dyn Coupons>>,
    /// Incidents that are not over, and when they were read.
    open: Mutex<Option<(Timestamp, Arc<Vec<Incident>>)>>,
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
    pub fn open(
        db: Database,
        policy: Policy,
        identity: Identity,
        status: StatusConfig,
        announcements: AnnouncementsConfig,
    ) -> Self {
        facts::register(&policy);
        let inner = Inner {
            db,
            policy,
            identity,
            status,
            announcements,
            served: OnceLock::new(),
            plans: OnceLock::new(),
            coupons: OnceLock::new(),
            open: Mutex::new(None),
            signalled: Mutex::new(LruCache::new(CACHED)),
            asked: Mutex::new(LruCache::new(CACHED)),
        };
        Outreach { inner: Arc::new(inner) }
    }

    /// Says how to find out whether a customer has something that runs: only they are told of incidents. The first answer
    /// stays.
    pub fn register_served(
        &self,
        served: impl Fn(&mut Tx<'_>, CustomerId) -> Result<bool, SqlError> + Send + Sync + 'static,
    ) {
        // A second answer would be a mistake of the wiring, and the first is as good.
        drop(self.inner.served.set(Arc::new(served)));
    }

    /// Says who knows the coupons of the catalogue. The first answer stays.
    pub fn register_coupons(&self, coupons: Arc<dyn Coupons>) {
        // A second answer would be a mistake of the wiring, and the first is as good.
        drop(self.inner.coupons.set(coupons));
    }

    /// What the operator set of the status page.
    pub fn status(&self) -> &StatusConfig {
        &self.inner.status
    }

    /// To how many addresses an announcement goes that only its writer looked at.
    pub fn alone_up_to(&self) -> i64 {
        i64::from(self.inner.announcements.second_person_above)
    }

    /// Where announcements come from, when that is an address of their own.
    pub fn announces_from(&self) -> Option<EmailAddress> {
        // What is no address does not get through the check of the configuration.
        self.inner.announcements.sender().ok().flatten()
    }

    pub(crate) fn serves(&self, tx: &mut Tx<'_>, customer: CustomerId) -> Result<bool, SqlError> {
        self.inner.served.get().map_or(Ok(true), |served| served(tx, customer))
    }

    pub(crate) fn coupons(&self) -> Option<&dyn Coupons> {
        self.inner.coupons.get().map(|coupons| &**coupons)
    }

    pub(crate) fn open_kept(&self) -> &Mutex<Option<(Timestamp, Arc<Vec<Incident>>)>> {
        &self.inner.open
    }

    pub(crate) fn plans(&self) -> &OnceLock<PlansOf> {
        &self.inner.plans
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

/// Sends a message to somebody of many who are gone through; nothing where they were erased meanwhile.
pub(crate) fn send_unless_erased(
    policy: &Policy,
    tx: &mut Tx<'_>,
    notice: &Notice,
) -> Result<Option<Sent>, OutboundError> {
    match policy.outbound().send(tx, notice) {
        Err(OutboundError::Policy(PolicyError::Key(KeyError::Erased(_) | KeyError::Missing(_)))) => Ok(None),
        sent => sent.map(Some),
    }
}
