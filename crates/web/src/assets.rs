//! Static files under addresses that carry a hash of their bytes.
//!
//! A hashed address is served with a cache time of one year; the plain name is served too, with an ETag, for things
//! that ask for a fixed place (`/robots.txt` and the like).

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::embedded::{ASSETS, Asset};
use crate::error::WebError;

/// The address of an asset for use in a page; `None` if there is no such asset.
pub fn address(name: &str) -> Option<String> {
    ASSETS.iter().find(|asset| asset.name == name).map(|asset| format!("/assets/{}", asset.hashed))
}

/// `GET /assets/{*name}`
pub async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Result<Response, WebError> {
    let asset =
        ASSETS.iter().find(|asset| asset.hashed == name || asset.name == name).ok_or(WebError::NotFound)?;
    Ok(answer(asset, asset.hashed == name, &headers))
}

fn answer(asset: &Asset, for_ever: bool, headers: &HeaderMap) -> Response {
    let etag = format!("\"{}\"", asset.hashed);
    let cache = if for_ever { "public, max-age=31536000, immutable" } else { "public, max-age=300" };
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == etag.as_bytes());
    let common = [(header::ETAG, etag), (header::CACHE_CONTROL, cache.to_owned())];
    if known {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    (common, [(header::CONTENT_TYPE, asset.mime)], asset.bytes).into_response()
}
