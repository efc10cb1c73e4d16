//! Making, renaming and removing folders.

use mailkeep_mailbox::{MailError, MailRefusal};
use mailkeep_types::FolderId;
use serde::Serialize;

use super::service::mail_error;
use super::side;
use super::view::{FolderLink, Side, sample_side};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::page::Page;
use crate::routes::Answer;

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

/// `GET /mail/folders`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new()).await?;
    ctx.page(&page)
}

/// `POST /mail/folders`
pub async fn make(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let name = form.required(&ctx.form, "name").to_owned();
    if form.good() {
        match ctx.visit()?.session.create_folder(&name).await {
            Ok(_) => return ctx.done("/mail/folders", msg("mail-folder-made")),
            Err(error) => form.refuse("name", refusal(error)?),
        }
    }
    let page = page(&ctx, form).await?;
    ctx.refused(&page)
}

/// `POST /mail/folders/{folder}/rename`
pub async fn rename(ctx: Ctx) -> Answer {
    let id: FolderId = ctx.param("folder")?;
    let session = &ctx.visit()?.session;
    let folders = session.list_folders().await.map_err(mail_error)?;
    // Folders that the mailbox needs keep their names.
    let own =
        folders.iter().find(|folder| folder.id == id && folder.role.is_none()).ok_or(WebError::NotFound)?;
    match session.rename_folder(&own.name, ctx.form.get("name")).await {
        Ok(_) => ctx.done("/mail/folders", msg("mail-folder-renamed")),
        Err(error) => ctx.sorry("/mail/folders", refusal(error)?),
    }
}

/// `POST /mail/folders/{folder}/delete`
pub async fn delete(ctx: Ctx) -> Answer {
    let folder: FolderId = ctx.param("folder")?;
    match ctx.visit()?.session.delete_folder(folder).await {
        Ok(_) => ctx.done("/mail/folders", msg("mail-folder-deleted")),
        Err(error) => ctx.sorry("/mail/folders", refusal(error)?),
    }
}

async fn page(ctx: &Ctx, form: Form) -> Result<FoldersPage, WebError> {
    let (side, _) = side::load(ctx, ctx.visit()?, None).await?;
    let own = side.folders.iter().filter(|folder| folder.role.is_empty()).cloned().collect();
    Ok(FoldersPage { side, form, own })
}

/// What stands beside the field; other failures are no matter of the form.
fn refusal(error: MailError) -> Result<Msg, WebError> {
    match error {
        MailError::Refused(MailRefusal::FolderExists) => Ok(msg("mail-folder-exists")),
        MailError::Refused(MailRefusal::FolderName) => Ok(msg("mail-folder-bad")),
        MailError::Refused(MailRefusal::FolderLimit(_)) => Ok(msg("mail-folder-many")),
        MailError::Refused(MailRefusal::FolderFixed) => Ok(msg("mail-folder-fixed")),
        other => Err(mail_error(other)),
    }
}
