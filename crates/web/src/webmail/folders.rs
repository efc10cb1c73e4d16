//! Making, renaming and removing folders.

use serde::Serialize;

use super::view::{FolderLink, Side, sample_side};
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;

/// All folders, to be arranged.
#[derive(Debug, Serialize)]
pub struct FoldersPage {
    /// Folders and the like.
    pub side: Side,
    /// The form for a new folder.
    pub form: Form,
    /// Folders that can be renamed and removed.
    pub own: Vec<FolderLink>,
}

impl Page for FoldersPage {
    const TEMPLATE: &'static str = "webmail/folders.html";

    fn samples() -> Vec<Self> {
        let side = sample_side(None);
        let own: Vec<_> = side.folders.iter().filter(|folder| folder.role.is_empty()).cloned().collect();
        let wrong = Form::new().with("name", "Shop").wrong("name", msg("mail-folder-exists"));
        vec![
            FoldersPage { side: side.clone(), form: Form::new(), own },
            FoldersPage { side, form: wrong, own: Vec::new() },
        ]
    }
}
