//! The handle that the other crates hold. Its use cases stand in the files that are named by their verbs.

use std::sync::Arc;
use std::time::Duration;

use mailkeep_policy::Policy;
use mailkeep_storage::sql::{Database, SqlError, Tx};
use mailkeep_types::Timestamp;
use parking_lot::Mutex;

use super::library::Shelf;
use super::records::RECORDS;
use super::{ArticleError, Library, store};
use crate::networks::Networks;

/// How long a node may not know what another published. Its own changes it knows at once.
const FRESH: Duration = Duration::from_secs(5);
/// After so long it is read anew in any case: which articles helped most changes without a version.
const OLD: Duration = Duration::from_secs(900);

/// Articles and their search. Cheap to clone.
#[derive(Clone)]
pub struct Knowledgebase {
    inner: Arc<Inner>,
}

struct Inner {
    db: Database,
    policy: Policy,
    kept: Mutex<Option<Kept>>,
    /// From where articles were voted on, lately.
    voters: Networks,
}

#[derive(Clone)]
struct Kept {
    library: Arc<Library>,
    version: i64,
    read_at: Timestamp,
    looked_at: Timestamp,
}

impl std::fmt::Debug for Knowledgebase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Knowledgebase")
    }
}

impl Knowledgebase {
    /// Opens it, and tells the policy of its tables.
    pub fn open(db: Database, policy: Policy) -> Self {
        policy.register_records(RECORDS);
        // What the network probe finds stands on articles being there at all.
        policy.register_probe("knowledgebase-search", |tx| {
            Ok(match store::published_revisions(tx)?.is_empty() {
                false => Ok(()),
                true => Err("no article is published".to_owned()),
            })
        });
        Knowledgebase {
            inner: Arc::new(Inner { db, policy, kept: Mutex::new(None), voters: Networks::default() }),
        }
    }

    pub(super) fn db(&self) -> &Database {
        &self.inner.db
    }

    pub(super) fn policy(&self) -> &Policy {
        &self.inner.policy
    }

    pub(super) fn voters(&self) -> &Networks {
        &self.inner.voters
    }

    pub(super) fn now(&self) -> Timestamp {
        self.inner.policy.clock().now()
    }

    /// All that is published, as it is now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn library(&self) -> Result<Arc<Library>, ArticleError> {
        let now = self.now();
        let kept = self.inner.kept.lock().clone();
        if let Some(kept) = &kept
            && kept.looked_at <= now
            && now.since(kept.looked_at) < FRESH
        {
            return Ok(Arc::clone(&kept.library));
        }
        let version = self.db().read(store::version).await?;
        if let Some(kept) = kept
            && kept.version == version
            && kept.read_at <= now
            && now.since(kept.read_at) < OLD
        {
            *self.inner.kept.lock() = Some(Kept { looked_at: now, ..kept.clone() });
            return Ok(kept.library);
        }
        let (version, shelf) = self.db().read(read).await?;
        // Reading thousands of articles for the search would keep this thread from everything else.
        let library = tokio::task::spawn_blocking(move || Arc::new(Library::of(shelf)))
            .await
            .map_err(|error| SqlError::Engine(format!("reading the articles: {error}")))?;
        *self.inner.kept.lock() =
            Some(Kept { library: Arc::clone(&library), version, read_at: now, looked_at: now });
        Ok(library)
    }

    /// Lets the next reader ask the database.
    pub(super) fn forget(&self) {
        if let Some(kept) = self.inner.kept.lock().as_mut() {
            kept.looked_at = Timestamp::EPOCH;
        }
    }
}

fn read(tx: &mut Tx<'_>) -> Result<(i64, Shelf), SqlError> {
    let version = store::version(tx)?;
    let shelf = Shelf {
        categories: store::categories(tx)?,
        articles: store::articles(tx)?,
        texts: store::texts(tx)?,
        revisions: store::published_revisions(tx)?,
        old_slugs: store::old_slugs(tx)?,
        votes: store::votes(tx)?,
    };
    Ok((version, shelf))
}
