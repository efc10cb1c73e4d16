//! What the webmail works with: the mail store, the door out, and the sessions that are open on this node.

use std::num::NonZeroUsize;
use std::sync::Arc;

use axum::http::HeaderMap;
use mailkeep_mailbox::{MailError, MailRefusal, MailboxSession, PostOffice};
use mailkeep_types::EmailAddress;
use parking_lot::Mutex;

use super::outgoing::Outgoing;
use crate::cookies;
use crate::error::WebError;
use crate::messages::msg;

/// More sessions than this open their mail again at the next request, with a new entry in the ledger.
const OPEN_SESSIONS: NonZeroUsize = NonZeroUsize::new(5_000).unwrap();

/// The webmail's services. A cheap clone.
#[derive(Clone)]
pub struct Webmail(Arc<Inner>);

struct Inner {
    office: PostOffice,
    outgoing: Arc<dyn Outgoing>,
    open: Mutex<lru::LruCache<[u8; 32], Arc<Visit>>>,
}

/// A signed-in mailbox, as the pages see it.
#[derive(Debug)]
pub struct Visit {
    /// The mailbox with its grant.
    pub session: MailboxSession,
    /// Its owner's name; may be empty.
    pub name: String,
    /// Its address.
    pub address: EmailAddress,
    /// What forms of this session carry is made of this.
    csrf: [u8; 32],
}

impl Visit {
    /// The token that this session's forms carry.
    pub fn csrf_token(&self) -> [u8; 32] {
        self.csrf
    }
}

impl std::fmt::Debug for Webmail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Webmail({:?})", self.0.office)
    }
}

impl Webmail {
    /// A webmail over a mail store, sending through `outgoing`.
    pub fn new(office: PostOffice, outgoing: Arc<dyn Outgoing>) -> Self {
        Webmail(Arc::new(Inner { office, outgoing, open: Mutex::new(lru::LruCache::new(OPEN_SESSIONS)) }))
    }

    /// The mail store.
    pub fn office(&self) -> &PostOffice {
        &self.0.office
    }

    /// The door out.
    pub fn outgoing(&self) -> &dyn Outgoing {
        &*self.0.outgoing
    }

    /// Who the session cookie of a request stands for. The session is looked up each time, so that one that was ended
    /// or whose password was changed since is over on all nodes; the mail itself is opened once.
    ///
    /// # Errors
    /// When the store or the policy fails.
    pub async fn recognise(&self, headers: &HeaderMap) -> Result<Option<Arc<Visit>>, WebError> {
        let Some(token) = cookies::get(headers, cookies::MAILBOX) else { return Ok(None) };
        let Some(found) = self.0.office.page_session(token).await.map_err(WebError::internal)? else {
            return Ok(None);
        };
        if let Some(visit) = self.0.open.lock().get(&found.key) {
            return Ok(Some(Arc::clone(visit)));
        }
        let session = match self.0.office.session(found.mailbox).await {
            Ok(session) => session,
            Err(MailError::Refused(MailRefusal::NoMailbox)) => return Ok(None),
            Err(other) => return Err(WebError::internal(other)),
        };
        let visit = Arc::new(open(session, token).await?);
        self.0.open.lock().put(found.key, Arc::clone(&visit));
        Ok(Some(visit))
    }
}

async fn open(session: MailboxSession, token: &str) -> Result<Visit, WebError> {
    let (name, address) = session.identity().await.map_err(WebError::internal)?;
    Ok(Visit { session, name, address, csrf: crate::csrf::token(token) })
}

/// What a failure of the mail store means for a page.
pub(super) fn mail_error(error: MailError) -> WebError {
    match error {
        MailError::Refused(MailRefusal::NoFolder | MailRefusal::NoMessage | MailRefusal::NoMailbox) => {
            WebError::NotFound
        }
        MailError::Refused(MailRefusal::OverQuota) => WebError::Bad(msg("mail-quota-full")),
        MailError::Refused(other) => WebError::Bad(msg("mail-refused").with("reason", other.to_string())),
        other => WebError::internal(other),
    }
}
