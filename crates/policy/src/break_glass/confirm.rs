//! The second look.

use mailkeep_storage::sql::SqlError;
use mailkeep_types::StaffId;
use uuid::Uuid;

use super::{BreakGlassError, Case, SECOND_LOOK, reason_place, store};
use crate::Policy;
use crate::error::PolicyError;
use crate::gate::Use;
use crate::personal::Sealed;
use crate::shown::Shown;
use crate::subject::{Actor, Fact};
use crate::vocabulary::{Act, category, purpose};

/// The cases that wait for a second look, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn waiting(policy: &Policy) -> Result<Vec<Case>, SqlError> {
    policy.database().read(store::waiting).await
}

/// The cases that nobody looked at within [`SECOND_LOOK`].
///
/// # Errors
/// When the database fails.
pub async fn unseen(policy: &Policy) -> Result<Vec<Case>, SqlError> {
    let limit = policy.clock().now().minus(SECOND_LOOK);
    let waiting = waiting(policy).await?;
    Ok(waiting.into_iter().filter(|case| case.opened_at < limit).collect())
}

/// The reason of a colleague's case, for the second look; recorded like every use.
///
/// # Errors
/// [`BreakGlassError::NotFound`] when the case was looked at or is one's own; otherwise as the gate says.
pub async fn read_reason(
    policy: &Policy,
    case: Uuid,
    staff: StaffId,
) -> Result<Shown<String>, BreakGlassError> {
    let found = policy.database().read(move |tx| store::find(tx, case)).await?;
    let (row, reason) = found.ok_or(BreakGlassError::NotFound)?;
    let asked = Use {
        actor: Actor::Staff(staff),
        subject: row.subject,
        act: Act::Read,
        fields: &["break_glass.reason"],
        fact: Fact::SecondLook(case),
    };
    let grant = policy.grant::<purpose::Audit>(asked).await.map_err(PolicyError::from)?;
    let sealed: Sealed<String, category::UseRecord> = Sealed::from_bytes(reason);
    Ok(policy.show(&grant, reason_place(case), &sealed).map_err(PolicyError::from)?)
}

/// Notes that a colleague looked at the case.
///
/// # Errors
/// [`BreakGlassError::SamePerson`] or [`BreakGlassError::NotFound`].
pub async fn confirm(policy: &Policy, case: Uuid, staff: StaffId) -> Result<(), BreakGlassError> {
    policy
        .database()
        .write(move |tx| {
            let (row, _) = store::find(tx, case)?.ok_or(BreakGlassError::NotFound)?;
            if row.staff == staff {
                return Err(BreakGlassError::SamePerson);
            }
            match store::confirm(tx, case, staff)? {
                true => Ok(()),
                false => Err(BreakGlassError::NotFound),
            }
        })
        .await
}
