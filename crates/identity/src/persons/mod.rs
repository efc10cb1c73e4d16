//! Natural persons with a login: registration, profile, address and password.

mod change_email;
mod change_password;
mod change_profile;
mod close;
mod confirm;
mod contact_card;
mod contact_list;
mod for_staff;
mod greet;
mod list;
mod probe;
mod reach;
mod read_profile;
mod register;
mod reset_password;
mod rules;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use mailkeep_policy::Shown;
use mailkeep_types::{EmailAddress, PersonId, RegistrationId, Timestamp};
use serde::{Deserialize, Serialize};

pub use change_profile::ProfileChange;
pub use contact_list::Listed;
pub use probe::ProbePerson;
pub use reach::{phone_lookup, postal_lookup};
pub use register::Registration;
pub use rules::check_name;
pub(crate) use rules::{check_email, check_language, check_phone, check_postal, check_time_zone};
pub use store::{PersonSummary, active_with_email, find_by_registration_id, list_active, summarise};

/// Where a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonStatus {
    /// Registered; the address is not confirmed.
    Pending,
    /// In use.
    Active,
    /// Ended.
    Closed,
}

impl PersonStatus {
    /// Its word, as stored.
    pub const fn word(self) -> &'static str {
        match self {
            PersonStatus::Pending => "pending",
            PersonStatus::Active => "active",
            PersonStatus::Closed => "closed",
        }
    }

    fn from_stored(word: &str) -> Self {
        match word {
            "pending" => PersonStatus::Pending,
            "active" => PersonStatus::Active,
            _ => PersonStatus::Closed,
        }
    }
}

/// A postal address.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PostalAddress {
    /// Street and number, building, post box: one to four lines.
    pub lines: Vec<String>,
    /// The postal code; empty where there is none.
    pub postal_code: String,
    /// The town.
    pub city: String,
    /// State, province or region; empty where there is none.
    pub region: String,
    /// The country, as two letters of ISO 3166.
    pub country: String,
}

/// A person's profile, opened for the person.
#[derive(Clone)]
pub struct Profile {
    /// The person.
    pub person: PersonId,
    /// The public number of the profile.
    pub registration_id: RegistrationId,
    /// The name.
    pub name: Shown<String>,
    /// The address for sign-in and messages.
    pub email: Shown<EmailAddress>,
    /// The telephone number, with country code.
    pub phone: Option<Shown<String>>,
    /// The postal address.
    pub postal: Option<Shown<PostalAddress>>,
    /// The preferred language, e.g. `en` or `de-AT`.
    pub language: Shown<String>,
    /// The time zone, an IANA name.
    pub time_zone: Shown<String>,
    /// When the person registered.
    pub created_at: Timestamp,
}

/// What greets a signed-in person and sets language and time zone of the pages.
#[derive(Clone)]
pub struct Greeting {
    /// The name.
    pub name: Shown<String>,
    /// The preferred language.
    pub language: String,
    /// The time zone, an IANA name.
    pub time_zone: String,
}

/// Name and ways to reach a person, opened for a purpose other than the person's own.
#[derive(Clone)]
pub struct ContactCard {
    /// The person.
    pub person: PersonId,
    /// The public number of the profile.
    pub registration_id: RegistrationId,
    /// The name.
    pub name: Shown<String>,
    /// The address.
    pub email: Shown<EmailAddress>,
    /// The telephone number.
    pub phone: Option<Shown<String>>,
    /// When the grant ends under which it was opened: what shows it masks it again then.
    pub ends_at: Timestamp,
}

macro_rules! silent {
    ($($type:ident),*) => {$(
        impl std::fmt::Debug for $type {
            /// Names the type, never a value.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($type), "(…)"))
            }
        }
    )*};
}
silent!(PostalAddress, Profile, Greeting, ContactCard);
