//! Forms that carry files (`multipart/form-data`, RFC 7578).

use axum::body::Body;
use axum::extract::multipart::Field;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::{HeaderMap, HeaderValue, header};
use bytes::Bytes;
use futures_util::{Stream, TryStreamExt};

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

/// The most bytes of a field beside a large file.
const MAX_FIELD_BYTES: usize = 64 * 1024;

/// A form that carries a large file and is read part by part, as it arrives.
pub struct Arriving(Multipart);

impl std::fmt::Debug for Arriving {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Arriving")
    }
}

/// A part of such a form.
pub enum Part<'a> {
    /// A field with its value.
    Field(String, String),
    /// A file.
    File(Box<ArrivingFile<'a>>),
}

/// A file as it arrives.
pub struct ArrivingFile<'a> {
    /// The field of the form.
    pub field: String,
    /// The name of the file as the browser says; to be made safe before use.
    pub name: String,
    content: Field<'a>,
}

fn broken() -> WebError {
    WebError::Bad(msg("upload-broken"))
}

async fn text(mut part: Field<'_>) -> Result<String, WebError> {
    let mut bytes = Vec::new();
    while let Some(piece) = part.chunk().await.map_err(|_| broken())? {
        if bytes.len() + piece.len() > MAX_FIELD_BYTES {
            return Err(WebError::TooLarge);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

impl Arriving {
    /// Begins to read; gives the first part too, which must be the token of our forms.
    ///
    /// # Errors
    /// [`WebError::Forgery`] when it is not; [`WebError::Bad`] when it is no such form.
    pub async fn begin(
        content_type: &HeaderValue,
        body: Body,
        most_bytes: usize,
    ) -> Result<(Self, String), WebError> {
        let mut request = Request::new(body);
        request.headers_mut().insert(header::CONTENT_TYPE, content_type.clone());
        DefaultBodyLimit::max(most_bytes).apply(&mut request);
        let form = Multipart::from_request(request, &()).await.map_err(|_| broken())?;
        let mut arriving = Arriving(form);
        match arriving.next().await? {
            Some(Part::Field(name, token)) if name == "csrf" => Ok((arriving, token)),
            _ => Err(WebError::Forgery),
        }
    }

    /// The next part; nothing at the end. The one before must have been dropped; what was not read of it is passed over.
    ///
    /// # Errors
    /// [`WebError::Bad`] when the form breaks off; [`WebError::TooLarge`] for a field that is too long.
    pub async fn next(&mut self) -> Result<Option<Part<'_>>, WebError> {
        let Some(part) = self.0.next_field().await.map_err(|_| broken())? else { return Ok(None) };
        let field = part.name().unwrap_or_default().to_owned();
        Ok(Some(match part.file_name().map(str::to_owned) {
            Some(name) => Part::File(Box::new(ArrivingFile { field, name, content: part })),
            None => Part::Field(field, text(part).await?),
        }))
    }

    /// Reads what is left and forgets it: a browser that still sends does not see the answer.
    pub async fn pass_over(&mut self) {
        while let Ok(Some(_)) = self.next().await {}
    }
}

impl ArrivingFile<'_> {
    /// A small file as a text.
    ///
    /// # Errors
    /// As [`Arriving::next`].
    pub async fn text(self) -> Result<String, WebError> {
        text(self.content).await
    }

    /// The bytes, piece by piece.
    pub fn pieces(&mut self) -> impl Stream<Item = Result<Bytes, WebError>> + Send + Unpin {
        (&mut self.content).map_err(|_| broken())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_form_is_read_as_it_arrives() {
        let body = "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\ntoken\r\n\
            --b\r\nContent-Disposition: form-data; name=\"platform\"\r\n\r\nlinux\r\n\
            --b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.gz\"\r\n\r\nbytes\r\n--b--\r\n";
        let (mut form, token) = Arriving::begin(&KIND, Body::from(body), 1000).await.unwrap();
        assert_eq!(token, "token");
        let Some(Part::Field(name, value)) = form.next().await.unwrap() else { panic!("a field") };
        assert_eq!((name.as_str(), value.as_str()), ("platform", "linux"));
        let Some(Part::File(mut file)) = form.next().await.unwrap() else { panic!("a file") };
        assert_eq!((file.field.as_str(), file.name.as_str()), ("file", "a.gz"));
        let pieces: Vec<Bytes> = file.pieces().try_collect().await.unwrap();
        assert_eq!(pieces.concat(), b"bytes");
        drop(file);
        assert!(form.next().await.unwrap().is_none());

        // Without the token first nothing is read, and beyond the limit nothing more.
        let late = body.replacen("csrf", "late", 1);
        assert!(matches!(Arriving::begin(&KIND, Body::from(late), 1000).await, Err(WebError::Forgery)));
        let cut = Arriving::begin(&KIND, Body::from(body), 200).await;
        assert!(match cut {
            Ok((mut form, _)) => form.next().await.is_err() || form.next().await.is_err(),
            Err(_) => true,
        });
    }

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
