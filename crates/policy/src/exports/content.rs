//! The file of a copy: sealed, opened for its person, and removed.

use mailkeep_storage::blobs::{BlobError, Blobs};
use mailkeep_storage::sql::SqlError;
use mailkeep_types::{PersonId, SessionId};
use serde_json::json;
use uuid::Uuid;

use super::{ExportState, KEPT_FOR, place, store};
use crate::Policy;
use crate::error::PolicyError;
use crate::gate::Use;
use crate::outbound::{MessageClass, Notice, OutboundError};
use crate::personal::{Personal, Sealed};
use crate::requests;
use crate::shown::Shown;
use crate::subject::{Actor, Fact, Subject};
use crate::vocabulary::{Act, category, purpose};

/// Larger files are blobs.
const IN_THE_ROW: usize = 64 * 1024;

/// The message that says that a copy is ready.
const TEMPLATE: &str = "identity/export_ready";

fn failed(error: &BlobError) -> PolicyError {
    PolicyError::Blobs(error.to_string())
}

fn blob_key(id: Uuid) -> String {
    format!("exports/{id}")
}

/// Seals the file of a copy under the person's key, and tells the person that it is ready.
///
/// # Errors
/// When the person was erased meanwhile, or a store fails.
pub async fn store_content(
    policy: &Policy,
    blobs: &Blobs,
    id: Uuid,
    person: PersonId,
    file: Vec<u8>,
) -> Result<(), PolicyError> {
    let size = i64::try_from(file.len()).unwrap_or(i64::MAX);
    let value: Personal<Vec<u8>, category::Identity> = Personal::new(file);
    let sealed = policy.seal(Subject::person(person), place(id), &value)?.into_bytes();
    let key = (sealed.len() > IN_THE_ROW).then(|| blob_key(id));
    let content = match &key {
        Some(key) => {
            blobs.put(key, sealed).await.map_err(|error| failed(&error))?;
            None
        }
        None => Some(sealed),
    };
    let (outbound, now) = (policy.outbound(), policy.clock().now());
    policy
        .database()
        .write(move |tx| -> Result<(), PolicyError> {
            let until = now.plus(KEPT_FOR);
            store::set_ready(tx, id, size, content.as_deref(), key.as_deref(), now, until)?;
            requests::store::finish_case(tx, id, now)?;
            let notice = Notice {
                class: MessageClass::Account,
                template: TEMPLATE,
                subject: Subject::person(person),
                topic: None,
                to: None,
                unique_key: format!("{TEMPLATE}/{id}"),
                context: json!({ "hours": KEPT_FOR.as_secs() / 3600 }),
            };
            match outbound.send(tx, &notice) {
                Ok(_) => Ok(()),
                Err(OutboundError::Policy(error)) => Err(error),
                Err(other) => Err(SqlError::Engine(other.to_string()).into()),
            }
        })
        .await
}

/// Says that a copy cannot be made, so that the person can ask again.
///
/// # Errors
/// When the database fails.
pub async fn fail(policy: &Policy, id: Uuid) -> Result<(), PolicyError> {
    Ok(policy.database().write(move |tx| store::set_failed(tx, id)).await?)
}

/// Opens the file for its person; `None` when it is not the person's, not ready, or gone.
///
/// # Errors
/// As the gate says, and when a store fails.
pub async fn open_content(
    policy: &Policy,
    blobs: &Blobs,
    person: PersonId,
    session: SessionId,
    id: Uuid,
) -> Result<Option<Shown<Vec<u8>>>, PolicyError> {
    let now = policy.clock().now();
    let found = policy.database().read(move |tx| store::content(tx, id)).await?;
    let Some((row, content, key)) = found else { return Ok(None) };
    if row.person != person || row.state != ExportState::Ready || row.expires_at <= now {
        return Ok(None);
    }
    let asked = Use {
        actor: Actor::Person(person),
        subject: Subject::person(person),
        act: Act::Export,
        fields: &["exports.content"],
        fact: Fact::OwnSession(session),
    };
    let grant = policy.grant::<purpose::Rights>(asked).await?;
    let sealed = match (content, key) {
        (Some(content), _) => content,
        (None, Some(key)) => match blobs.get(&key).await {
            Ok(bytes) => bytes.to_vec(),
            Err(BlobError::NotFound(_)) => return Ok(None),
            Err(error) => return Err(failed(&error)),
        },
        (None, None) => return Ok(None),
    };
    let sealed: Sealed<Vec<u8>, category::Identity> = Sealed::from_bytes(sealed);
    Ok(Some(policy.show(&grant, place(id), &sealed)?))
}

/// Removes the copies whose time is over, first the file, then the row: how many.
///
/// # Errors
/// When a store fails; the rest is for the next run.
pub async fn sweep(policy: &Policy, blobs: &Blobs) -> Result<usize, PolicyError> {
    let now = policy.clock().now();
    let over = policy.database().read(move |tx| store::expired(tx, now)).await?;
    for (id, key) in &over {
        if let Some(key) = key {
            blobs.delete(key).await.map_err(|error| failed(&error))?;
        }
        let id = *id;
        policy.database().write(move |tx| store::delete(tx, id)).await?;
    }
    Ok(over.len())
}
