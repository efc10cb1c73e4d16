//! Which member of staff used, or was refused, whose data: the ledger's entries of staff once more, without what is sealed.
//!
//! The gate notes a row beside each entry of staff, before it gives the grant. Rows hold identifiers and the names of fields,
//! never values; they are what a second person reads of a break-glass case, and what [`unusual_uses`](crate::unusual_uses) is
//! computed from, so that nobody opens personal data to watch over those who do.

mod list;
pub(crate) mod store;

use mailkeep_types::{LedgerEntryId, StaffId, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use crate::subject::Subject;

pub use list::{declare_own_profile, of_fact, of_staff, own_profiles};

/// One use session, or one refusal.
#[derive(Debug, Clone, Serialize)]
pub struct StaffUse {
    /// The entry in the ledger.
    pub entry: LedgerEntryId,
    /// The place of that entry among all, from 1.
    pub position: Option<i64>,
    /// Who.
    pub staff: StaffId,
    /// Whose data.
    #[serde(skip)]
    pub subject: Subject,
    /// When.
    pub at: Timestamp,
    /// For what.
    pub purpose: String,
    /// What was done.
    pub act: String,
    /// The kind of fact that was named.
    pub fact: String,
    /// The row of the fact.
    pub fact_id: Uuid,
    /// Which fields, as `table.column`.
    pub fields: Vec<String>,
    /// Whether the gate let it through.
    pub allowed: bool,
}
