//! Forms, files, cookies and languages as browsers, or others, send them. The first line is the boundary of the form
//! with files.
#![no_main]

use axum::http::{HeaderMap, HeaderValue, header};
use libfuzzer_sys::fuzz_target;
use mailkeep_web::form::{Form, Submitted};
use mailkeep_web::messages::Messages;
use mailkeep_web::{cookies, upload};

fuzz_target!(|data: &[u8]| {
    let form = Submitted::parse(data);
    let shown = Form::of(&form);
    assert!(shown.values.keys().all(|name| !name.contains("password")));
    // What the fields hold is masked outside of a page; that each was sent is not.
    assert!(shown.values.keys().all(|name| form.all(name).next().is_some()));

    let (first, body) = data.split_at(data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len()));
    if let Ok(value) = HeaderValue::from_bytes(first) {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, value);
        if let Some(cookie) = cookies::get(&headers, cookies::PERSON) {
            assert!(!cookie.contains(';'));
        }
    }
    thread_local! {
        static MESSAGES: Messages =
            Messages::read([("en", "a = a"), ("de", "a = a")].into_iter()).expect("two languages");
        static RUNTIME: tokio::runtime::Runtime =
            tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    }
    MESSAGES.with(|messages| messages.negotiate(std::str::from_utf8(first).ok()));
    let kind = [b"multipart/form-data; boundary=", first].concat();
    if let Ok(kind) = HeaderValue::from_bytes(&kind) {
        let length = body.len();
        let body = bytes::Bytes::copy_from_slice(body);
        if let Ok((_, files)) = RUNTIME.with(|runtime| runtime.block_on(upload::read(&kind, body))) {
            assert!(files.iter().map(|file| file.bytes.len()).sum::<usize>() <= length);
        }
    }
});
