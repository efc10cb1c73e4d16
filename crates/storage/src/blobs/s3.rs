//! Blobs in a bucket of a store with the S3 API.

use bytes::Bytes;
use futures_util::TryStreamExt;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};

use super::BlobError;

pub(super) struct S3(AmazonS3);

fn error(error: object_store::Error, key: &str) -> BlobError {
    match error {
        object_store::Error::NotFound { .. } => BlobError::NotFound(key.to_owned()),
        other => BlobError::Store(other.to_string()),
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
