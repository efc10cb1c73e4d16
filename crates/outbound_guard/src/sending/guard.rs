//! The handle that the server holds.

use std::sync::Arc;

use mailkeep_policy::{LookupKind, Policy};
use mailkeep_storage::sql::Database;
use mailkeep_types::CustomerId;
use parking_lot::Mutex as Short;
use tokio::sync::{Mutex, MutexGuard};

use super::follow::Followed;
use super::records::RECORDS;
use super::{GuardConfig, Standings, probe};
use crate::campaign::shingles::ShingleKey;
use crate::content::Learnt;

/// So many groups of customers are judged at once.
const LANES: usize = 1_024;

/// Judges what is sent. Cheap to clone.
#[derive(Clone)]
pub struct Guard(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub db: Database,
    pub policy: Policy,
    pub config: GuardConfig,
    pub standings: Arc<dyn Standings>,
    pub key: ShingleKey,
    pub(super) followed: Short<Followed>,
    pub(crate) learnt: Short<Learnt>,
    lanes: Vec<Mutex<()>>,
}

impl std::fmt::Debug for Guard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Guard")
    }
}

impl Guard {
    /// Opens it, and tells the policy of its tables.
    pub fn open(db: Database, policy: Policy, config: GuardConfig, standings: Arc<dyn Standings>) -> Self {
        policy.register_records(RECORDS);
        let kept = config.clone();
        policy.register_probe("bulk-limited", move |tx| probe::bulk_limited(&kept, tx));
        let key = ShingleKey::new(&policy.lookup_hash(LookupKind::Other, "the outbound guard's shingles"));
        let followed = Short::new(Followed::new(config.campaigns.clone()));
        let lanes = (0..LANES).map(|_| Mutex::new(())).collect();
        let learnt = Short::default();
        Guard(Arc::new(Inner { db, policy, config, standings, key, followed, learnt, lanes }))
    }

    /// Waits until no other message of the customer is being judged here.
    pub(super) async fn lane(&self, customer: CustomerId) -> Option<MutexGuard<'_, ()>> {
        // The last bytes of an identifier are random.
        let [.., one, other] = *customer.as_bytes();
        match self.0.lanes.get(usize::from(u16::from_be_bytes([one, other])) % LANES) {
            Some(lane) => Some(lane.lock().await),
            None => None,
        }
    }
}
