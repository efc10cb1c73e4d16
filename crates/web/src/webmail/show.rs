//! One message.

use std::collections::BTreeMap;

use mailkeep_mailbox::folders::Role;
use mailkeep_mailbox::messages::{FlagChange, Flags, UidSet};
use mailkeep_types::{FolderId, Timestamp};
use serde::Serialize;

use super::reading::{self, Correspondent};
use super::service::{Visit, mail_error};
use super::side;
use super::view::{FolderLink, Side, Who, sample_side};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// A message, opened.
#[derive(Debug, Serialize)]
pub struct ShowPage {
    /// Folders and the like.
    pub side: Side,
    /// The folder it lies in.
    pub folder: FolderLink,
    /// Its number there.
    pub uid: u32,
    /// `Subject`; may be empty.
    pub subject: String,
    /// Marked with a star.
    pub starred: bool,
    /// Not sent yet.
    pub draft: bool,
    /// Who wrote it.
    pub from: Vec<Who>,
    /// To whom.
    pub to: Vec<Who>,
    /// Who else has it.
    pub cc: Vec<Who>,
    /// Who else has it without the others knowing; in one's own messages.
    pub bcc: Vec<Who>,
    /// Where answers go, if not to the writer.
    pub reply_to: Vec<Who>,
    /// When it arrived.
    pub at: Timestamp,
    /// Its length in bytes.
    pub size: i64,
    /// Files to download.
    pub files: Vec<FileLink>,
    /// `html` when the frame is shown, else `text`.
    pub shown: &'static str,
    /// Whether there is HTML to change over to.
    pub has_html: bool,
    /// The text as harmless HTML of ours; empty when the frame is shown.
    pub text_html: String,
    /// Pictures that stand elsewhere and were left out.
    pub remote: usize,
    /// Whether such pictures are being loaded for this message.
    pub remote_loaded: bool,
    /// The number of the next newer message of the folder.
    pub newer: Option<u32>,
    /// The number of the next older message of the folder.
    pub older: Option<u32>,
}

/// A file to download.
#[derive(Debug, Serialize)]
pub struct FileLink {
    /// Its section number.
    pub section: String,
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub size: i64,
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "webmail/show.html";

    fn samples() -> Vec<Self> {
        let who = |name: &str, address: &str| Who::from(&super::reading::Correspondent::new(name, address));
        let sample = || {
            let side = sample_side(Some("f-inbox"));
            ShowPage {
                folder: side.folders[0].clone(),
                side,
                uid: 214,
                subject: "Shelf plan for the new shop".to_owned(),
                starred: true,
                draft: false,
                from: vec![who("Bo Sample", "bo@joinery.example")],
                to: vec![who("Ada Example", "ada@larkspur.example")],
                cc: vec![who("Cleo Fictional", "cleo@larkspur.example"), who("", "office@joinery.example")],
                bcc: Vec::new(),
                reply_to: Vec::new(),
                at: samples::minutes_ago(12),
                size: 214_000,
                files: vec![
                    FileLink {
                        section: "2".to_owned(),
                        name: "Shelf plan, second version.pdf".to_owned(),
                        size: 182_000,
                    },
                    FileLink { section: "3".to_owned(), name: "wall.jpeg".to_owned(), size: 24_500 },
                ],
                shown: "text",
                has_html: false,
                text_html: super::reading::plain_to_html(
                    "Dear Ada,\n\nhere is the plan with the measures we took on Tuesday. The long wall takes eleven shelves, \
                     and the window stays free as you wished. See https://joinery.example/oak for the wood.\n\n\
                     Kind regards\nBo\n\n> Dear Bo,\n> could we keep the window free?\n>> Of course, with pleasure.\n",
                ),
                remote: 0,
                remote_loaded: false,
                newer: None,
                older: Some(213),
            }
        };
        vec![
            sample(),
            ShowPage {
                shown: "html",
                has_html: true,
                text_html: String::new(),
                remote: 3,
                files: Vec::new(),
                cc: Vec::new(),
                newer: Some(215),
                reply_to: vec![who("Shop", "shop@joinery.example")],
                ..sample()
            },
            ShowPage {
                shown: "html",
                has_html: true,
                remote_loaded: true,
                subject: String::new(),
                starred: false,
                ..sample()
            },
        ]
    }
}

/// What the frame of a message holds.
#[derive(Debug, Serialize)]
pub struct BodyPage {
    /// The HTML of the message, made harmless.
    pub html: String,
}

impl Page for BodyPage {
    const TEMPLATE: &'static str = "webmail/body.html";

    fn samples() -> Vec<Self> {
        vec![BodyPage {
            html: "<h1>Eleven new titles</h1><p>and one <a href=\"https://press.example/\">very long \
                   interview</a>.</p><table border=\"1\"><tr><td>Monday</td><td>Reading</td></tr></table>"
                .to_owned(),
        }]
    }
}

/// `GET /mail/f/{folder}/{uid}`
pub async fn show(ctx: Ctx) -> Answer {
    let visit = ctx.visit()?;
    let (id, uid): (FolderId, u32) = (ctx.param("folder")?, ctx.param("uid")?);
    let raw = visit.session.read_message(id, uid).await.map_err(mail_error)?;
    let reading = reading::read(&raw);
    let one = UidSet::from_ranges([uid..=uid]);
    // Whoever opens a message has read it.
    let seen =
        visit.session.change_flags(id, &one, FlagChange::Add(Flags::SEEN), None).await.map_err(mail_error)?;
    let row = seen.messages.first().copied().ok_or(WebError::NotFound)?;
    let (side, folders) = side::load(&ctx, visit, Some(id)).await?;
    let folder = folders.iter().find(|folder| folder.id == id).ok_or(WebError::NotFound)?;
    let (newer, older) = neighbours(visit, id, uid).await?;
    let as_html = reading.html.is_some() && ctx.query.get("as") != "text";
    let remote_loaded = ctx.query.get("pictures") == "load";
    let remote = match &reading.html {
        Some(html) if as_html && !remote_loaded => reading::sanitise(html, BTreeMap::new(), false).remote,
        _ => 0,
    };
    let who = |people: &[Correspondent]| people.iter().take(200).map(Who::from).collect::<Vec<_>>();
    let reply_to = if reading.reply_to == reading.from { Vec::new() } else { who(&reading.reply_to) };
    ctx.page(&ShowPage {
        folder: side::link(folder),
        side,
        uid,
        starred: row.flags.contains(Flags::FLAGGED),
        draft: folder.role == Some(Role::Drafts),
        from: who(&reading.from),
        to: who(&reading.to),
        cc: who(&reading.cc),
        bcc: who(&reading.bcc),
        reply_to,
        at: row.internal_at,
        size: side::int(row.size),
        files: reading
            .offered()
            .map(|file| FileLink {
                section: file.section.clone(),
                name: file.name.clone(),
                size: i64::try_from(file.size).unwrap_or(i64::MAX),
            })
            .collect(),
        shown: if as_html { "html" } else { "text" },
        has_html: reading.html.is_some(),
        text_html: if as_html { String::new() } else { reading::plain_to_html(&reading.plain()) },
        subject: reading.subject,
        remote,
        remote_loaded,
        newer,
        older,
    })
}

/// The messages before and after in the order of the list.
async fn neighbours(
    visit: &Visit,
    folder: FolderId,
    uid: u32,
) -> Result<(Option<u32>, Option<u32>), WebError> {
    let mut messages = visit.session.open_folder(folder, false).await.map_err(mail_error)?.messages;
    messages.sort_by_key(|message| (message.internal_at, message.uid));
    let Some(at) = messages.iter().position(|message| message.uid == uid) else { return Ok((None, None)) };
    let number = |at: Option<usize>| at.and_then(|at| messages.get(at)).map(|message| message.uid);
    Ok((number(at.checked_add(1)), number(at.checked_sub(1))))
}
