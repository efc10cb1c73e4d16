//! What a message holds, served each with a policy of its own: the HTML for the frame, files, the source.

use std::collections::BTreeMap;

use axum::http::header;
use bytes::Bytes;
use mailkeep_types::FolderId;

use super::reading::{self, File};
use super::service::mail_error;
use super::show::BodyPage;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::outside::{attachment, harmless, set};
use crate::routes::Answer;

/// Pictures that a browser may show in place: none of them can act.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/// `GET /mail/f/{folder}/{uid}/body`: the HTML of a message for its frame. No script, no form, nothing from elsewhere
/// but pictures when the reader asked for them; and in a sandbox even when opened by itself.
pub async fn body(ctx: Ctx) -> Answer {
    let raw = read(&ctx).await?;
    let reading = reading::read(&raw);
    let html = reading.html.as_deref().ok_or(WebError::NotFound)?;
    let remote = ctx.query.get("pictures") == "load";
    let base = ctx.path.trim_end_matches("/body");
    let pictures: BTreeMap<String, String> = reading
        .files
        .iter()
        .filter(|file| PICTURES.contains(&file.media_type.as_str()))
        .filter_map(|file| Some((file.content_id.clone()?, format!("{base}/picture/{}", file.section))))
        .collect();
    let clean = reading::sanitise(html, pictures, remote);
    let mut response = ctx.page(&BodyPage { html: clean.html })?;
    let elsewhere = if remote { " https: http:" } else { "" };
    let policy = format!(
        "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self'{elsewhere}; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
         sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
    );
    set(&mut response, header::CONTENT_SECURITY_POLICY, &policy);
    set(&mut response, header::X_FRAME_OPTIONS, "SAMEORIGIN");
    set(&mut response, header::REFERRER_POLICY, "no-referrer");
    Ok(response)
}

/// `GET /mail/f/{folder}/{uid}/picture/{part}`: a picture that the HTML of the message shows.
pub async fn picture(ctx: Ctx) -> Answer {
    let (raw, file) = file(&ctx).await?;
    if !PICTURES.contains(&file.media_type.as_str()) {
        return Err(WebError::NotFound);
    }
    Ok(harmless(&file.media_type, "inline", file.bytes(&raw)))
}

/// `GET /mail/f/{folder}/{uid}/part/{part}`: a file, to be saved and never shown in place.
pub async fn download(ctx: Ctx) -> Answer {
    let (raw, file) = file(&ctx).await?;
    let token = |b: u8| b.is_ascii_alphanumeric() || b"/.+-_".contains(&b);
    let known = file.media_type.len() < 100 && file.media_type.bytes().all(token);
    let kind = if known { file.media_type.as_str() } else { "application/octet-stream" };
    Ok(harmless(kind, &attachment(&file.name), file.bytes(&raw)))
}

/// `GET /mail/f/{folder}/{uid}/source`: the message as it came.
pub async fn source(ctx: Ctx) -> Answer {
    let raw = read(&ctx).await?;
    Ok(harmless("text/plain; charset=utf-8", "inline", raw.to_vec()))
}

/// `GET /mail/f/{folder}/{uid}/message.eml`: the message as a file.
pub async fn save(ctx: Ctx) -> Answer {
    let raw = read(&ctx).await?;
    Ok(harmless("message/rfc822", &attachment("message.eml"), raw.to_vec()))
}

async fn read(ctx: &Ctx) -> Result<Bytes, WebError> {
    let (folder, uid): (FolderId, u32) = (ctx.param("folder")?, ctx.param("uid")?);
    ctx.visit()?.session.read_message(folder, uid).await.map_err(mail_error)
}

async fn file(ctx: &Ctx) -> Result<(Bytes, File), WebError> {
    let raw = read(ctx).await?;
    let section: String = ctx.param("part")?;
    let file = reading::find_file(&raw, &section).ok_or(WebError::NotFound)?;
    Ok((raw, file))
}
