//! Refusing a disclosure, and counting what was refused.

use mailkeep_types::{StaffId, new_uuid};
use uuid::Uuid;

use super::{DisclosureError, Ground, store};
use crate::Policy;

/// Notes that a second person does not agree, or that the first withdraws it. Nothing can be disclosed under it any more.
///
/// # Errors
/// [`DisclosureError::NotFound`] when it is decided already.
pub async fn refuse(policy: &Policy, disclosure: Uuid, staff: StaffId) -> Result<(), DisclosureError> {
    let (refusal, now) = (new_uuid(&**policy.clock()), policy.clock().now());
    policy
        .database()
        .write(move |tx| {
            let row = store::find(tx, disclosure)?.ok_or(DisclosureError::NotFound)?;
            if !store::refuse(tx, disclosure, staff, now)? {
                return Err(DisclosureError::NotFound);
            }
            let why = if row.opened_by == staff { "withdrawn" } else { "second_person" };
            store::insert_refusal(tx, refusal, row.ground.id(), why, staff, now)?;
            Ok(())
        })
        .await
}

/// Counts what the register itself refused.
pub(super) async fn note_refusal(
    policy: &Policy,
    ground: Option<Ground>,
    error: &DisclosureError,
    staff: StaffId,
) -> Result<(), DisclosureError> {
    let Some(why) = error.word() else { return Ok(()) };
    let (id, ground) = (new_uuid(&**policy.clock()), ground.map_or("", Ground::id));
    let now = policy.clock().now();
    policy.database().write(move |tx| store::insert_refusal(tx, id, ground, why, staff, now)).await?;
    Ok(())
}
