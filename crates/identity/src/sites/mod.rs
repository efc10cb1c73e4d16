//! Sites that persons sign in to with their Registration ID: who they are, what each may be passed, and by what it proves
//! who it is.
//!
//! The policy file is the authority: a site is registered as one of its recipients of the kind `site`, for categories that
//! the recipient has. What the file takes away later is passed no longer, whatever stands here.

mod allowed;
mod authenticate;
mod change;
mod list;
mod register;
mod rules;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use mailkeep_policy::CategoryId;
use mailkeep_types::{SiteId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::secrets::Secret;

pub use list::ListedSite;
pub use rules::SiteForm;

/// How secrets of sites begin, so that they are recognised where they should not be.
pub const SECRET_PREFIX: &str = "mks_";

/// What can be passed to a site: a scope of OpenID Connect Core section 5.4, of one category of the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Share {
    /// Name, language and time zone.
    Profile,
    /// The e-mail address.
    Email,
    /// The telephone number.
    Phone,
    /// The postal address.
    Address,
}

impl Share {
    /// Everything that can be passed.
    pub const ALL: &'static [Share] = &[Share::Profile, Share::Email, Share::Phone, Share::Address];

    /// The scope, also as stored.
    pub const fn word(self) -> &'static str {
        match self {
            Share::Profile => "profile",
            Share::Email => "email",
            Share::Phone => "phone",
            Share::Address => "address",
        }
    }

    /// Finds it by its word.
    pub fn from_word(word: &str) -> Option<Self> {
        Share::ALL.iter().copied().find(|share| share.word() == word)
    }

    /// The category of the policy.
    pub const fn category(self) -> CategoryId {
        match self {
            Share::Profile => CategoryId::Identity,
            Share::Email | Share::Phone => CategoryId::Contact,
            Share::Address => CategoryId::Postal,
        }
    }

    /// The columns that are opened for it.
    pub const fn fields(self) -> &'static [&'static str] {
        match self {
            Share::Profile => &["persons.name", "persons.language", "persons.time_zone"],
            Share::Email => &["persons.email"],
            Share::Phone => &["persons.phone"],
            Share::Address => &["persons.postal"],
        }
    }

    /// The claims in which it is passed.
    pub const fn claims(self) -> &'static [&'static str] {
        match self {
            Share::Profile => &["name", "locale", "zoneinfo"],
            Share::Email => &["email", "email_verified"],
            Share::Phone => &["phone_number"],
            Share::Address => &["address"],
        }
    }

    pub(crate) fn stored(shares: &[Share]) -> String {
        let words: Vec<&str> =
            Share::ALL.iter().filter(|share| shares.contains(share)).map(|share| share.word()).collect();
        words.join(" ")
    }

    pub(crate) fn from_stored(text: &str) -> Vec<Share> {
        text.split(' ').filter_map(Share::from_word).collect()
    }
}

/// A registered site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its identifier: the `client_id`.
    pub id: SiteId,
    /// What persons know it by.
    pub title: String,
    /// Its first page.
    pub home: String,
    /// As which recipient of the policy file it is registered.
    pub listed_as: String,
    /// What it may receive at most, as it was registered.
    pub categories: Vec<CategoryId>,
    /// Whether it is to know people by their Registration ID.
    pub numbered: bool,
    /// Whether it keeps a secret; an app on people's own machines cannot.
    pub confidential: bool,
    /// Whether nobody can sign in to it for now.
    pub disabled: bool,
    /// Where persons are sent back to.
    pub addresses: Vec<String>,
    /// Where they are sent back to after signing out.
    pub signed_out_addresses: Vec<String>,
    /// Where it is told that somebody was signed out, if it wants to be.
    pub told_at: Option<String>,
    /// Since when it could not be told.
    pub unheard_since: Option<Timestamp>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When its registration was last changed.
    pub changed_at: Timestamp,
}

/// A site that was just registered.
#[derive(Debug)]
pub struct NewSite {
    /// Its identifier.
    pub id: SiteId,
    /// Its secret, shown once; none for a site that cannot keep one.
    pub secret: Option<Secret>,
}
