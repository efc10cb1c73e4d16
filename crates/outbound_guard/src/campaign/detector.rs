//! Whom each shingle reached in the last 24 hours.
//!
//! Exact while there are few shingles: for each the last recipients with their minute, more than any limit asks for. When
//! there are too many, a sample of the shingles is kept, chosen by their hash, and the share is that of the sample.

use std::collections::HashMap;

use smallvec::SmallVec;

use super::numbers::ByNumber;
use super::shingles::{MOST_SHINGLES, is_kept};

/// So many recipients of a shingle are remembered; no limit is higher.
pub(crate) const REMEMBERED: usize = 64;
/// For how long, in minutes.
const DAY: u32 = 24 * 60;
/// What is old is looked for at most so often while messages come in, in minutes: each time everything is gone through.
const FORGET_EVERY: u32 = 10;

/// One first-time recipient of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// The number that stands for them.
    pub recipient: u32,
    /// The number that stands for the sender's customer.
    pub customer: u32,
    /// The minute, since 1970.
    pub minute: u32,
}

/// What is known of the shingles of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Its shingles, as far as they are in the sample.
    pub of: u64,
    /// Those that reached as many as were asked for.
    pub reached: u64,
    /// The most recipients that so many of them have each reached that they alone make the share: the value to be shown.
    pub recipients: u64,
}

impl Share {
    /// Whether the share is at least so many hundredths.
    pub const fn is_at_least(&self, hundredths: u64) -> bool {
        self.of > 0 && self.reached * 100 >= self.of * hundredths
    }
}

/// Whom the shingles of one customer, or of all together, reached.
#[derive(Debug)]
pub struct Detector {
    // Most shingles reach one recipient, who stands in the map itself.
    known: HashMap<u32, SmallVec<[Reached; 1]>, ByNumber>,
    level: u32,
    most: usize,
    forgot: u32,
}

impl Detector {
    /// Knows nothing yet, and will keep `most` shingles at most.
    pub fn new(most: usize) -> Self {
        Detector { known: HashMap::default(), level: 0, most, forgot: 0 }
    }

    /// Has room for all that it will keep from the beginning, so that it never waits to be moved when it grows.
    pub(super) fn with_room(most: usize) -> Self {
        let known = HashMap::with_capacity_and_hasher(most + MOST_SHINGLES, ByNumber::default());
        Detector { known, ..Detector::new(most) }
    }

    /// How many shingles are kept.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Takes note that a message with these shingles reached these.
    pub fn note(&mut self, shingles: &[u32], reached: &[Reached]) {
        let Some(now) = reached.iter().map(|one| one.minute).max() else { return };
        for shingle in shingles.iter().filter(|shingle| is_kept(**shingle, self.level)) {
            let seen = self.known.entry(*shingle).or_default();
            let stays =
                |before: &Reached| is_recent(before, now) && !reached.iter().any(|one| is_same(before, one));
            if !seen.iter().all(stays) {
                seen.retain(|before| stays(before));
            }
            seen.extend_from_slice(reached);
            seen.drain(..seen.len().saturating_sub(REMEMBERED));
        }
        if self.known.len() > self.most && now >= self.forgot.saturating_add(FORGET_EVERY) {
            self.forget(now);
        }
        self.sample();
    }

    /// Keeps `most` shingles from now on: of more, a sample.
    pub fn keep(&mut self, most: usize) {
        self.most = most;
        self.sample();
    }

    /// Halves what is kept until it is few enough.
    fn sample(&mut self) {
        while self.known.len() > self.most && self.level < 31 {
            self.level += 1;
            let level = self.level;
            self.known.retain(|shingle, _| is_kept(*shingle, level));
        }
    }

    /// Forgets what is older than a day.
    pub fn forget(&mut self, now: u32) {
        self.forgot = now;
        self.known.retain(|_, seen| {
            seen.retain(|one| is_recent(one, now));
            !seen.is_empty()
        });
        // With room again, the sample becomes finer, a step at a time: what was passed over is not known.
        if self.level > 0 && self.known.len() < self.most / 4 {
            self.level -= 1;
        }
    }

    /// How much of a message with these shingles is known well: which of them reached at least `recipients`, from at least
    /// `customers`, those whom the message itself is for among them.
    pub fn share(&self, shingles: &[u32], new: &[Reached], recipients: u32, customers: u32) -> Share {
        let now = new.iter().map(|one| one.minute).max().unwrap_or_default();
        let mut share = Share::default();
        let mut numbers = Vec::new();
        for shingle in shingles.iter().filter(|shingle| is_kept(**shingle, self.level)) {
            share.of += 1;
            let before = self.known.get(shingle).map_or(&[][..], SmallVec::as_slice);
            let old = || before.iter().filter(|one| is_recent(one, now));
            let others = old().filter(|one| !new.iter().any(|now| now.recipient == one.recipient)).count();
            let count = others + new.len();
            let enough = u64::try_from(count).unwrap_or(u64::MAX) >= u64::from(recipients);
            if enough && (customers < 2 || senders(old().chain(new)) >= customers as usize) {
                share.reached += 1;
                numbers.push(count as u64);
            }
        }
        numbers.sort_unstable();
        share.recipients = numbers.first().copied().unwrap_or_default();
        share
    }
}

const fn is_recent(one: &Reached, now: u32) -> bool {
    one.minute.saturating_add(DAY) > now
}

const fn is_same(one: &Reached, other: &Reached) -> bool {
    one.recipient == other.recipient && one.customer == other.customer
}

/// How many customers are among these.
fn senders<'a>(reached: impl Iterator<Item = &'a Reached>) -> usize {
    let mut customers: Vec<u32> = reached.map(|one| one.customer).collect();
    customers.sort_unstable();
    customers.dedup();
    customers.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(recipient: u32, minute: u32) -> [Reached; 1] {
        [Reached { recipient, customer: recipient % 7, minute }]
    }

    #[test]
    fn recipients_of_a_shingle_count_once_and_for_a_day() {
        let mut detector = Detector::new(1_000);
        let text: Vec<u32> = (0..10).collect();
        for minute in 0..5 {
            detector.note(&text, &to(1, minute));
            detector.note(&text, &to(2, minute));
        }
        let share = |recipients| detector.share(&text, &to(3, 10), recipients, 0);
        assert_eq!(share(3), Share { of: 10, reached: 10, recipients: 3 });
        assert_eq!(share(4).reached, 0);
        assert_eq!(detector.share(&text, &to(2, 10), 3, 0).reached, 0, "the second was there before");
        assert_eq!(detector.share(&text, &to(3, 5 + DAY), 2, 0).reached, 0, "a day later");
        assert_eq!(detector.share(&text, &to(3, 10), 3, 3).reached, 10);
        assert_eq!(detector.share(&text, &to(3, 10), 3, 4).reached, 0, "three customers are not four");
    }

    #[test]
    fn a_part_of_the_text_is_enough() {
        let mut detector = Detector::new(1_000);
        for recipient in 0..20 {
            let own = 1_000 + recipient * 100;
            let text: Vec<u32> = (0..10).chain(own..own + 30).collect();
            detector.note(&text, &to(recipient, 1));
        }
        let text: Vec<u32> = (0..10).chain(9_000..9_030).collect();
        let share = detector.share(&text, &to(99, 2), 20, 0);
        assert_eq!((share.of, share.reached), (40, 10));
        assert!(share.is_at_least(25) && !share.is_at_least(26));
        assert!(!Share::default().is_at_least(0), "a message without text is no campaign");
    }

    #[test]
    fn many_shingles_are_sampled_and_the_share_stays() {
        let mut detector = Detector::new(2_000);
        let text: Vec<u32> = (0..1_000u32).map(|n| n.wrapping_mul(2_654_435_761)).collect();
        for recipient in 0..30 {
            let own = (0..1_000u32).map(|n| (n + 1_000 * (recipient + 1)).wrapping_mul(2_654_435_761));
            let both: Vec<u32> = text.iter().copied().chain(own).collect();
            detector.note(&both, &to(recipient, 1));
        }
        assert!(detector.len() <= 2_000 && detector.level > 0, "{} at {}", detector.len(), detector.level);
        let share = detector.share(&text, &to(99, 2), 20, 0);
        assert!(share.of > 30 && share.reached == share.of, "{share:?}");
        let level = detector.level;
        detector.forget(2 + 2 * DAY);
        assert!(detector.is_empty());
        assert_eq!(detector.level, level - 1, "a finer sample");
        (0..40).for_each(|_| detector.forget(2 + 2 * DAY));
        let short: Vec<u32> = (0..10).collect();
        (0..20).for_each(|recipient| detector.note(&short, &to(recipient, 3 + 2 * DAY)));
        assert_eq!(
            detector.share(&short, &to(99, 3 + 2 * DAY), 20, 0).of,
            10,
            "nothing is passed over any more"
        );
    }
}
