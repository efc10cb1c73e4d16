//! How fast a token may ask: a bucket that fills evenly, kept by each node.

use std::num::NonZeroUsize;
use std::time::Duration;

use lru::LruCache;
use mailkeep_types::{SessionId, Timestamp};
use parking_lot::Mutex;

use crate::error::WebError;

/// Tokens beyond these begin with a full bucket again.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(10_000).unwrap();

/// The buckets of the tokens seen lately.
#[derive(Debug)]
pub struct ApiLimits {
    /// Between two requests, when the bucket is empty.
    interval: Duration,
    /// How many requests fit into the bucket.
    size: u32,
    /// When each token's bucket will be full again; what lies in the future is used up.
    full_at: Mutex<LruCache<SessionId, Timestamp>>,
}

impl ApiLimits {
    /// Lets a token make so many requests a minute; none is taken as one.
    pub fn new(per_minute: u32) -> Self {
        let size = per_minute.max(1);
        ApiLimits {
            interval: Duration::from_secs(60) / size,
            size,
            full_at: Mutex::new(LruCache::new(REMEMBERED)),
        }
    }

    /// Counts a request of a token.
    ///
    /// # Errors
    /// [`WebError::TooMany`] with the seconds until one is let in again.
    pub fn admit(&self, token: SessionId, now: Timestamp) -> Result<(), WebError> {
        let mut buckets = self.full_at.lock();
        let full_at = buckets.get(&token).copied().unwrap_or(now).max(now).plus(self.interval);
        let most = now.plus(self.interval * self.size);
        if full_at > most {
            let wait = full_at.since(most);
            return Err(WebError::TooMany { retry_after_seconds: wait.as_secs().max(1) });
        }
        buckets.put(token, full_at);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_let_in_and_then_the_rate_holds() {
        let limits = ApiLimits::new(60);
        let (token, other) =
            (SessionId::from_uuid(uuid::Uuid::from_u128(1)), SessionId::from_uuid(uuid::Uuid::from_u128(2)));
        let start = Timestamp::EPOCH.plus(Duration::from_secs(1000));
        for _ in 0..60 {
            limits.admit(token, start).unwrap();
        }
        let refused = limits.admit(token, start);
        assert!(matches!(refused, Err(WebError::TooMany { retry_after_seconds: 1 })));
        limits.admit(other, start).unwrap();
        limits.admit(token, start.plus(Duration::from_secs(1))).unwrap();
        assert!(limits.admit(token, start.plus(Duration::from_secs(1))).is_err());
    }
}
