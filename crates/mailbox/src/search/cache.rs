//! Filters of recently searched mailboxes, within a bound of memory.

use std::collections::HashMap;
use std::sync::Arc;

use mailkeep_types::{BodyId, MailboxId};
use parking_lot::Mutex;

/// The filters of one mailbox.
#[derive(Default)]
pub(crate) struct MailboxFilters {
    filters: HashMap<BodyId, Box<[u8]>>,
    bytes: usize,
}

/// What an entry takes beside its filter.
const ENTRY: usize = 64;

impl MailboxFilters {
    pub(super) fn insert(&mut self, body: BodyId, filter: &[u8]) {
        self.bytes += filter.len() + ENTRY;
        self.filters.insert(body, filter.into());
    }

    pub(super) fn get(&self, body: BodyId) -> Option<&[u8]> {
        self.filters.get(&body).map(|filter| &**filter)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.filters.is_empty()
    }
}

/// All of them, the mailbox searched last kept longest.
pub(crate) struct SearchCache {
    limit: usize,
    inner: Mutex<Inner>,
}

struct Inner {
    mailboxes: lru::LruCache<MailboxId, Arc<Mutex<MailboxFilters>>>,
}

impl SearchCache {
    pub(crate) fn new(limit: usize) -> Self {
        SearchCache { limit, inner: Mutex::new(Inner { mailboxes: lru::LruCache::unbounded() }) }
    }

    /// The filters of a mailbox, none of them in the beginning.
    pub(super) fn of(&self, mailbox: MailboxId) -> Arc<Mutex<MailboxFilters>> {
        let mut inner = self.inner.lock();
        Arc::clone(inner.mailboxes.get_or_insert(mailbox, Arc::default))
    }

    /// Drops the mailboxes searched longest ago until the rest fits.
    pub(super) fn shrink(&self) {
        let mut inner = self.inner.lock();
        loop {
            let bytes: usize = inner.mailboxes.iter().map(|(_, filters)| filters.lock().bytes).sum();
            if bytes <= self.limit || inner.mailboxes.pop_lru().is_none() {
                return;
            }
        }
    }
}
