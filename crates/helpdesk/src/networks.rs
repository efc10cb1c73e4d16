//! How often visitors of a network may do something that needs no account, within an hour.

use std::collections::HashMap;
use std::time::Duration;

use mailkeep_policy::{LookupKind, Policy};
use mailkeep_types::Timestamp;
use parking_lot::Mutex;

const HOUR: Duration = Duration::from_secs(3600);
/// So many networks are counted before those of an hour ago are forgotten.
const NETWORKS: usize = 10_000;

/// Counts by network, on this node and in memory: against a form that a machine sends.
#[derive(Default)]
pub(crate) struct Networks {
    counted: Mutex<HashMap<[u8; 32], (u32, Timestamp)>>,
}

impl Networks {
    /// Counts once more. Whether that is among the `most` of an hour.
    pub(crate) fn admit(&self, policy: &Policy, network: &str, most: u32) -> bool {
        let key = policy.lookup_hash(LookupKind::Network, network);
        let now = policy.clock().now();
        let mut counted = self.counted.lock();
        if counted.len() >= NETWORKS {
            counted.retain(|_, (_, since)| now.since(*since) < HOUR);
        }
        let (count, since) = counted.entry(key).or_insert((0, now));
        if now.since(*since) >= HOUR {
            (*count, *since) = (0, now);
        }
        *count = count.saturating_add(1);
        *count <= most
    }
}
