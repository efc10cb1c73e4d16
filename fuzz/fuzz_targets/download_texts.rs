//! Whatever is pasted as a key, a signature or a version, or asked for as a range, is read or refused; what was read reads back the same.
#![no_main]

use axum::http::{HeaderMap, HeaderValue, header};
use libfuzzer_sys::fuzz_target;
use mailkeep_helpdesk::downloads::{is_version, read_key, read_signature};
use mailkeep_web::ranges::{Wanted, is_known, wanted};

fuzz_target!(|data: &[u8]| {
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_bytes(data) {
        headers.insert(header::RANGE, value.clone());
        headers.insert(header::IF_NONE_MATCH, value);
    }
    for size in [0, 1, 1000, u64::MAX] {
        if let Wanted::Part(range) = wanted(&headers, "\"etag\"", size) {
            assert!(range.start < range.end && range.end <= size);
        }
    }
    is_known(&headers, "\"etag\"");
    let Ok(text) = std::str::from_utf8(data) else { return };
    if is_version(text) {
        assert!(text.is_ascii() && !text.contains(['/', '\\', '"', '\r', '\n', ' ']));
    }
    if let Some(key) = read_key(text) {
        assert_eq!(read_key(&key).as_deref(), Some(key.as_str()));
    }
    if let Some(signature) = read_signature(text) {
        assert_eq!(read_signature(&signature).as_deref(), Some(signature.as_str()));
    }
});
