//! Opening a case with a reason.

use mailkeep_types::{StaffId, new_uuid};

use super::{BreakGlassError, SHORTEST_REASON, reason_place, store};
use crate::Policy;
use crate::error::PolicyError;
use crate::personal::Personal;
use crate::subject::{Fact, Subject};
use crate::vocabulary::category;

/// Opens a case. The fact it gives opens, for [`super::LIFE`], what the rule `break-glass` allows the roles of this member of
/// staff; the person is told when it is used.
///
/// # Errors
/// [`BreakGlassError::ReasonTooShort`]; when the subject has no key.
pub async fn open(
    policy: &Policy,
    staff: StaffId,
    subject: Subject,
    reason: &str,
) -> Result<Fact, BreakGlassError> {
    let reason = reason.trim();
    if reason.chars().count() < SHORTEST_REASON {
        return Err(BreakGlassError::ReasonTooShort);
    }
    let id = new_uuid(&**policy.clock());
    let value: Personal<String, category::UseRecord> = Personal::new(reason.to_owned());
    let sealed = policy.seal(subject, reason_place(id), &value)?.into_bytes();
    let now = policy.clock().now();
    policy
        .database()
        .write(move |tx| store::insert(tx, id, staff, subject, &sealed, now))
        .await
        .map_err(PolicyError::from)?;
    Ok(Fact::BreakGlass(id))
}
