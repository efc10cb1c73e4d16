//! Opening a disclosure: the first of two people.

use std::time::Duration;

use mailkeep_types::{CustomerId, StaffId, Timestamp, new_uuid};
use uuid::Uuid;

use super::{Disclosure, DisclosureError, Ground, store};
use crate::Policy;
use crate::subject::Subject;
use crate::table::{Cell, CellKey};
use crate::vocabulary::{Act, CategoryId, PurposeId, Role};

/// How far away a review date may lie.
const LONGEST_SEAL: Duration = Duration::from_secs(366 * 86_400);

/// What is to be disclosed, and why.
#[derive(Debug, Clone)]
pub struct OpenDisclosure {
    /// Whose data.
    pub subject: Subject,
    /// On which ground.
    pub ground: Ground,
    /// SHA-256 of the document: the order, the request, the organisation's published policy.
    pub document: [u8; 32],
    /// To whom: an authority or an organisation.
    pub recipient: String,
    /// Which categories.
    pub scope: Vec<CategoryId>,
    /// The organisation, for [`Ground::OwnOrganisation`].
    pub organisation: Option<CustomerId>,
    /// Until when the law forbids to tell the person.
    pub sealed_until: Option<Timestamp>,
    /// Who opens it.
    pub opened_by: StaffId,
}

/// Puts a disclosure into the register. Nothing is disclosed before another member of staff [agrees](super::agree).
///
/// # Errors
/// See [`DisclosureError`]: without scope, recipient or a scope that the policy knows, it is refused.
pub async fn open(policy: &Policy, asked: OpenDisclosure) -> Result<Uuid, DisclosureError> {
    if asked.scope.is_empty() {
        return Err(DisclosureError::NoScope);
    }
    if asked.recipient.trim().is_empty() {
        return Err(DisclosureError::NoRecipient);
    }
    let cell = |category| CellKey {
        purpose: PurposeId::Comply,
        category,
        role: Role::PrivacyOfficer,
        act: Act::Disclose,
    };
    let table = &policy.compiled().table;
    if let Some(outside) =
        asked.scope.iter().find(|category| !matches!(table.cell(cell(**category)), Cell::Allowed(_)))
    {
        return Err(DisclosureError::OutsidePolicy(*outside));
    }
    let now = policy.clock().now();
    if asked.sealed_until.is_some_and(|until| until <= now || until > now.plus(LONGEST_SEAL)) {
        return Err(DisclosureError::ReviewDate);
    }
    let id = new_uuid(&**policy.clock());
    let standing = policy.standing();
    policy
        .database()
        .write(move |tx| {
            if asked.ground == Ground::OwnOrganisation {
                let organisation = asked.organisation.ok_or(DisclosureError::NotInGoodStanding)?;
                let mut good = !standing.is_empty();
                for check in &standing {
                    good &= check(tx, organisation, asked.subject)?;
                }
                if !good {
                    return Err(DisclosureError::NotInGoodStanding);
                }
            }
            let row = Disclosure {
                id,
                subject: asked.subject,
                ground: asked.ground,
                document: asked.document,
                recipient: asked.recipient.trim().to_owned(),
                scope: asked.scope.clone(),
                opened_by: asked.opened_by,
                opened_at: now,
                agreed_by: None,
                sealed_until: asked.sealed_until,
                revealed_at: None,
            };
            store::insert(tx, &row)?;
            Ok(id)
        })
        .await
}
