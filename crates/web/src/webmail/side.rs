//! Making the side, rows and people of a page from what the mailbox gives.

use std::collections::HashMap;

use mailkeep_mailbox::folders::{Folder, Role};
use mailkeep_mailbox::messages::{Flags, MessageRow, Metadata, UidSet};
use mailkeep_protocols::imap::structure::fields;
use mailkeep_types::FolderId;

use super::reading::{Correspondent, correspondents};
use super::service::{Visit, mail_error};
use super::view::{FolderLink, Row, Side};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::ladder;

/// The folders, and the side of the page made of them.
pub(super) async fn load(
    ctx: &Ctx,
    visit: &Visit,
    open: Option<FolderId>,
) -> Result<(Side, Vec<Folder>), WebError> {
    let mut folders = visit.session.list_folders().await.map_err(mail_error)?;
    // Those in use stand in the order in which one needs them.
    folders.sort_by_key(|folder| folder.role.map_or(usize::MAX, place));
    let usage = visit.session.usage().await.map_err(mail_error)?;
    let mailbox = visit.session.mailbox();
    let domain = ctx.state.office.mailbox_facts(mailbox).await.map_err(mail_error)?.domain;
    let limits = ladder::of_mailbox(ctx, mailbox, domain).await?;
    let side = Side {
        address: visit.address.to_string(),
        folders: folders.iter().map(link).collect(),
        open: open.map(|id| id.to_string()),
        used_bytes: int(usage.used_bytes),
        quota_bytes: int(usage.quota_bytes),
        held: visit.session.count_held().await.map_err(mail_error)?,
        limit: limits.first().map(|step| step.rung),
    };
    Ok((side, folders))
}

fn place(role: Role) -> usize {
    match role {
        Role::Inbox => 0,
        Role::Drafts => 1,
        Role::Sent => 2,
        Role::Archive => 3,
        Role::Junk => 4,
        Role::Trash => 5,
    }
}

/// A folder as a link.
pub(super) fn link(folder: &Folder) -> FolderLink {
    FolderLink {
        id: folder.id.to_string(),
        role: folder.role.map(|role| role.id().to_owned()).unwrap_or_default(),
        name: folder.name.rsplit('/').next().unwrap_or(&folder.name).to_owned(),
        path: folder.name.clone(),
        depth: folder.name.matches('/').count(),
        total: int(folder.state.total),
        unseen: int(folder.state.unseen),
    }
}

/// The rows of a list, in the order given; messages that went meanwhile are left out.
pub(super) async fn rows(
    visit: &Visit,
    folders: &[Folder],
    messages: &[(FolderId, MessageRow)],
) -> Result<Vec<Row>, WebError> {
    let mut metadata: HashMap<(FolderId, u32), Metadata> = HashMap::new();
    let mut by_folder: HashMap<FolderId, Vec<u32>> = HashMap::new();
    for (folder, message) in messages {
        by_folder.entry(*folder).or_default().push(message.uid);
    }
    for (folder, uids) in by_folder {
        let count = uids.len();
        let set: UidSet = uids.into_iter().collect();
        for (uid, found) in visit.session.read_metadata(folder, &set, count).await.map_err(mail_error)? {
            metadata.insert((folder, uid), found);
        }
    }
    let mut out = Vec::with_capacity(messages.len());
    for (folder, message) in messages {
        let Some(metadata) = metadata.get(&(*folder, message.uid)) else { continue };
        let role = folders.iter().find(|known| known.id == *folder).and_then(|known| known.role);
        let own = matches!(role, Some(Role::Sent | Role::Drafts));
        let people = field(metadata, if own { "to" } else { "from" });
        let who: Vec<&str> = people.iter().take(4).map(Correspondent::shown).collect();
        out.push(Row {
            folder: folder.to_string(),
            uid: message.uid,
            unread: !message.flags.contains(Flags::SEEN),
            starred: message.flags.contains(Flags::FLAGGED),
            answered: message.flags.contains(Flags::ANSWERED),
            draft: role == Some(Role::Drafts),
            who: who.join(", "),
            subject: metadata
                .field("subject")
                .map(|text| super::reading::one_line(&text))
                .unwrap_or_default(),
            preview: metadata.preview().to_owned(),
            files: metadata.attachments(),
            at: message.internal_at,
            size: int(message.size),
        });
    }
    Ok(out)
}

fn field(metadata: &Metadata, name: &str) -> Vec<Correspondent> {
    fields(metadata.listing())
        .filter(|field| field.is(name))
        .flat_map(|field| correspondents(field.value))
        .collect()
}

/// The folder with a role; every mailbox has one for each.
pub(super) fn with_role(folders: &[Folder], role: Role) -> Result<&Folder, WebError> {
    folders
        .iter()
        .find(|folder| folder.role == Some(role))
        .ok_or_else(|| WebError::internal(format!("a mailbox without a folder for {}", role.id())))
}

/// A count for a template.
pub(super) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A message named by folder and number, as forms and addresses carry it: `<folder>.<uid>`.
pub(super) fn message_id(text: &str) -> Option<(FolderId, u32)> {
    let (folder, uid) = text.split_once('.')?;
    Some((folder.parse().ok()?, uid.parse().ok()?))
}
