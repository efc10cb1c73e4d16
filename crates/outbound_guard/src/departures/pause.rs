//! A destination that refuses a customer's mail is left alone for a time, each time for twice as long. Other customers go on.

use std::time::Duration;

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{CustomerId, DomainName, Timestamp};

use super::{PauseLimits, store};
use crate::sending::Guard;

const HOUR: Duration = Duration::from_secs(3600);
/// Whoever was refused again within so long after a pause is refused for the same reason.
const REMEMBERED: Duration = Duration::from_secs(24 * 3600);
/// So many refusals are enough after a pause: the destination still says no, and it is not one odd message.
const ENOUGH_AGAIN: i64 = 2;

/// How a destination stands to a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    /// How often it refused their mail since `since`.
    pub refusals: i64,
    pub since: Timestamp,
    /// How many pauses there were, one after the other.
    pub level: i64,
    /// Until when it is left alone; long ago where it never was.
    pub until: Timestamp,
}

/// A customer for whom destinations are left alone; which, their own people alone see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DestinationPause {
    /// How many destinations.
    pub destinations: i64,
    /// When the last of them is tried again.
    pub until: Timestamp,
}

/// A destination that is left alone for customers; for which, it does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PausedDestination {
    /// The destination.
    pub domain: String,
    /// For how many customers.
    pub customers: i64,
    /// When it is tried again for the last of them.
    pub until: Timestamp,
}

impl Standing {
    const NEW: Standing =
        Standing { refusals: 0, since: Timestamp::EPOCH, level: 0, until: Timestamp::EPOCH };

    /// After one refusal more; `None` while it is left alone, when what was under way before comes back.
    fn refused(self, now: Timestamp, limits: &PauseLimits) -> Option<Self> {
        if self.until > now {
            return None;
        }
        let level = if self.until.plus(REMEMBERED) > now { self.level } else { 0 };
        let refusals = if self.since.plus(HOUR) > now { self.refusals + 1 } else { 1 };
        let since = if refusals == 1 { now } else { self.since };
        let enough = i64::from(limits.refusals);
        let enough = if level > 0 { enough.min(ENOUGH_AGAIN) } else { enough };
        if refusals < enough {
            return Some(Standing { refusals, since, level, ..self });
        }
        let until = now.plus(length(level, limits));
        Some(Standing { refusals: 0, since, level: level + 1, until })
    }
}

/// How long a pause is that comes after so many.
fn length(level: i64, limits: &PauseLimits) -> Duration {
    let first = Duration::from_secs(u64::from(limits.minutes) * 60);
    let longest = Duration::from_secs(u64::from(limits.longest_hours) * 3600);
    let doublings = u32::try_from(level).unwrap_or(u32::MAX).min(20);
    first.saturating_mul(1 << doublings).min(longest.max(first))
}

fn hear(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    to: &DomainName,
    limits: &PauseLimits,
) -> Result<Option<Timestamp>, SqlError> {
    let now = tx.now();
    let before = store::standing(tx, customer, to)?.unwrap_or(Standing::NEW);
    let Some(after) = before.refused(now, limits) else { return Ok(None) };
    store::put(tx, customer, to, &after)?;
    Ok((after.until > now).then_some(after.until))
}

impl Guard {
    /// A destination refused a message of a customer for a policy, a bad name or spam. Gives until when it is left alone, when that
    /// begins now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hear_block(
        &self,
        customer: CustomerId,
        to: &DomainName,
    ) -> Result<Option<Timestamp>, SqlError> {
        let (limits, to) = (self.0.config.pauses, to.clone());
        if limits.refusals == 0 {
            return Ok(None);
        }
        self.0.db.write(move |tx| hear(tx, customer, &to, &limits)).await
    }

    /// The destinations that are left alone, those for most customers first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn paused_destinations(&self, limit: usize) -> Result<Vec<PausedDestination>, SqlError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.0.db.read(move |tx| store::paused(tx, limit)).await
    }

    /// How many destinations are left alone for a customer, if any are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pauses_of(&self, customer: CustomerId) -> Result<Option<DestinationPause>, SqlError> {
        self.0.db.read(move |tx| store::paused_for(tx, customer)).await
    }

    /// Tries all of them again at once, and counts anew; gives which they were.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_pauses_of(&self, customer: CustomerId) -> Result<Vec<DomainName>, SqlError> {
        self.0.db.write(move |tx| store::end_pauses(tx, customer)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: PauseLimits = PauseLimits { refusals: 5, minutes: 60, longest_hours: 24 };

    fn at(hours: u64) -> Timestamp {
        Timestamp::of_day("2026-03-01").unwrap().plus(HOUR * u32::try_from(hours).unwrap())
    }

    #[test]
    fn five_refusals_within_an_hour_pause_and_four_do_not() {
        let mut one = Standing::NEW;
        for refusal in 1..=4 {
            one = one.refused(at(1), &LIMITS).unwrap();
            assert_eq!((one.refusals, one.level), (refusal, 0));
        }
        let late = one.refused(at(2), &LIMITS).unwrap();
        assert_eq!((late.refusals, late.since), (1, at(2)), "an hour later it is counted anew");
        let paused = one.refused(at(1), &LIMITS).unwrap();
        assert_eq!((paused.level, paused.until), (1, at(2)));
        assert_eq!(paused.refused(at(1), &LIMITS), None, "what was under way");
    }

    #[test]
    fn each_pause_is_twice_as_long_up_to_a_day_and_a_quiet_day_forgets_them() {
        let mut one = Standing { level: 1, until: at(1), ..Standing::NEW };
        let mut hour = 1;
        for length in [2, 4, 8, 16, 24, 24] {
            one = one.refused(at(hour), &LIMITS).unwrap();
            assert!(one.until <= at(hour), "one odd message");
            one = one.refused(at(hour), &LIMITS).unwrap();
            assert_eq!(one.until, at(hour + length));
            hour += length;
        }
        let calm = one.refused(at(hour + 24), &LIMITS).unwrap();
        assert_eq!((calm.level, calm.refusals), (0, 1));
    }

    #[test]
    fn lengths_hold_for_any_setting() {
        let odd = PauseLimits { refusals: 1, minutes: 120, longest_hours: 1 };
        assert_eq!(length(0, &odd), HOUR * 2, "the first is as long as it is set");
        assert_eq!(length(1_000, &LIMITS), HOUR * 24);
        assert_eq!(length(-1, &LIMITS), HOUR * 24, "a broken row");
    }
}
