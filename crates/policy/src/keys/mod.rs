//! Keys: one root key outside every database, and per subject a data key, a books key and a ledger key in a database of
//! their own, wrapped by the root key. Destroying a data key makes everything sealed under it unreadable.

mod cipher;
mod house;
mod house_values;
mod mailbox;
mod root;
mod rotate;
mod source;
mod store;
#[cfg(test)]
mod tests;

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use lru::LruCache;
use mailkeep_storage::sql::{Database, SqlError};
use mailkeep_types::{SharedClock, Timestamp};
use parking_lot::Mutex;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::ledger::NoteSigner;
use crate::subject::Subject;
use crate::vocabulary::CategoryId;

pub(crate) use cipher::additional_data;
pub(crate) use cipher::{SubCipher, derive_key, random_bytes};
pub(crate) use house::HouseKeys;
pub use house::LookupKind;
pub use mailbox::{MailColumn, MailboxCipher};
pub use root::RootKey;
pub use rotate::{KEYS_AT_ONCE, KeyCount, KeyFigures, Rotated, key_figures, rotate_root};
pub use source::RootKeySource;

/// How long a key stays in memory before the key database is asked again, so that an erasure on another node takes
/// effect here too.
const CACHED_FOR: Duration = Duration::from_secs(60);
const CACHED_SUBJECTS: usize = 20_000;

/// What a subject's key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyUse {
    /// Everything that goes at erasure.
    Data,
    /// Invoices, which the law wants kept.
    Books,
    /// The ledger's entries about the subject.
    Ledger,
}

impl KeyUse {
    pub(crate) const ALL: [KeyUse; 3] = [KeyUse::Data, KeyUse::Books, KeyUse::Ledger];

    const fn stored(self) -> i64 {
        match self {
            KeyUse::Data => 1,
            KeyUse::Books => 2,
            KeyUse::Ledger => 3,
        }
    }
}

/// The house key that signs heads of the ledger.
const LEDGER: &str = "ledger";

/// Why there is no key.
#[derive(Debug, Clone, thiserror::Error)]
pub enum KeyError {
    /// Nothing was ever sealed for the subject.
    #[error("{0:?} has no key; make one with Policy::create_key before anything is sealed for it")]
    Missing(Subject),
    /// The data was erased.
    #[error("the data of {0:?} was erased")]
    Erased(Subject),
    /// The root key is another than the one the keys were wrapped with.
    #[error(
        "the root key does not fit the key database; restore the root key file that belongs to it, without it no \
         personal data can be read"
    )]
    WrongRoot,
    /// A rotation of the root key was begun and not completed.
    #[error(
        "the root key is being replaced, and that was interrupted: run `mailkeep keys rotate-root` again, it goes on \
         where it stopped"
    )]
    Rotating,
    /// A node serves, and would lose its keys.
    #[error(
        "{0} of the nodes serve now: stop them all first (one that crashed is forgotten after two minutes)"
    )]
    Serving(i64),
    /// The root key cannot be read.
    #[error("{0}")]
    Root(String),
    /// The key database failed.
    #[error("the key database: {0}")]
    Sql(#[from] SqlError),
}

/// The house key with this name. One of an installation that had none yet is what its root key gave until then.
async fn house_key(
    db: &Database,
    root: &RootKey,
    name: &'static str,
    fresh: bool,
) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let first = match fresh {
        true => Zeroizing::new(random_bytes()),
        false => Zeroizing::new(*root.first_house_key(name)),
    };
    let wrapped = root.wrap_house(name, &first);
    let (_, wrapped) = db.write(move |tx| store::house_key(tx, name, "", &wrapped)).await?;
    root.unwrap_house(name, &wrapped)
}

/// The unwrapped keys of a subject, with the key schedules that were used so far.
pub(crate) struct SubjectKeys {
    subject: Subject,
    material: [Option<Zeroizing<[u8; 32]>>; 3],
    categories: [std::sync::OnceLock<SubCipher>; CategoryId::COUNT],
    ledger: std::sync::OnceLock<SubCipher>,
    destroyed: AtomicBool,
}

impl SubjectKeys {
    fn material(&self, key_use: KeyUse) -> Result<&[u8; 32], KeyError> {
        let slot = &self.material[KeyUse::ALL.iter().position(|k| *k == key_use).unwrap_or(0)];
        match slot {
            Some(key) if key_use != KeyUse::Data || !self.destroyed.load(Ordering::Acquire) => Ok(key),
            _ => Err(KeyError::Erased(self.subject)),
        }
    }

    /// The cipher for a category: AES-256-GCM-SIV under a sub-key of its own.
    pub(crate) fn category(&self, category: CategoryId, key_use: KeyUse) -> Result<&SubCipher, KeyError> {
        let material = self.material(key_use)?;
        Ok(self.categories[category.index()].get_or_init(|| SubCipher::derive(material, category.id())))
    }

    /// A key for another use, derived from the data key.
    pub(crate) fn derive(&self, label: &str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        Ok(cipher::derive_key(self.material(KeyUse::Data)?, label))
    }

    /// The cipher for ledger entries.
    pub(crate) fn ledger(&self) -> Result<&SubCipher, KeyError> {
        let material = self.material(KeyUse::Ledger)?;
        Ok(self.ledger.get_or_init(|| SubCipher::derive(material, "ledger")))
    }

    /// Whether the data key is there.
    pub(crate) fn has_data(&self) -> bool {
        self.material(KeyUse::Data).is_ok()
    }

    /// Whether the data key was destroyed on this node since the keys were read.
    pub(crate) fn data_destroyed(&self) -> bool {
        self.destroyed.load(Ordering::Acquire)
    }
}

/// The key database and what is cached of it.
pub(crate) struct KeyStore {
    db: Database,
    clock: SharedClock,
    root: RootKey,
    house: HouseKeys,
    cache: Mutex<LruCache<Subject, (Arc<SubjectKeys>, Timestamp)>>,
    ledger_signer: Mutex<Option<Arc<NoteSigner>>>,
}

impl KeyStore {
    /// Opens the key database and sees to it that the root key fits.
    pub(crate) async fn open(db: Database, root: RootKey, clock: SharedClock) -> Result<Self, KeyError> {
        let check = root.check_value();
        let opened = db.write(move |tx| store::open(tx, &check)).await?;
        if opened.rotating {
            return Err(KeyError::Rotating);
        }
        if opened.check != check {
            return Err(KeyError::WrongRoot);
        }
        let house = HouseKeys {
            lookup: house_key(&db, &root, house::LOOKUP, opened.fresh).await?,
            pseudonym: house_key(&db, &root, house::PSEUDONYM, opened.fresh).await?,
        };
        let size = NonZeroUsize::new(CACHED_SUBJECTS).unwrap_or(NonZeroUsize::MIN);
        let cache = Mutex::new(LruCache::new(size));
        Ok(KeyStore { db, clock, root, house, cache, ledger_signer: Mutex::default() })
    }

    /// The key that signs heads of the ledger, made at the first use under the given name; later names do not count,
    /// because heads that are printed already carry the first.
    pub(crate) async fn ledger_signer(&self, origin: &str) -> Result<Arc<NoteSigner>, KeyError> {
        if let Some(signer) = &*self.ledger_signer.lock() {
            return Ok(Arc::clone(signer));
        }
        let (label, wrapped) =
            (origin.to_owned(), self.root.wrap_house(LEDGER, &Zeroizing::new(random_bytes())));
        let (label, wrapped) =
            self.db.write(move |tx| store::house_key(tx, LEDGER, &label, &wrapped)).await?;
        let seed = self.root.unwrap_house(LEDGER, &wrapped)?;
        let signer = Arc::new(NoteSigner::new(label, &seed));
        *self.ledger_signer.lock() = Some(Arc::clone(&signer));
        Ok(signer)
    }

    /// A secret of the house, made at the first use.
    pub(crate) async fn house_secret(&self, name: &'static str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        let wrapped = self.root.wrap_house(name, &Zeroizing::new(random_bytes()));
        let (_, wrapped) = self.db.write(move |tx| store::house_key(tx, name, "", &wrapped)).await?;
        self.root.unwrap_house(name, &wrapped)
    }

    pub(crate) fn database(&self) -> &Database {
        &self.db
    }

    /// The keys of look-up hashes and pseudonyms.
    pub(crate) fn house(&self) -> &HouseKeys {
        &self.house
    }

    /// Says that this node serves, so that the root key is not replaced under it.
    pub(crate) async fn say_serving(&self, node: Uuid) -> Result<(), KeyError> {
        Ok(self.db.write(move |tx| store::say_serving(tx, node)).await?)
    }

    /// Says that this node serves no longer.
    pub(crate) async fn stop_serving(&self, node: Uuid) -> Result<(), KeyError> {
        Ok(self.db.write(move |tx| store::stop_serving(tx, node)).await?)
    }

    /// Makes the subject's keys unless they are there.
    pub(crate) async fn create(&self, subject: Subject) -> Result<Arc<SubjectKeys>, KeyError> {
        if let Some(cached) = self.cached(subject) {
            return Ok(cached);
        }
        let mut wrapped = Vec::with_capacity(KeyUse::ALL.len());
        for key_use in KeyUse::ALL {
            let key = Zeroizing::new(random_bytes::<32>());
            wrapped.push((key_use.stored(), self.root.wrap(subject, key_use.stored(), &key)));
        }
        self.db
            .write(move |tx| -> Result<(), SqlError> {
                // Somebody else may have made them first; theirs stay.
                if store::load(tx, subject)?.is_empty() {
                    for (key_use, bytes) in &wrapped {
                        store::insert(tx, subject, *key_use, bytes)?;
                    }
                }
                Ok(())
            })
            .await?;
        self.get(subject).await
    }

    fn cached(&self, subject: Subject) -> Option<Arc<SubjectKeys>> {
        let now = self.clock.now();
        let mut cache = self.cache.lock();
        let (keys, read_at) = cache.get(&subject)?;
        (now.since(*read_at) <= CACHED_FOR && *read_at <= now).then(|| Arc::clone(keys))
    }

    /// The subject's keys, from memory or from the key database.
    pub(crate) async fn get(&self, subject: Subject) -> Result<Arc<SubjectKeys>, KeyError> {
        if let Some(cached) = self.cached(subject) {
            return Ok(cached);
        }
        let rows = self.db.read(move |tx| store::load(tx, subject)).await?;
        self.unwrap(subject, rows)
    }

    /// As [`KeyStore::get`], for callers that cannot wait asynchronously, such as a closure on a database thread. The
    /// key database answers from its own threads, so that waiting here blocks nothing that it needs.
    pub(crate) fn get_now(&self, subject: Subject) -> Result<Arc<SubjectKeys>, KeyError> {
        match self.cached(subject) {
            Some(cached) => Ok(cached),
            None => wait_for(self.get(subject)),
        }
    }

    fn unwrap(&self, subject: Subject, rows: Vec<store::StoredKey>) -> Result<Arc<SubjectKeys>, KeyError> {
        if rows.is_empty() {
            return Err(KeyError::Missing(subject));
        }
        let mut material = [None, None, None];
        for (slot, key_use) in material.iter_mut().zip(KeyUse::ALL) {
            let wrapped = rows.iter().find(|(stored, _)| *stored == key_use.stored());
            if let Some((_, Some(wrapped))) = wrapped {
                *slot = Some(self.root.unwrap(subject, key_use.stored(), wrapped)?);
            }
        }
        let keys = Arc::new(SubjectKeys {
            subject,
            material,
            categories: [const { std::sync::OnceLock::new() }; CategoryId::COUNT],
            ledger: std::sync::OnceLock::new(),
            destroyed: AtomicBool::new(false),
        });
        self.cache.lock().put(subject, (Arc::clone(&keys), self.clock.now()));
        Ok(keys)
    }

    /// Destroys one of the subject's keys for good. True when it was there.
    pub(crate) async fn destroy(&self, subject: Subject, key_use: KeyUse) -> Result<bool, KeyError> {
        let destroyed = self.db.write(move |tx| store::destroy(tx, subject, key_use.stored())).await?;
        if let Some((keys, _)) = self.cache.lock().pop(&subject)
            && key_use == KeyUse::Data
        {
            keys.destroyed.store(true, Ordering::Release);
        }
        Ok(destroyed)
    }
}

/// Wakes a thread that waits in [`wait_for`].
struct Unpark(std::thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn wait_for<F: Future>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = std::pin::pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => std::thread::park(),
        }
    }
}
