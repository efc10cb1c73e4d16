//! Campaigns: much the same text to many people who were never written to before.
//!
//! A message is a set of shingles ([`shingles`]): each three words that follow each other, each link by its host and path,
//! each attachment. For every shingle it is known which first-time recipients it reached in the last 24 hours
//! ([`detector`]). A message is a campaign when a share of its shingles has each reached many. Hashes that compare two whole
//! messages do not serve: one changed word in twenty defeats them, while half of the shingles stay (decision 0043).

pub mod detector;
pub(crate) mod numbers;
pub mod shingles;
pub mod watch;
pub(crate) mod words;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::tiers::Tier;

/// The share of a message's shingles, in hundredths, that must each have reached many within one customer.
const SHARE: u64 = 20;
/// The same across customers: phrases such as a telephone's signature are common to all of them.
const WAVE_SHARE: u64 = 50;
/// A message with fewer shingles says too little to be compared across customers.
const WAVE_LEAST_SHINGLES: u64 = 20;

/// When a text is a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CampaignLimits {
    /// First-time recipients of much the same text from a new customer within 24 hours; at most 64.
    pub recipients_when_new: u32,
    /// First-time recipients of much the same text from any other customer within 24 hours; at most 64.
    pub recipients: u32,
    /// First-time recipients of much the same text from several customers within 24 hours; at most 64.
    pub wave_recipients: u32,
    /// From so many customers it is a wave; at least 2.
    pub wave_customers: u32,
}

impl Default for CampaignLimits {
    fn default() -> Self {
        CampaignLimits { recipients_when_new: 10, recipients: 20, wave_recipients: 25, wave_customers: 5 }
    }
}

impl CampaignLimits {
    /// How many first-time recipients make a campaign in a tier: of a text whose words speak against it, half as many.
    pub const fn most(&self, tier: Tier, unwanted: bool) -> u32 {
        let most = match tier {
            Tier::T0 => self.recipients_when_new,
            _ => self.recipients,
        };
        if unwanted { most.div_ceil(2) } else { most }
    }

    /// Whether the numbers can be kept to.
    pub const fn are_possible(&self) -> bool {
        const MOST: u32 = detector::MOST_RECIPIENTS as u32;
        const fn fits(number: u32) -> bool {
            number > 0 && number <= MOST
        }
        fits(self.recipients_when_new)
            && fits(self.recipients)
            && fits(self.wave_recipients)
            && self.wave_customers > 1
            && self.wave_customers <= MOST
    }
}
