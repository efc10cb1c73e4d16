//! Large content beside the database: in a local folder or in a store with the S3 API.
//!
//! Keys are paths such as `bodies/3f/018f…`; whoever stores encrypts first. `put` returns when the content is durable. What may
//! be larger than memory is written with [`Blobs::begin`] and read with [`Blobs::read`].

mod flow;
mod folder;
mod s3;

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::TryStreamExt;

pub use flow::{Pieces, Writing};

/// Where blobs are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlobsConfig {
    /// A local folder.
    Folder(PathBuf),
    /// A bucket of an S3 store.
    S3 {
        /// E.g. `https://s3.example.com`.
        endpoint: String,
        /// The bucket; it must exist.
        bucket: String,
        /// The region that signatures name.
        region: String,
        /// Access key.
        access_key_id: String,
        /// Secret key.
        secret_access_key: String,
    },
}

/// Why a blob cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// There is no blob under this key.
    #[error("there is no blob {0}")]
    NotFound(String),
    /// The key is not a plain relative path.
    #[error("{0:?} is not a key of a blob")]
    Key(String),
    /// The store cannot be reached, read or written.
    #[error("the blob store failed: {0}")]
    Store(String),
}

/// A handle to the blobs; cheap to clone.
#[derive(Clone)]
pub struct Blobs(Arc<Kind>);

enum Kind {
    Folder(folder::Folder),
    S3(s3::S3),
}

impl Blobs {
    /// Opens the store.
    ///
    /// # Errors
    /// When the folder cannot be made or the store's configuration is malformed.
    pub fn open(config: &BlobsConfig) -> Result<Self, BlobError> {
        Ok(Blobs(Arc::new(match config {
            BlobsConfig::Folder(path) => Kind::Folder(folder::Folder::open(path)?),
            BlobsConfig::S3 { endpoint, bucket, region, access_key_id, secret_access_key } => {
                Kind::S3(s3::S3::open(endpoint, bucket, region, access_key_id, secret_access_key)?)
            }
        })))
    }

    /// Stores `content` under `key`, replacing what was there.
    pub async fn put(&self, key: &str, content: impl Into<Bytes>) -> Result<(), BlobError> {
        check_key(key)?;
        match &*self.0 {
            Kind::Folder(folder) => folder.put(key, content.into()).await,
            Kind::S3(s3) => s3.put(key, content.into()).await,
        }
    }

    /// Gives the content under `key`.
    pub async fn get(&self, key: &str) -> Result<Bytes, BlobError> {
        check_key(key)?;
        match &*self.0 {
            Kind::Folder(folder) => folder.get(key).await,
            Kind::S3(s3) => s3.get(key).await,
        }
    }

    /// Begins a blob that is written piece by piece.
    ///
    /// # Errors
    /// As [`Blobs::put`].
    pub async fn begin(&self, key: &str) -> Result<Writing, BlobError> {
        check_key(key)?;
        Ok(Writing(match &*self.0 {
            Kind::Folder(folder) => flow::Kind::Folder(folder.begin(key).await?),
            Kind::S3(s3) => flow::Kind::S3(s3.begin(key).await?),
        }))
    }

    /// Gives the bytes of `range` of what is under `key`, piece by piece. The range must lie within the blob.
    ///
    /// # Errors
    /// As [`Blobs::get`]; a store that fails later says so within the pieces.
    pub async fn read(&self, key: &str, range: Range<u64>) -> Result<Pieces, BlobError> {
        check_key(key)?;
        match &*self.0 {
            Kind::Folder(folder) => folder.read(key, range).await,
            Kind::S3(s3) => s3.read(key, range).await,
        }
    }

    /// How many bytes are under `key`.
    ///
    /// # Errors
    /// As [`Blobs::get`].
    pub async fn size(&self, key: &str) -> Result<u64, BlobError> {
        check_key(key)?;
        match &*self.0 {
            Kind::Folder(folder) => folder.size(key).await,
            Kind::S3(s3) => s3.size(key).await,
        }
    }

    /// Copies what is under `key` to the same key of another store, piece by piece.
    ///
    /// # Errors
    /// As [`Blobs::get`] and [`Blobs::put`].
    pub async fn copy_to(&self, key: &str, to: &Blobs) -> Result<(), BlobError> {
        let size = self.size(key).await?;
        let mut pieces = self.read(key, 0..size).await?;
        let mut writing = to.begin(key).await?;
        while let Some(piece) = pieces.try_next().await? {
            writing.write(piece).await?;
        }
        writing.finish().await
    }

    /// Removes what is under `key`; removing what is not there is no error.
    pub async fn delete(&self, key: &str) -> Result<(), BlobError> {
        check_key(key)?;
        match &*self.0 {
            Kind::Folder(folder) => folder.delete(key).await,
            Kind::S3(s3) => s3.delete(key).await,
        }
    }

    /// All keys that begin with the path `prefix`, in no order.
    pub async fn list(&self, prefix: &str) -> Result<Vec<String>, BlobError> {
        match &*self.0 {
            Kind::Folder(folder) => folder.list(prefix).await,
            Kind::S3(s3) => s3.list(prefix).await,
        }
    }
}

fn check_key(key: &str) -> Result<(), BlobError> {
    let part_ok = |part: &str| {
        !part.is_empty()
            && part != "."
            && part != ".."
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    if key.len() <= 512 && key.split('/').all(part_ok) { Ok(()) } else { Err(BlobError::Key(key.to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_folder_keeps_replaces_lists_and_forgets() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(&BlobsConfig::Folder(folder.path().join("blobs"))).unwrap();
        blobs.put("bodies/ab/one", "first").await.unwrap();
        blobs.put("bodies/ab/one", "second").await.unwrap();
        assert_eq!(&blobs.get("bodies/ab/one").await.unwrap()[..], b"second");
        assert_eq!(blobs.list("bodies").await.unwrap(), ["bodies/ab/one"]);
        assert_eq!(blobs.list("nothing").await.unwrap(), [""; 0]);
        blobs.delete("bodies/ab/one").await.unwrap();
        blobs.delete("bodies/ab/one").await.unwrap();
        assert!(matches!(blobs.get("bodies/ab/one").await, Err(BlobError::NotFound(_))));
    }

    #[tokio::test]
    async fn a_blob_in_pieces_is_seen_once_it_is_finished() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(&BlobsConfig::Folder(folder.path().join("blobs"))).unwrap();
        let whole: Vec<u8> = (0..700_000u32).map(|at| at.to_le_bytes()[at as usize % 3]).collect();

        let mut writing = blobs.begin("downloads/one").await.unwrap();
        for piece in whole.chunks(65_537) {
            writing.write(Bytes::copy_from_slice(piece)).await.unwrap();
        }
        assert!(matches!(blobs.get("downloads/one").await, Err(BlobError::NotFound(_))), "not before");
        writing.finish().await.unwrap();
        assert_eq!(&blobs.get("downloads/one").await.unwrap()[..], &whole[..]);

        let read = async |range: Range<u64>| {
            let pieces: Vec<Bytes> =
                blobs.read("downloads/one", range).await.unwrap().try_collect().await.unwrap();
            pieces.concat()
        };
        assert!(read(0..700_000).await == whole);
        assert!(read(123_456..654_321).await == whole[123_456..654_321]);
        assert!(read(699_999..700_000).await == whole[699_999..]);
        assert!(blobs.read("downloads/two", 0..1).await.is_err());

        let other = Blobs::open(&BlobsConfig::Folder(folder.path().join("other"))).unwrap();
        blobs.copy_to("downloads/one", &other).await.unwrap();
        assert!(other.get("downloads/one").await.unwrap() == whole);

        let mut left = blobs.begin("downloads/left").await.unwrap();
        left.write(Bytes::from_static(b"half")).await.unwrap();
        drop(left);
        assert_eq!(blobs.list("downloads").await.unwrap(), ["downloads/one"]);
        assert_eq!(std::fs::read_dir(folder.path().join("blobs/.tmp")).unwrap().count(), 0, "nothing stays");
    }

    #[tokio::test]
    async fn keys_stay_inside() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(&BlobsConfig::Folder(folder.path().to_owned())).unwrap();
        for key in ["../x", "/etc/passwd", "a//b", "", "a/./b", "a\0b"] {
            assert!(matches!(blobs.get(key).await, Err(BlobError::Key(_))), "{key}");
        }
    }
}
