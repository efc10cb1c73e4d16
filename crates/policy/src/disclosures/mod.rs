//! The register of disclosures: data handed to others without asking the person first.
//!
//! A disclosure needs one of four grounds, the document that justifies it, a scope, and two members of staff: one
//! [opens](open) it, another [reads the document](read_document) and [agrees](agree) or [refuses](refuse); until then either makes
//! the scope [narrower](narrow()). Only then does the
//! gate give the first a grant for `Comply`, within the scope; what is [produced](produce) is exactly the scope, encrypted for
//! whom it is meant. Where the law forbids to tell the person, the disclosure is sealed until its review date:
//! its entries stand in the chain of the member of staff, and [`reveal_due`] writes them into the person's when the date
//! has come. The register itself holds no personal data.

mod agree;
mod document;
mod narrow;
mod open;
mod package;
mod produce;
mod refuse;
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
pub use document::{Document, OpenedDocument, read_document};
pub use narrow::narrow;
pub use open::{LONGEST_SEAL, OpenDisclosure, open};
pub use package::{KEPT_FOR, sweep_packages, take_package};
pub use produce::{Package, Produced, produce};
pub use refuse::refuse;
pub use report::{TransparencyReport, find, list, transparency_report, waiting_for};
pub use reveal::{reveal_due, reveal_now};

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
    /// When the second person agreed.
    pub agreed_at: Option<Timestamp>,
    /// Only rows from this time on, where rows have a time.
    pub period_from: Option<Timestamp>,
    /// Only rows before this time.
    pub period_until: Option<Timestamp>,
    /// Who refused it; the second person, or the first who withdrew it.
    pub refused_by: Option<StaffId>,
    /// When.
    pub refused_at: Option<Timestamp>,
    /// When it was produced last.
    pub produced_at: Option<Timestamp>,
    /// SHA-256 of what was handed over.
    #[serde(skip)]
    pub package_hash: Option<[u8; 32]>,
}

/// Where a disclosure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DisclosureState {
    /// For a second person.
    Waiting,
    /// Agreed to; nothing was produced yet.
    Agreed,
    /// Handed over.
    Produced,
    /// Refused or withdrawn.
    Refused,
}

impl DisclosureState {
    /// Its word.
    pub const fn id(self) -> &'static str {
        match self {
            DisclosureState::Waiting => "waiting",
            DisclosureState::Agreed => "agreed",
            DisclosureState::Produced => "produced",
            DisclosureState::Refused => "refused",
        }
    }
}

impl Disclosure {
    /// Where it stands.
    pub fn state(&self) -> DisclosureState {
        match self {
            Disclosure { refused_at: Some(_), .. } => DisclosureState::Refused,
            Disclosure { produced_at: Some(_), .. } => DisclosureState::Produced,
            Disclosure { agreed_by: Some(_), .. } => DisclosureState::Agreed,
            _ => DisclosureState::Waiting,
        }
    }

    /// Whether it is counted only as one of a band: sealed, and not revealed yet.
    pub(crate) fn is_kept_back(&self) -> bool {
        self.sealed_until.is_some() && self.revealed_at.is_none()
    }

    /// Whether the person may not be told of it at `now`.
    pub fn is_sealed(&self, now: Timestamp) -> bool {
        self.sealed_until.is_some_and(|until| now < until) && self.revealed_at.is_none()
    }
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
    /// Narrowing adds nothing.
    #[error("{0} is not in the scope; what is wider is a disclosure of its own")]
    Wider(CategoryId),
    /// No recipient.
    #[error("a disclosure names to whom: an authority or an organisation")]
    NoRecipient,
    /// The organisation is missing, or is not in good standing.
    #[error(
        "the organisation's own policy is no ground here: the person does not belong to it, or it owes money, or its \
         domain is not proven"
    )]
    NotInGoodStanding,
    /// No document, or one that is too large to be kept.
    #[error("a disclosure has the document that justifies it: a file of at most 10 MiB")]
    NoDocument,
    /// A period that ends before it begins.
    #[error("the period ends before it begins")]
    Period,
    /// Nothing of the scope is held about the subject.
    #[error("nothing of the scope is held; there is nothing to hand over")]
    NothingHeld,
    /// The archive could not be written.
    #[error("the archive could not be written: {0}")]
    Archive(String),
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

impl DisclosureError {
    /// The word under which a refusal by the register is counted; `None` for failures that are none.
    pub const fn word(&self) -> Option<&'static str> {
        match self {
            DisclosureError::NoScope => Some("no_scope"),
            DisclosureError::OutsidePolicy(_) => Some("outside_policy"),
            DisclosureError::Wider(_) => Some("wider"),
            DisclosureError::NoRecipient => Some("no_recipient"),
            DisclosureError::NotInGoodStanding => Some("not_in_good_standing"),
            DisclosureError::NoDocument => Some("no_document"),
            DisclosureError::Period => Some("period"),
            DisclosureError::ReviewDate => Some("review_date"),
            DisclosureError::SamePerson => Some("same_person"),
            DisclosureError::NotFound
            | DisclosureError::NothingHeld
            | DisclosureError::Archive(_)
            | DisclosureError::Policy(_) => None,
        }
    }
}

impl From<SqlError> for DisclosureError {
    fn from(error: SqlError) -> Self {
        DisclosureError::Policy(error.into())
    }
}
