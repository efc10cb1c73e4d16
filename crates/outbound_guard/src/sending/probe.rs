//! What the policy promises of bulk mail, looked at from inside.

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::CustomerId;
use mailkeep_types::sending::SendingRules;
use uuid::Uuid;

use super::{GuardConfig, store};
use crate::campaign::detector::Reached;
use crate::campaign::watch::{Sender, Watch};
use crate::limits::{Limits, Sent, Weight, weigh};
use crate::tiers::Tier;
use crate::verdict::Verdict;

/// P31: with the limits that are set, a text to strangers is noticed in every tier that is not trusted by staff, a new customer's
/// strangers are limited, and what is known of texts goes.
pub(super) fn bulk_limited(config: &GuardConfig, tx: &mut Tx<'_>) -> Result<Result<(), String>, SqlError> {
    for tier in [Tier::T0, Tier::T1, Tier::T2] {
        if !is_noticed(config, tier) {
            return Ok(Err(format!("the same text to 64 strangers is let go in tier {}", tier.number())));
        }
    }
    if !is_limited(config) {
        return Ok(Err("a new customer may write to a thousand strangers a day".to_owned()));
    }
    Ok(match store::count_stale(tx)? {
        0 => Ok(()),
        count => Err(format!("numbers of {count} texts stand past their day")),
    })
}

fn is_noticed(config: &GuardConfig, tier: Tier) -> bool {
    let (customer, text) = (CustomerId::from_uuid(Uuid::from_u128(1)), (0..100).collect::<Vec<u32>>());
    let mut watch = Watch::new(config.campaigns.clone());
    (0..64).any(|recipient| {
        let new = [Reached { recipient, customer: 1, minute: 1 }];
        let noticed = watch.judge(Sender { customer, tier, unwanted: false }, &text, &new).is_some();
        watch.note(customer, &text, &new);
        noticed
    })
}

fn is_limited(config: &GuardConfig) -> bool {
    let rules = SendingRules::default();
    let limits = Limits {
        per_message: u64::MAX,
        per_window: u64::MAX,
        rules: &rules,
        tier: config.tiers.limits(Tier::T0),
        tried: false,
    };
    let strangers = vec![Weight { counted: 1, outside: true, first_time: true }; 1_000];
    weigh(&limits, &Sent::default(), &strangers).verdict != Verdict::Allow
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::CampaignLimits;

    #[test]
    fn limits_that_hold_nothing_are_told() {
        let good = GuardConfig::default();
        assert!(is_limited(&good) && is_noticed(&good, Tier::T2));
        let campaigns = CampaignLimits { recipients: 65, wave_recipients: 65, ..CampaignLimits::default() };
        let wide = GuardConfig { campaigns, ..GuardConfig::default() };
        assert!(is_noticed(&wide, Tier::T0) && !is_noticed(&wide, Tier::T1));
    }
}
