//! What is known of the messages of recently searched mailboxes, within a bound of memory.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use mailkeep_types::{BodyId, MailboxId};
use parking_lot::Mutex;
use tokio::sync::OnceCell;

use super::packs::Packs;
use super::words::{MessageWords, Quick, Words};

/// What is known of one mailbox.
#[derive(Default)]
pub(crate) struct Searched {
    pub(super) packs: OnceCell<Packs>,
    /// Of the messages that are in no pack.
    pub(super) index: Mutex<MailboxIndex>,
    /// How many messages there were when packs were last made, or found not to be worth it.
    pub(super) packed_at: AtomicI64,
}

impl Searched {
    fn bytes(&self) -> usize {
        self.index.lock().bytes() + self.packs.get().map_or(0, Packs::bytes)
    }
}

/// The filters of messages, and the words of those that were opened.
#[derive(Default)]
pub(crate) struct MailboxIndex {
    messages: HashMap<BodyId, Entry, Quick>,
    /// All filters, one after the other in the order in which they came: a search goes through them in about this order.
    filters: Vec<u8>,
    words: Words,
}

struct Entry {
    start: usize,
    end: usize,
    /// The number among the words.
    opened: Option<u32>,
}

/// What is known of a message.
#[derive(Clone, Copy, Default)]
pub(super) struct Known<'a> {
    /// Its filter.
    pub filter: Option<&'a [u8]>,
    /// Its number among the words.
    pub opened: Option<u32>,
    /// Its pack, and its number therein.
    pub packed: Option<(u32, u32)>,
}

impl MailboxIndex {
    pub(super) fn insert(&mut self, body: BodyId, filter: &[u8]) {
        if self.has(body) {
            return;
        }
        let start = self.filters.len();
        self.filters.extend_from_slice(filter);
        self.messages.insert(body, Entry { start, end: self.filters.len(), opened: None });
    }

    pub(super) fn get(&self, body: BodyId) -> Known<'_> {
        self.messages.get(&body).map_or_else(Known::default, |entry| Known {
            filter: self.filters.get(entry.start..entry.end),
            opened: entry.opened,
            packed: None,
        })
    }

    pub(super) fn has(&self, body: BodyId) -> bool {
        self.messages.contains_key(&body)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// Keeps the words of a message that was opened, unless that would take more than `limit` bytes.
    pub(super) fn keep_words(&mut self, body: BodyId, words: &MessageWords, limit: usize) {
        if let Some(entry) = self.messages.get_mut(&body)
            && entry.opened.is_none()
        {
            entry.opened = self.words.add(words, limit);
        }
    }

    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    fn bytes(&self) -> usize {
        const ENTRY: usize = 2 * size_of::<(BodyId, Entry)>();
        self.filters.len() + self.messages.len() * ENTRY + self.words.bytes()
    }
}

/// All of them, the mailbox searched last kept longest.
pub(crate) struct SearchCache {
    limit: usize,
    mailboxes: Mutex<lru::LruCache<MailboxId, Arc<Searched>>>,
}

impl SearchCache {
    pub(crate) fn new(limit: usize) -> Self {
        SearchCache { limit, mailboxes: Mutex::new(lru::LruCache::unbounded()) }
    }

    /// What is known of a mailbox, nothing in the beginning.
    pub(super) fn of(&self, mailbox: MailboxId) -> Arc<Searched> {
        Arc::clone(self.mailboxes.lock().get_or_insert(mailbox, Arc::default))
    }

    /// How many bytes the words of one mailbox may take, so that it leaves room for others.
    pub(super) fn limit_of_one(&self) -> usize {
        self.limit / 2
    }

    /// Forgets what is known of a mailbox.
    pub(crate) fn forget(&self, mailbox: MailboxId) {
        self.mailboxes.lock().pop(&mailbox);
    }

    /// Forgets everything.
    pub(crate) fn clear(&self) {
        self.mailboxes.lock().clear();
    }

    /// Whether what is read ahead would not drive out what was asked for.
    pub(super) fn has_room(&self) -> bool {
        let mailboxes = self.mailboxes.lock();
        mailboxes.iter().map(|(_, searched)| searched.bytes()).sum::<usize>() < self.limit / 2
    }

    /// Drops the mailboxes searched longest ago until the rest fits.
    pub(super) fn shrink(&self) {
        let mut mailboxes = self.mailboxes.lock();
        let mut bytes: usize = mailboxes.iter().map(|(_, searched)| searched.bytes()).sum();
        while bytes > self.limit
            && let Some((_, dropped)) = mailboxes.pop_lru()
        {
            bytes = bytes.saturating_sub(dropped.bytes());
        }
    }
}
