//! Recently resolved addresses, by the keyed hash of the address.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;

use super::Route;

pub(crate) struct RouteCache {
    routes: Mutex<lru::LruCache<Vec<u8>, Arc<Route>>>,
    generation: AtomicU64,
}

impl Default for RouteCache {
    fn default() -> Self {
        const CACHED: NonZeroUsize = NonZeroUsize::new(50_000).unwrap();
        RouteCache { routes: Mutex::new(lru::LruCache::new(CACHED)), generation: AtomicU64::new(0) }
    }
}

impl RouteCache {
    pub(super) fn get(&self, key: &[u8]) -> Option<Route> {
        self.routes.lock().get(key).map(|route| Route::clone(route))
    }

    /// A number that changes whenever the cache is cleared.
    pub(crate) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Keeps an answer that was read when the cache had this generation; an answer from before a change is dropped.
    pub(super) fn put(&self, key: Vec<u8>, route: Route, generation: u64) {
        let mut routes = self.routes.lock();
        if self.generation() == generation {
            routes.put(key, Arc::new(route));
        }
    }

    pub(crate) fn clear(&self) {
        let mut routes = self.routes.lock();
        self.generation.fetch_add(1, Ordering::AcqRel);
        routes.clear();
    }
}
