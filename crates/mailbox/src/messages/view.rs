//! What is in a folder, and what changed in it.

use mailkeep_types::FolderId;

use super::{MessageRow, store};
use crate::error::{MailRefusal, Result};
use crate::folders::{self, FolderState};
use crate::mailboxes::MailboxSession;

/// A folder as a client sees it when it opens it.
#[derive(Debug, Clone)]
pub struct FolderView {
    /// Counts and numbers of the folder at that moment.
    pub state: FolderState,
    /// Its messages by UID.
    pub messages: Vec<MessageRow>,
    /// Messages from this UID on are `\Recent` for this session, which is the first to be told.
    pub recent_from: u32,
}

/// What changed in a folder.
#[derive(Debug, Clone)]
pub struct FolderChanges {
    /// Counts and numbers of the folder now.
    pub state: FolderState,
    /// New and changed messages by UID.
    pub changed: Vec<MessageRow>,
    /// UIDs that went.
    pub expunged: Vec<u32>,
}

impl MailboxSession {
    /// Opens a folder. With `claim_recent` (SELECT) the messages that no session was told of become this session's
    /// recent ones; without it (EXAMINE) they stay for the next.
    ///
    /// # Errors
    /// [`MailRefusal::NoFolder`] or a failure of the store.
    pub async fn open_folder(&self, folder: FolderId, claim_recent: bool) -> Result<FolderView> {
        let mailbox = self.mailbox();
        let read = move |tx: &mut mailkeep_storage::sql::Tx<'_>| -> Result<FolderView> {
            let state = folders::store::state(tx, mailbox, folder)?.ok_or(MailRefusal::NoFolder)?;
            let messages = store::rows_since(tx, folder, 0)?;
            Ok(FolderView { recent_from: state.recent_from, state, messages })
        };
        let view = self.office().db().read(read).await?;
        // Whoever opens a folder may search it soon.
        self.prepare_search(view.messages.len());
        if claim_recent && view.recent_from < view.state.uidnext {
            // Rare enough to be worth a write: once for each new message that no session saw arrive.
            return self
                .office()
                .db()
                .write(move |tx| {
                    let view = read(tx)?;
                    folders::store::set_recent_from(tx, folder, view.state.uidnext)?;
                    Ok(view)
                })
                .await;
        }
        Ok(view)
    }

    /// What changed in a folder after the change number `since`, which an earlier answer gave as
    /// [`FolderState::modseq`].
    ///
    /// # Errors
    /// [`MailRefusal::NoFolder`] or a failure of the store.
    pub async fn folder_changes(&self, folder: FolderId, since: u64) -> Result<FolderChanges> {
        let mailbox = self.mailbox();
        self.office()
            .db()
            .read(move |tx| {
                let state = folders::store::state(tx, mailbox, folder)?.ok_or(MailRefusal::NoFolder)?;
                if state.modseq <= since {
                    return Ok(FolderChanges { state, changed: Vec::new(), expunged: Vec::new() });
                }
                let changed = store::rows_since(tx, folder, since)?;
                let expunged = store::expunged_since(tx, folder, since)?;
                Ok(FolderChanges { state, changed, expunged })
            })
            .await
    }
}
