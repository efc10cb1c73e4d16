//! Where the lists in force come from.

use std::path::PathBuf;
use std::sync::{Arc, RwLock};
use std::time::SystemTime;

use super::Lists;
use super::folder::{self, ListFault};

/// What was read last, and the manifest's time then.
struct Read {
    changed: Option<SystemTime>,
    lists: Result<Arc<Lists>, ListFault>,
}

/// The lists in force: the built-in ones, or a folder's.
pub struct ListSource {
    folder: Option<PathBuf>,
    read: RwLock<Option<Read>>,
}

impl ListSource {
    /// The lists that the program carries.
    pub fn built_in() -> Self {
        ListSource { folder: None, read: RwLock::new(None) }
    }

    /// The lists of a folder over the built-in ones.
    pub fn folder(folder: PathBuf) -> Self {
        ListSource { folder: Some(folder), read: RwLock::new(None) }
    }

    /// The folder, if there is one.
    pub fn path(&self) -> Option<&std::path::Path> {
        self.folder.as_deref()
    }

    /// The lists as they are now: read again when the manifest changed, which is written last.
    ///
    /// # Errors
    /// [`ListFault`] when a file is not what the manifest says.
    pub fn current(&self) -> Result<Arc<Lists>, ListFault> {
        let changed = self.folder.as_ref().and_then(|folder| {
            std::fs::metadata(folder.join(folder::MANIFEST)).and_then(|file| file.modified()).ok()
        });
        let fresh = |read: &Read| read.changed == changed;
        if let Some(read) =
            self.read.read().ok().as_deref().and_then(Option::as_ref).filter(|read| fresh(read))
        {
            return read.lists.clone();
        }
        let lists = match &self.folder {
            Some(folder) => folder::load(folder),
            None => Ok(Lists::built_in()),
        };
        let lists = lists.map(Arc::new);
        if let Ok(mut read) = self.read.write() {
            *read = Some(Read { changed, lists: lists.clone() });
        }
        lists
    }
}
