//! What an add-on grants beyond a class of service.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ClassLimits;

/// What each mailbox is granted besides; nothing where a field is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grants {
    /// So much space beyond the quota that each mailbox has of its own, in units of 1,000,000 bytes.
    #[serde(default, skip_serializing_if = "is_none")]
    pub more_quota_mb: u32,
    /// So many more recipients in a day.
    #[serde(default, skip_serializing_if = "is_none")]
    pub more_recipients_per_day: u32,
    /// Messages at least this large, in units of 1,000,000 bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_size_mb: Option<u32>,
    /// Deleted mail can be brought back for at least so many days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undelete_days: Option<u16>,
}

// The signature is serde's.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands fields in by reference")]
fn is_none(number: &u32) -> bool {
    *number == 0
}

impl Grants {
    /// Whether nothing is granted.
    pub fn is_nothing(&self) -> bool {
        *self == Grants::default()
    }
}

impl ClassLimits {
    /// These limits with what an add-on grants: never less than without it. Space is granted beside them, since each mailbox
    /// has a quota of its own.
    #[must_use]
    pub fn with(mut self, grants: Grants) -> Self {
        self.recipients_per_day = self.recipients_per_day.saturating_add(grants.more_recipients_per_day);
        self.message_size_mb = self.message_size_mb.max(grants.message_size_mb.unwrap_or(0));
        self.undelete_days = self.undelete_days.max(grants.undelete_days);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_granted_is_never_less_than_without_it() {
        let all = Grants {
            more_quota_mb: 7000,
            more_recipients_per_day: 500,
            message_size_mb: Some(25),
            undelete_days: Some(90),
        };
        let limits = ClassLimits::default();
        let with = limits.clone().with(all);
        assert_eq!(with.quota_mb, limits.quota_mb, "space comes beside the quota");
        assert_eq!((with.recipients_per_day, with.message_size_mb), (10_500, 50), "50 MB are more than 25");
        assert_eq!(with.undelete_days, Some(90));
        assert!(with.problems().is_empty());
        let longer = ClassLimits { undelete_days: Some(365), ..limits.clone() };
        assert_eq!(longer.with(all).undelete_days, Some(365));
        assert_eq!(limits.clone().with(Grants::default()), limits);
    }
}
