//! Proof keys (RFC 7636), by S256 alone: `plain` protects nothing (RFC 9700 section 2.1.1).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The hash of a verifier, as a site sends it ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Challenge(pub [u8; 32]);

impl Challenge {
    /// Reads `code_challenge`; `None` unless it is a SHA-256 in base64url without padding.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        bytes.try_into().ok().map(Challenge)
    }
}

/// The secret behind it, which the site shows with the code.
#[derive(Clone, PartialEq, Eq)]
pub struct Verifier<'a>(&'a str);

impl<'a> Verifier<'a> {
    /// Reads `code_verifier`: 43 to 128 unreserved characters.
    pub fn parse(text: &'a str) -> Option<Self> {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        ((43..=128).contains(&text.len()) && text.bytes().all(fits)).then_some(Verifier(text))
    }

    /// What is hashed.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn challenge_and_verifier_have_their_form() {
        // RFC 7636 appendix B.
        assert!(Challenge::parse("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM").is_some());
        assert!(Verifier::parse("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").is_some());
        for wrong in
            ["", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw"]
        {
            assert_eq!(Challenge::parse(wrong), None, "{wrong}");
        }
        for wrong in ["short", &"a".repeat(42), &"a".repeat(129), &format!("{} ", "a".repeat(43))] {
            assert!(Verifier::parse(wrong).is_none(), "{wrong}");
        }
    }
}
