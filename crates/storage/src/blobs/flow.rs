//! Large blobs piece by piece, so that none is in memory as a whole.

use std::fmt;

use bytes::Bytes;
use futures_util::stream::BoxStream;

use super::{BlobError, folder, s3};

/// The content of a blob, piece by piece.
pub type Pieces = BoxStream<'static, Result<Bytes, BlobError>>;

/// A blob that is being written. Until [`Writing::finish`] nobody sees it; dropped before, it is gone.
pub struct Writing(pub(super) Kind);

pub(super) enum Kind {
    Folder(folder::Beside),
    S3(s3::Parts),
}

impl fmt::Debug for Writing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Writing")
    }
}

impl Writing {
    /// Adds a piece at the end.
    ///
    /// # Errors
    /// [`BlobError::Store`]; the blob cannot be finished then.
    pub async fn write(&mut self, piece: Bytes) -> Result<(), BlobError> {
        match &mut self.0 {
            Kind::Folder(beside) => beside.write(piece).await,
            Kind::S3(parts) => parts.write(piece).await,
        }
    }

    /// Makes the blob durable and seen.
    ///
    /// # Errors
    /// [`BlobError::Store`].
    pub async fn finish(self) -> Result<(), BlobError> {
        match self.0 {
            Kind::Folder(beside) => beside.finish().await,
            Kind::S3(parts) => parts.finish().await,
        }
    }
}
