//! Classes of service: named limits and features that plans grant.
//!
//! A plan names a class, or has limits of its own. What a class says holds for everything that was sold under it, at once:
//! the mail side is told of each change ([`change`]), so that staff change one class and not a hundred plans. Classes come
//! from the configuration; one that was changed in the console is the console's from then on. Domains and mailboxes inherit
//! the class of their service and narrow it (the mail side keeps what they narrow). See decision 0025.

pub mod change;
pub mod config;
pub mod grants;
pub mod store;
#[cfg(test)]
mod tests;

use mailkeep_types::sending::SendingRules;
use mailkeep_types::{StaffId, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a mailbox can be used by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MailProtocol {
    /// Sending with mail programs.
    Smtp,
    /// Reading with mail programs.
    Imap,
    /// Calendars, contacts and files.
    Dav,
    /// The pages of the webmail.
    Webmail,
}

impl MailProtocol {
    /// All of them.
    pub const ALL: [MailProtocol; 4] =
        [MailProtocol::Smtp, MailProtocol::Imap, MailProtocol::Dav, MailProtocol::Webmail];

    /// The word in the configuration.
    pub const fn word(self) -> &'static str {
        match self {
            MailProtocol::Smtp => "smtp",
            MailProtocol::Imap => "imap",
            MailProtocol::Dav => "dav",
            MailProtocol::Webmail => "webmail",
        }
    }
}

/// What each mailbox is granted; the mail side turns it into its own limits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassLimits {
    /// The quota of a new mailbox in units of 1,000,000 bytes; 0 is no limit.
    pub quota_mb: u32,
    /// How far a domain's administrator may raise a quota, in the same units; as `quota_mb` when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_quota_mb: Option<u32>,
    /// The largest message in units of 1,000,000 bytes.
    pub message_size_mb: u32,
    /// Most recipients of one message.
    pub recipients_per_message: u32,
    /// Most recipients in a day.
    pub recipients_per_day: u32,
    /// Most recipients in a day while a mailbox is new; as always when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipients_per_day_when_new: Option<u32>,
    /// For how many days a mailbox is new.
    #[serde(default = "week", skip_serializing_if = "is_week")]
    pub new_days: u16,
    /// What the mailbox can be used by; everything when left out.
    #[serde(default = "everything", skip_serializing_if = "is_everything")]
    pub protocols: Vec<MailProtocol>,
    /// Whether mail programs need passwords of their own, so that the one of the mailbox opens the webmail alone.
    #[serde(default, skip_serializing_if = "is_off")]
    pub app_passwords_only: bool,
    /// For how many days deleted mail can be brought back; as the mail side's setting when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undelete_days: Option<u16>,
    /// How recipients are counted: over what time, by the hour, strangers apart, lists as one or by their members, and what
    /// happens over a limit. When left out: over the last 24 hours, lists as one, too many at once refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sending: Option<SendingRules>,
}

fn week() -> u16 {
    7
}

fn everything() -> Vec<MailProtocol> {
    MailProtocol::ALL.to_vec()
}

// The signatures are serde's.
fn is_week(days: &u16) -> bool {
    *days == week()
}

fn is_everything(protocols: &[MailProtocol]) -> bool {
    MailProtocol::ALL.iter().all(|protocol| protocols.contains(protocol))
}

fn is_off(flag: &bool) -> bool {
    !flag
}

impl Default for ClassLimits {
    /// Limits that suit a business and harm nobody (BUSINESS-RULES 22).
    fn default() -> Self {
        ClassLimits {
            quota_mb: 25_000,
            most_quota_mb: None,
            message_size_mb: 50,
            recipients_per_message: 250,
            recipients_per_day: 10_000,
            recipients_per_day_when_new: None,
            new_days: week(),
            protocols: everything(),
            app_passwords_only: false,
            undelete_days: None,
            sending: None,
        }
    }
}

impl ClassLimits {
    /// Every mistake: the name of the key within the limits, and what to write instead.
    pub fn problems(&self) -> Vec<(&'static str, &'static str)> {
        let mut problems = Vec::new();
        let mut require = |ok: bool, key, message| {
            if !ok {
                problems.push((key, message));
            }
        };
        require(self.message_size_mb > 0, "message_size_mb", "must be at least 1");
        require(self.recipients_per_message > 0, "recipients_per_message", "must be at least 1");
        require(
            self.most_quota_mb.is_none_or(|most| most >= self.quota_mb),
            "most_quota_mb",
            "must not be less than quota_mb",
        );
        require(
            self.recipients_per_day_when_new.is_none_or(|new| new <= self.recipients_per_day),
            "recipients_per_day_when_new",
            "must not be more than recipients_per_day",
        );
        require(!self.protocols.is_empty(), "protocols", "name at least one of smtp, imap, dav, webmail");
        problems.extend(self.sending.iter().flat_map(SendingRules::problems));
        problems
    }
}

/// A class of service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceClass {
    /// Names it for ever.
    pub key: String,
    /// What staff and administrators read.
    pub name: String,
    /// What it grants.
    pub limits: ClassLimits,
    /// Who changed it last; nobody while it is as the configuration says.
    pub by: Option<StaffId>,
    /// When it was changed last.
    pub at: Timestamp,
}

/// What is under a class.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClassUse {
    /// The names of the plans on offer that grant it.
    pub plans: Vec<String>,
    /// Running services that were sold under it, whatever the version of their plan.
    pub services: u32,
    /// The mailboxes ordered with them.
    pub mailboxes: u64,
}
