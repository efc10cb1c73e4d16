//! Whom each shingle reached in the last 24 hours.
//!
//! Exact while there are few shingles: for each the last recipients with their minute, more than any limit asks for. When
//! there are too many, a sample of the shingles is kept, chosen by their hash, and the share is that of the sample.

use std::collections::HashMap;

use smallvec::SmallVec;

use super::numbers::ByNumber;
use super::shingles::{MOST_SHINGLES, is_kept};

/// No limit is higher.
pub(crate) const MOST_RECIPIENTS: usize = 64;
/// For how long, in minutes.
const DAY: i16 = 24 * 60;
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

/// The same in as little room as it takes: millions are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    recipient: u32,
    /// A number of 65,536, in which few customers fall together: a wave is of a few.
    customer: u16,
    /// The minute, which comes again after 45 days.
    minute: u16,
}

impl From<&Reached> for Seen {
    fn from(reached: &Reached) -> Self {
        let low = |number: u32| (number & 0xffff) as u16;
        Seen {
            recipient: reached.recipient,
            customer: low(reached.customer ^ (reached.customer >> 16)),
            minute: minute_of(reached.minute),
        }
    }
}

const fn minute_of(minute: u32) -> u16 {
    (minute & 0xffff) as u16
}

impl Seen {
    /// Whether it is less than a day ago, or to come: clocks of several nodes differ.
    const fn is_recent(self, now: u16) -> bool {
        now.wrapping_sub(self.minute).cast_signed() < DAY
    }

    const fn is_same(self, other: Seen) -> bool {
        self.recipient == other.recipient && self.customer == other.customer
    }
}

/// What is asked of the shingles of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// So many recipients each of them must have reached.
    pub recipients: u32,
    /// From so many customers; of one it is not asked.
    pub customers: u32,
    /// So many hundredths of them.
    pub hundredths: u64,
}

/// What is known of the shingles of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// Its shingles, as far as they are in the sample.
    pub of: u64,
    /// Those that reached as many as were asked for; fewer than there are where they are not enough.
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
    // Most shingles reach one recipient or two, who stand in the map itself.
    known: HashMap<u32, SmallVec<[Seen; 2]>, ByNumber>,
    level: u32,
    most: usize,
    /// So many recipients of a shingle are remembered, the last ones.
    remembered: usize,
    forgot: u32,
}

impl Detector {
    /// Knows nothing yet, and will keep `most` shingles at most, to be asked for `recipients` of each at most.
    pub fn new(most: usize, recipients: u32) -> Self {
        // A message that goes to some of them again asks for others.
        let remembered = recipients.saturating_add(recipients / 4).saturating_add(1) as usize;
        Detector { known: HashMap::default(), level: 0, most, remembered, forgot: 0 }
    }

    /// Has room for all that it will keep from the beginning, so that it never waits to be moved when it grows.
    pub(super) fn with_room(most: usize, recipients: u32) -> Self {
        let known = HashMap::with_capacity_and_hasher(most + MOST_SHINGLES, ByNumber::default());
        Detector { known, ..Detector::new(most, recipients) }
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
        let of_now = minute_of(now);
        let reached: SmallVec<[Seen; 8]> = reached.iter().map(Seen::from).collect();
        for shingle in shingles.iter().filter(|shingle| is_kept(**shingle, self.level)) {
            let seen = self.known.entry(*shingle).or_default();
            let stays =
                |before: &Seen| before.is_recent(of_now) && !reached.iter().any(|one| before.is_same(*one));
            if !seen.iter().all(stays) {
                seen.retain(|before| stays(before));
            }
            // The oldest make room, before it is asked for.
            let fresh = reached.get(reached.len().saturating_sub(self.remembered)..).unwrap_or(&reached);
            seen.drain(..seen.len().saturating_sub(self.remembered - fresh.len()));
            seen.extend_from_slice(fresh);
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
        let of_now = minute_of(now);
        self.known.retain(|_, seen| {
            seen.retain(|one| one.is_recent(of_now));
            !seen.is_empty()
        });
        // With room again, the sample becomes finer, a step at a time: what was passed over is not known.
        if self.level > 0 && self.known.len() < self.most / 4 {
            self.level -= 1;
        }
    }

    /// How much of a message with these shingles is known well: which of them reached as many as are asked for, those whom the message
    /// itself is for among them. Where that cannot become the share any more, the rest is not looked at.
    pub fn share(&self, shingles: &[u32], new: &[Reached], asked: Asked) -> Share {
        let Asked { recipients, customers, hundredths } = asked;
        let now = minute_of(new.iter().map(|one| one.minute).max().unwrap_or_default());
        let new: SmallVec<[Seen; 8]> = new.iter().map(Seen::from).collect();
        let sample = || shingles.iter().filter(|shingle| is_kept(**shingle, self.level));
        let mut share = Share { of: sample().count() as u64, ..Share::default() };
        let mut left = share.of;
        let mut numbers = Vec::new();
        for shingle in sample() {
            if (share.reached + left) * 100 < share.of * hundredths {
                break;
            }
            left -= 1;
            let before = self.known.get(shingle).map_or(&[][..], SmallVec::as_slice);
            // Most reached few, whoever they are.
            if before.len() + new.len() < recipients as usize {
                continue;
            }
            let old = || before.iter().filter(|one| one.is_recent(now));
            let others = old().filter(|one| !new.iter().any(|now| now.recipient == one.recipient)).count();
            let count = others + new.len();
            let enough = count >= recipients as usize;
            if enough && (customers < 2 || come_from(old().chain(&new), customers as usize)) {
                share.reached += 1;
                numbers.push(count as u64);
            }
        }
        numbers.sort_unstable();
        share.recipients = numbers.first().copied().unwrap_or_default();
        share
    }
}

/// Whether these are of at least so many customers.
fn come_from<'a>(seen: impl Iterator<Item = &'a Seen>, customers: usize) -> bool {
    let mut known: SmallVec<[u16; 8]> = SmallVec::new();
    for one in seen {
        if !known.contains(&one.customer) {
            known.push(one.customer);
        }
        if known.len() >= customers {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const A_DAY: u32 = 24 * 60;

    #[test]
    fn minutes_are_told_apart_when_their_numbers_begin_anew_and_when_clocks_differ() {
        let seen = |minute| Seen::from(&to(1, minute)[0]);
        for now in [A_DAY * 3, 0x1_0000, 0x1_0005, 0xffff_ffff] {
            let now_of = minute_of(now);
            for (ago, recent) in [(0, true), (A_DAY - 1, true), (A_DAY, false), (2 * A_DAY, false)] {
                assert_eq!(seen(now - ago).is_recent(now_of), recent, "{now} {ago}");
            }
            assert!(seen(now.saturating_add(3)).is_recent(now_of), "another node is ahead");
        }
    }

    fn to(recipient: u32, minute: u32) -> [Reached; 1] {
        [Reached { recipient, customer: recipient % 7, minute }]
    }

    /// All are looked at.
    fn asked(recipients: u32, customers: u32) -> Asked {
        Asked { recipients, customers, hundredths: 0 }
    }

    #[test]
    fn what_cannot_become_enough_is_not_looked_at_and_what_is_enough_is_found() {
        let mut detector = Detector::new(1_000, 20);
        let known: Vec<u32> = (0..10).collect();
        (0..5).for_each(|recipient| detector.note(&known, &to(recipient, 1)));
        for (first, enough) in [(0, 100), (5, 50), (8, 20), (9, 10)] {
            let text: Vec<u32> = (first..first + 10).collect();
            for hundredths in [1, 10, 20, 21, 50, 51, 100] {
                let share = detector.share(&text, &to(9, 2), Asked { hundredths, ..asked(6, 0) });
                let is_enough = share.is_at_least(hundredths);
                assert_eq!((share.of, is_enough), (10, hundredths <= enough), "{first}: {hundredths}");
                if is_enough {
                    assert_eq!(share.recipients, 6);
                }
            }
        }
    }

    #[test]
    fn recipients_of_a_shingle_count_once_and_for_a_day() {
        let mut detector = Detector::new(1_000, 20);
        let text: Vec<u32> = (0..10).collect();
        for minute in 0..5 {
            detector.note(&text, &to(1, minute));
            detector.note(&text, &to(2, minute));
        }
        let share = |recipients| detector.share(&text, &to(3, 10), asked(recipients, 0));
        assert_eq!(share(3), Share { of: 10, reached: 10, recipients: 3 });
        assert_eq!(share(4).reached, 0);
        assert_eq!(detector.share(&text, &to(2, 10), asked(3, 0)).reached, 0, "the second was there before");
        assert_eq!(detector.share(&text, &to(3, 5 + A_DAY), asked(2, 0)).reached, 0, "a day later");
        assert_eq!(detector.share(&text, &to(3, 10), asked(3, 3)).reached, 10);
        assert_eq!(detector.share(&text, &to(3, 10), asked(3, 4)).reached, 0, "three customers are not four");
    }

    #[test]
    fn a_part_of_the_text_is_enough() {
        let mut detector = Detector::new(1_000, 20);
        for recipient in 0..20 {
            let own = 1_000 + recipient * 100;
            let text: Vec<u32> = (0..10).chain(own..own + 30).collect();
            detector.note(&text, &to(recipient, 1));
        }
        let text: Vec<u32> = (0..10).chain(9_000..9_030).collect();
        let share = detector.share(&text, &to(99, 2), asked(20, 0));
        assert_eq!((share.of, share.reached), (40, 10));
        assert!(share.is_at_least(25) && !share.is_at_least(26));
        assert!(!Share::default().is_at_least(0), "a message without text is no campaign");
    }

    #[test]
    fn many_shingles_are_sampled_and_the_share_stays() {
        let mut detector = Detector::new(2_000, 20);
        let text: Vec<u32> = (0..1_000u32).map(|n| n.wrapping_mul(2_654_435_761)).collect();
        for recipient in 0..30 {
            let own = (0..1_000u32).map(|n| (n + 1_000 * (recipient + 1)).wrapping_mul(2_654_435_761));
            let both: Vec<u32> = text.iter().copied().chain(own).collect();
            detector.note(&both, &to(recipient, 1));
        }
        assert!(detector.len() <= 2_000 && detector.level > 0, "{} at {}", detector.len(), detector.level);
        let share = detector.share(&text, &to(99, 2), asked(20, 0));
        assert!(share.of > 30 && share.reached == share.of, "{share:?}");
        let level = detector.level;
        detector.forget(2 + 2 * A_DAY);
        assert!(detector.is_empty());
        assert_eq!(detector.level, level - 1, "a finer sample");
        (0..40).for_each(|_| detector.forget(2 + 2 * A_DAY));
        let short: Vec<u32> = (0..10).collect();
        (0..20).for_each(|recipient| detector.note(&short, &to(recipient, 3 + 2 * A_DAY)));
        assert_eq!(
            detector.share(&short, &to(99, 3 + 2 * A_DAY), asked(20, 0)).of,
            10,
            "nothing is passed over any more"
        );
    }
}
