//! Files of a draft: one comes in as a stream, and goes away.

use futures_util::TryStreamExt;
use mailkeep_helpdesk::downloads::{Architecture, Broken, DownloadError, FileDraft, Platform};
use mailkeep_types::{DownloadFileId, ReleaseId, StaffId};

use super::release::{Refused, page};
use crate::ctx::Ctx;
use crate::form::{Form, Submitted};
use crate::messages::msg;
use crate::routes::Answer;
use crate::upload::{Arriving, Part};

const FIELDS: &[&str] = &["platform", "architecture", "signature", "file"];

/// What came of a form with a file.
struct Taken {
    fields: Submitted,
    outcome: Result<DownloadFileId, DownloadError>,
}

fn refusal(field: &'static str, sentence: &str) -> DownloadError {
    DownloadError::Field { field, sentence: sentence.to_owned() }
}

fn draft(
    fields: &Submitted,
    name: &str,
    signature_file: String,
    most_bytes: u64,
) -> Result<FileDraft, DownloadError> {
    let typed = fields.raw("signature");
    Ok(FileDraft {
        platform: Platform::from_word(fields.get("platform"))
            .ok_or_else(|| refusal("platform", "Choose the system that the file is for."))?,
        architecture: Architecture::from_word(fields.get("architecture"))
            .ok_or_else(|| refusal("architecture", "Choose the processor that the file is for."))?,
        // Some browsers send the whole path.
        name: name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
        signature: if signature_file.trim().is_empty() { typed.to_owned() } else { signature_file },
        most_bytes,
    })
}

/// Reads the form as it arrives: the fields, which stand before the file, then the file.
async fn read(
    ctx: &Ctx,
    staff: StaffId,
    release: ReleaseId,
    form: &mut Arriving,
) -> Result<Taken, crate::error::WebError> {
    let (mut fields, mut signature_file) = (Vec::new(), String::new());
    while let Some(part) = form.next().await? {
        match part {
            Part::Field(name, value) => fields.push((name, value)),
            Part::File(file) if file.field == "signature_file" => signature_file = file.text().await?,
            // A field for files that was left empty comes as a file without a name.
            Part::File(file) if file.name.is_empty() => {}
            Part::File(mut file) => {
                let fields = Submitted::of(fields).without_card_numbers();
                let most_bytes = ctx.state.config.max_download_bytes;
                let outcome = match draft(&fields, &file.name, signature_file, most_bytes) {
                    Ok(draft) => {
                        let pieces = file.pieces().map_err(|_| Broken);
                        ctx.state.downloads.take_file(staff, release, draft, pieces).await
                    }
                    Err(error) => Err(error),
                };
                return Ok(Taken { fields, outcome });
            }
        }
    }
    let fields = Submitted::of(fields).without_card_numbers();
    Ok(Taken { fields, outcome: Err(refusal("file", "Choose the file.")) })
}

/// `POST /console/releases/{product_release}/files`
pub async fn take(ctx: Ctx) -> Answer {
    let (staff, id) = (ctx.who.staff()?.staff, ctx.param::<ReleaseId>("product_release")?);
    let mut form = ctx.arriving()?;
    let taken = read(&ctx, staff, id, &mut form).await?;
    match taken.outcome {
        Ok(_) => ctx.done(&format!("/console/releases/{id}#files"), msg("release-file-taken")),
        Err(error) => {
            form.pass_over().await;
            let mut refused = Form::of(&taken.fields);
            refused.take(error, FIELDS)?;
            let page = page(&ctx, id, Some(Refused::Upload(refused))).await?;
            ctx.refused(&page)
        }
    }
}

/// `POST /console/releases/{product_release}/files/{release_file}/remove`
pub async fn remove(ctx: Ctx) -> Answer {
    let (staff, id) = (ctx.who.staff()?.staff, ctx.param::<ReleaseId>("product_release")?);
    let at = format!("/console/releases/{id}#files");
    match ctx.state.downloads.remove_file(staff, ctx.param("release_file")?).await {
        Ok(_) => ctx.done(&at, msg("release-file-removed")),
        Err(DownloadError::State(sentence)) => ctx.sorry(&at, msg("verbatim").with("text", sentence)),
        Err(error) => Err(error.into()),
    }
}
