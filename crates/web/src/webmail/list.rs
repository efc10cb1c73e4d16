//! The messages of a folder, and what a search finds.

use serde::Serialize;

use super::view::{Row, Side, Undo, sample_rows, sample_side};
use crate::page::Page;
use crate::paging::Paging;

/// A list of messages.
#[derive(Debug, Serialize)]
pub struct ListPage {
    /// Folders and the like.
    pub side: Side,
    /// The folder, unless this is what a search found everywhere.
    pub folder: Option<super::view::FolderLink>,
    /// `all`, `unread` or `starred`.
    pub filter: &'static str,
    /// What is searched for; empty in a folder's list.
    pub query: String,
    /// The messages, the newest first.
    pub rows: Vec<Row>,
    /// Which part of the list.
    pub paging: Paging,
    /// The address of this list to which `page=` can be added.
    pub here: String,
    /// What was just done and can be taken back.
    pub undo: Option<Undo>,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "webmail/list.html";

    fn samples() -> Vec<Self> {
        let list = |open: &str, rows: Vec<Row>, total| {
            let side = sample_side(Some(open));
            ListPage {
                folder: side.folders.iter().find(|folder| folder.id == open).cloned(),
                filter: "all",
                query: String::new(),
                rows,
                paging: Paging { page: 1, size: 50, total },
                here: format!("/mail/f/{open}?"),
                undo: None,
                side,
            }
        };
        let undo = Undo {
            what: "trash".to_owned(),
            count: 2,
            from: "f-inbox".to_owned(),
            to: "f-trash".to_owned(),
            uids: "31:32".to_owned(),
        };
        vec![
            list("f-inbox", sample_rows(), 214),
            ListPage { undo: Some(undo), ..list("f-inbox", sample_rows(), 8) },
            list("f-shop", Vec::new(), 0),
            ListPage {
                folder: None,
                query: "shelf".to_owned(),
                here: "/mail/search?q=shelf&".to_owned(),
                ..list("", sample_rows().into_iter().take(2).collect(), 2)
            },
            ListPage { folder: None, query: "sea serpent".to_owned(), ..list("", Vec::new(), 0) },
        ]
    }
}
