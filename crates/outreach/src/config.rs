//! What the operator sets of the status page and of announcements.

use std::time::Duration;

use mailkeep_types::{AddressError, EmailAddress};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The parts whose names the texts of the build have in every language.
pub const KNOWN_COMPONENTS: &[&str] = &["receiving", "sending", "mailboxes", "webmail", "customer_center"];

/// The `[status]` table of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct StatusConfig {
    /// The parts of the service that the status page tells of, in its order. `receiving`, `sending`, `mailboxes`, `webmail` and
    /// `customer_center` are shown in the reader's language, any other as it is written here.
    pub components: Vec<String>,
    /// Maintenance that was announced at least this many hours before it begins is left out of the measured time; any other
    /// counts as down.
    pub notice_hours: u32,
    /// A folder in which a copy of the status page is kept, with its feeds, renewed every minute: for a web server at a name of its own that
    /// answers when nothing else does. Its whole path; empty for none. Every node with this key keeps one.
    pub copy_to: String,
}

impl Default for StatusConfig {
    fn default() -> Self {
        let components = KNOWN_COMPONENTS.iter().map(|name| (*name).to_owned()).collect();
        StatusConfig { components, notice_hours: 72, copy_to: String::new() }
    }
}

impl StatusConfig {
    /// What the type cannot say.
    ///
    /// # Errors
    /// In words, without the name of the section.
    pub fn check(&self) -> Result<(), String> {
        if !self.copy_to.is_empty() && !std::path::Path::new(&self.copy_to).is_absolute() {
            return Err("copy_to: write the whole path of a folder".to_owned());
        }
        if self.components.is_empty() {
            return Err("components: name at least one part of the service".to_owned());
        }
        for (index, name) in self.components.iter().enumerate() {
            let fits = !name.trim().is_empty() && name.len() <= 60 && !name.chars().any(char::is_control);
            if !fits {
                return Err(format!("components: “{name}” is no name of at most 60 letters"));
            }
            if self.components.iter().skip(index + 1).any(|other| other == name) {
                return Err(format!("components: “{name}” stands there twice"));
            }
        }
        Ok(())
    }

    /// How long before its begin maintenance must be announced to be left out of the measured time.
    pub fn notice(&self) -> Duration {
        Duration::from_secs(u64::from(self.notice_hours) * 3600)
    }
}

/// The `[announcements]` table of the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AnnouncementsConfig {
    /// An announcement that more addresses would get must be approved by somebody who did not write it; without that it stops
    /// at this many. At 0 each is approved.
    pub second_person_above: u32,
    /// The address from which everything goes out that people asked for and can decline, such as `news@news.example.com`; what comes back of
    /// it comes to its domain. A domain of its own, which must be here with its DKIM keys, has a name of its own with other providers: what
    /// readers do to a newsletter does not befall invoices. Empty: `web.support_email`.
    pub from: String,
}

impl AnnouncementsConfig {
    /// The address of their sender, where one is set.
    ///
    /// # Errors
    /// When it is no address.
    pub fn sender(&self) -> Result<Option<EmailAddress>, AddressError> {
        match self.from.trim() {
            "" => Ok(None),
            address => EmailAddress::parse(address).map(Some),
        }
    }
}

impl Default for AnnouncementsConfig {
    fn default() -> Self {
        AnnouncementsConfig { second_person_above: 1_000, from: String::new() }
    }
}
