//! Weighs a message against what was sent before: pure, so that the same numbers always come to the same verdict.

use mailkeep_types::sending::{OverLimit, SendingRules};

use crate::tiers::TierLimits;
use crate::verdict::{Judged, Reason, ReasonCode, Verdict};

/// What one recipient of a message weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    /// For the limits of the class of service: 1, or the members of a list.
    pub counted: u64,
    /// Whether they are outside the domains of the sender's customer.
    pub outside: bool,
    /// Whether this mailbox never wrote to them before; nobody inside is.
    pub first_time: bool,
}

/// What was sent before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sent {
    /// Recipients of the mailbox in the last hour.
    pub hour: u64,
    /// Recipients of the mailbox since its window began.
    pub window: u64,
    /// Recipients outside in 24 hours: of the customer in the lowest tier, else of the mailbox.
    pub outside: u64,
    /// First-time recipients in 24 hours, of the same.
    pub first_time: u64,
    /// First-time recipients of the mailbox in 24 hours, for the limit of its class.
    pub first_time_of_mailbox: u64,
}

/// The limits that hold for a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits<'a> {
    /// Most recipients of one message.
    pub per_message: u64,
    /// Most recipients since the window began.
    pub per_window: u64,
    /// What the class of service says.
    pub rules: &'a SendingRules,
    /// What the customer's tier says.
    pub tier: Option<TierLimits>,
    /// The service is being tried.
    pub tried: bool,
}

/// A limit while the recipients are counted up to it one by one.
struct Meter {
    code: ReasonCode,
    limit: u64,
    used: u64,
    over: OverLimit,
    weighs: fn(&Weight) -> u64,
}

/// The verdict on a message to these recipients, in the order in which the sender named them.
pub fn weigh(limits: &Limits<'_>, sent: &Sent, recipients: &[Weight]) -> Judged {
    let total = |weighs: fn(&Weight) -> u64| recipients.iter().map(weighs).sum::<u64>();
    let outside: fn(&Weight) -> u64 = |weight| u64::from(weight.outside);
    if limits.tried && total(outside) > 0 {
        let reason = Reason { code: ReasonCode::TrialOutside, value: total(outside), limit: 0 };
        let judged = Judged::allow(0);
        return Judged { verdict: Verdict::Refuse, reasons: vec![reason], ..judged };
    }
    let mut judged = Judged::allow(recipients.len());
    for meter in meters(limits, sent) {
        let value = meter.used.saturating_add(total(meter.weighs));
        // Recipients that this limit does not count stay welcome over it.
        if value <= meter.limit || total(meter.weighs) == 0 {
            continue;
        }
        let mut used = meter.used;
        let fit = recipients.iter().take_while(|recipient| {
            used = used.saturating_add((meter.weighs)(recipient));
            used <= meter.limit
        });
        let served = match meter.over {
            OverLimit::ServeFirst => fit.count(),
            OverLimit::Wait | OverLimit::Refuse => 0,
        };
        let verdict = match meter.over {
            OverLimit::ServeFirst if served > 0 => Verdict::Allow,
            // A message that cannot be sent at any time is refused, so that no program tries for days.
            _ if meter.code == ReasonCode::PerMessage || meter.over == OverLimit::Refuse => Verdict::Refuse,
            _ => Verdict::Delay,
        };
        judged.reasons.push(Reason { code: meter.code, value, limit: meter.limit });
        judged.served = judged.served.min(served);
        judged.verdict = judged.verdict.max(verdict);
    }
    judged
}

fn meters(limits: &Limits<'_>, sent: &Sent) -> Vec<Meter> {
    let counted: fn(&Weight) -> u64 = |weight| weight.counted;
    let first_time: fn(&Weight) -> u64 = |weight| u64::from(weight.first_time);
    let rules = limits.rules;
    let mut meters = vec![
        Meter {
            code: ReasonCode::PerMessage,
            limit: limits.per_message,
            used: 0,
            over: rules.over_message,
            weighs: counted,
        },
        Meter {
            code: ReasonCode::PerWindow,
            limit: limits.per_window,
            used: sent.window,
            over: rules.over,
            weighs: counted,
        },
    ];
    if let Some(limit) = rules.recipients_per_hour {
        let limit = u64::from(limit);
        meters.push(Meter {
            code: ReasonCode::PerHour,
            limit,
            used: sent.hour,
            over: rules.over,
            weighs: counted,
        });
    }
    if let Some(limit) = rules.first_time_per_day {
        let (limit, used) = (u64::from(limit), sent.first_time_of_mailbox);
        meters.push(Meter { code: ReasonCode::FirstTime, limit, used, over: rules.over, weighs: first_time });
    }
    if let Some(tier) = limits.tier {
        let day = u64::from(tier.recipients_per_day);
        let outside: fn(&Weight) -> u64 = |weight| u64::from(weight.outside);
        meters.push(Meter {
            code: ReasonCode::PerDay,
            limit: day,
            used: sent.outside,
            over: rules.over,
            weighs: outside,
        });
        let new = u64::from(tier.first_time_per_day);
        meters.push(Meter {
            code: ReasonCode::FirstTime,
            limit: new,
            used: sent.first_time,
            over: rules.over,
            weighs: first_time,
        });
    }
    meters
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tiers::Tiers;

    const KNOWN: Weight = Weight { counted: 1, outside: true, first_time: false };
    const NEW: Weight = Weight { counted: 1, outside: true, first_time: true };
    const INSIDE: Weight = Weight { counted: 1, outside: false, first_time: false };

    fn limits(rules: &SendingRules) -> Limits<'_> {
        Limits { per_message: 100, per_window: 10_000, rules, tier: None, tried: false }
    }

    /// Verdict, served, and the codes.
    fn outcome(judged: &Judged) -> (Verdict, usize, Vec<&'static str>) {
        (judged.verdict, judged.served, judged.reasons.iter().map(|reason| reason.code.word()).collect())
    }

    #[test]
    fn recipients_are_counted_and_not_messages() {
        let rules = SendingRules::default();
        let hundred = vec![KNOWN; 100];
        let sent = |window| Sent { window, ..Sent::default() };
        assert_eq!(outcome(&weigh(&limits(&rules), &sent(9_900), &hundred)), (Verdict::Allow, 100, vec![]));
        let over = weigh(&limits(&rules), &sent(9_901), &hundred);
        assert_eq!(outcome(&over), (Verdict::Delay, 0, vec!["per-window"]));
        assert_eq!(over.first_reason().map(|reason| (reason.value, reason.limit)), Some((10_001, 10_000)));
    }

    #[test]
    fn too_many_at_once_are_refused_or_the_first_are_served() {
        let refusing = SendingRules::default();
        let many = vec![KNOWN; 130];
        assert_eq!(
            outcome(&weigh(&limits(&refusing), &Sent::default(), &many)),
            (Verdict::Refuse, 0, vec!["per-message"])
        );
        let serving = SendingRules { over_message: OverLimit::ServeFirst, ..SendingRules::default() };
        assert_eq!(
            outcome(&weigh(&limits(&serving), &Sent::default(), &many)),
            (Verdict::Allow, 100, vec!["per-message"])
        );
        // A first recipient that alone is too many leaves nobody to serve.
        let list = [Weight { counted: 101, ..INSIDE }];
        assert_eq!(
            outcome(&weigh(&limits(&serving), &Sent::default(), &list)),
            (Verdict::Refuse, 0, vec!["per-message"])
        );
    }

    #[test]
    fn a_tier_counts_those_outside_and_those_who_are_new() {
        let rules = SendingRules::default();
        let new = Limits { tier: Tiers::default().limits(crate::Tier::T0), ..limits(&rules) };
        let sent = Sent { outside: 40, first_time: 20, ..Sent::default() };
        assert_eq!(outcome(&weigh(&new, &sent, &[NEW])), (Verdict::Delay, 0, vec!["first-time"]));
        assert_eq!(outcome(&weigh(&new, &sent, &[KNOWN])), (Verdict::Allow, 1, vec![]));
        assert_eq!(outcome(&weigh(&new, &sent, &[KNOWN; 11])), (Verdict::Delay, 0, vec!["per-day"]));
        let full = Sent { outside: 50, first_time: 20, ..Sent::default() };
        assert_eq!(
            outcome(&weigh(&new, &full, &[INSIDE; 30])),
            (Verdict::Allow, 30, vec![]),
            "colleagues are always there"
        );
    }

    #[test]
    fn a_trial_writes_inside_only_and_an_hour_can_be_limited() {
        let rules = SendingRules {
            recipients_per_hour: Some(10),
            over: OverLimit::ServeFirst,
            ..SendingRules::default()
        };
        let tried = Limits { tried: true, per_window: 10, ..limits(&rules) };
        assert_eq!(
            outcome(&weigh(&tried, &Sent::default(), &[INSIDE, KNOWN])),
            (Verdict::Refuse, 0, vec!["trial-outside"])
        );
        assert_eq!(outcome(&weigh(&tried, &Sent::default(), &[INSIDE; 10])), (Verdict::Allow, 10, vec![]));
        let sent = Sent { hour: 8, window: 7, ..Sent::default() };
        let judged = weigh(&tried, &sent, &[INSIDE; 5]);
        assert_eq!(outcome(&judged), (Verdict::Allow, 2, vec!["per-window", "per-hour"]));
    }
}
