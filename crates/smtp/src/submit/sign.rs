//! DKIM signatures (RFC 6376, RFC 8463) on outgoing mail.

use mail_auth::common::crypto::{Ed25519Key, RsaKey, Sha256};
use mail_auth::common::headers::HeaderWriter;
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

/// Signed as well when the message itself is a bulk mail (RFC 8058 section 4).
const SIGNED_IN_BULK: [&str; 3] = ["List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"];

// The date of a signature (`t=`) is the one time in this crate that does not come from `types::Clock`: mail-auth 0.13 takes
// it from the system's clock and offers no way to hand one in, neither when signing nor when looking whether a signature
// has expired. Ours never expire (no `x=`), so a clock that differs changes nothing but that number.
type Signer<K> = DkimSigner<K, mail_auth::dkim::Done>;

/// A key that is ready to sign for a domain.
pub struct SigningKey {
    usual: Kind,
    bulk: Kind,
}

enum Kind {
    Rsa(Box<Signer<RsaKey<Sha256>>>),
    Ed25519(Box<Signer<Ed25519Key>>),
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
        let make = |bulk| -> Result<Kind, SignError> {
            let der = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(pkcs8.to_vec()));
            let key = RsaKey::<Sha256>::from_key_der(der)?;
            let signer = DkimSigner::from_key(key).domain(domain).selector(selector).headers(signed(bulk));
            Ok(Kind::Rsa(Box::new(signer)))
        };
        Ok(SigningKey { usual: make(false)?, bulk: make(true)? })
    }

    /// An Ed25519 key in PKCS #8, with or without its public half.
    ///
    /// # Errors
    /// When it is no such key.
    pub fn ed25519(domain: &str, selector: &str, pkcs8: &[u8]) -> Result<Self, SignError> {
        let make = |bulk| -> Result<Kind, SignError> {
            let key = Ed25519Key::from_pkcs8_maybe_unchecked_der(pkcs8)?;
            let signer = DkimSigner::from_key(key).domain(domain).selector(selector).headers(signed(bulk));
            Ok(Kind::Ed25519(Box::new(signer)))
        };
        Ok(SigningKey { usual: make(false)?, bulk: make(true)? })
    }

    fn sign(&self, message: &[u8], bulk: bool) -> Result<String, SignError> {
        let field = match if bulk { &self.bulk } else { &self.usual } {
            Kind::Rsa(signer) => signer.sign(message)?.to_header(),
            Kind::Ed25519(signer) => signer.sign(message)?.to_header(),
        };
        Ok(unfold_end(field))
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

fn signed(bulk: bool) -> impl Iterator<Item = &'static str> {
    SIGNED.into_iter().chain(SIGNED_IN_BULK.into_iter().filter(move |_| bulk))
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
    let bulk = HeaderSection::of(&message).has("List-Unsubscribe");
    for key in keys {
        out.extend_from_slice(key.sign(&message, bulk)?.as_bytes());
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
