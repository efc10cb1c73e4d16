//! Bytes from outside on their way to whoever asked: no browser shall take them for a page of ours.

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// Bytes under their media type, in a sandbox of their own.
pub fn harmless(kind: &str, disposition: &str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    set(&mut response, header::CONTENT_TYPE, kind);
    set(&mut response, header::CONTENT_DISPOSITION, disposition);
    set(&mut response, header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox");
    set(&mut response, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    response
}

/// A file name in both spellings (RFC 6266): plain for old programs, encoded for all others.
pub fn attachment(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|sign| if sign.is_ascii_alphanumeric() || " .-_()".contains(sign) { sign } else { '_' })
        .collect();
    let encoded: String = name.bytes().map(crate::security::percent).collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", encoded.replace('/', "%2F"))
}

/// Sets a header.
pub fn set(response: &mut Response, name: HeaderName, value: &str) {
    // All values are made of ASCII; one that were not would leave the safe default of the layer around.
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_cannot_break_out_of_their_header() {
        assert_eq!(
            attachment("plän \"x\"\r\n.pdf"),
            "attachment; filename=\"pl_n _x___.pdf\"; filename*=UTF-8''pl%C3%A4n%20%22x%22%0D%0A.pdf"
        );
    }
}
