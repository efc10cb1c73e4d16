//! Closing a case before its hour is over.

use mailkeep_types::StaffId;
use uuid::Uuid;

use super::{BreakGlassError, store};
use crate::Policy;

/// Ends one's own case now: what it opened is closed with it.
///
/// # Errors
/// [`BreakGlassError::NotFound`] when it is not one's own, or is over.
pub async fn close(policy: &Policy, case: Uuid, staff: StaffId) -> Result<(), BreakGlassError> {
    let now = policy.clock().now();
    match policy.database().write(move |tx| store::close(tx, case, staff, now)).await? {
        true => Ok(()),
        false => Err(BreakGlassError::NotFound),
    }
}
