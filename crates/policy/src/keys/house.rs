//! Keys of the house that outlive a root key: look-up hashes and the pseudonyms of staff are made with them. They stand
//! wrapped in the key database, so that a rotation of the root changes none of what is stored under them.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// The house key of the look-up hashes.
pub(super) const LOOKUP: &str = "lookup";
/// The house key of the pseudonyms.
pub(super) const PSEUDONYM: &str = "pseudonym";

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

/// The house keys, unwrapped.
pub(crate) struct HouseKeys {
    pub(super) lookup: Zeroizing<[u8; 32]>,
    pub(super) pseudonym: Zeroizing<[u8; 32]>,
}

impl HouseKeys {
    /// A keyed hash by which a value is found again without being stored.
    pub(crate) fn lookup_hash(&self, kind: LookupKind, text: &str) -> [u8; 32] {
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
