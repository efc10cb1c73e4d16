//! The root key: 32 bytes that stand in no database and no backup of one.

use std::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::KeyError;
use super::cipher::{SubCipher, random_bytes};
use super::house::PSEUDONYM;
use crate::subject::Subject;

/// The root key and the keys that are derived from it.
pub struct RootKey {
    wrapping: SubCipher,
    lookup: Zeroizing<[u8; 32]>,
    pseudonym: Zeroizing<[u8; 32]>,
    check: Zeroizing<[u8; 32]>,
}

impl fmt::Debug for RootKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RootKey(…)")
    }
}

impl RootKey {
    /// Takes 32 bytes from a good random source.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        let derive = |label: &str| {
            let mut out = Zeroizing::new([0u8; 32]);
            Hkdf::<Sha256>::new(None, bytes)
                .expand_multi_info(&[b"mailkeep/root/1/", label.as_bytes()], out.as_mut_slice())
                .expect("32 bytes can be expanded");
            out
        };
        RootKey {
            wrapping: SubCipher::derive(bytes, "wrap"),
            lookup: derive("lookup"),
            pseudonym: derive("pseudonym"),
            check: derive("check"),
        }
    }

    /// Makes a new one in memory, for tests.
    pub fn random() -> Self {
        Self::from_bytes(&Zeroizing::new(random_bytes()))
    }

    /// A value that tells one root key from another and gives neither away.
    pub(super) fn check_value(&self) -> [u8; 32] {
        *self.check
    }

    pub(super) fn wrap(&self, subject: Subject, key_use: i64, key: &[u8; 32]) -> Vec<u8> {
        self.wrapping.seal(&wrap_data(subject, key_use), key)
    }

    pub(super) fn unwrap(
        &self,
        subject: Subject,
        key_use: i64,
        wrapped: &[u8],
    ) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        let plain = self.wrapping.open(&wrap_data(subject, key_use), wrapped).map(Zeroizing::new);
        let key = plain.and_then(|plain| plain.as_slice().try_into().ok().map(Zeroizing::new));
        key.ok_or(KeyError::WrongRoot)
    }

    /// Wraps a key of the house itself.
    pub(super) fn wrap_house(&self, name: &str, key: &[u8; 32]) -> Vec<u8> {
        self.wrapping.seal(&house_data(name), key)
    }

    pub(super) fn unwrap_house(&self, name: &str, wrapped: &[u8]) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        let plain = self.wrapping.open(&house_data(name), wrapped).map(Zeroizing::new);
        let key = plain.and_then(|plain| plain.as_slice().try_into().ok().map(Zeroizing::new));
        key.ok_or(KeyError::WrongRoot)
    }

    /// What the house keys were before they had rows of their own: an installation of that time keeps its hashes.
    pub(super) fn first_house_key(&self, name: &str) -> &[u8; 32] {
        if name == PSEUDONYM { &self.pseudonym } else { &self.lookup }
    }
}

fn house_data(name: &str) -> Vec<u8> {
    [b"mailkeep/house/1/", name.as_bytes()].concat()
}

fn wrap_data(subject: Subject, key_use: i64) -> Vec<u8> {
    let mut data = b"mailkeep/wrap/1/".to_vec();
    data.extend_from_slice(&subject.to_bytes());
    data.extend_from_slice(&key_use.to_be_bytes());
    data
}
