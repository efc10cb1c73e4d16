//! How deliveries end: counts, written in the transaction in which the queue marks an outcome.
//!
//! There are two tables, and no row says who wrote to whom: one by destination and the address from which it went, one by the sender's
//! domain. After a day the hours become one day, in which destinations of few recipients are one without a name.

mod count;
mod list;
mod reputation;
pub(crate) mod store;
mod sweep;
#[cfg(test)]
mod tests;

use std::net::IpAddr;
use std::time::Duration;

use mailkeep_protocols::reports::Cause;
use mailkeep_types::DomainId;
use uuid::Uuid;

pub(crate) use count::Tally;
pub use list::{ByEgress, ByPlace, BySender, ByTime, Deliveries, Over};
pub use reputation::Reputation;

/// So long counts are kept.
pub const KEPT: Duration = Duration::from_secs(35 * 24 * 3600);
/// A destination with fewer recipients has no name where it is shown, nor, after a day, where it is kept.
pub const FEW: i64 = 20;
/// So many destinations of a day keep their names.
pub const MOST_NAMED: usize = 200;

/// The upper ends of the times that are told apart, in seconds; what took longer is the last.
pub(crate) const WAITS: [u64; 5] = [10, 60, 600, 3_600, 6 * 3_600];

/// Where a try went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Went {
    /// Into a mailbox here: nobody's name was at stake.
    Here,
    /// To another server, from this address of ours; `None` when there was no connection.
    Out(Option<IpAddr>),
    /// It was not tried: no server said anything.
    Nowhere,
}

/// How recipients ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Another server took it.
    pub delivered: i64,
    /// Tries that were put off.
    pub deferred: i64,
    /// The address does not exist.
    pub dead: i64,
    /// The server took it for spam.
    pub spam: i64,
    /// The server does not want mail from us: a block, a rule, an authentication that did not satisfy.
    pub policy: i64,
    /// Refused or given up for another reason.
    pub failed: i64,
}

impl Counts {
    /// Recipients with a final answer.
    pub const fn answered(&self) -> i64 {
        self.delivered + self.refused()
    }

    /// Recipients who did not get it.
    pub const fn refused(&self) -> i64 {
        self.dead + self.spam + self.policy + self.failed
    }

    /// Recipients whose servers refused it for what we are or sent.
    pub const fn blocked(&self) -> i64 {
        self.spam + self.policy
    }

    pub(crate) fn add(&mut self, other: &Counts) {
        self.delivered += other.delivered;
        self.deferred += other.deferred;
        self.dead += other.dead;
        self.spam += other.spam;
        self.policy += other.policy;
        self.failed += other.failed;
    }

    /// Counts a final refusal.
    pub(crate) fn refuse(&mut self, cause: Cause) {
        match cause {
            Cause::Hard => self.dead += 1,
            Cause::Spam => self.spam += 1,
            Cause::Blocked | Cause::Authentication => self.policy += 1,
            Cause::Full | Cause::Transient | Cause::Unknown => self.failed += 1,
        }
    }
}

/// How long deliveries took: how many of them, by [`WAITS`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waits(pub(crate) [i64; WAITS.len() + 1]);

impl Waits {
    /// So many within each of the times, and the last for longer.
    pub const fn of(counts: [i64; WAITS.len() + 1]) -> Self {
        Waits(counts)
    }

    pub(crate) fn add(&mut self, other: &Waits) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine += theirs;
        }
    }

    pub(crate) fn note(&mut self, took: Duration) {
        let place = WAITS.iter().position(|end| took <= Duration::from_secs(*end)).unwrap_or(WAITS.len());
        if let Some(count) = self.0.get_mut(place) {
            *count += 1;
        }
    }

    /// Within which of the times half of them were delivered, as its upper end in seconds; 0 for longer than all, `None` without any.
    pub fn half_within(&self) -> Option<u64> {
        let all: i64 = self.0.iter().sum();
        let mut seen = 0;
        for (place, count) in self.0.iter().enumerate() {
            seen += count;
            if all > 0 && seen * 2 >= all {
                return Some(WAITS.get(place).copied().unwrap_or(0));
            }
        }
        None
    }
}

/// In the place of a domain, for what the house itself sends.
pub(crate) fn house() -> DomainId {
    DomainId::from_uuid(Uuid::nil())
}
