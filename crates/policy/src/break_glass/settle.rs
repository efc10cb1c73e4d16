//! Settling a dispute.

use mailkeep_types::StaffId;
use uuid::Uuid;

use super::{BreakGlassError, Verdict, checked_words, place, seal_words, store};
use crate::Policy;

/// Notes how a disputed case was settled: by a privacy officer (the caller sees to that) who did not open it.
///
/// # Errors
/// [`BreakGlassError::SamePerson`], [`BreakGlassError::NotFound`] or [`BreakGlassError::WordsMissing`].
pub async fn settle(policy: &Policy, case: Uuid, staff: StaffId, words: &str) -> Result<(), BreakGlassError> {
    let words = checked_words(words)?;
    let found = policy.database().read(move |tx| store::find(tx, case)).await?;
    let open = found.filter(|(row, _)| row.verdict == Some(Verdict::Disputed) && row.settled_at.is_none());
    let (row, _) = open.ok_or(BreakGlassError::NotFound)?;
    if row.staff == staff {
        return Err(BreakGlassError::SamePerson);
    }
    let sealed = seal_words(policy, row.subject, place("settled_words", case), words)?;
    let now = policy.clock().now();
    match policy.database().write(move |tx| store::settle(tx, case, staff, &sealed, now)).await? {
        true => Ok(()),
        false => Err(BreakGlassError::NotFound),
    }
}
