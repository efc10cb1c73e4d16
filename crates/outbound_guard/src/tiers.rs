//! How far a customer is trusted: by the days they have paid for, or by a decision of staff.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// New, or without a paid day: limits count over all mailboxes of the customer, who could make ten as easily as one.
    T0,
    /// For some paid days.
    T1,
    /// For some paid weeks.
    T2,
    /// By a decision of staff.
    T3,
}

impl Tier {
    /// All of them, the lowest first.
    pub const ALL: [Tier; 4] = [Tier::T0, Tier::T1, Tier::T2, Tier::T3];

    /// The stored number.
    pub const fn number(self) -> i64 {
        match self {
            Tier::T0 => 0,
            Tier::T1 => 1,
            Tier::T2 => 2,
            Tier::T3 => 3,
        }
    }

    /// The one below; the lowest is its own.
    #[must_use]
    pub const fn below(self) -> Self {
        match self {
            Tier::T0 | Tier::T1 => Tier::T0,
            Tier::T2 => Tier::T1,
            Tier::T3 => Tier::T2,
        }
    }

    /// Reads the stored number.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|tier| tier.number() == number)
    }
}

/// What a tier allows in 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TierLimits {
    /// Recipients outside the customer's own domains.
    pub recipients_per_day: u32,
    /// Those among them who were never written to before.
    pub first_time_per_day: u32,
}

impl TierLimits {
    /// For mail whose words speak against it: half as many strangers.
    #[must_use]
    pub const fn narrower(self) -> Self {
        TierLimits { first_time_per_day: self.first_time_per_day.div_ceil(2), ..self }
    }
}

/// The tiers and when they are reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Tiers {
    /// For customers who are new or have paid for no day yet; over all their mailboxes together.
    pub new: TierLimits,
    /// For each mailbox of customers who have paid for `known_after_days`.
    pub known: TierLimits,
    /// For each mailbox of customers who have paid for `trusted_after_days`.
    pub trusted: TierLimits,
    /// Days from the first paid one after which a customer is known.
    pub known_after_days: u16,
    /// Days from the first paid one after which a customer is trusted.
    pub trusted_after_days: u16,
}

impl Default for Tiers {
    fn default() -> Self {
        Tiers {
            new: TierLimits { recipients_per_day: 50, first_time_per_day: 20 },
            known: TierLimits { recipients_per_day: 200, first_time_per_day: 100 },
            trusted: TierLimits { recipients_per_day: 500, first_time_per_day: 200 },
            known_after_days: 7,
            trusted_after_days: 30,
        }
    }
}

impl Tiers {
    /// The tier that a customer has earned by having paid for so long; `None` before the first paid day.
    pub fn earned(&self, paid_for: Option<Duration>) -> Tier {
        let days = |days: u16| Duration::from_secs(u64::from(days) * 24 * 3600);
        match paid_for {
            Some(paid) if paid >= days(self.trusted_after_days) => Tier::T2,
            Some(paid) if paid >= days(self.known_after_days) => Tier::T1,
            _ => Tier::T0,
        }
    }

    /// The limits of a tier; none but those of the class of service in the highest.
    pub const fn limits(&self, tier: Tier) -> Option<TierLimits> {
        match tier {
            Tier::T0 => Some(self.new),
            Tier::T1 => Some(self.known),
            Tier::T2 => Some(self.trusted),
            Tier::T3 => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_rises_with_the_paid_days_and_no_further_than_staff_must_go() {
        let tiers = Tiers::default();
        let earned = |days: u64| tiers.earned(Some(Duration::from_secs(days * 24 * 3600)));
        assert_eq!(tiers.earned(None), Tier::T0);
        assert_eq!(
            [0, 6, 7, 29, 30, 3000].map(earned),
            [Tier::T0, Tier::T0, Tier::T1, Tier::T1, Tier::T2, Tier::T2]
        );
        let limits =
            Tier::ALL.map(|tier| tiers.limits(tier).map(|l| (l.recipients_per_day, l.first_time_per_day)));
        assert_eq!(limits, [Some((50, 20)), Some((200, 100)), Some((500, 200)), None]);
        assert_eq!(Tier::from_number(4), None);
    }
}
