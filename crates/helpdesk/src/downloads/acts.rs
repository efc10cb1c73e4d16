//! What staff did with downloads, kept for whoever asks later.

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{DownloadProductId, StaffId, Timestamp, words};

use super::store;

words! {
    /// What was done.
    Act {
        /// A product was added.
        AddedProduct = "added_product",
        /// A product was changed.
        ChangedProduct = "changed_product",
        /// A release was begun.
        Began = "began",
        /// A release was changed.
        Changed = "changed",
        /// A draft was removed.
        Removed = "removed",
        /// A file was taken in.
        AddedFile = "added_file",
        /// A file of a draft was removed.
        RemovedFile = "removed_file",
        /// A release was published.
        Published = "published",
        /// A release was withdrawn.
        Withdrew = "withdrew",
    }
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// What.
    pub act: Act,
    /// With which version or file.
    pub about: String,
    /// Who.
    pub staff: StaffId,
    /// When.
    pub at: Timestamp,
}

/// Writes an act down, in the transaction that does it.
pub(super) fn note(
    tx: &mut Tx<'_>,
    product: DownloadProductId,
    act: Act,
    about: &str,
    staff: StaffId,
) -> Result<(), SqlError> {
    let done = Done { act, about: about.to_owned(), staff, at: tx.now() };
    store::add_act(tx, product, &done)
}
