//! Deliveries: each event on its way to each endpoint, with a log that can be replayed.

mod attempt;
mod list;
mod replay;
pub(crate) mod store;

use std::time::Duration;

use mailkeep_types::Timestamp;
use uuid::Uuid;

/// How far a delivery is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    /// It is due, or will be again.
    Waiting,
    /// The endpoint took it.
    Delivered,
    /// It was tried for three days, or the endpoint was disabled.
    Failed,
}

impl DeliveryState {
    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            DeliveryState::Waiting => "waiting",
            DeliveryState::Delivered => "delivered",
            DeliveryState::Failed => "failed",
        }
    }

    pub(crate) fn from_word(word: &str) -> Self {
        match word {
            "delivered" => DeliveryState::Delivered,
            "failed" => DeliveryState::Failed,
            _ => DeliveryState::Waiting,
        }
    }
}

/// A delivery, as the log shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its identifier.
    pub id: Uuid,
    /// The event.
    pub event: Uuid,
    /// Its kind.
    pub kind: String,
    /// How far it is.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried next, while it waits.
    pub next_at: Timestamp,
    /// Whether somebody asked for it again.
    pub replayed: bool,
    /// When it was last tried.
    pub tried_at: Option<Timestamp>,
    /// How long that took, in milliseconds.
    pub took_millis: Option<i64>,
    /// The status of the last answer.
    pub status: Option<i64>,
    /// Why there was none: `name`, `private`, `connection`, `time` or `broken`.
    pub fault: Option<String>,
    /// The first characters of the last answer.
    pub answer: Option<String>,
    /// When it was put on its way.
    pub created_at: Timestamp,
}

/// How long to wait after each failure: the calendar that Standard Webhooks recommends, a little more than three days in all.
const WAITS: [Duration; 9] = [
    Duration::from_secs(5),
    Duration::from_secs(5 * 60),
    Duration::from_secs(30 * 60),
    Duration::from_secs(2 * 3600),
    Duration::from_secs(5 * 3600),
    Duration::from_secs(10 * 3600),
    Duration::from_secs(14 * 3600),
    Duration::from_secs(20 * 3600),
    Duration::from_secs(24 * 3600),
];

/// An endpoint from which nothing was heard for so long is disabled.
pub const PATIENCE: Duration = Duration::from_secs(3 * 24 * 3600);

/// How long to wait after so many tries; `None` when it was tried enough. A tenth is added by chance of the identifier, so that what
/// failed together does not come back together.
pub fn wait_after(attempts: i64, delivery: Uuid) -> Option<Duration> {
    let at = usize::try_from(attempts.checked_sub(1)?).ok()?;
    let wait = WAITS.get(at)?;
    let [.., last] = *delivery.as_bytes();
    Some(*wait + (*wait / 10) * u32::from(last) / 255)
}
