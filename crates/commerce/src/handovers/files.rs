//! The files of a hand-over: sealed for the customer, opened for its owners, and removed.

use mailkeep_policy::{
    Act, Actor, Fact, Personal, PolicyError, Sealed, Shown, Subject, Use, category, purpose,
};
use mailkeep_storage::blobs::{BlobError, Blobs};
use mailkeep_types::{CustomerId, PersonId, SessionId, new_uuid};
use uuid::Uuid;

use super::{HandOverState, file_place, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

/// Larger files are blobs.
const IN_THE_ROW: usize = 64 * 1024;

/// A file that was made.
pub struct NewFile {
    /// Its place in the list, from 1.
    pub number: i64,
    /// Which part of its mailbox it is, from 1; 0 for the customer's records.
    pub part: i64,
    /// The mailbox's address.
    pub name: Option<Personal<String, category::Identity>>,
    /// The archive.
    pub content: Personal<Vec<u8>, category::MailContent>,
    /// Its length in bytes.
    pub size: i64,
}

fn failed(error: &BlobError) -> CommerceError {
    PolicyError::Blobs(error.to_string()).into()
}

impl Commerce {
    /// Seals a file for the customer and keeps it.
    ///
    /// # Errors
    /// When the customer was erased meanwhile, or a store fails.
    pub async fn keep_hand_over_file(
        &self,
        blobs: &Blobs,
        hand_over: Uuid,
        customer: CustomerId,
        file: NewFile,
    ) -> Result<(), CommerceError> {
        let (id, subject) = (new_uuid(&**self.clock()), Subject::customer(customer));
        let NewFile { number, part, name, content, size } = file;
        let name = match &name {
            Some(name) => Some(self.policy().seal(subject, file_place("name", id), name)?.into_bytes()),
            None => None,
        };
        let sealed = self.policy().seal(subject, file_place("content", id), &content)?.into_bytes();
        let key = (sealed.len() > IN_THE_ROW).then(|| format!("hand-overs/{hand_over}/{number}"));
        let content = match &key {
            Some(key) => {
                blobs.put(key, sealed).await.map_err(|error| failed(&error))?;
                None
            }
            None => Some(sealed),
        };
        let row = super::HandOverFile { id, number, part, size };
        self.write(move |tx| {
            let (name, content) = (name.as_deref(), content.as_deref());
            Ok(store::insert_file(tx, hand_over, &row, name, content, key.as_deref())?)
        })
        .await
    }

    /// Opens a file for an owner of the customer, who is signed in; `None` when it is not theirs, not ready, or gone.
    ///
    /// # Errors
    /// As the gate says, and when a store fails.
    pub async fn open_hand_over_file(
        &self,
        blobs: &Blobs,
        (person, session): (PersonId, SessionId),
        customer: CustomerId,
        hand_over: Uuid,
        number: i64,
    ) -> Result<Option<Shown<Vec<u8>>>, CommerceError> {
        let now = self.clock().now();
        let found = self
            .read(move |tx| {
                let one = store::find(tx, hand_over)?.filter(|one| {
                    one.customer == customer
                        && one.state == HandOverState::Ready
                        && one.expires_at.is_some_and(|until| until > now)
                });
                match one {
                    Some(_) => Ok(store::content(tx, hand_over, number)?),
                    None => Ok(None),
                }
            })
            .await?;
        let Some((id, content, key)) = found else { return Ok(None) };
        let asked = Use {
            actor: Actor::Person(person),
            subject: Subject::customer(customer),
            act: Act::Read,
            fields: &["hand_over_files.content"],
            fact: Fact::OwnSession(session),
        };
        let grant = self.policy().grant::<purpose::Deliver>(asked).await?;
        let sealed = match (content, key) {
            (Some(content), _) => content,
            (None, Some(key)) => match blobs.get(&key).await {
                Ok(bytes) => bytes.to_vec(),
                Err(BlobError::NotFound(_)) => return Ok(None),
                Err(error) => return Err(failed(&error)),
            },
            (None, None) => return Ok(None),
        };
        let sealed: Sealed<Vec<u8>, category::MailContent> = Sealed::from_bytes(sealed);
        Ok(Some(self.policy().show(&grant, file_place("content", id), &sealed)?))
    }

    /// Removes the files of a hand-over, first the blobs, then the rows.
    pub(super) async fn remove_hand_over_files(
        &self,
        blobs: &Blobs,
        hand_over: Uuid,
    ) -> Result<(), CommerceError> {
        for key in self.read(move |tx| Ok(store::blob_keys(tx, hand_over)?)).await? {
            blobs.delete(&key).await.map_err(|error| failed(&error))?;
        }
        self.write(move |tx| Ok(store::delete_files(tx, hand_over)?)).await
    }

    /// Removes the files whose time is over: of how many hand-overs.
    ///
    /// # Errors
    /// When a store fails; the rest is for the next run.
    pub async fn sweep_hand_overs(&self, blobs: &Blobs) -> Result<usize, CommerceError> {
        let now = self.clock().now();
        let over = self.read(move |tx| Ok(store::over(tx, now)?)).await?;
        for id in &over {
            let id = *id;
            self.remove_hand_over_files(blobs, id).await?;
            self.write(move |tx| Ok(store::set_expired(tx, id)?)).await?;
        }
        Ok(over.len())
    }
}
