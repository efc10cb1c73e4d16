//! Opaque tokens of 256 random bits. Only their SHA-256 is stored; with so much randomness a slow hash adds nothing.

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest as _, Sha256};

use super::{Secret, random};

/// A token that was just made, and what is stored of it.
pub(crate) struct NewToken {
    pub token: Secret,
    pub hash: [u8; 32],
}

/// Makes a token; `prefix` tells kinds apart for people and for secret scanners.
pub(crate) fn make(prefix: &str) -> NewToken {
    let token = Secret::new(format!("{prefix}{}", BASE64URL_NOPAD.encode(&random::<32>())));
    NewToken { hash: hash(token.expose()), token }
}

/// What is stored of a token.
pub(crate) fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// The secret that the forms of a session carry: derived, so that it needs no column and ends with the session.
pub(crate) fn csrf(token: &str) -> [u8; 32] {
    Sha256::new().chain_update(b"mailkeep/csrf/1/").chain_update(token.as_bytes()).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_and_their_hashes_lead_nowhere_else() {
        let (one, two) = (make("mk_"), make("mk_"));
        assert_ne!(one.token.expose(), two.token.expose());
        assert_eq!(one.token.expose().len(), 3 + 43);
        assert_eq!(hash(one.token.expose()), one.hash);
        assert_ne!(csrf(one.token.expose()), one.hash);
        assert_eq!(format!("{:?}", one.token), "Secret(…)");
    }
}
