//! A file is opened, under the same fact as the words of its ticket.

use mailkeep_policy::{Act, Actor, Fact, May, Purpose, Sealed, Shown, Use, category};
use mailkeep_protocols::mime::files;
use mailkeep_storage::blobs::BlobError;
use uuid::Uuid;

use super::records::place;
use super::store::{self, Rests};
use crate::mailroom;
use crate::tickets::{Desk, EntryKind, Seen, TicketError};

/// A file with what is in it.
#[derive(Debug)]
pub struct OpenedAttachment {
    /// Its name.
    pub name: Shown<String>,
    /// What it is, as its bytes say.
    pub media_type: String,
    /// What is in it.
    pub bytes: Shown<Vec<u8>>,
}

type Bytes = Sealed<Vec<u8>, category::Ticket>;

impl Desk {
    /// Opens a file of a ticket: for contacts of its customer under their own session, and none of the notes of staff; for staff
    /// under the fact that it is open.
    ///
    /// # Errors
    /// [`TicketError::Refused`] when the fact does not hold; [`TicketError::NotFound`], also for what would run at a click.
    pub async fn open_attachment<P>(
        &self,
        seen: Seen,
        actor: Actor,
        fact: Fact,
        attachment: Uuid,
    ) -> Result<OpenedAttachment, TicketError>
    where
        P: Purpose + May<category::Ticket>,
    {
        let notes = matches!(actor, Actor::Staff(_));
        let (ticket, row, raw) = self
            .read(move |tx| {
                let ticket = seen.find(tx)?;
                let (row, kind) = store::find(tx, ticket.id, attachment)?.ok_or(TicketError::NotFound)?;
                if row.refused || row.harmful || (kind == EntryKind::Note && !notes) {
                    return Err(TicketError::NotFound);
                }
                let raw = match &row.rests {
                    Rests::Letter(letter, _) => mailroom::store::raw(tx, ticket.id, *letter)?,
                    Rests::Row(_) | Rests::Blob(_) => None,
                };
                Ok((ticket, row, raw))
            })
            .await?;
        let content = if raw.is_some() { "ticket_letters.raw" } else { "ticket_attachments.content" };
        let fields = ["ticket_attachments.name", content];
        let asked = Use { actor, subject: ticket.owner, act: Act::Read, fields: &fields, fact };
        let grant = self.policy().grant::<P>(asked).await?;
        let name = self.policy().show(&grant, place("name", row.id), &Sealed::from_bytes(row.name))?;
        let (sealed, at) = match row.rests {
            Rests::Row(content) => (content, place("content", row.id)),
            Rests::Blob(key) => match self.blobs().get(&key).await {
                Ok(content) => (content.to_vec(), place("content", row.id)),
                Err(BlobError::NotFound(_)) => return Err(TicketError::NotFound),
                Err(error) => return Err(error.into()),
            },
            Rests::Letter(letter, section) => {
                let raw = Bytes::from_bytes(raw.ok_or(TicketError::NotFound)?);
                let raw = self.policy().show(&grant, mailroom::records::raw_place(letter), &raw)?;
                let found = raw.join(&Shown::from(section), |raw, section| {
                    files::find_file(raw, section).map(|file| file.bytes(raw))
                });
                let bytes = found.maybe(Option::clone).ok_or(TicketError::NotFound)?;
                return Ok(OpenedAttachment { name, media_type: row.media_type, bytes });
            }
        };
        let bytes = self.policy().show(&grant, at, &Bytes::from_bytes(sealed))?;
        Ok(OpenedAttachment { name, media_type: row.media_type, bytes })
    }
}
