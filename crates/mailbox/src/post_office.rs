//! The handle through which everything here is done.

use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use mailkeep_policy::{Act, Fact, MailboxCipher, Policy};
use mailkeep_policy::{Actor, FactKind, Grant, Subject, Use, purpose};
use mailkeep_storage::blobs::Blobs;
use mailkeep_storage::sql::{Channel, Database};
use mailkeep_types::{MailboxId, QueueId, SharedClock, Timestamp};
use parking_lot::Mutex;
use uuid::Uuid;

use crate::error::Result;
use crate::mailboxes::MailboxFacts;
use crate::routing::RouteCache;
use crate::search::SearchCache;
use crate::search::SearchKey;

/// What the operator sets for the whole installation.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How long deleted messages can be brought back.
    pub undelete: Duration,
    /// How long the outgoing queue tries.
    pub queue_lifetime: Duration,
    /// Memory for the filters of recently searched mailboxes, in bytes.
    pub search_cache_bytes: usize,
    /// How many wrong passwords for a mailbox or from a network are allowed within `lockout_window`.
    pub wrong_passwords: i64,
    /// The window in which they are counted, and for how long sign-in is refused afterwards.
    pub lockout_window: Duration,
    /// For how long senders to a full mailbox are told to come again; then they are refused.
    pub full_patience: Duration,
    /// The node that this process is, the same at every start: its leases are its own again when it starts anew.
    pub node: Uuid,
    /// DNS block lists that are asked for our addresses; none of them unless the operator names them.
    pub block_lists: Vec<String>,
    /// Our addresses, beside those from which mail went.
    pub own_addresses: Vec<IpAddr>,
}

impl Default for Settings {
    fn default() -> Self {
        const DAY: Duration = Duration::from_secs(24 * 3600);
        Settings {
            undelete: DAY * 7,
            queue_lifetime: DAY * 5,
            search_cache_bytes: 96 * 1024 * 1024,
            wrong_passwords: 20,
            lockout_window: Duration::from_secs(15 * 60),
            full_patience: DAY * 5,
            node: Uuid::nil(),
            block_lists: Vec::new(),
            own_addresses: Vec::new(),
        }
    }
}

/// The mail store. Cheap to clone.
#[derive(Clone)]
pub struct PostOffice(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub db: Database,
    pub policy: Policy,
    pub blobs: Blobs,
    pub settings: Settings,
    pub facts: Mutex<lru::LruCache<MailboxId, Arc<MailboxFacts>>>,
    pub keys: Mutex<lru::LruCache<MailboxId, MailKeys>>,
    pub routes: RouteCache,
    pub search: SearchCache,
    pub signers: Mutex<lru::LruCache<String, crate::dkim::CachedSigners>>,
    pub verified_passwords: Mutex<lru::LruCache<MailboxId, [u8; 32]>>,
    pub roomy: Mutex<lru::LruCache<MailboxId, Timestamp>>,
    pub process_secret: [u8; 32],
    /// One report of another provider is read at a time, so that many at once need no more memory than one.
    pub reading: tokio::sync::Semaphore,
}

/// The cipher of a mailbox and the key of its search filters.
#[derive(Clone)]
pub(crate) struct MailKeys {
    pub cipher: MailboxCipher,
    pub search: SearchKey,
}

/// The mailbox whose key seals what belongs to the installation itself: its signing keys and the messages it sends.
/// Nobody can sign in to it and no mail is delivered to it.
pub const OWN_MAILBOX: MailboxId = MailboxId::from_uuid(Uuid::from_u128(1));

const CACHED: NonZeroUsize = NonZeroUsize::new(20_000).unwrap();

impl std::fmt::Debug for PostOffice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PostOffice({:?})", self.0.db)
    }
}

impl PostOffice {
    /// Opens the mail store over databases and blobs, and tells the policy which columns hold personal data and how the
    /// facts of mail are looked up.
    ///
    /// # Errors
    /// When the key database or the main database fails.
    pub async fn open(db: Database, policy: Policy, blobs: Blobs, settings: Settings) -> Result<Self> {
        policy.register_records(crate::records::RECORDS);
        policy.create_key(Subject::mailbox(OWN_MAILBOX)).await?;
        register_facts(&policy);
        let mut process_secret = [0u8; 32];
        getrandom::fill(&mut process_secret)
            .map_err(|error| crate::MailError::Library(format!("no random numbers: {error}")))?;
        let search = SearchCache::new(settings.search_cache_bytes);
        let office = PostOffice(Arc::new(Inner {
            db,
            policy,
            blobs,
            settings,
            facts: Mutex::new(lru::LruCache::new(CACHED)),
            keys: Mutex::new(lru::LruCache::new(CACHED)),
            routes: RouteCache::default(),
            search,
            signers: Mutex::new(lru::LruCache::new(NonZeroUsize::new(1_000).unwrap_or(NonZeroUsize::MIN))),
            verified_passwords: Mutex::new(lru::LruCache::new(CACHED)),
            roomy: Mutex::new(lru::LruCache::new(CACHED)),
            process_secret,
            reading: tokio::sync::Semaphore::new(1),
        }));
        office.forget_on_notice();
        Ok(office)
    }

    /// The database.
    pub fn db(&self) -> &Database {
        &self.0.db
    }

    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.0.policy
    }

    /// The large files.
    pub fn blobs(&self) -> &Blobs {
        &self.0.blobs
    }

    /// The clock.
    pub fn clock(&self) -> &SharedClock {
        self.0.db.clock()
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Drops what is cached on this node at once, so that who made a change sees it; the notice reaches the others.
    pub(crate) fn forget_cached(&self) {
        self.0.routes.clear();
        self.0.facts.lock().clear();
        self.0.signers.lock().clear();
    }

    /// Drops what is cached when addresses, states or limits change, here or on another node.
    fn forget_on_notice(&self) {
        use tokio::sync::broadcast::error::RecvError;
        let mut notices = self.0.db.subscribe(Channel::Routing);
        let inner = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            loop {
                let notice = notices.recv().await;
                let Some(inner) = inner.upgrade() else { return };
                inner.routes.clear();
                match notice {
                    Ok(notice) => {
                        let mailbox = MailboxId::from_uuid(Uuid::from_bytes(notice.id));
                        inner.facts.lock().pop(&mailbox);
                        // A mailbox that is gone leaves no words of its mails behind.
                        inner.search.forget(mailbox);
                        inner.signers.lock().clear();
                    }
                    Err(RecvError::Lagged(_)) => {
                        inner.facts.lock().clear();
                        inner.signers.lock().clear();
                        inner.search.clear();
                    }
                    Err(RecvError::Closed) => return,
                }
            }
        });
    }

    /// The cipher of a mailbox with what is derived from it.
    pub(crate) async fn mail_keys(&self, mailbox: MailboxId) -> Result<MailKeys> {
        if let Some(keys) = self.0.keys.lock().get(&mailbox)
            && !keys.cipher.is_erased()
        {
            return Ok(keys.clone());
        }
        let cipher = self.0.policy.mailbox_cipher(mailbox).await?;
        let search = SearchKey::from_bytes(&*cipher.derive_key("search filter")?);
        let keys = MailKeys { cipher, search };
        self.0.keys.lock().put(mailbox, keys.clone());
        Ok(keys)
    }

    /// A grant for the program to carry a queued message on.
    pub(crate) async fn queue_grant(
        &self,
        mailbox: MailboxId,
        id: QueueId,
    ) -> Result<Grant<purpose::Deliver>> {
        Ok(self
            .0
            .policy
            .grant(Use {
                actor: Actor::System("outgoing delivery"),
                subject: Subject::mailbox(mailbox),
                act: Act::Send,
                fields: &["queue_messages.content", "queue_messages.envelope"],
                fact: Fact::QueuedMessage(id),
            })
            .await?)
    }

    /// A grant for the program to use what is sealed under its own key.
    pub(crate) async fn own_grant(&self, fields: &[&str]) -> Result<Grant<purpose::Deliver>> {
        Ok(self
            .0
            .policy
            .grant(Use {
                actor: Actor::Mailbox(OWN_MAILBOX),
                subject: Subject::mailbox(OWN_MAILBOX),
                act: Act::Read,
                fields,
                fact: Fact::OwnMailbox(OWN_MAILBOX),
            })
            .await?)
    }
}

fn register_facts(policy: &Policy) {
    policy.register_fact(FactKind::OwnMailbox, |tx, claim| {
        let Fact::OwnMailbox(mailbox) = claim.fact else { return Ok(false) };
        if Subject::mailbox(mailbox) != claim.subject {
            return Ok(false);
        }
        match claim.actor {
            Actor::Mailbox(actor) if actor == mailbox => {
                Ok(mailbox == OWN_MAILBOX || crate::mailboxes::store::exists(tx, mailbox)?)
            }
            _ => Ok(false),
        }
    });
    policy.register_fact(FactKind::ListJoined, |tx, claim| {
        let (Fact::ListJoined(list), Subject::Customer(customer)) = (claim.fact, claim.subject) else {
            return Ok(false);
        };
        crate::lists::store::is_joined(tx, list, customer)
    });
    policy.register_fact(FactKind::QueuedMessage, |tx, claim| {
        let Fact::QueuedMessage(id) = claim.fact else { return Ok(false) };
        let sender = crate::queue::store::sender(tx, id)?;
        Ok(sender.is_some_and(|sender| Subject::mailbox(sender.unwrap_or(OWN_MAILBOX)) == claim.subject))
    });
}
