//! Cookies: all host-only, closed to scripts, sent over TLS alone.
//!
//! A visitor's page sets none. A session cookie appears when somebody signs in; the flash cookie lives for one
//! redirect after an act.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

/// The session of a person in the Customer Center.
pub const PERSON: &str = "__Host-session";
/// The session of a member of staff.
pub const STAFF: &str = "__Host-staff";
/// The session of a mailbox in the webmail.
pub const MAILBOX: &str = "__Host-mailbox";
/// What the last act had to say.
pub const FLASH: &str = "__Host-flash";
/// A sign-in that waits for its second factor.
pub const PENDING: &str = "__Host-pending";
/// The cart of a visitor; set when something is put into it.
pub const CART: &str = "__Host-cart";
/// For which of their customers a contact of several works.
pub const CUSTOMER: &str = "__Host-customer";
/// Recognises a browser that signed in before; authorises nothing (promise P40).
pub const KNOWN: &str = "__Host-known";

/// The value of a cookie.
pub fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// Sets a cookie until the browser closes, or for a number of seconds.
pub fn set(response: &mut Response, name: &str, value: &str, seconds: Option<u64>) {
    let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    append(response, &format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax{age}"));
}

/// Takes a cookie away.
pub fn clear(response: &mut Response, name: &str) {
    append(response, &format!("{name}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"));
}

fn append(response: &mut Response, cookie: &str) {
    // Names are ours and values are URL-safe base64, so this cannot fail; if it did, no cookie is the safe outcome.
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_one_cookie_among_many() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("a=1; __Host-session=xyz; b"));
        assert_eq!(get(&headers, PERSON), Some("xyz"));
        assert_eq!(get(&headers, STAFF), None);
    }

    #[test]
    fn sets_cookies_that_scripts_and_other_hosts_cannot_reach() {
        let mut response = Response::default();
        set(&mut response, PERSON, "xyz", None);
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        assert_eq!(cookie, "__Host-session=xyz; Path=/; Secure; HttpOnly; SameSite=Lax");
    }
}
