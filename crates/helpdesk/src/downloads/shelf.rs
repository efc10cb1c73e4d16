//! The handle that the other crates hold. Its use cases stand in the files that are named by their verbs.

use std::sync::Arc;

use mailkeep_policy::Policy;
use mailkeep_storage::blobs::Blobs;
use mailkeep_storage::sql::Database;
use mailkeep_types::{DownloadFileId, Timestamp};

use super::count::Counted;
use super::records::RECORDS;
use super::store;

/// Products, releases and their files. Cheap to clone.
#[derive(Clone)]
pub struct Downloads {
    inner: Arc<Inner>,
}

struct Inner {
    db: Database,
    policy: Policy,
    blobs: Blobs,
    counted: Counted,
}

impl std::fmt::Debug for Downloads {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Downloads")
    }
}

/// Where the bytes of a file are.
pub(super) fn blob_key(id: DownloadFileId) -> String {
    format!("{BLOBS}/{id}")
}

/// What the keys of all files begin with.
pub(super) const BLOBS: &str = "downloads";

impl Downloads {
    /// Opens them, and tells the policy of their tables.
    pub fn open(db: Database, policy: Policy, blobs: Blobs) -> Self {
        policy.register_records(RECORDS);
        // The network probe downloads; from inside it is seen that what is published has something to download.
        policy.register_probe("downloads", |tx| {
            Ok(match store::published_without_files(tx)? {
                0 => Ok(()),
                n => Err(format!("{n} published releases have no file")),
            })
        });
        Downloads { inner: Arc::new(Inner { db, policy, blobs, counted: Counted::default() }) }
    }

    pub(super) fn db(&self) -> &Database {
        &self.inner.db
    }

    pub(super) fn policy(&self) -> &Policy {
        &self.inner.policy
    }

    pub(super) fn blobs(&self) -> &Blobs {
        &self.inner.blobs
    }

    pub(super) fn counted(&self) -> &Counted {
        &self.inner.counted
    }

    pub(super) fn now(&self) -> Timestamp {
        self.inner.policy.clock().now()
    }
}
