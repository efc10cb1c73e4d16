//! The root key: 32 bytes that stand in no database and no backup of one.

use std::fmt;
use std::io::Write as _;
use std::path::PathBuf;

use data_encoding::HEXLOWER_PERMISSIVE;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::KeyError;
use super::cipher::{SubCipher, random_bytes};
use crate::subject::Subject;

/// Where the root key comes from.
#[derive(Debug, Clone)]
pub enum RootKeySource {
    /// A file with 64 hexadecimal digits, readable by its owner alone.
    File(PathBuf),
    /// An environment variable with 64 hexadecimal digits.
    Environment(String),
}

/// What a keyed hash is taken of. Each kind has hashes of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LookupKind {
    /// A mail address, in its canonical form.
    Email,
    /// A network address.
    Network,
    /// A telephone number.
    Phone,
    /// Anything else that is looked up by equality: a name, a fingerprint.
    Other,
}

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

    /// Makes a new one in memory, for tests and for [`RootKey::create_file`].
    pub fn random() -> Self {
        Self::from_bytes(&Zeroizing::new(random_bytes()))
    }

    /// Writes a new root key to a file that only its owner can read, unless the file is there.
    ///
    /// # Errors
    /// What the system says, with the path. An existing file is never overwritten.
    pub fn create_file(path: &std::path::Path) -> Result<(), KeyError> {
        if path.exists() {
            return Ok(());
        }
        let failed =
            |error: std::io::Error| KeyError::Root(format!("the root key {}: {error}", path.display()));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(failed)?;
        let text = Zeroizing::new(data_encoding::HEXLOWER.encode(&*Zeroizing::new(random_bytes::<32>())));
        file.write_all(text.as_bytes()).and_then(|()| file.write_all(b"\n")).map_err(failed)?;
        file.sync_all().map_err(failed)
    }

    /// Reads the root key.
    ///
    /// # Errors
    /// Says what to do when it is missing, malformed, or readable by others.
    pub fn load(source: &RootKeySource) -> Result<Self, KeyError> {
        let (text, place) = match source {
            RootKeySource::File(path) => {
                let place = path.display().to_string();
                let text = std::fs::read_to_string(path).map(Zeroizing::new).map_err(|error| {
                    KeyError::Root(format!(
                        "the root key {place} cannot be read: {error}; `mailkeep init` makes one"
                    ))
                })?;
                #[cfg(unix)]
                {
                    use std::os::unix::fs::PermissionsExt as _;
                    let mode = std::fs::metadata(path).map(|meta| meta.permissions().mode()).unwrap_or(0);
                    if mode & 0o077 != 0 {
                        return Err(KeyError::Root(format!(
                            "the root key {place} can be read by others; run `chmod 600 {place}`"
                        )));
                    }
                }
                (text, place)
            }
            RootKeySource::Environment(name) => {
                let text = std::env::var(name).map(Zeroizing::new).map_err(|_| {
                    KeyError::Root(format!("the environment variable {name} with the root key is not set"))
                })?;
                (text, name.clone())
            }
        };
        let decoded = HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).map(Zeroizing::new);
        let bytes: Option<Zeroizing<[u8; 32]>> =
            decoded.ok().and_then(|bytes| bytes.as_slice().try_into().ok().map(Zeroizing::new));
        bytes.map(|bytes| Self::from_bytes(&bytes)).ok_or_else(|| {
            KeyError::Root(format!(
                "{place} does not hold a root key; it has 64 hexadecimal digits and nothing else"
            ))
        })
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

    /// A keyed hash by which a value is found again without being stored.
    pub fn lookup_hash(&self, kind: LookupKind, text: &str) -> [u8; 32] {
        let label: &[u8] = match kind {
            LookupKind::Email => b"email:",
            LookupKind::Network => b"network:",
            LookupKind::Phone => b"phone:",
            LookupKind::Other => b"other:",
        };
        keyed(&self.lookup, &[label, text.as_bytes()])
    }

    /// The stable pseudonym of a member of staff, e.g. `S-4K7Q2MZA`.
    pub(crate) fn staff_pseudonym(&self, staff: mailkeep_types::StaffId) -> String {
        let hash = keyed(&self.pseudonym, &[staff.as_bytes()]);
        format!("S-{}", data_encoding::BASE32_NOPAD.encode(&hash[..5]))
    }
}

fn keyed(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
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
