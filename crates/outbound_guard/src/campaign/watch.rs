//! What the campaigns of all customers are told by: for each customer whom their texts reached, and the same for all
//! together, which finds a wave over many mailboxes none of which sends much.

use std::collections::HashMap;

use mailkeep_types::CustomerId;

use super::detector::{Asked, Detector, Reached};
use super::{CampaignLimits, SHARE, WAVE_LEAST_SHINGLES, WAVE_SHARE};
use crate::tiers::Tier;
use crate::verdict::{Reason, ReasonCode};

/// So many shingles are kept of one customer; beyond it a sample.
const MOST_OF_CUSTOMER: usize = 64 * 1024;
/// So many are kept of all together, for the wave.
const MOST_OF_ALL: usize = 512 * 1024;
/// So many are kept of each at least.
const LEAST_OF_CUSTOMER: usize = 1024;
/// So many are kept of the customers taken together: beyond it, those with the most are sampled.
const MOST: usize = 2 * 1024 * 1024;

/// Who sends a message, and what its words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sender {
    /// The customer.
    pub customer: CustomerId,
    /// How far they are trusted.
    pub tier: Tier,
    /// The words speak against the message.
    pub unwanted: bool,
}

/// Whom the texts of all customers reached in the last 24 hours.
#[derive(Debug)]
pub struct Watch {
    limits: CampaignLimits,
    customers: HashMap<CustomerId, Detector>,
    /// How many shingles `customers` have together.
    held: usize,
    /// How many each of them may have.
    room: usize,
    /// How many all of them may have together.
    most: usize,
    wave: Detector,
}

impl Watch {
    /// Knows nothing yet.
    pub fn new(limits: CampaignLimits) -> Self {
        let wave = Detector::with_room(MOST_OF_ALL, limits.wave_recipients);
        Watch { limits, customers: HashMap::new(), held: 0, room: MOST_OF_CUSTOMER, most: MOST, wave }
    }

    /// Takes note of a message that was accepted.
    pub fn note(&mut self, customer: CustomerId, shingles: &[u32], reached: &[Reached]) {
        if reached.is_empty() {
            return;
        }
        let (room, most) = (self.room, self.limits.recipients.max(self.limits.recipients_when_new));
        let detector = self.customers.entry(customer).or_insert_with(|| Detector::new(room, most));
        let before = detector.len();
        detector.note(shingles, reached);
        self.held = (self.held + detector.len()).saturating_sub(before);
        self.wave.note(shingles, reached);
        // Each turn goes through everything, and there are few until it is worth less.
        while self.held > self.most && self.room > LEAST_OF_CUSTOMER {
            self.give(self.room / 2);
        }
    }

    /// Gives each customer so much room.
    fn give(&mut self, room: usize) {
        self.room = room;
        self.customers.values_mut().for_each(|detector| detector.keep(room));
        self.held = self.customers.values().map(Detector::len).sum();
    }

    /// Forgets what is older than a day.
    pub fn forget(&mut self, now: u32) {
        for detector in self.customers.values_mut() {
            detector.forget(now);
        }
        self.customers.retain(|_, detector| !detector.is_empty());
        self.held = self.customers.values().map(Detector::len).sum();
        if self.held < self.most / 4 && self.room < MOST_OF_CUSTOMER {
            self.give(self.room * 2);
        }
        self.wave.forget(now);
    }

    /// Whether a message with these shingles to these first-time recipients is a campaign, alone or as part of a wave.
    pub fn judge(&self, sender: Sender, shingles: &[u32], new: &[Reached]) -> Option<Reason> {
        if new.is_empty() {
            return None;
        }
        let Sender { customer, tier, unwanted } = sender;
        let most = self.limits.most(tier, unwanted);
        let nothing = Detector::new(0, 0);
        let own = self.customers.get(&customer).unwrap_or(&nothing).share(
            shingles,
            new,
            Asked { recipients: most, customers: 0, hundredths: SHARE },
        );
        // Staff trust the customer, not whoever writes the same as many others do at the same time.
        if own.is_at_least(SHARE) && tier != Tier::T3 {
            let (value, limit) = (own.recipients, u64::from(most));
            return Some(Reason { code: ReasonCode::Campaign, value, limit });
        }
        let most = self.limits.wave_recipients;
        let asked = Asked { recipients: most, customers: self.limits.wave_customers, hundredths: WAVE_SHARE };
        let all = self.wave.share(shingles, new, asked);
        if all.of >= WAVE_LEAST_SHINGLES && all.is_at_least(WAVE_SHARE) {
            let (value, limit) = (all.recipients, u64::from(most));
            return Some(Reason { code: ReasonCode::Wave, value, limit });
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use mailkeep_types::Timestamp;
    use uuid::Uuid;

    use super::*;

    fn customer(number: u32) -> CustomerId {
        CustomerId::from_uuid(Uuid::from_u128(u128::from(number)))
    }

    fn of(number: u32, tier: Tier) -> Sender {
        Sender { customer: customer(number), tier, unwanted: false }
    }

    fn to(customer: u32, recipient: u32) -> [Reached; 1] {
        let minute = u32::try_from(Timestamp::from_seconds(1_800_000_000).as_seconds() / 60).unwrap();
        [Reached { recipient, customer, minute }]
    }

    #[test]
    fn a_campaign_of_one_and_a_wave_of_many_are_told_apart() {
        let text: Vec<u32> = (0..100).collect();
        let mut watch = Watch::new(CampaignLimits::default());
        let found = (1..=30).find_map(|recipient| {
            let new = to(1, recipient);
            let reason = watch.judge(of(1, Tier::T2), &text, &new);
            watch.note(customer(1), &text, &new);
            reason.map(|reason| (recipient, reason.code, reason.value, reason.limit))
        });
        assert_eq!(found, Some((20, ReasonCode::Campaign, 20, 20)));
        assert_eq!(watch.judge(of(1, Tier::T3), &text, &to(1, 99)), None, "staff trust the customer");

        let unwanted = Sender { unwanted: true, ..of(2, Tier::T2) };
        let found = (1..=30).find(|recipient| {
            let new = to(2, 500 + recipient);
            let reason = watch.judge(unwanted, &text, &new);
            watch.note(customer(2), &text, &new);
            reason.is_some()
        });
        assert_eq!(found, Some(10), "the words speak against it");

        let mut watch = Watch::new(CampaignLimits::default());
        let found = (0..250).find_map(|mail| {
            let from = mail / 5;
            let new = to(from, 1_000 + mail);
            let reason = watch.judge(of(from, Tier::T2), &text, &new);
            watch.note(customer(from), &text, &new);
            reason.map(|reason| (mail + 1, reason.code))
        });
        assert_eq!(found, Some((25, ReasonCode::Wave)));
        let trusted = watch.judge(of(3, Tier::T3), &text, &to(3, 9_999));
        assert_eq!(trusted.map(|reason| reason.code), Some(ReasonCode::Wave), "and many at once are a wave");
        let short: Vec<u32> = (0..10).collect();
        assert_eq!(watch.judge(of(99, Tier::T2), &short, &to(99, 1)), None, "a phrase that all use");
        assert_eq!(watch.judge(of(99, Tier::T0), &text, &[]), None, "nobody new");
        let at_once: Vec<Reached> = (0..20).flat_map(|recipient| to(7, recipient)).collect();
        let reason = watch.judge(of(7, Tier::T2), &[900_001, 900_002], &at_once);
        assert_eq!(reason.map(|reason| reason.value), Some(20), "to twenty in one message");
    }

    #[test]
    fn of_many_customers_those_with_the_most_are_sampled_and_a_campaign_is_found_all_the_same() {
        let mut watch = Watch { most: 40_000, ..Watch::new(CampaignLimits::default()) };
        let text = |from: u32, count: u32| -> Vec<u32> {
            (0..count).map(|n| (from * 100_000 + n).wrapping_mul(2_654_435_761)).collect()
        };
        for customer_number in 1..=10 {
            watch.note(customer(customer_number), &text(customer_number, 600), &to(customer_number, 1));
        }
        for message in 0..100 {
            watch.note(customer(99), &text(1_000 + message, 900), &to(99, message));
        }
        assert!(watch.held <= 40_000, "{}", watch.held);
        assert!((LEAST_OF_CUSTOMER..MOST_OF_CUSTOMER).contains(&watch.room), "{}", watch.room);
        assert_eq!(watch.customers[&customer(3)].len(), 600, "who sends little is known in full");
        let campaign = text(9_999, 900);
        let found = (1..=40).find(|recipient| {
            let new = to(99, 5_000 + recipient);
            let reason = watch.judge(of(99, Tier::T2), &campaign, &new);
            watch.note(customer(99), &campaign, &new);
            reason.is_some()
        });
        assert_eq!(found, Some(20));
        watch.forget(to(1, 1)[0].minute + 3 * 24 * 60);
        assert!(watch.customers.is_empty());
        (0..20).for_each(|_| watch.forget(to(1, 1)[0].minute + 3 * 24 * 60));
        assert_eq!(watch.room, MOST_OF_CUSTOMER, "there is room again");
    }
}
