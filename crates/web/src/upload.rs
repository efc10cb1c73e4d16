//! Forms that carry files (`multipart/form-data`, RFC 7578).

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, HeaderValue, header};
use bytes::Bytes;

use crate::error::WebError;
use crate::form::Submitted;
use crate::messages::msg;

/// A file that a form carried.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The field of the form.
    pub field: String,
    /// The name of the file as the browser says; to be made safe before use.
    pub name: String,
    /// The media type as the browser says.
    pub media_type: String,
    /// The bytes.
    pub bytes: Bytes,
}

/// More parts than any of our forms sends.
const MAX_PARTS: usize = 200;

/// Whether a request carries such a form.
pub fn is_multipart(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.to_ascii_lowercase().starts_with("multipart/form-data"))
}

/// Reads a form from a body that is already in memory and within its limit.
///
/// # Errors
/// [`WebError::Bad`] when it is not such a form.
pub async fn read(content_type: &HeaderValue, body: Bytes) -> Result<(Submitted, Vec<Upload>), WebError> {
    let broken = || WebError::Bad(msg("upload-broken"));
    let mut request = Request::new(axum::body::Body::from(body));
    request.headers_mut().insert(header::CONTENT_TYPE, content_type.clone());
    // The body was read under the route's own limit, so the extractor's does not apply.
    axum::extract::DefaultBodyLimit::disable().apply(&mut request);
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| broken())?;
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    for _ in 0..MAX_PARTS {
        let Some(part) = form.next_field().await.map_err(|_| broken())? else { break };
        let field = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(name) => {
                let media_type = part.content_type().unwrap_or("application/octet-stream").to_owned();
                let bytes = part.bytes().await.map_err(|_| broken())?;
                // A field for files that was left empty comes as a file without name and bytes.
                if !name.is_empty() || !bytes.is_empty() {
                    files.push(Upload { field, name, media_type, bytes });
                }
            }
            None => fields.push((
                field,
                String::from_utf8_lossy(&part.bytes().await.map_err(|_| broken())?).into_owned(),
            )),
        }
    }
    Ok((Submitted::of(fields), files))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: HeaderValue = HeaderValue::from_static("multipart/form-data; boundary=b");

    #[tokio::test]
    async fn reads_fields_and_files() {
        let body = "--b\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\nada@example.com\r\n\
            --b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n\
            --b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\"\r\n\r\n\r\n--b--\r\n";
        let (form, files) = read(&KIND, Bytes::from(body)).await.unwrap();
        assert_eq!(form.get("to"), "ada@example.com");
        assert_eq!(files.len(), 1);
        assert_eq!((files[0].name.as_str(), &files[0].bytes[..]), ("a.txt", &b"hello"[..]));
    }

    #[tokio::test]
    async fn large_files_are_within_the_routes_own_limit() {
        let mut body = b"--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n".to_vec();
        body.extend(std::iter::repeat_n(b'x', 5 * 1024 * 1024));
        body.extend_from_slice(b"\r\n--b--\r\n");
        let (_, files) = read(&KIND, body.into()).await.unwrap();
        assert_eq!(files[0].bytes.len(), 5 * 1024 * 1024);
    }

    #[tokio::test]
    async fn what_is_no_form_is_refused() {
        for body in ["", "--b", "garbage", "--b\r\nContent-Disposition: form-data\r\n\r\nx"] {
            let _ = read(&KIND, Bytes::from(body)).await;
        }
        assert!(read(&HeaderValue::from_static("multipart/form-data"), Bytes::from("x")).await.is_err());
        assert!(
            read(&KIND, Bytes::from("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ncut off"))
                .await
                .is_err()
        );
    }
}
