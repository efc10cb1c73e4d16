//! DKIM keys of domains (RFC 6376, RFC 8463): made by us, an RSA and an Ed25519 one for each domain, private keys sealed
//! at rest. The smtp crate signs with them.

mod generate;
mod keys;
pub(crate) mod store;

#[cfg(test)]
mod tests;

pub use keys::{DkimPublicKey, DkimSigningKey};

pub(crate) use keys::CachedSigners;

/// How a key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DkimAlgorithm {
    /// RSA with 2048 bits, which every receiver knows.
    Rsa,
    /// Ed25519, short and strong, which some receivers know.
    Ed25519,
}

impl DkimAlgorithm {
    /// Both.
    pub const ALL: [DkimAlgorithm; 2] = [DkimAlgorithm::Rsa, DkimAlgorithm::Ed25519];

    /// The name in the DNS record (`k=`) and the database.
    pub const fn id(self) -> &'static str {
        match self {
            DkimAlgorithm::Rsa => "rsa",
            DkimAlgorithm::Ed25519 => "ed25519",
        }
    }

    /// Reads the name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.id() == id)
    }
}
