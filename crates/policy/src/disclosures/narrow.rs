//! A scope is made narrower while it waits: an authority asks for much, and the document gives less.

use mailkeep_types::StaffId;
use uuid::Uuid;

use super::{DisclosureError, DisclosureState, refuse, store};
use crate::Policy;
use crate::vocabulary::CategoryId;

/// Leaves of the scope of a disclosure that waits for a second person what is listed in `to`. Nothing is ever added: that is a
/// disclosure of its own. Either of the two people does it, and what the second one agrees to is the scope as it then is.
///
/// # Errors
/// [`DisclosureError::NoScope`] when nothing is left; [`DisclosureError::Wider`] when something would be added;
/// [`DisclosureError::NotFound`] when it is decided already.
pub async fn narrow(
    policy: &Policy,
    disclosure: Uuid,
    staff: StaffId,
    to: Vec<CategoryId>,
) -> Result<(), DisclosureError> {
    let narrowed = policy
        .database()
        .write(move |tx| {
            let row = store::find(tx, disclosure)?;
            let row = row.filter(|row| row.state() == DisclosureState::Waiting);
            let row = row.ok_or(DisclosureError::NotFound)?;
            if to.is_empty() {
                return Ok(Err((row.ground, DisclosureError::NoScope)));
            }
            if let Some(more) = to.iter().find(|category| !row.scope.contains(category)) {
                return Ok(Err((row.ground, DisclosureError::Wider(*more))));
            }
            let scope: Vec<CategoryId> =
                row.scope.iter().copied().filter(|category| to.contains(category)).collect();
            store::set_scope(tx, disclosure, &scope)?;
            Ok::<_, DisclosureError>(Ok(()))
        })
        .await?;
    if let Err((ground, error)) = narrowed {
        refuse::note_refusal(policy, Some(ground), &error, staff).await?;
        return Err(error);
    }
    Ok(())
}
