//! Large content beside the database: in a local folder or in a store with the S3 API.
//!
//! Keys are paths such as `bodies/3f/018f…`; whoever stores encrypts first. `put` returns when the content is durable.

mod folder;
mod s3;

use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;

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
    async fn keys_stay_inside() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(&BlobsConfig::Folder(folder.path().to_owned())).unwrap();
        for key in ["../x", "/etc/passwd", "a//b", "", "a/./b", "a\0b"] {
            assert!(matches!(blobs.get(key).await, Err(BlobError::Key(_))), "{key}");
        }
    }
}
