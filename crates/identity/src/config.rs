//! What the operator can set.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Settings of identities: passwords, sessions, links and limits. The section `[identity]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct IdentityConfig {
    /// The name that authenticator apps show beside a code.
    pub issuer: String,
    /// How passwords are judged and stored.
    pub password: PasswordConfig,
    /// How long sessions of persons last.
    pub session: SessionConfig,
    /// How long sessions of staff last.
    pub staff_session: SessionConfig,
    /// For how many days a browser is recognised and greeted. This authorises nothing.
    pub recognition_days: u32,
    /// How long the links in messages work.
    pub links: LinkConfig,
    /// How often credentials may be tried.
    pub limits: LimitConfig,
    /// For how many days security events (sign-ins, changed passwords) are kept with their network and device.
    pub keep_security_events_days: u32,
    /// For how many days a registration may wait for the confirmation of its address before it is removed.
    pub keep_unconfirmed_days: u32,
    /// How many API tokens a person may have.
    pub max_api_tokens: u32,
}

impl Default for IdentityConfig {
    fn default() -> Self {
        IdentityConfig {
            issuer: "Mailkeep".to_owned(),
            password: PasswordConfig::default(),
            session: SessionConfig {
                idle_minutes: 24 * 60,
                absolute_hours: 14 * 24,
                recent_password_minutes: 15,
            },
            staff_session: SessionConfig {
                idle_minutes: 30,
                absolute_hours: 10,
                recent_password_minutes: 10,
            },
            recognition_days: 365,
            links: LinkConfig::default(),
            limits: LimitConfig::default(),
            keep_security_events_days: 90,
            keep_unconfirmed_days: 7,
            max_api_tokens: 20,
        }
    }
}

/// How passwords are judged and stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PasswordConfig {
    /// The fewest characters of a password.
    pub min_length: u32,
    /// The lowest score that is accepted, from 0 (too guessable) to 4 (very hard to guess), as zxcvbn estimates it.
    pub min_score: u8,
    /// Memory for one argon2id computation, in KiB.
    pub argon2_memory_kib: u32,
    /// Passes over that memory.
    pub argon2_passes: u32,
    /// Lanes of argon2id.
    pub argon2_lanes: u32,
    /// How many computations run at once on a node; each takes the memory above. Others wait for their turn.
    pub concurrent: u32,
    /// How many may wait; beyond that a sign-in is put off with a friendly answer.
    pub waiting: u32,
}

impl Default for PasswordConfig {
    fn default() -> Self {
        // The first recommendation of OWASP's password storage cheat sheet for argon2id.
        PasswordConfig {
            min_length: 10,
            min_score: 3,
            argon2_memory_kib: 19_456,
            argon2_passes: 2,
            argon2_lanes: 1,
            concurrent: 4,
            waiting: 200,
        }
    }
}

/// How long sessions last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionConfig {
    /// A session that is not used for so many minutes ends.
    pub idle_minutes: u32,
    /// A session ends after so many hours, used or not.
    pub absolute_hours: u32,
    /// Sensitive acts ask for the password again when it was given longer ago than this, in minutes.
    pub recent_password_minutes: u32,
}

impl SessionConfig {
    pub(crate) fn idle(&self) -> Duration {
        minutes(self.idle_minutes)
    }

    pub(crate) fn absolute(&self) -> Duration {
        hours(self.absolute_hours)
    }

    pub(crate) fn recent_password(&self) -> Duration {
        minutes(self.recent_password_minutes)
    }
}

/// How long the links in messages work, in hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LinkConfig {
    /// The link that confirms an address.
    pub confirm_hours: u32,
    /// The link that sets a new password.
    pub reset_hours: u32,
    /// The invitation of a contact.
    pub invitation_hours: u32,
    /// The enrolment of a member of staff.
    pub enrolment_hours: u32,
}

impl Default for LinkConfig {
    fn default() -> Self {
        LinkConfig { confirm_hours: 48, reset_hours: 1, invitation_hours: 7 * 24, enrolment_hours: 24 }
    }
}

/// How often credentials may be tried. A lock begins with `first_lock_seconds` and doubles with every further try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LimitConfig {
    /// Wrong tries for one person before a lock.
    pub tries_per_identifier: u32,
    /// Wrong tries from one network (an IPv4 address or an IPv6 /64) before a lock.
    pub tries_per_network: u32,
    /// Messages with a link that one address gets within `forget_hours` before further requests are ignored.
    pub links_per_address: u32,
    /// Registrations and requests for links from one network within `forget_hours` before a lock.
    pub requests_per_network: u32,
    /// The first lock, in seconds.
    pub first_lock_seconds: u32,
    /// The longest lock, in seconds.
    pub longest_lock_seconds: u32,
    /// After so many hours without a try, earlier ones are forgotten.
    pub forget_hours: u32,
}

impl Default for LimitConfig {
    fn default() -> Self {
        LimitConfig {
            tries_per_identifier: 5,
            tries_per_network: 30,
            links_per_address: 4,
            requests_per_network: 30,
            first_lock_seconds: 60,
            longest_lock_seconds: 3600,
            forget_hours: 12,
        }
    }
}

pub(crate) fn minutes(n: u32) -> Duration {
    Duration::from_secs(u64::from(n) * 60)
}

pub(crate) fn hours(n: u32) -> Duration {
    Duration::from_secs(u64::from(n) * 3600)
}

pub(crate) fn days(n: u32) -> Duration {
    Duration::from_secs(u64::from(n) * 86_400)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_the_section_is_enough_and_unknown_keys_are_refused() {
        let config: IdentityConfig = serde_json::from_str(r#"{"password": {"min_length": 12}}"#).unwrap();
        assert_eq!(config.password.min_length, 12);
        assert_eq!(config.password.argon2_passes, PasswordConfig::default().argon2_passes);
        assert!(serde_json::from_str::<IdentityConfig>(r#"{"passwort": {}}"#).is_err());
    }

    #[test]
    fn every_key_is_documented() {
        let schema = serde_json::to_value(schemars::schema_for!(IdentityConfig)).unwrap();
        let mut objects = vec![&schema];
        objects.extend(schema["$defs"].as_object().unwrap().values());
        for object in objects {
            for (key, value) in object["properties"].as_object().unwrap() {
                assert!(value["description"].is_string(), "{key} has no description");
            }
        }
    }
}
