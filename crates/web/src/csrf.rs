//! Forms that only our own pages can send.
//!
//! Two checks. The browser says where a request comes from (`Sec-Fetch-Site`, else `Origin`): a request from another
//! site is refused for everybody. A signed-in form also carries a token derived from the session, masked afresh for
//! each page so that compression cannot betray it (BREACH).

use axum::http::{HeaderMap, header};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

const LENGTH: usize = 32;

/// A token derived from a secret that only this browser has, for sessions that bring none of their own.
pub fn token(session_secret: &str) -> [u8; LENGTH] {
    let mut mac = Hmac::<Sha256>::new_from_slice(session_secret.as_bytes()).unwrap_or_else(|_| {
        // HMAC takes keys of any length; this arm exists because the interface allows for others.
        Hmac::<Sha256>::new(&Default::default())
    });
    mac.update(b"mailkeep form token");
    mac.finalize().into_bytes().into()
}

/// The token as it stands in one page.
pub fn mask(token: &[u8; LENGTH]) -> String {
    let mut bytes = [0u8; LENGTH * 2];
    let (pad, masked) = bytes.split_at_mut(LENGTH);
    getrandom::fill(pad).expect("the operating system's random source answers");
    for ((out, pad), byte) in masked.iter_mut().zip(pad.iter()).zip(token) {
        *out = pad ^ byte;
    }
    data_encoding::BASE64URL_NOPAD.encode(&bytes)
}

/// Whether what a form carried is the session's token.
pub fn matches(given: &str, token: &[u8; LENGTH]) -> bool {
    let Ok(bytes) = data_encoding::BASE64URL_NOPAD.decode(given.as_bytes()) else { return false };
    if bytes.len() != LENGTH * 2 {
        return false;
    }
    let (pad, masked) = bytes.split_at(LENGTH);
    let unmasked: Vec<u8> = pad.iter().zip(masked).map(|(pad, byte)| pad ^ byte).collect();
    unmasked.ct_eq(token).into()
}

/// Whether the browser says that the request comes from our own page, or whether no browser is at work.
pub fn same_site(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match text(header::ORIGIN.as_str()) {
        // Behind a proxy the scheme differs; the host is what another site cannot claim.
        Some(origin) => origin.split_once("://").map(|(_, host)| host) == text(header::HOST.as_str()),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn tokens_differ_by_page_and_hold_for_one_session() {
        let (mine, other) = (token("mine"), token("other"));
        let (first, second) = (mask(&mine), mask(&mine));
        assert_ne!(first, second);
        assert!(matches(&first, &mine) && matches(&second, &mine));
        assert!(!matches(&first, &other));
        for wrong in ["", "AAAA", "!", &"A".repeat(86)] {
            assert!(!matches(wrong, &mine));
        }
    }

    #[test]
    fn other_sites_are_refused() {
        let with = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            same_site(&headers)
        };
        assert!(with(&[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(!with(&[("sec-fetch-site", "cross-site")]));
        assert!(!with(&[("sec-fetch-site", "same-site")]));
        assert!(with(&[("origin", "https://a.example"), ("host", "a.example")]));
        assert!(!with(&[("origin", "https://b.example"), ("host", "a.example")]));
        assert!(!with(&[("origin", "null"), ("host", "a.example")]));
        assert!(with(&[("host", "a.example")]));
    }
}
