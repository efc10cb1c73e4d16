//! The compact form of a signed token (RFC 7515 section 3.1): three parts in base64url with dots between.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The longest token that is read.
const MOST_BYTES: usize = 4096;

/// A signed token, in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compact<'a> {
    /// What is signed: the first two parts as they stand.
    pub signed: &'a str,
    /// The header, as JSON.
    pub header: Vec<u8>,
    /// What it says, as JSON.
    pub claims: Vec<u8>,
    /// The signature.
    pub signature: Vec<u8>,
}

impl<'a> Compact<'a> {
    /// Cuts a token; `None` when it has another form.
    pub fn parse(text: &'a str) -> Option<Self> {
        if text.len() > MOST_BYTES {
            return None;
        }
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let part = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
        Some(Compact { signed, header: part(header)?, claims: part(claims)?, signature: part(signature)? })
    }
}

/// The first two parts of a token, to be signed.
pub fn to_sign(header: &[u8], claims: &[u8]) -> String {
    format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims))
}

/// The token, with the signature of its first two parts.
pub fn signed(parts: &str, signature: &[u8]) -> String {
    format!("{parts}.{}", URL_SAFE_NO_PAD.encode(signature))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_cut_into_its_parts() {
        let parts = to_sign(b"{}", b"{\"a\":1}");
        let token = signed(&parts, b"xyz");
        let read = Compact::parse(&token).unwrap();
        assert_eq!((read.signed, read.header.as_slice()), (parts.as_str(), b"{}".as_slice()));
        assert_eq!(
            (read.claims.as_slice(), read.signature.as_slice()),
            (b"{\"a\":1}".as_slice(), b"xyz".as_slice())
        );
        for wrong in ["", "a.b", "a.b.c.d", "e30=.e30.e30", &format!("{}.a.a", "a".repeat(MOST_BYTES))] {
            assert_eq!(Compact::parse(wrong), None, "{wrong}");
        }
    }
}
