//! The messages of a folder, and what a search finds.

use mailkeep_mailbox::messages::{Flags, MessageRow};
use mailkeep_mailbox::search::Query;
use mailkeep_types::FolderId;
use serde::Serialize;

use super::service::mail_error;
use super::side;
use super::view::{Row, Side, Undo, sample_rows, sample_side};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;

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

/// Messages on a page.
const PAGE: i64 = 50;

/// `GET /mail`
pub async fn inbox(ctx: Ctx) -> Answer {
    let inbox = ctx.visit()?.session.facts().inbox;
    Ok(ctx.redirect(&format!("/mail/f/{inbox}")))
}

/// `GET /mail/f/{folder}`
pub async fn show(ctx: Ctx) -> Answer {
    let visit = ctx.visit()?;
    let id: FolderId = ctx.param("folder")?;
    let (side, folders) = side::load(&ctx, visit, Some(id)).await?;
    let folder = folders.iter().find(|folder| folder.id == id).ok_or(WebError::NotFound)?;
    let (filter, wanted): (_, fn(Flags) -> bool) = match ctx.query.get("filter") {
        "unread" => ("unread", |flags| !flags.contains(Flags::SEEN)),
        "starred" => ("starred", |flags| flags.contains(Flags::FLAGGED)),
        _ => ("all", |_| true),
    };
    let view = visit.session.open_folder(id, true).await.map_err(mail_error)?;
    let mut messages: Vec<_> = view
        .messages
        .into_iter()
        .filter(|message| wanted(message.flags))
        .map(|message| (id, message))
        .collect();
    newest_first(&mut messages);
    let mut paging = Paging::asked(ctx.query.get("page"), PAGE);
    let messages = paging.cut(messages);
    let rows = side::rows(visit, &folders, &messages).await?;
    let here =
        if filter == "all" { format!("/mail/f/{id}?") } else { format!("/mail/f/{id}?filter={filter}&") };
    ctx.page(&ListPage {
        folder: Some(side::link(folder)),
        filter,
        query: String::new(),
        rows,
        paging,
        here,
        undo: Undo::read(ctx.query.get("undo")),
        side,
    })
}

/// `GET /mail/search`
pub async fn search(ctx: Ctx) -> Answer {
    let visit = ctx.visit()?;
    let query = ctx.query.get("q").to_owned();
    let (side, folders) = side::load(&ctx, visit, None).await?;
    let mut found = Vec::new();
    if let Some(key) = read_query(&query) {
        for folder in &folders {
            let view = visit.session.open_folder(folder.id, false).await.map_err(mail_error)?;
            let uids = visit.session.search(&view.messages, key.clone()).await.map_err(mail_error)?;
            // Both are in the order of the numbers.
            let mut uids = uids.into_iter().peekable();
            found.extend(
                view.messages
                    .into_iter()
                    .filter(|message| uids.next_if_eq(&message.uid).is_some())
                    .map(|message| (folder.id, message)),
            );
        }
    }
    newest_first(&mut found);
    let mut paging = Paging::asked(ctx.query.get("page"), PAGE);
    let found = paging.cut(found);
    let rows = side::rows(visit, &folders, &found).await?;
    let typed: String = query.bytes().map(crate::security::percent).collect();
    let undo = Undo::read(ctx.query.get("undo"));
    ctx.page(&ListPage {
        side,
        folder: None,
        filter: "all",
        query,
        rows,
        paging,
        here: format!("/mail/search?q={typed}&"),
        undo,
    })
}

fn newest_first(messages: &mut [(FolderId, MessageRow)]) {
    messages.sort_by(|(_, a), (_, b)| b.internal_at.cmp(&a.internal_at).then(b.uid.cmp(&a.uid)));
}

/// What somebody typed into the search field: all words must be there; words in quotes in that order.
fn read_query(typed: &str) -> Option<Query> {
    let mut keys = Vec::new();
    for (at, piece) in typed.split('"').enumerate() {
        if at % 2 == 1 {
            keys.push(piece.trim().to_owned());
        } else {
            keys.extend(piece.split_whitespace().map(str::to_owned));
        }
    }
    keys.retain(|key| !key.is_empty());
    keys.truncate(20);
    (!keys.is_empty()).then(|| Query::And(keys.into_iter().map(Query::Text).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_words_and_quoted_phrases() {
        let text = |text: &str| Query::Text(text.to_owned());
        assert_eq!(read_query("  "), None);
        assert_eq!(read_query("\"\""), None);
        assert_eq!(read_query("shelf plan"), Some(Query::And(vec![text("shelf"), text("plan")])));
        assert_eq!(read_query("\"shelf plan\" oak"), Some(Query::And(vec![text("shelf plan"), text("oak")])));
    }
}
