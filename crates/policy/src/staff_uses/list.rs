//! Reading what staff did, and declaring which profiles are one's own.

use mailkeep_storage::sql::SqlError;
use mailkeep_types::{PersonId, StaffId};
use uuid::Uuid;

use super::{StaffUse, store};
use crate::Policy;

/// What was done under a fact, e.g. a break-glass case, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of_fact(policy: &Policy, fact: Uuid) -> Result<Vec<StaffUse>, SqlError> {
    policy.database().read(move |tx| store::of_fact(tx, fact)).await
}

/// What a member of staff did last, newest first.
///
/// # Errors
/// When the database fails.
pub async fn of_staff(policy: &Policy, staff: StaffId, limit: u16) -> Result<Vec<StaffUse>, SqlError> {
    policy.database().read(move |tx| store::of_staff(tx, staff, limit)).await
}

/// Notes that a profile is the member of staff's own, as a customer: looking at it is unusual from now on.
///
/// # Errors
/// When the database fails.
pub async fn declare_own_profile(policy: &Policy, staff: StaffId, person: PersonId) -> Result<(), SqlError> {
    let now = policy.clock().now();
    policy.database().write(move |tx| store::declare_own(tx, staff, person, now)).await
}

/// The profiles that the member of staff declared.
///
/// # Errors
/// When the database fails.
pub async fn own_profiles(policy: &Policy, staff: StaffId) -> Result<Vec<PersonId>, SqlError> {
    policy.database().read(move |tx| store::own_profiles(tx, staff)).await
}
