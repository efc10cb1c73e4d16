//! The newest snapshot of each folder that some session has open.

use std::collections::HashMap;
use std::sync::{Arc, Weak};

use mailkeep_mailbox::MailError;
use mailkeep_types::FolderId;
use parking_lot::Mutex;

use super::Snapshot;
use crate::access::Access;

/// All folders that are open on this node.
#[derive(Debug, Default)]
pub(crate) struct Views {
    open: Mutex<HashMap<FolderId, Weak<SharedView>>>,
}

/// A folder that is open in at least one session.
#[derive(Debug)]
pub(crate) struct SharedView {
    folder: FolderId,
    newest: Mutex<Arc<Snapshot>>,
    /// One session at a time asks the database.
    refreshing: tokio::sync::Mutex<bool>,
}

impl Views {
    /// The shared view of a folder, loaded or brought up to date.
    pub async fn open(
        &self,
        access: &Access,
        folder: FolderId,
    ) -> Result<(Arc<SharedView>, Arc<Snapshot>), MailError> {
        let view = {
            let mut open = self.open.lock();
            match open.get(&folder).and_then(Weak::upgrade) {
                Some(view) => view,
                None => {
                    // Now and then what nobody has open any more is cleared away.
                    if open.len() >= 64 && open.len().is_power_of_two() {
                        open.retain(|_, view| view.strong_count() > 0);
                    }
                    let view = Arc::new(SharedView {
                        folder,
                        newest: Mutex::default(),
                        refreshing: tokio::sync::Mutex::new(false),
                    });
                    open.insert(folder, Arc::downgrade(&view));
                    view
                }
            }
        };
        let snapshot = view.refresh(access).await?;
        Ok((view, snapshot))
    }
}

impl SharedView {
    /// The newest snapshot known on this node.
    pub fn newest(&self) -> Arc<Snapshot> {
        Arc::clone(&self.newest.lock())
    }

    /// Asks the database what changed and gives the newest snapshot.
    pub async fn refresh(&self, access: &Access) -> Result<Arc<Snapshot>, MailError> {
        let mut loaded = self.refreshing.lock().await;
        let known = self.newest();
        if !*loaded {
            let snapshot = Arc::new(access.snapshot(self.folder).await?);
            *self.newest.lock() = Arc::clone(&snapshot);
            *loaded = true;
            return Ok(snapshot);
        }
        let Some(changed) = access.changes(self.folder, known.modseq).await? else {
            return Ok(known);
        };
        let mut next = (*known).clone();
        next.apply(&changed.messages, &changed.expunged, changed.modseq, changed.uid_next);
        let next = Arc::new(next);
        *self.newest.lock() = Arc::clone(&next);
        Ok(next)
    }
}
