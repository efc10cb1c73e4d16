//! Classes of service: what a service grants its mailboxes, and what administrators of domains narrow of it.

use std::time::Duration;

use mailkeep_types::AppPasswordId;
use serde::{Deserialize, Serialize};

use super::Protocol;

/// Protocols by which a mailbox can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Protocol>", into = "Vec<Protocol>")]
pub struct Protocols(u8);

impl Protocols {
    const fn bit(protocol: Protocol) -> u8 {
        1 << protocol as u8
    }

    /// Whether one of them is among these.
    pub const fn contains(self, protocol: Protocol) -> bool {
        self.0 & Self::bit(protocol) != 0
    }

    /// Those that are among both.
    #[must_use]
    pub const fn and(self, other: Protocols) -> Protocols {
        Protocols(self.0 & other.0)
    }
}

impl FromIterator<Protocol> for Protocols {
    fn from_iter<I: IntoIterator<Item = Protocol>>(protocols: I) -> Self {
        Protocols(protocols.into_iter().fold(0, |bits, protocol| bits | Self::bit(protocol)))
    }
}

impl From<Vec<Protocol>> for Protocols {
    fn from(protocols: Vec<Protocol>) -> Self {
        protocols.into_iter().collect()
    }
}

impl From<Protocols> for Vec<Protocol> {
    fn from(protocols: Protocols) -> Self {
        Protocol::ALL.into_iter().filter(|protocol| protocols.contains(*protocol)).collect()
    }
}

/// Limits and features of a mailbox. A service grants them to its domains; a domain and a mailbox narrow them
/// ([`ClassLimits::within`]); what none of them says is as the program has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ClassLimits {
    /// Longest message in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_message_bytes: Option<u64>,
    /// Recipients of one message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipients_per_message: Option<i64>,
    /// Recipients of a day (UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipients_per_day: Option<i64>,
    /// Recipients of a day while the mailbox is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipients_per_day_when_new: Option<i64>,
    /// For how many days a mailbox is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_days: Option<i64>,
    /// Quota of a new mailbox in bytes; 0 is no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota_bytes: Option<u64>,
    /// How far the domain's administrator may raise a quota, in bytes; as `quota_bytes` when nothing is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most_quota_bytes: Option<u64>,
    /// By what the mailbox can be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocols: Option<Protocols>,
    /// Whether mail programs need application passwords: the password of the mailbox opens the webmail alone.
    #[serde(skip_serializing_if = "is_off")]
    pub app_passwords_only: bool,
    /// For how many days deleted mail can be brought back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undelete_days: Option<u16>,
    /// So many bytes each mailbox has beyond the quota of its own.
    #[serde(skip_serializing_if = "is_nothing")]
    pub extra_quota_bytes: u64,
    /// Whether recipients of a day are limited where mail is submitted, by another day than that of UTC.
    #[serde(skip_serializing_if = "is_off")]
    pub day_is_counted_elsewhere: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands fields in by reference")]
fn is_nothing(bytes: &u64) -> bool {
    *bytes == 0
}

// The signature is serde's.
fn is_off(flag: &bool) -> bool {
    !flag
}

/// The smaller of two; the other one where one says nothing.
fn least<T: Ord>(one: Option<T>, other: Option<T>) -> Option<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

impl ClassLimits {
    /// These limits as far as `granted` reaches: whatever they say, they never give more. Quotas are granted alone, since
    /// each mailbox has one of its own.
    #[must_use]
    pub fn within(self, granted: ClassLimits) -> ClassLimits {
        ClassLimits {
            max_message_bytes: least(self.max_message_bytes, granted.max_message_bytes),
            recipients_per_message: least(self.recipients_per_message, granted.recipients_per_message),
            recipients_per_day: least(self.recipients_per_day, granted.recipients_per_day),
            recipients_per_day_when_new: least(
                self.recipients_per_day_when_new,
                granted.recipients_per_day_when_new,
            ),
            new_days: self.new_days.max(granted.new_days),
            quota_bytes: granted.quota_bytes,
            most_quota_bytes: granted.most_quota_bytes,
            protocols: match (self.protocols, granted.protocols) {
                (Some(own), Some(granted)) => Some(own.and(granted)),
                (own, granted) => own.or(granted),
            },
            app_passwords_only: self.app_passwords_only || granted.app_passwords_only,
            undelete_days: least(self.undelete_days, granted.undelete_days),
            extra_quota_bytes: granted.extra_quota_bytes,
            day_is_counted_elsewhere: granted.day_is_counted_elsewhere,
        }
    }

    /// Whether the mailbox can be used by a protocol.
    pub fn allows(&self, protocol: Protocol) -> bool {
        self.protocols.is_none_or(|protocols| protocols.contains(protocol))
    }

    /// Whether a protocol needs an application password, and the one who signed in used none.
    pub fn needs_app_password(&self, protocol: Protocol, used: Option<AppPasswordId>) -> bool {
        self.app_passwords_only && used.is_none() && protocol != Protocol::Webmail
    }

    /// For how long deleted mail can be brought back; `usual` when nothing is set.
    pub fn undelete(&self, usual: Duration) -> Duration {
        self.undelete_days.map_or(usual, |days| Duration::from_secs(u64::from(days) * 24 * 3600))
    }

    /// The most that an administrator may set, in bytes; `None` where there is no limit.
    pub fn most_quota(&self) -> Option<u64> {
        self.most_quota_bytes.or(self.quota_bytes).filter(|most| *most > 0)
    }

    /// A mailbox's own quota with what is granted beyond it, in bytes; 0 is no limit and stays none.
    pub fn quota_of(&self, own_bytes: u64) -> u64 {
        if own_bytes == 0 { 0 } else { own_bytes.saturating_add(self.extra_quota_bytes) }
    }

    /// Longest message in bytes; 50 MB when nothing is set.
    pub fn message_bytes(&self) -> u64 {
        self.max_message_bytes.unwrap_or(50_000_000)
    }

    /// Recipients of one message; 250 when nothing is set (BUSINESS-RULES 22).
    pub fn per_message(&self) -> i64 {
        self.recipients_per_message.unwrap_or(250)
    }

    /// Recipients of a day for a mailbox of this age; 10,000 when nothing is set (BUSINESS-RULES 22).
    pub fn per_day(&self, age_days: i64) -> i64 {
        let normal = self.recipients_per_day.unwrap_or(10_000);
        match self.recipients_per_day_when_new {
            Some(limit) if age_days < self.new_days.unwrap_or(7) => limit.min(normal),
            _ => normal,
        }
    }

    pub(crate) fn to_json(self) -> String {
        serde_json::to_string(&self).unwrap_or_else(|_| "{}".to_owned())
    }

    pub(crate) fn from_json(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_narrowed_never_gives_more_than_was_granted() {
        let granted = ClassLimits {
            max_message_bytes: Some(50),
            recipients_per_day: Some(100),
            quota_bytes: Some(10),
            protocols: Some([Protocol::Imap, Protocol::Webmail].into_iter().collect()),
            undelete_days: Some(30),
            ..ClassLimits::default()
        };
        let own = ClassLimits {
            max_message_bytes: Some(60),
            recipients_per_day: Some(20),
            recipients_per_message: Some(5),
            quota_bytes: Some(99),
            protocols: Some([Protocol::Smtp, Protocol::Webmail].into_iter().collect()),
            app_passwords_only: true,
            undelete_days: Some(90),
            ..ClassLimits::default()
        };
        let both = own.within(granted);
        assert_eq!(
            (both.max_message_bytes, both.recipients_per_day, both.recipients_per_message),
            (Some(50), Some(20), Some(5))
        );
        assert_eq!(
            (both.quota_bytes, both.undelete_days, both.app_passwords_only),
            (Some(10), Some(30), true)
        );
        let may: Vec<_> = Protocol::ALL.into_iter().filter(|protocol| both.allows(*protocol)).collect();
        assert_eq!(may, [Protocol::Webmail]);
        assert_eq!(ClassLimits::default().within(granted), granted);
        assert_eq!(ClassLimits::from_json(&both.to_json()), Some(both));
    }
}
