//! The second look.

use mailkeep_types::StaffId;
use uuid::Uuid;

use super::{BreakGlassError, Verdict, checked_words, place, seal_words, store};
use crate::Policy;
use crate::error::PolicyError;
use crate::gate::Use;
use crate::personal::Sealed;
use crate::shown::Shown;
use crate::subject::{Actor, Fact};
use crate::vocabulary::{Act, category, purpose};

/// What was written about a case.
#[derive(Debug, Clone)]
pub struct Words {
    /// Why it was opened.
    pub reason: Shown<String>,
    /// What the second person found wrong.
    pub dispute: Option<Shown<String>>,
}

/// The words of a colleague's case, for the second look and for settling a dispute; recorded like every use.
///
/// # Errors
/// [`BreakGlassError::NotFound`] when there is no such case; when it is done with or one's own, as the gate says.
pub async fn read_words(policy: &Policy, case: Uuid, staff: StaffId) -> Result<Words, BreakGlassError> {
    let found = policy.database().read(move |tx| store::find(tx, case)).await?;
    let (row, sealed) = found.ok_or(BreakGlassError::NotFound)?;
    let asked = Use {
        actor: Actor::Staff(staff),
        subject: row.subject,
        act: Act::Read,
        fields: &["break_glass.reason", "break_glass.verdict_words"],
        fact: Fact::SecondLook(case),
    };
    let grant = policy.grant::<purpose::Audit>(asked).await.map_err(PolicyError::from)?;
    let open = |column, bytes| {
        let sealed: Sealed<String, category::UseRecord> = Sealed::from_bytes(bytes);
        policy.show(&grant, place(column, case), &sealed).map_err(PolicyError::from)
    };
    Ok(Words {
        reason: open("reason", sealed.reason)?,
        dispute: sealed.verdict.map(|bytes| open("verdict_words", bytes)).transpose()?,
    })
}

/// Notes what a colleague found. A dispute says in `words` what is wrong, and waits for a privacy officer.
///
/// # Errors
/// [`BreakGlassError::SamePerson`], [`BreakGlassError::NotFound`], or [`BreakGlassError::WordsMissing`] for a dispute.
pub async fn look(
    policy: &Policy,
    case: Uuid,
    staff: StaffId,
    verdict: Verdict,
    words: &str,
) -> Result<(), BreakGlassError> {
    let found = policy.database().read(move |tx| store::find(tx, case)).await?;
    let (row, _) = found.ok_or(BreakGlassError::NotFound)?;
    if row.staff == staff {
        return Err(BreakGlassError::SamePerson);
    }
    let sealed = match verdict {
        Verdict::Disputed => {
            Some(seal_words(policy, row.subject, place("verdict_words", case), checked_words(words)?)?)
        }
        Verdict::Confirmed => None,
    };
    let now = policy.clock().now();
    let noted = policy
        .database()
        .write(move |tx| store::look(tx, case, staff, verdict, sealed.as_deref(), now))
        .await?;
    if !noted {
        return Err(BreakGlassError::NotFound);
    }
    if verdict == Verdict::Disputed {
        tracing::error!(%case, "a break-glass case is disputed; a privacy officer settles it on /console/second-look");
    }
    Ok(())
}

/// Notes that a colleague looked at the case and finds its reason good.
///
/// # Errors
/// [`BreakGlassError::SamePerson`] or [`BreakGlassError::NotFound`].
pub async fn confirm(policy: &Policy, case: Uuid, staff: StaffId) -> Result<(), BreakGlassError> {
    look(policy, case, staff, Verdict::Confirmed, "").await
}
