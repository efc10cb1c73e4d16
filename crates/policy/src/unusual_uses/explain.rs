//! Explaining an unusual access, and agreeing with the explanation.

use mailkeep_types::StaffId;
use uuid::Uuid;

use super::{LONGEST_EXPLANATION, SHORTEST_EXPLANATION, UnusualError, explanation_place, store};
use crate::Policy;
use crate::error::PolicyError;
use crate::gate::Use;
use crate::personal::{Personal, Sealed};
use crate::shown::Shown;
use crate::subject::{Actor, Fact, Subject};
use crate::vocabulary::{Act, category, purpose};

/// Explains what one did oneself. It may be put into other words until somebody agreed.
///
/// # Errors
/// [`UnusualError::NotYours`], [`UnusualError::Length`], [`UnusualError::NotFound`].
pub async fn explain(policy: &Policy, id: Uuid, staff: StaffId, words: &str) -> Result<(), UnusualError> {
    let words = words.trim();
    if !(SHORTEST_EXPLANATION..=LONGEST_EXPLANATION).contains(&words.chars().count()) {
        return Err(UnusualError::Length);
    }
    let found = policy.database().read(move |tx| store::find(tx, id)).await?;
    let row = found.filter(|row| row.agreed_at.is_none()).ok_or(UnusualError::NotFound)?;
    if row.staff != staff {
        return Err(UnusualError::NotYours);
    }
    let subject = Subject::staff(staff);
    policy.create_key(subject).await.map_err(PolicyError::from)?;
    let value: Personal<String, category::UseRecord> = Personal::new(words.to_owned());
    let sealed = policy.seal(subject, explanation_place(id), &value)?.into_bytes();
    let now = policy.clock().now();
    match policy.database().write(move |tx| store::explain(tx, id, &sealed, now)).await? {
        true => Ok(()),
        false => Err(UnusualError::NotFound),
    }
}

/// The explanation of a colleague, while it waits for somebody to agree; recorded like every use.
///
/// # Errors
/// As the gate says: one's own is not for one's own second look.
pub async fn read_explanation(
    policy: &Policy,
    id: Uuid,
    staff: StaffId,
) -> Result<Shown<String>, UnusualError> {
    let found = policy
        .database()
        .read(move |tx| {
            Ok::<_, mailkeep_storage::sql::SqlError>((store::find(tx, id)?, store::explanation(tx, id)?))
        })
        .await?;
    let (Some(row), Some(sealed)) = found else { return Err(UnusualError::NotFound) };
    let asked = Use {
        actor: Actor::Staff(staff),
        subject: Subject::staff(row.staff),
        act: Act::Read,
        fields: &["unusual_uses.explanation"],
        fact: Fact::SecondLook(id),
    };
    let grant = policy.grant::<purpose::Audit>(asked).await.map_err(PolicyError::from)?;
    let sealed: Sealed<String, category::UseRecord> = Sealed::from_bytes(sealed);
    Ok(policy.show(&grant, explanation_place(id), &sealed).map_err(PolicyError::from)?)
}

/// Notes that somebody else finds the explanation good.
///
/// # Errors
/// [`UnusualError::SamePerson`]; [`UnusualError::NotFound`] where nothing was explained, or somebody agreed before.
pub async fn agree(policy: &Policy, id: Uuid, staff: StaffId) -> Result<(), UnusualError> {
    let now = policy.clock().now();
    policy
        .database()
        .write(move |tx| {
            let row = store::find(tx, id)?.filter(|row| row.explained_at.is_some());
            let row = row.ok_or(UnusualError::NotFound)?;
            if row.staff == staff {
                return Err(UnusualError::SamePerson);
            }
            match store::agree(tx, id, staff, now)? {
                true => Ok(()),
                false => Err(UnusualError::NotFound),
            }
        })
        .await
}
