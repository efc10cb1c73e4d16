//! Agreeing: the second of two people.

use mailkeep_types::StaffId;
use uuid::Uuid;

use super::{DisclosureError, store};
use crate::Policy;

/// Notes that a second member of staff read the document and agrees. From now on the gate lets the first disclose, within
/// the scope.
///
/// # Errors
/// [`DisclosureError::SamePerson`], or [`DisclosureError::NotFound`] when it was agreed to before.
pub async fn agree(policy: &Policy, disclosure: Uuid, staff: StaffId) -> Result<(), DisclosureError> {
    policy
        .database()
        .write(move |tx| {
            let row = store::find(tx, disclosure)?.filter(|row| row.agreed_by.is_none());
            let row = row.ok_or(DisclosureError::NotFound)?;
            if row.opened_by == staff {
                return Err(DisclosureError::SamePerson);
            }
            store::agree(tx, disclosure, staff)?;
            Ok(())
        })
        .await
}
