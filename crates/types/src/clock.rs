//! Time as a value that is handed in.
//!
//! Everything that needs the time takes a [`SharedClock`]. The real program uses [`SystemClock`], unit tests use
//! [`ManualClock`], and a program started for a test or a demonstration uses [`SteeredClock`], whose offset can be
//! moved while it runs.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A point in time: microseconds since 1970-01-01 00:00 UTC.
///
/// This is the form in which times are stored. Calendar arithmetic is done on [`jiff`] values, see
/// [`Timestamp::to_jiff`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The Unix epoch.
    pub const EPOCH: Timestamp = Timestamp(0);
    /// Later than any time that is stored.
    pub const NEVER: Timestamp = Timestamp(i64::MAX);

    /// Takes microseconds since the epoch.
    pub const fn from_micros(micros: i64) -> Self {
        Timestamp(micros)
    }

    /// Takes whole seconds since the epoch; saturates.
    pub const fn from_seconds(seconds: i64) -> Self {
        Timestamp(seconds.saturating_mul(1_000_000))
    }

    /// Microseconds since the epoch.
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch, rounded down.
    pub const fn as_seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// Midnight UTC at the beginning of a day, e.g. `2026-03-01`; `None` for what is no calendar date.
    pub fn of_day(date: &str) -> Option<Self> {
        let date: jiff::civil::Date = date.parse().ok()?;
        let midnight = date.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
        Some(Self::from_jiff(midnight.timestamp()))
    }

    /// The same instant for calendar arithmetic. Times outside jiff's range are clamped to it.
    pub fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }

    /// Takes an instant from calendar arithmetic; parts of a microsecond are cut off.
    pub fn from_jiff(instant: jiff::Timestamp) -> Self {
        Timestamp(instant.as_microsecond())
    }

    /// This time plus `duration`; saturates.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        Timestamp(self.0.saturating_add(micros(duration)))
    }

    /// This time less `duration`; saturates.
    #[must_use]
    pub fn minus(self, duration: Duration) -> Self {
        Timestamp(self.0.saturating_sub(micros(duration)))
    }

    /// How long ago `earlier` was, zero if it lies ahead.
    pub fn since(self, earlier: Timestamp) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_jiff().fmt(f)
    }
}

/// Where the time comes from.
pub trait Clock: Send + Sync + fmt::Debug {
    /// The time now.
    fn now(&self) -> Timestamp;
}

/// A clock that many parts share.
pub type SharedClock = Arc<dyn Clock>;

/// The clock of the machine.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the system for the time")]
    fn now(&self) -> Timestamp {
        let since_epoch =
            std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Timestamp(micros(since_epoch))
    }
}

/// A clock that stands still until it is moved: for unit tests.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// Starts at `start`.
    pub fn new(start: Timestamp) -> Arc<Self> {
        Arc::new(ManualClock(AtomicI64::new(start.0)))
    }

    /// Starts at midnight UTC of the given day, e.g. `2026-03-01`.
    ///
    /// # Panics
    /// If `date` is not a calendar date; a test's own mistake.
    pub fn at(date: &str) -> Arc<Self> {
        let date: jiff::civil::Date = date.parse().expect("a calendar date such as 2026-03-01");
        let midnight = date.to_zoned(jiff::tz::TimeZone::UTC).expect("a date within jiff's range");
        Self::new(Timestamp::from_jiff(midnight.timestamp()))
    }

    /// Moves on by `duration`.
    pub fn advance(&self, duration: Duration) {
        self.0.fetch_add(micros(duration), Ordering::SeqCst);
    }

    /// Jumps to `to`, forwards or back.
    pub fn set(&self, to: Timestamp) {
        self.0.store(to.0, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// The clock of the machine plus an offset that can be moved: for demonstrations and for tests of the real program.
#[derive(Debug, Default)]
pub struct SteeredClock(AtomicI64);

impl SteeredClock {
    /// Starts `ahead` of the machine's time.
    pub fn ahead(ahead: Duration) -> Arc<Self> {
        Arc::new(SteeredClock(AtomicI64::new(micros(ahead))))
    }

    /// Moves the time on by `duration`; how far it is ahead of the machine's time then.
    pub fn advance(&self, duration: Duration) -> Duration {
        let before = self.0.fetch_add(micros(duration), Ordering::SeqCst);
        Duration::from_micros(u64::try_from(before.saturating_add(micros(duration))).unwrap_or(0))
    }
}

impl Clock for SteeredClock {
    fn now(&self) -> Timestamp {
        Timestamp(SystemClock.now().0.saturating_add(self.0.load(Ordering::SeqCst)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_microseconds_and_shows_rfc_3339() {
        let clock = ManualClock::at("2026-03-01");
        clock.advance(Duration::from_millis(1500));
        assert_eq!(clock.now().to_string(), "2026-03-01T00:00:01.5Z");
        assert_eq!(Timestamp::from_jiff(clock.now().to_jiff()), clock.now());
    }

    #[test]
    fn extremes_do_not_overflow() {
        assert_eq!(Timestamp::NEVER.plus(Duration::MAX), Timestamp::NEVER);
        assert!(!Timestamp::NEVER.to_string().is_empty());
        assert_eq!(Timestamp::EPOCH.since(Timestamp::NEVER), Duration::ZERO);
    }
}
