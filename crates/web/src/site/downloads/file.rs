//! The bytes of a file: as a whole or in parts, for whom they are meant, and counted without who.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::TryStreamExt;
use mailkeep_helpdesk::downloads::{Audience, Barred, Found, ReleaseState};

use super::{reader, release};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::ranges::{Wanted, is_known, wanted};
use crate::routes::Answer;

/// What everybody may have lies in caches, for a day: what is withdrawn is gone from them the day after.
const PUBLIC: &str = "public, max-age=86400, immutable";
const PRIVATE: &str = "private, no-store";
/// Should a browser ever show a file instead of keeping it, it shows it as nobody's.
const SANDBOX: &str = "default-src 'none'; sandbox";

/// `GET /downloads/{program}/{release}/{file}`
pub async fn serve(ctx: Ctx) -> Answer {
    let (program, version, name): (String, String, String) =
        (ctx.param("program")?, ctx.param("release")?, ctx.param("file")?);
    let found = ctx.state.downloads.find_file(&program, &version, &name).await?;
    if found.release.state == ReleaseState::Withdrawn {
        return release::refuse(&ctx, StatusCode::GONE).await;
    }
    match found.release.admits(&reader(&ctx).await?) {
        Ok(()) => {}
        Err(Barred::SignIn) => return Err(WebError::SignIn { at: "/sign-in" }),
        Err(Barred::Plans) => return release::refuse(&ctx, StatusCode::FORBIDDEN).await,
    }
    if found.signature { Ok(signature(&found)) } else { file(&ctx, &found).await }
}

/// The headers that all answers with something of a file have.
fn headers(response: &mut Response, found: &Found, etag: &str, name: &str) -> Result<(), WebError> {
    let cache = if found.release.audience == Audience::Public { PUBLIC } else { PRIVATE };
    let headers: [(HeaderName, &str); 5] = [
        (header::ETAG, etag),
        (header::CACHE_CONTROL, cache),
        (header::ACCEPT_RANGES, "bytes"),
        (header::CONTENT_SECURITY_POLICY, SANDBOX),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    for (header, value) in headers {
        response.headers_mut().insert(header, HeaderValue::from_str(value).map_err(WebError::internal)?);
    }
    // The name was made for headers when it was taken in.
    let disposition = format!("attachment; filename=\"{name}\"");
    let disposition = HeaderValue::from_str(&disposition).map_err(WebError::internal)?;
    response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    Ok(())
}

fn signature(found: &Found) -> Response {
    let text = found.file.signature.clone().unwrap_or_default();
    let name = format!("{}.minisig", found.file.name);
    let etag = format!("\"{}-signature\"", found.file.sha256_text());
    let mut response = ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response();
    match headers(&mut response, found, &etag, &name) {
        Ok(()) => response,
        Err(error) => error.into_response(),
    }
}

async fn file(ctx: &Ctx, found: &Found) -> Answer {
    let (file, etag) = (&found.file, format!("\"{}\"", found.file.sha256_text()));
    if is_known(&ctx.headers, &etag) {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        headers(&mut response, found, &etag, &file.name)?;
        return Ok(response);
    }
    // Ranges are of GET alone (RFC 9110, section 14.2).
    let is_get = ctx.method == Method::GET;
    let wanted = if is_get { wanted(&ctx.headers, &etag, file.size_bytes) } else { Wanted::Whole };
    let (status, range) = match wanted {
        Wanted::Whole => (StatusCode::OK, 0..file.size_bytes),
        Wanted::Part(range) => (StatusCode::PARTIAL_CONTENT, range),
        Wanted::Beyond => {
            let mut response = StatusCode::RANGE_NOT_SATISFIABLE.into_response();
            headers(&mut response, found, &etag, &file.name)?;
            response.headers_mut().remove(header::CONTENT_DISPOSITION);
            let size = format!("bytes */{}", file.size_bytes);
            let size = HeaderValue::from_str(&size).map_err(WebError::internal)?;
            response.headers_mut().insert(header::CONTENT_RANGE, size);
            return Ok(response);
        }
    };
    let body = if is_get {
        let pieces = ctx.state.downloads.open_file(file, range.clone()).await?;
        // The client learns that a store failed by the bytes that are missing.
        Body::from_stream(pieces.inspect_err(|error| tracing::error!(%error, "a download broke off")))
    } else {
        Body::empty()
    };
    let length = HeaderValue::from(range.end - range.start);
    let mut response = (status, [(header::CONTENT_TYPE, "application/octet-stream")], body).into_response();
    headers(&mut response, found, &etag, &file.name)?;
    response.headers_mut().insert(header::CONTENT_LENGTH, length);
    if status == StatusCode::PARTIAL_CONTENT {
        let place = format!("bytes {}-{}/{}", range.start, range.end - 1, file.size_bytes);
        let place = HeaderValue::from_str(&place).map_err(WebError::internal)?;
        response.headers_mut().insert(header::CONTENT_RANGE, place);
    }
    // The first byte is in one answer of a download, however often that broke off and went on.
    if is_get && range.start == 0 {
        ctx.state.downloads.count(file.id);
    }
    Ok(response)
}
