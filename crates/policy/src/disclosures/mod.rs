//! The register of disclosures: data handed to others without asking the person first.
//!
//! A disclosure needs one of four grounds, the hash of the document that justifies it, a scope, and two members of
//! staff: one [opens](open) it, another [agrees](agree). Only then does the gate give the first a grant for
//! `Comply`, within the scope. Where the law forbids to tell the person, the disclosure is sealed until its review date:
//! its entries stand in the chain of the member of staff, and [`reveal_due`] writes them into the person's when the date
//! has come. The register itself holds no personal data.

mod agree;
mod open;
mod report;
mod reveal;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{CustomerId, StaffId, Timestamp};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::error::PolicyError;
use crate::subject::Subject;
use crate::vocabulary::CategoryId;

pub use agree::agree;
pub use open::{OpenDisclosure, open};
pub use report::{TransparencyReport, list, transparency_report};
pub use reveal::reveal_due;

/// The hash under which a document stands in the register: SHA-256.
pub fn document_hash(document: &[u8]) -> [u8; 32] {
    Sha256::digest(document).into()
}

/// Whether an organisation may have its published policy applied to a person; see
/// [`crate::Policy::register_good_standing`].
pub(crate) type StandingCheck =
    Arc<dyn Fn(&mut Tx<'_>, CustomerId, Subject) -> Result<bool, SqlError> + Send + Sync>;

/// The four grounds. There is no fifth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// A court order or another legal process.
    LegalProcess,
    /// The protection of rights or property.
    RightsOrProperty,
    /// An urgent danger to a person.
    UrgentSafety,
    /// The published policy of the person's own organisation, itself in good standing.
    OwnOrganisation,
}

impl Ground {
    /// Every ground.
    pub const ALL: &'static [Ground] =
        &[Ground::LegalProcess, Ground::RightsOrProperty, Ground::UrgentSafety, Ground::OwnOrganisation];

    /// The word in the policy file.
    pub const fn id(self) -> &'static str {
        match self {
            Ground::LegalProcess => "legal_process",
            Ground::RightsOrProperty => "rights_or_property",
            Ground::UrgentSafety => "urgent_safety",
            Ground::OwnOrganisation => "own_organisation",
        }
    }

    /// Finds the ground by its word.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|ground| ground.id() == id)
    }
}

/// A row of the register.
#[derive(Debug, Clone, Serialize)]
pub struct Disclosure {
    /// Its identifier; the fact of the grant.
    pub id: Uuid,
    /// Whose data, as kind and identifier; never printed in reports.
    #[serde(skip)]
    pub subject: Subject,
    /// On which ground.
    pub ground: Ground,
    /// SHA-256 of the document that justifies it.
    #[serde(serialize_with = "crate::hexadecimal")]
    pub document: [u8; 32],
    /// To whom: an authority or an organisation, not a person.
    pub recipient: String,
    /// Which categories, and no others.
    pub scope: Vec<CategoryId>,
    /// Who opened it.
    pub opened_by: StaffId,
    /// When.
    pub opened_at: Timestamp,
    /// Who agreed; another person.
    pub agreed_by: Option<StaffId>,
    /// Until when the person may not be told.
    pub sealed_until: Option<Timestamp>,
    /// When a sealed one was revealed.
    pub revealed_at: Option<Timestamp>,
}

/// Why the register refuses.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DisclosureError {
    /// No scope.
    #[error("a disclosure names what is disclosed: one category at least")]
    NoScope,
    /// The scope holds what no rule lets anybody disclose.
    #[error("{0} is never disclosed: no rule of the policy allows it")]
    OutsidePolicy(CategoryId),
    /// No recipient.
    #[error("a disclosure names to whom: an authority or an organisation")]
    NoRecipient,
    /// The organisation is missing, or is not in good standing.
    #[error(
        "the organisation's own policy is no ground here: the person does not belong to it, or it owes money, or its \
         domain is not proven"
    )]
    NotInGoodStanding,
    /// A review date that is past, or further away than a year.
    #[error("a sealed disclosure has a review date within a year; the order can be renewed at that date")]
    ReviewDate,
    /// Not in the register.
    #[error("there is no such disclosure that waits for a second person")]
    NotFound,
    /// The same person twice.
    #[error("the second person is another one than the first")]
    SamePerson,
    /// Of the policy core.
    #[error(transparent)]
    Policy(#[from] PolicyError),
}

impl From<SqlError> for DisclosureError {
    fn from(error: SqlError) -> Self {
        DisclosureError::Policy(error.into())
    }
}
