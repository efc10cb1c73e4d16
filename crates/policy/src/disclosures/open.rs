//! Opening a disclosure: the first of two people.

use std::time::Duration;

use mailkeep_types::{CustomerId, StaffId, Timestamp, new_uuid};
use uuid::Uuid;

use super::document::{self, Document};
use super::{Disclosure, DisclosureError, Ground, refuse, store};
use crate::Policy;
use crate::subject::Subject;
use crate::table::{Cell, CellKey};
use crate::vocabulary::{Act, CategoryId, PurposeId, Role};

/// How far away a review date may lie.
pub const LONGEST_SEAL: Duration = Duration::from_secs(366 * 86_400);

/// What is to be disclosed, and why.
#[derive(Debug, Clone)]
pub struct OpenDisclosure {
    /// Whose data.
    pub subject: Subject,
    /// On which ground.
    pub ground: Ground,
    /// The order, the request, the organisation's published policy.
    pub document: Document,
    /// To whom: an authority or an organisation.
    pub recipient: String,
    /// Which categories.
    pub scope: Vec<CategoryId>,
    /// Only rows from this time on, where rows have a time.
    pub period_from: Option<Timestamp>,
    /// Only rows before this time.
    pub period_until: Option<Timestamp>,
    /// The organisation, for [`Ground::OwnOrganisation`].
    pub organisation: Option<CustomerId>,
    /// Until when the law forbids to tell the person.
    pub sealed_until: Option<Timestamp>,
    /// Who opens it.
    pub opened_by: StaffId,
}

/// Puts a disclosure into the register. Nothing is disclosed before another member of staff [agrees](super::agree). What the
/// register refuses is counted, by ground and reason.
///
/// # Errors
/// See [`DisclosureError`]: without document, scope, recipient or a scope that the policy knows, it is refused.
pub async fn open(policy: &Policy, asked: OpenDisclosure) -> Result<Uuid, DisclosureError> {
    let (ground, staff) = (asked.ground, asked.opened_by);
    let opened = try_open(policy, asked).await;
    if let Err(error) = &opened {
        refuse::note_refusal(policy, Some(ground), error, staff).await?;
    }
    opened
}

async fn try_open(policy: &Policy, asked: OpenDisclosure) -> Result<Uuid, DisclosureError> {
    check(policy, &asked)?;
    let (id, now) = (new_uuid(&**policy.clock()), policy.clock().now());
    let hash = super::document_hash(&asked.document.bytes);
    let sealed = document::seal(policy, id, asked.opened_by, &asked.document).await?;
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
                document: hash,
                recipient: asked.recipient.trim().to_owned(),
                scope: asked.scope.clone(),
                opened_by: asked.opened_by,
                opened_at: now,
                agreed_by: None,
                agreed_at: None,
                sealed_until: asked.sealed_until,
                revealed_at: None,
                period_from: asked.period_from,
                period_until: asked.period_until,
                refused_by: None,
                refused_at: None,
                produced_at: None,
                package_hash: None,
            };
            store::insert(tx, &row)?;
            store::insert_document(tx, id, asked.opened_by, &asked.document.media_type, &sealed, now)?;
            Ok(id)
        })
        .await
}

fn check(policy: &Policy, asked: &OpenDisclosure) -> Result<(), DisclosureError> {
    document::check(&asked.document)?;
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
    if asked.period_from.zip(asked.period_until).is_some_and(|(from, until)| until <= from) {
        return Err(DisclosureError::Period);
    }
    let now = policy.clock().now();
    if asked.sealed_until.is_some_and(|until| until <= now || until > now.plus(LONGEST_SEAL)) {
        return Err(DisclosureError::ReviewDate);
    }
    Ok(())
}
