//! The fast path for mail: the key schedules of a mailbox, held as long as a session needs them.

use std::sync::Arc;

use mailkeep_types::MailboxId;

use super::{KeyError, KeyUse, SubjectKeys};
use crate::gate::{Grant, OpenError};
use crate::subject::{Place, Subject};
use crate::vocabulary::{CategoryId, purpose};

/// Which column of mail is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MailColumn {
    /// The body, as it came over the wire.
    Body,
    /// Envelope, headers and structure, parsed.
    Envelope,
    /// What the search index is fed with.
    SearchText,
    /// Which messages of a search pack hold which words.
    SearchWords,
    /// Where the words of a search pack stand.
    SearchPlaces,
    /// The name of a folder.
    FolderName,
    /// A keyword.
    Keyword,
    /// Sender, recipient or answer of a message in the outgoing queue.
    QueueEnvelope,
    /// A message in the outgoing queue.
    QueueContent,
    /// A key that signs mail; sealed under the installation's own mailbox.
    SigningKey,
}

impl MailColumn {
    const fn category(self) -> CategoryId {
        match self {
            MailColumn::Body
            | MailColumn::SearchText
            | MailColumn::SearchWords
            | MailColumn::SearchPlaces
            | MailColumn::QueueContent => CategoryId::MailContent,
            MailColumn::Envelope
            | MailColumn::FolderName
            | MailColumn::Keyword
            | MailColumn::QueueEnvelope
            | MailColumn::SigningKey => CategoryId::MailMetadata,
        }
    }

    const fn place(self) -> (&'static str, &'static str) {
        match self {
            MailColumn::Body => ("mail", "body"),
            MailColumn::Envelope => ("mail", "envelope"),
            MailColumn::SearchText => ("mail", "search_text"),
            MailColumn::SearchWords => ("mail", "search_words"),
            MailColumn::SearchPlaces => ("mail", "search_places"),
            MailColumn::FolderName => ("mail", "folder_name"),
            MailColumn::Keyword => ("mail", "keyword"),
            MailColumn::QueueEnvelope => ("mail", "queue_envelope"),
            MailColumn::QueueContent => ("mail", "queue_content"),
            MailColumn::SigningKey => ("mail", "signing_key"),
        }
    }
}

/// Seals and opens the mail of one mailbox. Cheap to clone.
#[derive(Clone)]
pub struct MailboxCipher {
    mailbox: MailboxId,
    keys: Arc<SubjectKeys>,
}

impl std::fmt::Debug for MailboxCipher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MailboxCipher({})", self.mailbox)
    }
}

impl MailboxCipher {
    pub(crate) fn new(mailbox: MailboxId, keys: Arc<SubjectKeys>) -> Self {
        MailboxCipher { mailbox, keys }
    }

    /// The mailbox.
    pub fn mailbox(&self) -> MailboxId {
        self.mailbox
    }

    /// True once the mailbox's key was destroyed on this node.
    pub fn is_erased(&self) -> bool {
        self.keys.data_destroyed()
    }

    /// A key of the mailbox for a use of its own, such as the keyed hashes of a search filter. It goes with the
    /// mailbox's key.
    ///
    /// # Errors
    /// [`KeyError::Erased`] when the mailbox was erased meanwhile.
    pub fn derive_key(&self, label: &str) -> Result<zeroize::Zeroizing<[u8; 32]>, KeyError> {
        self.keys.derive(&format!("mailbox {label}"))
    }

    fn data(&self, column: MailColumn, row: &[u8; 16]) -> Vec<u8> {
        let (table, name) = column.place();
        let place = Place { table, column: name, row: uuid::Uuid::from_bytes(*row) };
        super::additional_data(Subject::Mailbox(self.mailbox), &place)
    }

    /// Seals bytes for the row; no grant is needed to put mail away.
    ///
    /// # Errors
    /// [`KeyError::Erased`] when the mailbox was erased meanwhile.
    pub fn seal(&self, column: MailColumn, row: &[u8; 16], plain: &[u8]) -> Result<Vec<u8>, KeyError> {
        let cipher = self.keys.category(column.category(), KeyUse::Data)?;
        Ok(cipher.seal(&self.data(column, row), plain))
    }

    /// Opens what [`MailboxCipher::seal`] made, with the grant of the mailbox's own session or of the outgoing queue.
    ///
    /// # Errors
    /// When the grant is for another mailbox or other data, or the bytes were changed or moved.
    pub fn open(
        &self,
        grant: &Grant<purpose::Deliver>,
        column: MailColumn,
        row: &[u8; 16],
        sealed: &[u8],
    ) -> Result<Vec<u8>, OpenError> {
        grant.covers_category(Subject::Mailbox(self.mailbox), column.category())?;
        let cipher = self.keys.category(column.category(), KeyUse::Data).map_err(OpenError::Key)?;
        cipher.open(&self.data(column, row), sealed).ok_or(OpenError::Damaged("mail"))
    }
}
