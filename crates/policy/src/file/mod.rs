//! The policy file: read, linted and compiled to a decision table when the program starts.

mod bound;
mod compile;
pub mod diff;
mod lint;
pub mod raw;
mod sites;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use mailkeep_types::EmailAddress;
use sha2::{Digest, Sha256};

use crate::outbound::{Channel, Choice, MessageClass};
use crate::table::DecisionTable;
use crate::vocabulary::{CategoryId, PurposeId};

pub(crate) use compile::{fill, placeholders, span};
pub use lint::LintError;
pub use sites::SiteTerms;

/// The policy file that this program was built with: the upper bound for a file given at run time.
pub const BUILT_FILE: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../policy/policy.toml"));

/// How the data of a category goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Erasure {
    /// With the subject's data key.
    DestroyKey,
    /// When its legal term ends; kept under the books key until then.
    EndOfTerm,
}

/// What the file says about a category beyond its rules.
#[derive(Debug, Clone)]
pub struct CategoryTerms {
    /// How many days it is kept.
    pub keep_days: u32,
    /// What the days count from, in words.
    pub keep_from: String,
    /// How it goes.
    pub erasure: Erasure,
    /// Whether it is stored in the declared country and nowhere else.
    pub in_country: bool,
    /// Whether we decide why it is held (controller) or the customer does (processor).
    pub as_controller: bool,
}

/// What the file says about a message class.
#[derive(Debug, Clone)]
pub struct ClassTerms {
    /// Whether the recipient's choice counts.
    pub choice: Choice,
    /// For which purpose the address is read.
    pub purpose: PurposeId,
    /// By which ways its messages come.
    pub channels: Vec<Channel>,
    /// At most one message in so many days.
    pub one_in_days: Option<u32>,
}

/// Something that can be chosen.
#[derive(Debug, Clone)]
pub struct TopicTerms {
    /// Its word.
    pub id: String,
    /// The class that its messages are of.
    pub class: MessageClass,
    /// By which ways it comes.
    pub channels: Vec<Channel>,
    /// What it brings, in the words of the file.
    pub words: String,
    /// How often, in the words of the file.
    pub often: String,
}

/// A policy file that passed every check.
#[derive(Debug)]
pub struct CompiledPolicy {
    /// The file.
    pub raw: raw::RawFile,
    /// The decisions.
    pub table: DecisionTable,
    /// SHA-256 of the canonical form: comments and spaces do not count.
    pub id: [u8; 32],
    /// The text that was compiled, comments and all.
    pub source: String,
    pub(crate) categories: Vec<CategoryTerms>,
    pub(crate) classes: HashMap<MessageClass, ClassTerms>,
    pub(crate) templates: HashMap<String, MessageClass>,
    pub(crate) topics: Vec<TopicTerms>,
    /// By rule: whether the person is told at once.
    pub(crate) notifies: Vec<bool>,
}

/// Why a policy file is refused.
#[derive(Debug, thiserror::Error)]
pub enum PolicyFileError {
    /// The file cannot be read.
    #[error("the policy file {path} cannot be read: {error}; check the path and its permissions")]
    Read {
        /// The path.
        path: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// It is not the TOML that is expected.
    #[error("the policy file is malformed: {0}")]
    Malformed(String),
    /// It is well formed and still wrong.
    #[error("the policy file has {} mistake(s):\n{}", .0.len(), lint::listed(.0))]
    Lint(Vec<LintError>),
    /// It allows more than the program was built for.
    #[error(
        "the policy file is wider than this program was built for: {0}; narrow the file, or build the program with it"
    )]
    Wider(String),
}

impl CompiledPolicy {
    /// Where the page says that people write to about their data: `privacy_address` of `[fill]`.
    ///
    /// # Errors
    /// In words, when it is missing or no mail address.
    pub fn privacy_address(&self) -> Result<EmailAddress, String> {
        let address = self.raw.fill.get("privacy_address");
        let address = address.ok_or("fill privacy_address in [fill]: the address that people write to")?;
        EmailAddress::parse(address).map_err(|error| format!("privacy_address {address}: {error}"))
    }

    /// Reads, lints and compiles a file.
    ///
    /// # Errors
    /// Every mistake with its line, the reason and how to mend it.
    pub fn compile(text: &str) -> Result<Self, PolicyFileError> {
        let raw = raw::RawFile::parse(text).map_err(|error| PolicyFileError::Malformed(error.to_string()))?;
        let mistakes = lint::lint(&raw, text);
        if !mistakes.is_empty() {
            return Err(PolicyFileError::Lint(mistakes));
        }
        Self::tables(raw, text)
    }

    /// Compiles a file that was in force under another build, or that another build will have: words that this one does not
    /// know stand in the text and not in the table. Never to decide by.
    ///
    /// # Errors
    /// When it is not the TOML that is expected.
    pub fn of_record(text: &str) -> Result<Self, PolicyFileError> {
        let raw = raw::RawFile::parse(text).map_err(|error| PolicyFileError::Malformed(error.to_string()))?;
        Self::tables(raw, text)
    }

    fn tables(raw: raw::RawFile, text: &str) -> Result<Self, PolicyFileError> {
        let canonical =
            serde_json::to_vec(&raw).map_err(|error| PolicyFileError::Malformed(error.to_string()))?;
        let id = Sha256::digest(&canonical).into();
        Ok(CompiledPolicy {
            table: compile::table(&raw),
            categories: compile::categories(&raw),
            classes: compile::classes(&raw),
            templates: compile::templates(&raw),
            topics: compile::topics(&raw),
            notifies: raw.rule.iter().map(|rule| rule.obliges.iter().any(|duty| duty == "notify")).collect(),
            id,
            source: text.to_owned(),
            raw,
        })
    }

    /// The file of the build.
    ///
    /// # Errors
    /// The mistakes of that file; a test of this crate keeps it free of them.
    pub fn built() -> Result<Self, PolicyFileError> {
        Self::compile(BUILT_FILE)
    }

    /// Compiles a file given at run time and refuses it when it allows more than the build does.
    ///
    /// # Errors
    /// See [`PolicyFileError`].
    pub fn compile_bounded(text: &str) -> Result<Self, PolicyFileError> {
        let policy = Self::compile(text)?;
        match bound::first_widening(&policy, &Self::built()?) {
            Some(widening) => Err(PolicyFileError::Wider(widening)),
            None => Ok(policy),
        }
    }

    /// The policy id as it is printed: 64 hexadecimal digits.
    pub fn id_text(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.id)
    }

    /// The promises that are given, in the order of the file.
    pub fn kept_promises(&self) -> impl Iterator<Item = &raw::RawPromise> {
        self.raw.promise.iter().filter(|promise| promise.status.is_kept())
    }

    /// What can be chosen, in the order of the file.
    pub fn topics(&self) -> &[TopicTerms] {
        &self.topics
    }

    /// The topic with this word.
    pub fn topic(&self, id: &str) -> Option<&TopicTerms> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    /// How long a category is kept and how it goes.
    pub fn terms(&self, category: CategoryId) -> &CategoryTerms {
        &self.categories[category.index()]
    }
}
