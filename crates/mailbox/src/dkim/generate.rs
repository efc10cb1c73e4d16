//! Making keys.

use base64::Engine;
use mail_auth::dkim::generate::DkimKeyPair;

use super::DkimAlgorithm;
use crate::error::{MailError, Result};

/// A new key.
pub(super) struct NewKey {
    pub algorithm: DkimAlgorithm,
    /// PKCS #8.
    pub private: zeroize::Zeroizing<Vec<u8>>,
    /// What stands behind `p=` in DNS.
    pub public: String,
}

/// Makes a key; RSA takes some hundred milliseconds, so call it from a thread that may be busy.
pub(super) fn generate(algorithm: DkimAlgorithm) -> Result<NewKey> {
    let failed = |error: mail_auth::Error| MailError::Library(format!("no DKIM key could be made: {error}"));
    let (private, public) = match algorithm {
        DkimAlgorithm::Rsa => {
            let (private, public) = DkimKeyPair::generate_rsa(2048).map_err(failed)?.into_inner();
            (pkcs8_of_rsa(&private), spki_of_rsa(&public))
        }
        DkimAlgorithm::Ed25519 => DkimKeyPair::generate_ed25519().map_err(failed)?.into_inner(),
    };
    let public = base64::engine::general_purpose::STANDARD.encode(public);
    Ok(NewKey { algorithm, private: private.into(), public })
}

/// AlgorithmIdentifier of rsaEncryption (RFC 3279 section 2.3.1).
const RSA_ENCRYPTION: &[u8] =
    &[0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];

/// Wraps an RSAPrivateKey as PKCS #8 (RFC 5208).
fn pkcs8_of_rsa(pkcs1: &[u8]) -> Vec<u8> {
    der(0x30, &[&[0x02, 0x01, 0x00], RSA_ENCRYPTION, &der(0x04, &[pkcs1])])
}

/// Wraps an RSAPublicKey as SubjectPublicKeyInfo: what receivers expect behind `p=`, although RFC 6376 names the inner
/// form.
fn spki_of_rsa(pkcs1: &[u8]) -> Vec<u8> {
    der(0x30, &[RSA_ENCRYPTION, &der(0x03, &[&[0], pkcs1])])
}

/// A DER value (X.690 section 8.1).
fn der(tag: u8, content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    let mut out = vec![tag];
    match u8::try_from(content.len()) {
        Ok(short) if short < 0x80 => out.push(short),
        _ => {
            let length = content.len().to_be_bytes();
            let length: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
            out.push(0x80 | u8::try_from(length.len()).unwrap_or(8));
            out.extend_from_slice(&length);
        }
    }
    out.extend_from_slice(&content);
    out
}
