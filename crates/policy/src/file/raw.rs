//! The policy file as it is written. Also compiled into the build script, so it knows nothing of the crate.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Spanned;

/// The whole file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawFile {
    /// Title and version.
    pub policy: RawHead,
    /// Where data stays.
    pub residency: RawResidency,
    /// How long erased data could still be restored.
    pub erasure: RawErasure,
    /// Further words for placeholders.
    #[serde(default)]
    pub fill: BTreeMap<String, String>,
    /// Sections of the page.
    #[serde(default)]
    pub section: Vec<RawSection>,
    /// The closed list of purposes.
    #[serde(default)]
    pub purpose: Vec<RawPurpose>,
    /// The closed list of categories.
    #[serde(default)]
    pub category: Vec<RawCategory>,
    /// What is allowed.
    #[serde(default)]
    pub rule: Vec<RawRule>,
    /// What no rule can allow.
    #[serde(default)]
    pub never: Vec<RawNever>,
    /// Outside whom data reaches.
    #[serde(default)]
    pub recipient: Vec<RawRecipient>,
    /// On what data is disclosed without asking.
    #[serde(default)]
    pub ground: Vec<RawGround>,
    /// Message classes.
    #[serde(default)]
    pub message: Vec<RawMessage>,
    /// The measures that guard data, each tested at every start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub measure: Vec<RawMeasure>,
    /// What can be chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topic: Vec<RawTopic>,
    /// The promises.
    #[serde(default)]
    pub promise: Vec<RawPromise>,
    /// Where promises pull against each other.
    #[serde(default)]
    pub note: Vec<RawNote>,
}

/// `[policy]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawHead {
    /// The page's title.
    pub title: String,
    /// Shown on the page; the policy id is what counts.
    pub version: String,
}

/// `[residency]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawResidency {
    /// The country's name as it is printed.
    pub country: String,
    /// ISO 3166-1 alpha-2.
    pub code: String,
}

/// `[erasure]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawErasure {
    /// The longest life of a backup of the keys.
    pub days: u32,
}

/// `[[section]]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawSection {
    /// Named by promises.
    pub id: Spanned<String>,
    /// Its heading.
    pub title: String,
    /// A paragraph before the promises.
    #[serde(default)]
    pub intro: String,
}

/// `[[purpose]]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawPurpose {
    /// One word.
    pub id: Spanned<String>,
    /// primary | supporting
    pub kind: String,
    /// For the page.
    pub words: String,
    /// What makes it arise.
    pub trigger: String,
}

/// `[[category]]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawCategory {
    /// One word.
    pub id: Spanned<String>,
    /// For the page.
    pub words: String,
    /// controller | processor
    #[serde(rename = "as")]
    pub held_as: String,
    /// Days that it is kept after `keep_from`.
    pub keep_days: Option<u32>,
    /// What the days count from, as it is printed.
    #[serde(default)]
    pub keep_from: String,
    /// destroy_key | end_of_term
    pub erase: String,
    /// declared | unbound
    pub residency: String,
}

/// `[[rule]]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRule {
    /// Named by promises and by ledger entries.
    pub id: Spanned<String>,
    /// One purpose.
    pub purpose: String,
    /// The categories it covers.
    pub categories: Vec<String>,
    /// The roles it covers.
    pub roles: Vec<String>,
    /// The acts it covers.
    pub acts: Vec<String>,
    /// Facts of which one must hold; `a + b` asks for both.
    pub requires: Vec<String>,
    /// True where it knowingly adds another way to a cell that a rule before it covers.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub also: bool,
    /// What follows from a use: `notify` tells the person at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub obliges: Vec<String>,
}

/// `[[never]]`; a list that is left out means all.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawNever {
    /// Named by promises and by ledger entries.
    pub id: Spanned<String>,
    /// For the page.
    pub words: String,
    /// The purposes it covers.
    #[serde(default)]
    pub purposes: Vec<String>,
    /// The categories it covers.
    #[serde(default)]
    pub categories: Vec<String>,
    /// The roles it covers.
    #[serde(default)]
    pub roles: Vec<String>,
    /// The acts it covers.
    #[serde(default)]
    pub acts: Vec<String>,
}

/// `[[recipient]]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRecipient {
    /// Named by promises and by the configuration.
    pub id: Spanned<String>,
    /// For the page.
    pub words: String,
    /// processor | addressee | site | utility, which gets nothing personal
    pub kind: String,
    /// ISO 3166-1 alpha-2; `*` for an addressee, a site or a utility, which may be anywhere.
    #[serde(default)]
    pub country: String,
    /// For what it receives data.
    pub purposes: Vec<String>,
    /// Which data it receives.
    pub categories: Vec<String>,
    /// Whether a site may know people by their Registration ID.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub registration_id: bool,
}

/// `[[ground]]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawGround {
    /// One of the four that the program knows.
    pub id: Spanned<String>,
    /// For the page.
    pub words: String,
}

/// `[[measure]]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawMeasure {
    /// Named by the test that the program has for it.
    pub id: Spanned<String>,
    /// For the page.
    pub words: String,
}

/// `[[note]]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawNote {
    /// For the page, with placeholders.
    pub words: Spanned<String>,
}

/// `[[message]]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawMessage {
    /// account | feedback | news | marketing | subscribed
    pub class: Spanned<String>,
    /// For the page.
    pub words: String,
    /// email, post, telephone
    pub channels: Vec<String>,
    /// none | opt_out | opt_in
    pub choice: String,
    /// At most one in so many days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one_in_days: Option<u32>,
    /// The purpose for which the address is read.
    pub purpose: String,
    /// The templates that may be sent in this class.
    pub templates: Vec<String>,
}

/// `[[topic]]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawTopic {
    /// Named by choices and by messages.
    pub id: Spanned<String>,
    /// The message class that it belongs to.
    pub class: String,
    /// What it brings, for the page.
    pub words: String,
    /// How often, for the page.
    pub often: String,
    /// Of the channels of its class, those by which it comes.
    pub channels: Vec<String>,
}

/// `[[promise]]`
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawPromise {
    /// P1 to P50.
    pub id: Spanned<String>,
    /// The section it stands in.
    pub section: String,
    /// The words, with placeholders.
    pub text: String,
    /// Rules, never lines, `message:<class>`, `recipient:<id>`, `ground:<id>` or `code:<part>`.
    #[serde(default)]
    pub rests_on: Vec<String>,
    /// static | probe | evidence | attested
    pub proof: Vec<String>,
    /// The check that stands for it.
    pub check: String,
    /// kept | planned
    #[serde(default, skip_serializing_if = "Status::is_kept")]
    pub status: Status,
    /// What a planned promise waits for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub awaits: String,
}

/// Whether a promise is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It stands on the page and is checked.
    #[default]
    Kept,
    /// What it speaks of does not exist yet; it is not on the page.
    Planned,
}

impl Status {
    /// True for a promise that is given.
    pub fn is_kept(&self) -> bool {
        *self == Status::Kept
    }
}

impl RawFile {
    /// Reads the file; the error names line and column.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}

impl RawNever {
    /// True when the pair is refused whatever the role and the act are.
    pub fn covers_every_role(&self, purpose: &str, category: &str) -> bool {
        let holds = |list: &[String], word: &str| list.is_empty() || list.iter().any(|w| w == word);
        self.roles.is_empty()
            && self.acts.is_empty()
            && holds(&self.purposes, purpose)
            && holds(&self.categories, category)
    }
}
