//! Blobs in a bucket of a store with the S3 API.

use std::ops::Range;

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutPayload, WriteMultipart};

use super::{BlobError, Pieces};

/// How many parts of a blob may be on their way at once, 5 MiB each.
const MOST_PARTS: usize = 4;

pub(super) struct S3(AmazonS3);

fn error(error: object_store::Error, key: &str) -> BlobError {
    match error {
        object_store::Error::NotFound { .. } => BlobError::NotFound(key.to_owned()),
        other => BlobError::Store(other.to_string()),
    }
}

/// A blob that is being written in parts.
pub(super) struct Parts {
    /// Nothing once it is finished.
    upload: Option<WriteMultipart>,
    key: String,
}

impl Parts {
    pub(super) async fn write(&mut self, piece: Bytes) -> Result<(), BlobError> {
        let Some(upload) = &mut self.upload else { return Ok(()) };
        upload.wait_for_capacity(MOST_PARTS).await.map_err(|e| error(e, &self.key))?;
        upload.put(piece);
        Ok(())
    }

    pub(super) async fn finish(mut self) -> Result<(), BlobError> {
        let Some(upload) = self.upload.take() else { return Ok(()) };
        upload.finish().await.map(drop).map_err(|e| error(e, &self.key))
    }
}

impl Drop for Parts {
    fn drop(&mut self) {
        // The store keeps parts that nobody finished, and charges for them.
        if let (Some(upload), Ok(runtime)) = (self.upload.take(), tokio::runtime::Handle::try_current()) {
            runtime.spawn(async move {
                if let Err(error) = upload.abort().await {
                    tracing::warn!(%error, "parts of a blob that was given up stay in the store");
                }
            });
        }
    }
}

impl S3 {
    pub(super) fn open(
        endpoint: &str,
        bucket: &str,
        region: &str,
        access_key_id: &str,
        secret_access_key: &str,
    ) -> Result<Self, BlobError> {
        let store = AmazonS3Builder::new()
            .with_endpoint(endpoint)
            // Plain HTTP is for a store on the same machine; config check warns about any other.
            .with_allow_http(endpoint.starts_with("http://"))
            .with_bucket_name(bucket)
            .with_region(region)
            .with_access_key_id(access_key_id)
            .with_secret_access_key(secret_access_key)
            .build()
            .map_err(|cause| BlobError::Store(cause.to_string()))?;
        Ok(S3(store))
    }

    pub(super) async fn put(&self, key: &str, content: Bytes) -> Result<(), BlobError> {
        self.0.put(&Path::from(key), PutPayload::from(content)).await.map(drop).map_err(|e| error(e, key))
    }

    pub(super) async fn get(&self, key: &str) -> Result<Bytes, BlobError> {
        let found = self.0.get(&Path::from(key)).await.map_err(|e| error(e, key))?;
        found.bytes().await.map_err(|e| error(e, key))
    }

    pub(super) async fn begin(&self, key: &str) -> Result<Parts, BlobError> {
        let upload = self.0.put_multipart(&Path::from(key)).await.map_err(|e| error(e, key))?;
        Ok(Parts { upload: Some(WriteMultipart::new(upload)), key: key.to_owned() })
    }

    pub(super) async fn read(&self, key: &str, range: Range<u64>) -> Result<Pieces, BlobError> {
        let options = GetOptions { range: Some(GetRange::Bounded(range)), ..GetOptions::default() };
        let found = self.0.get_opts(&Path::from(key), options).await.map_err(|e| error(e, key))?;
        let key = key.to_owned();
        Ok(found.into_stream().map_err(move |e| error(e, &key)).boxed())
    }

    pub(super) async fn size(&self, key: &str) -> Result<u64, BlobError> {
        self.0.head(&Path::from(key)).await.map(|meta| meta.size).map_err(|e| error(e, key))
    }

    pub(super) async fn delete(&self, key: &str) -> Result<(), BlobError> {
        match self.0.delete(&Path::from(key)).await {
            Err(object_store::Error::NotFound { .. }) | Ok(()) => Ok(()),
            Err(other) => Err(error(other, key)),
        }
    }

    pub(super) async fn list(&self, prefix: &str) -> Result<Vec<String>, BlobError> {
        let found = self.0.list(Some(&Path::from(prefix)));
        found.map_ok(|meta| meta.location.to_string()).try_collect().await.map_err(|e| error(e, prefix))
    }
}
