//! Agreeing: the second of two people.

use mailkeep_types::StaffId;
use uuid::Uuid;

use super::{DisclosureError, refuse, store};
use crate::Policy;

/// Notes that a second member of staff read the document and agrees. From now on the gate lets the first disclose, within
/// the scope.
///
/// # Errors
/// [`DisclosureError::SamePerson`], or [`DisclosureError::NotFound`] when it was decided before.
pub async fn agree(policy: &Policy, disclosure: Uuid, staff: StaffId) -> Result<(), DisclosureError> {
    let now = policy.clock().now();
    let agreed = policy
        .database()
        .write(move |tx| {
            let row = store::find(tx, disclosure)?.filter(|row| row.agreed_by.is_none());
            let row = row.filter(|row| row.refused_at.is_none()).ok_or(DisclosureError::NotFound)?;
            if row.opened_by == staff {
                return Ok(Err((row.ground, DisclosureError::SamePerson)));
            }
            store::agree(tx, disclosure, staff, now)?;
            Ok::<_, DisclosureError>(Ok(()))
        })
        .await?;
    if let Err((ground, error)) = agreed {
        refuse::note_refusal(policy, Some(ground), &error, staff).await?;
        return Err(error);
    }
    Ok(())
}
