//! Files are sealed, and written down with the entry that they belong to.

use mailkeep_policy::{Personal, Subject, category};
use mailkeep_protocols::mime::safe_file_name;
use mailkeep_types::new_uuid;
use uuid::Uuid;

use super::records::place;
use super::store::{AttachmentRow, Rests};
use super::sweep::blob_key;
use super::{NewAttachment, check_attachments, media_type_of, would_run};
use crate::letters::LetterFile;
use crate::tickets::{Desk, TicketError};

/// Larger files are blobs.
const IN_THE_ROW: usize = 64 * 1024;

/// The name under which a file is kept.
pub(super) fn name_of(given: &str) -> String {
    let name = safe_file_name(given);
    if name.is_empty() { "file".to_owned() } else { name }
}

impl Desk {
    /// Checks files, seals them for the owner of a ticket, and stores the large ones. What no row names in the end is swept.
    ///
    /// # Errors
    /// [`TicketError::Attachment`] when one may not come in.
    pub(crate) async fn seal_attachments(
        &self,
        owner: Subject,
        files: Vec<NewAttachment>,
    ) -> Result<Vec<AttachmentRow>, TicketError> {
        check_attachments(&self.attachments(), &files)?;
        self.scan_attachments(&files).await?;
        let mut sealed = Vec::with_capacity(files.len());
        for NewAttachment { name, bytes } in files {
            let (id, name) = (new_uuid(&**self.policy().clock()), name_of(&name));
            let (media_type, refused) = (media_type_of(&name, &bytes), would_run(&name, &bytes));
            let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
            let content: Personal<_, category::Ticket> = Personal::new(bytes);
            let content = self.policy().seal(owner, place("content", id), &content)?.into_bytes();
            let rests = if content.len() > IN_THE_ROW {
                let key = blob_key(id);
                self.blobs().put(&key, content).await?;
                Rests::Blob(key)
            } else {
                Rests::Row(content)
            };
            let (name, media_type) = (self.seal_name(owner, id, name)?, media_type.to_owned());
            sealed.push(AttachmentRow { id, name, media_type, size, refused, harmful: false, rests });
        }
        Ok(sealed)
    }

    /// Seals what is to be known of the files of a letter, in which the scanner may have found something; they stay in the letter.
    pub(crate) fn seal_letter_files(
        &self,
        owner: Subject,
        letter: Uuid,
        files: &[LetterFile],
        harmful: bool,
    ) -> Result<Vec<AttachmentRow>, TicketError> {
        let seal = |file: &LetterFile| {
            let id = new_uuid(&**self.policy().clock());
            Ok(AttachmentRow {
                id,
                name: self.seal_name(owner, id, file.name.clone())?,
                media_type: file.media_type.to_owned(),
                size: i64::try_from(file.size).unwrap_or(i64::MAX),
                refused: file.would_run,
                harmful,
                rests: Rests::Letter(letter, file.section.clone()),
            })
        };
        files.iter().map(seal).collect()
    }

    fn seal_name(&self, owner: Subject, id: Uuid, name: String) -> Result<Vec<u8>, TicketError> {
        let name: Personal<_, category::Ticket> = Personal::new(name);
        Ok(self.policy().seal(owner, place("name", id), &name)?.into_bytes())
    }
}
