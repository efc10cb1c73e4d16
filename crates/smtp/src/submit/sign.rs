//! DKIM signatures (RFC 6376, RFC 8463) on outgoing mail.

use std::sync::Arc;

use mail_auth::common::crypto::{self, Algorithm, Ed25519Key, RsaKey, Sha256};
use mail_auth::common::headers::{HeaderWriter, Writable};
use mail_auth::dkim::DkimSigner;
use mailkeep_protocols::smtp::HeaderSection;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// The fields that are signed, whether they are there or not, so that none can be added afterwards; `From` is named
/// twice for that reason. Fields that a mailing list adds without changing the message are not among them.
const SIGNED: [&str; 13] = [
    "From",
    "From",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "Reply-To",
    "In-Reply-To",
    "References",
    "Content-Type",
    "Content-Transfer-Encoding",
    "CFBL-Address",
];

/// Signed as well where they are there (RFC 8058 section 4). Where they are not, a mailing list may add its own.
const SIGNED_IN_BULK: [&str; 3] = ["List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"];

// The date of a signature (`t=`) is the one time in this crate that does not come from `types::Clock`: mail-auth 0.13 takes
// it from the system's clock and offers no way to hand one in, neither when signing nor when looking whether a signature
// has expired. Ours never expire (no `x=`), so a clock that differs changes nothing but that number.
/// A key that is ready to sign for a domain.
pub struct SigningKey {
    domain: String,
    selector: String,
    key: Key,
}

enum Key {
    Rsa(Shared<RsaKey<Sha256>>),
    Ed25519(Shared<Ed25519Key>),
}

/// A key that many messages are signed with, each with a list of fields of its own.
struct Shared<K>(Arc<K>);

impl<K: crypto::SigningKey> crypto::SigningKey for Shared<K> {
    type Hasher = K::Hasher;

    fn sign(&self, input: impl Writable) -> mail_auth::Result<Vec<u8>> {
        self.0.sign(input)
    }

    fn algorithm(&self) -> Algorithm {
        self.0.algorithm()
    }
}

/// Why a key cannot be used or a message not be signed.
#[derive(Debug, thiserror::Error)]
#[error("a DKIM key cannot be used: {0}; make a new key for the domain and publish its record")]
pub struct SignError(String);

impl From<mail_auth::Error> for SignError {
    fn from(error: mail_auth::Error) -> Self {
        SignError(error.to_string())
    }
}

impl SigningKey {
    /// An RSA key in PKCS #8.
    ///
    /// # Errors
    /// When it is no such key.
    pub fn rsa(domain: &str, selector: &str, pkcs8: &[u8]) -> Result<Self, SignError> {
        let der = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(pkcs8.to_vec()));
        let key = Key::Rsa(Shared(Arc::new(RsaKey::<Sha256>::from_key_der(der)?)));
        Ok(SigningKey { domain: domain.to_owned(), selector: selector.to_owned(), key })
    }

    /// An Ed25519 key in PKCS #8, with or without its public half.
    ///
    /// # Errors
    /// When it is no such key.
    pub fn ed25519(domain: &str, selector: &str, pkcs8: &[u8]) -> Result<Self, SignError> {
        let key = Key::Ed25519(Shared(Arc::new(Ed25519Key::from_pkcs8_maybe_unchecked_der(pkcs8)?)));
        Ok(SigningKey { domain: domain.to_owned(), selector: selector.to_owned(), key })
    }

    fn sign(&self, message: &[u8], fields: &[&'static str]) -> Result<String, SignError> {
        let field = match &self.key {
            Key::Rsa(key) => self.sign_with(Shared(Arc::clone(&key.0)), message, fields),
            Key::Ed25519(key) => self.sign_with(Shared(Arc::clone(&key.0)), message, fields),
        };
        Ok(unfold_end(field?))
    }

    fn sign_with(
        &self,
        key: impl crypto::SigningKey,
        message: &[u8],
        fields: &[&'static str],
    ) -> Result<String, SignError> {
        let signer = DkimSigner::from_key(key).domain(self.domain.as_str()).selector(self.selector.as_str());
        Ok(signer.headers(fields.iter().copied()).sign(message)?.to_header())
    }
}

/// A line with nothing but the last semicolon comes of folding, and belongs to the value of the signature (RFC 6376 section 3.5), which is not signed. dkimpy
/// takes it for signed, and such signatures for broken.
fn unfold_end(field: String) -> String {
    match field.strip_suffix("\r\n\t;\r\n") {
        Some(rest) => format!("{rest};\r\n"),
        None => field,
    }
}

/// Puts one signature for each key on top of the message.
///
/// # Errors
/// When a key cannot sign; the message must then not go out unsigned.
pub fn sign<'a>(
    message: Vec<u8>,
    keys: impl IntoIterator<Item = &'a SigningKey>,
) -> Result<Vec<u8>, SignError> {
    let mut out = Vec::with_capacity(message.len() + 4 * 1024);
    let header = HeaderSection::of(&message);
    let of_bulk = SIGNED_IN_BULK.into_iter().filter(|field| header.has(field));
    let fields: Vec<&'static str> = SIGNED.into_iter().chain(of_bulk).collect();
    for key in keys {
        out.extend_from_slice(key.sign(&message, &fields)?.as_bytes());
    }
    out.extend_from_slice(&message);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_semicolon_stands_behind_the_signature() {
        let field = |end: &str| format!("DKIM-Signature: v=1; b=AbC\r\n\tdEf=={end}");
        assert_eq!(unfold_end(field("\r\n\t;\r\n")), field(";\r\n"));
        assert_eq!(unfold_end(field(";\r\n")), field(";\r\n"));
    }
}
