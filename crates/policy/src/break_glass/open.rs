//! Opening a case with a reason.

use mailkeep_types::{StaffId, new_uuid};

use super::{BreakGlassError, Cause, checked_words, place, seal_words, store};
use crate::Policy;
use crate::error::PolicyError;
use crate::subject::{Fact, Subject};

/// Opens a case. The fact it gives opens, for [`super::LIFE`], what the rule `break-glass` allows the roles of this member of
/// staff; the person is told when it is used.
///
/// # Errors
/// [`BreakGlassError::ReasonTooShort`] or [`BreakGlassError::ReasonTooLong`]; when the subject has no key.
pub async fn open(
    policy: &Policy,
    staff: StaffId,
    subject: Subject,
    cause: Cause,
    reason: &str,
) -> Result<Fact, BreakGlassError> {
    let reason = checked_words(reason).map_err(|error| match error {
        BreakGlassError::WordsMissing => BreakGlassError::ReasonTooShort,
        other => other,
    })?;
    let id = new_uuid(&**policy.clock());
    let sealed = seal_words(policy, subject, place("reason", id), reason)?;
    let now = policy.clock().now();
    policy
        .database()
        .write(move |tx| store::insert(tx, id, staff, subject, cause, &sealed, now))
        .await
        .map_err(PolicyError::from)?;
    metrics::counter!("policy_break_glass_total", "cause" => cause.id()).increment(1);
    Ok(Fact::BreakGlass(id))
}
