//! Classes of service: limits that plans grant and domains or mailboxes override.

use serde::{Deserialize, Serialize};

/// Limits of a mailbox; what is not set comes from the level above: mailbox, domain, defaults.
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
}

impl ClassLimits {
    /// These limits, and those of `above` where none is set.
    #[must_use]
    pub fn or(self, above: ClassLimits) -> ClassLimits {
        ClassLimits {
            max_message_bytes: self.max_message_bytes.or(above.max_message_bytes),
            recipients_per_message: self.recipients_per_message.or(above.recipients_per_message),
            recipients_per_day: self.recipients_per_day.or(above.recipients_per_day),
            recipients_per_day_when_new: self
                .recipients_per_day_when_new
                .or(above.recipients_per_day_when_new),
            new_days: self.new_days.or(above.new_days),
            quota_bytes: self.quota_bytes.or(above.quota_bytes),
            most_quota_bytes: self.most_quota_bytes.or(above.most_quota_bytes),
        }
    }

    /// The most that an administrator may set, in bytes; `None` where there is no limit.
    pub fn most_quota(&self) -> Option<u64> {
        self.most_quota_bytes.or(self.quota_bytes).filter(|most| *most > 0)
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
