//! AES-256-GCM-SIV (RFC 8452) under sub-keys from HKDF (RFC 5869).
//!
//! A ciphertext is one byte of version, twelve of nonce, the encrypted bytes and sixteen of tag.

use aes_gcm_siv::aead::{Aead, Payload};
use aes_gcm_siv::{Aes256GcmSiv, KeyInit, Nonce};
use hkdf::Hkdf;
use rand::RngCore as _;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::subject::{Place, Subject};

const VERSION: u8 = 1;
const NONCE: usize = 12;
const TAG: usize = 16;

/// A sealed value as it is stored.
type Ciphertext = Vec<u8>;

/// Random bytes for keys and nonces, from the generator of the thread, which the operating system seeds.
pub(crate) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

/// A sub-key, ready for use.
#[derive(Clone)]
pub(crate) struct SubCipher(Box<Aes256GcmSiv>);

/// Derives the sub-key with the given label.
pub(crate) fn derive_key(key: &[u8; 32], label: &str) -> Zeroizing<[u8; 32]> {
    let mut sub_key = Zeroizing::new([0u8; 32]);
    Hkdf::<Sha256>::new(None, key)
        .expand_multi_info(&[b"mailkeep/1/", label.as_bytes()], sub_key.as_mut_slice())
        .expect("32 bytes can be expanded");
    sub_key
}

impl SubCipher {
    /// The cipher under the sub-key with the given label.
    pub(crate) fn derive(key: &[u8; 32], label: &str) -> Self {
        let sub_key = derive_key(key, label);
        SubCipher(Box::new(Aes256GcmSiv::new_from_slice(sub_key.as_slice()).expect("32 bytes make a key")))
    }

    pub(crate) fn seal(&self, additional_data: &[u8], plain: &[u8]) -> Ciphertext {
        let nonce = random_bytes::<NONCE>();
        let payload = Payload { msg: plain, aad: additional_data };
        let sealed = self.0.encrypt(&Nonce::from(nonce), payload).expect("a value is shorter than 64 GiB");
        let mut out = Vec::with_capacity(1 + NONCE + sealed.len());
        out.push(VERSION);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        out
    }

    /// The plain bytes; `None` when the ciphertext was changed, stands in another place or has another key.
    pub(crate) fn open(&self, additional_data: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (version, rest) = sealed.split_first()?;
        if *version != VERSION || rest.len() < NONCE + TAG {
            return None;
        }
        let (nonce, body) = rest.split_at(NONCE);
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        self.0.decrypt(&Nonce::from(nonce), Payload { msg: body, aad: additional_data }).ok()
    }
}

/// What binds a ciphertext to its subject and place.
pub(crate) fn additional_data(subject: Subject, place: &Place) -> Vec<u8> {
    let mut data = Vec::with_capacity(1 + 17 + 16 + 4 + place.table.len() + place.column.len());
    data.push(VERSION);
    data.extend_from_slice(&subject.to_bytes());
    data.extend_from_slice(place.row.as_bytes());
    for part in [place.table, place.column] {
        // Lengths keep ("ab", "c") and ("a", "bc") apart.
        data.extend_from_slice(&u16::try_from(part.len()).unwrap_or(u16::MAX).to_be_bytes());
        data.extend_from_slice(part.as_bytes());
    }
    data
}
