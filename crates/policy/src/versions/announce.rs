//! Telling people of a policy before it is in force.

use mailkeep_types::{Timestamp, new_uuid};
use serde_json::json;

use super::list::changes;
use super::{Announcement, VersionError, store};
use crate::Policy;
use crate::file::CompiledPolicy;
use crate::file::diff::{Change, Needs};
use crate::outbound::{MessageClass, Notice, OutboundError};
use crate::subject::Subject;

/// The template of the message.
pub const TEMPLATE: &str = "policy/changed";

/// How many messages are written in one transaction.
const BATCH: usize = 200;

/// What was now when the command began is not in the past.
const AT_ONCE: std::time::Duration = std::time::Duration::from_secs(60);

/// What was told.
#[derive(Debug, Clone)]
pub struct Told {
    /// The announcement.
    pub announcement: Announcement,
    /// What changes.
    pub changes: Vec<Change>,
}

/// Tells `people` through the message gate that `next` is in force from `from`, and records it. Run twice for the same
/// policy and day, nobody is told twice.
///
/// # Errors
/// For a day in the past, the policy in force, or when the gate does not let the message through.
pub async fn announce(
    policy: &Policy,
    next: &CompiledPolicy,
    from: Timestamp,
    people: &[Subject],
) -> Result<Told, VersionError> {
    let now = policy.clock().now();
    if now.since(from) > AT_ONCE {
        return Err(VersionError::InThePast(from));
    }
    let before = policy.database().read(store::newest).await?;
    let changes = match &before {
        Some(before) if before.policy_id == next.id => return Err(VersionError::InForce),
        Some(before) => changes(&before.text, &next.source),
        None => Vec::new(),
    };
    let wider = changes.iter().filter(|change| change.needs != Needs::Nothing).count();
    let (outbound, id) = (policy.outbound(), next.id_text());
    let day = from.to_jiff().to_string();
    let day = day.get(..10).unwrap_or(&day).to_owned();
    for batch in people.chunks(BATCH) {
        let (outbound, id, day, batch) = (outbound.clone(), id.clone(), day.clone(), batch.to_vec());
        policy
            .database()
            .write(move |tx| -> Result<(), OutboundError> {
                for subject in &batch {
                    let notice = Notice {
                        class: MessageClass::Account,
                        template: TEMPLATE,
                        subject: *subject,
                        topic: None,
                        to: None,
                        unique_key: format!("{TEMPLATE}:{id}:{day}:{}", subject.uuid()),
                        context: json!({
                            "from": day, "changes": wider, "path": format!("/policy/versions/{id}/changes"),
                        }),
                    };
                    outbound.send(tx, &notice)?;
                }
                Ok(())
            })
            .await?;
    }
    let announcement = Announcement {
        id: new_uuid(&**policy.clock()),
        policy_id: next.id,
        version: next.raw.policy.version.clone(),
        text: next.source.clone(),
        announced_at: now,
        from,
        told: i64::try_from(people.len()).unwrap_or(i64::MAX),
    };
    // Recorded last: a start is allowed only once everybody's message is on its way.
    let row = announcement.clone();
    policy.database().write(move |tx| store::insert_announcement(tx, &row)).await?;
    Ok(Told { announcement, changes })
}
