//! The outbound message gate: the only way to write to a person.
//!
//! [`Outbound::send`] decides in the caller's transaction: the template must belong to the class that the caller names,
//! the recipient's choice is honoured for every class but *account*, and one unique key makes one message however often
//! the caller runs. What it lets through is a row of `outbound_messages` and a job [`DELIVER`]; whoever handles the job
//! opens it with [`Outbound::deliver`], which takes a grant, and marks it with [`mark_sent`]. A choice that was made while
//! the message waited counts too: it is asked for again at delivery.
//!
//! Choices are written with [`record_choices`]; a no also goes onto the [suppression list](suppressions). Lists for other
//! channels than mail ask [`choice_of`].

mod audience;
mod consents;
mod deliver;
mod links;
#[cfg(test)]
mod property_tests;
mod send;
mod store;
pub mod suppressions;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{EmailAddress, OutboundId, Timestamp};
use parking_lot::RwLock;
use serde::{Deserialize, Serialize};

use crate::error::PolicyError;
use crate::personal::{Personal, Sealed};
use crate::subject::{Place, Subject};
use crate::vocabulary::category;

pub use audience::{Cursor, candidates, given_receipt};
pub(crate) use consents::consent_stands;
pub use consents::{
    ALL_TOPICS, ConsentRow, ConsentState, Manner, NewChoice, choice_of, consents_of, forget_choices,
    record_choices, set_consent,
};
pub use deliver::{Opened, mark_failed, mark_sent};
pub(crate) use links::ChoiceKeys;
pub(crate) use store::{has_consent, pending_subject};
pub use store::{passed_since, recipient_of};

/// The kind of the job that delivers a message; its payload is [`Deliver`].
pub const DELIVER: &str = "outbound.deliver";

/// The payload of the job [`DELIVER`].
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Deliver {
    /// The message.
    pub outbound_id: OutboundId,
}

macro_rules! word_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $id:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $id)] $variant,)* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The word in the policy file.
            pub const fn id(self) -> &'static str {
                match self { $($name::$variant => $id,)* }
            }

            /// Finds the value by its word.
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some($name::$variant),)* _ => None }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.id())
            }
        }
    };
}

word_enum! {
    /// What kind of message it is; decides whether the recipient's choice counts.
    MessageClass {
        /// Billing, security, outages: always sent.
        Account = "account",
        /// Questions about how we did.
        Feedback = "feedback",
        /// Changes of the service.
        News = "news",
        /// Offers.
        Marketing = "marketing",
        /// Topics one subscribed to.
        Subscribed = "subscribed",
    }
}

word_enum! {
    /// By which way it is sent.
    Channel {
        /// By e-mail.
        Email = "email",
        /// By post.
        Post = "post",
        /// By telephone.
        Telephone = "telephone",
    }
}

word_enum! {
    /// What the recipient's choice does, from the least to the most of it.
    Choice {
        /// Sent whatever was chosen.
        None = "none",
        /// Sent until declined.
        OptOut = "opt_out",
        /// Sent only after it was asked for.
        OptIn = "opt_in",
    }
}

/// A message that a domain wants sent.
#[derive(Debug)]
pub struct Notice {
    /// The class that the caller takes it to be; must be the one in which the policy file lists the template.
    pub class: MessageClass,
    /// `crate/name`.
    pub template: &'static str,
    /// To whom.
    pub subject: Subject,
    /// The topic, for classes with a choice, of that class in the policy file; the class itself when `None`.
    pub topic: Option<String>,
    /// To which address; the subject's own, looked up at delivery, when `None`.
    pub to: Option<Personal<EmailAddress, category::Contact>>,
    /// One key, one message.
    pub unique_key: String,
    /// What the template needs. Sealed at once; may hold a link with a secret.
    pub context: serde_json::Value,
}

/// What became of a [`Notice`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// It will be delivered.
    Queued(OutboundId),
    /// The same key was sent before; this is the message.
    Before(OutboundId),
    /// The recipient does not want it.
    Suppressed,
}

/// Finds the stored address of a subject; identity registers one.
pub type AddressLookup =
    Arc<dyn Fn(&mut Tx<'_>, Subject) -> Result<Option<StoredAddress>, SqlError> + Send + Sync>;

/// Finds the keyed hashes by which a subject is reached, channel by channel, for the suppression list.
pub type ReachLookup =
    Arc<dyn Fn(&mut Tx<'_>, Subject) -> Result<Vec<(Channel, [u8; 32])>, SqlError> + Send + Sync>;

/// An address as it is stored.
#[derive(Debug, Clone)]
pub struct StoredAddress {
    /// Whose it is: a customer's notices go to the person who owns the account.
    pub subject: Subject,
    /// Where it stands.
    pub place: Place,
    /// The address.
    pub sealed: Sealed<EmailAddress, category::Contact>,
    /// The language that they chose, and where that stands; nothing where none is stored.
    pub language: Option<StoredLanguage>,
}

/// A language as it is stored.
#[derive(Debug, Clone)]
pub struct StoredLanguage {
    /// Where it stands.
    pub place: Place,
    /// The language, e.g. `de-AT`.
    pub sealed: Sealed<String, category::Identity>,
}

/// The outbound message gate of a [`crate::Policy`].
#[derive(Clone)]
pub struct Outbound {
    pub(crate) policy: crate::Policy,
}

impl Outbound {
    /// Whether a subject has an address now: what is sent to one without waits for nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub fn reaches(&self, tx: &mut Tx<'_>, subject: Subject) -> Result<bool, SqlError> {
        match self.policy.addresses() {
            Some(find) => Ok(find(tx, subject)?.is_some()),
            None => Ok(false),
        }
    }
}

/// How subjects are reached: one look-up for each crate that owns addresses.
#[derive(Default)]
pub(crate) struct Addresses {
    lookups: RwLock<Vec<AddressLookup>>,
    reaches: RwLock<Vec<ReachLookup>>,
}

impl Addresses {
    pub(crate) fn register(&self, lookup: AddressLookup) {
        self.lookups.write().push(lookup);
    }

    pub(crate) fn register_reach(&self, lookup: ReachLookup) {
        self.reaches.write().push(lookup);
    }

    /// All look-ups as one: the first that knows the subject answers.
    pub(crate) fn lookup(&self) -> Option<AddressLookup> {
        let lookups = self.lookups.read().clone();
        if lookups.is_empty() {
            return None;
        }
        Some(Arc::new(move |tx, subject| {
            for find in &lookups {
                if let Some(address) = find(tx, subject)? {
                    return Ok(Some(address));
                }
            }
            Ok(None)
        }))
    }

    pub(crate) fn reaches(&self) -> Vec<ReachLookup> {
        self.reaches.read().clone()
    }
}

/// Why a message cannot be sent.
#[derive(Debug, Clone, thiserror::Error)]
pub enum OutboundError {
    /// The policy file lists the template in no class.
    #[error("the template {0} belongs to no message class; list it under one in policy/policy.toml")]
    NoClass(String),
    /// The policy file lists the template in another class.
    #[error("the template {template} belongs to the class {listed}, not {asked}")]
    OtherClass {
        /// The template.
        template: String,
        /// Where the file lists it.
        listed: MessageClass,
        /// What the caller took it for.
        asked: MessageClass,
    },
    /// The policy file has no such topic in the class.
    #[error("the class {class} has no topic {topic}; add it to policy/policy.toml")]
    NoTopic {
        /// The topic.
        topic: String,
        /// The class that the caller named.
        class: MessageClass,
    },
    /// The recipient declined while the message waited.
    #[error("the recipient of the message {0} declined meanwhile")]
    Declined(OutboundId),
    /// The message is not there any more, or was sent.
    #[error("the message {0} is not waiting to be sent")]
    NotPending(OutboundId),
    /// The subject has no address.
    #[error("the recipient of the message {0} has no address any more")]
    NoAddress(OutboundId),
    /// The address it should go to was not opened.
    #[error("the address for a message {0} was not opened, so it goes to nobody")]
    Masked(&'static str),
    /// Anything of the policy core.
    #[error(transparent)]
    Policy(#[from] PolicyError),
}

impl From<SqlError> for OutboundError {
    fn from(error: SqlError) -> Self {
        OutboundError::Policy(error.into())
    }
}

/// A message as it waits or went, without what it says.
#[derive(Debug, Clone)]
pub struct OutboundRow {
    /// The message.
    pub id: OutboundId,
    /// Its class.
    pub class: MessageClass,
    /// Its template.
    pub template: String,
    /// What it is about, for classes with a choice; the class itself when `None`.
    pub topic: Option<String>,
    /// To whom.
    pub subject: Subject,
    /// When it passed the gate.
    pub created_at: Timestamp,
}

impl OutboundRow {
    /// What a choice about it is about.
    pub fn topic(&self) -> &str {
        self.topic.as_deref().unwrap_or(self.class.id())
    }
}
