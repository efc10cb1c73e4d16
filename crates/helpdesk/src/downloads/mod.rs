//! Programs that people download: products, their releases, the files of each, and who may have them.
//!
//! Bytes are taken in and given out piece by piece, never as a whole in memory. What is known of a file (size, hash, signature)
//! is worked out while it is taken in. Downloads are counted as numbers by file and day; nobody is known by downloading.
//!
//! To add a platform, an architecture or a channel: a variant in `states.rs` and its text `download-platform-…`,
//! `download-architecture-…`, `download-channel-…`. To add an audience: [`Audience`], [`Release::admits`] and the table in its test.

mod acts;
mod count;
mod error;
mod intake;
mod list;
mod open;
mod products;
mod publish;
mod records;
mod shelf;
mod states;
mod store;
mod sweep;
#[cfg(test)]
mod tests;
mod versions;
mod write;

use mailkeep_types::{DownloadFileId, DownloadProductId, ReleaseId, Timestamp};

pub use acts::{Act, Done};
pub use count::{ADD_UP, Days};
pub use error::DownloadError;
pub use intake::{Broken, FileDraft, read_key, read_signature};
pub use list::{ProductEntry, WholeProduct, WholeRelease};
pub use open::Found;
pub use products::ProductDraft;
pub use shelf::Downloads;
pub use states::{Architecture, Audience, Barred, Channel, Platform, Reader, ReleaseState};
pub use sweep::register;
pub use versions::{is_version, newest_first};
pub use write::ReleaseDraft;

/// A program, or whatever else has releases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its number.
    pub id: DownloadProductId,
    /// Its address.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// The public key of minisign with which files of new releases must be signed.
    pub key: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A version of a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its number.
    pub id: ReleaseId,
    /// Of which product.
    pub product: DownloadProductId,
    /// Its version, as it is written.
    pub version: String,
    /// For whom it is ripe.
    pub channel: Channel,
    /// What is new, in Markdown.
    pub notes: String,
    /// Where it stands.
    pub state: ReleaseState,
    /// Who may download it.
    pub audience: Audience,
    /// The plans whose customers may, where plans decide.
    pub plans: Vec<String>,
    /// Why it was withdrawn.
    pub reason: Option<String>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// Since when readers see it.
    pub published_at: Option<Timestamp>,
    /// Since when it is not to be had any more.
    pub withdrawn_at: Option<Timestamp>,
}

/// A file of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseFile {
    /// Its number; its bytes are the blob of this number.
    pub id: DownloadFileId,
    /// Of which release.
    pub release: ReleaseId,
    /// For which system.
    pub platform: Platform,
    /// For which processor.
    pub architecture: Architecture,
    /// Its name.
    pub name: String,
    /// How large it is, in bytes.
    pub size_bytes: u64,
    /// Its SHA-256.
    pub sha256: [u8; 32],
    /// What minisign wrote about it.
    pub signature: Option<String>,
    /// The public key that the signature was verified with.
    pub signed_by: Option<String>,
    /// When it was taken in.
    pub added_at: Timestamp,
}

impl ReleaseFile {
    /// Its SHA-256 as `sha256sum` writes it.
    pub fn sha256_text(&self) -> String {
        data_encoding::HEXLOWER.encode(&self.sha256)
    }
}
