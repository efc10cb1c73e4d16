//! Making packs in the background.
//!
//! A new pack takes the messages that are in none and swallows packs that are no larger than itself, up to a bound: so there
//! are few packs, and a message is packed a handful of times in its life. Texts of ever new words fill a pack with fewer
//! messages; what would not fit into the memory of one mailbox is left to the filters.

use std::sync::atomic::Ordering;

use mailkeep_policy::MailColumn;
use mailkeep_storage::sql::SqlError;
use mailkeep_types::BodyId;
use tokio::sync::Semaphore;

use super::super::run::open_text;
use super::build::Builder;
use super::store::{self, NewPack};
use crate::error::{MailError, Result};
use crate::mailboxes::MailboxSession;

/// So many messages without a pack are worth making one.
const WORTH: usize = 256;
/// A pack has so many at most.
const MOST: usize = 2048;
/// A pack is full, whatever it has, with so many bytes; one of half of them is not swallowed any more.
const FULL: usize = 6 * 1024 * 1024;
/// The packs of a folder with so many messages are read when it is opened: the first search would wait for them. Those of
/// smaller ones are read quickly enough when they are needed, and most folders that are opened are never searched.
const READ_AHEAD: usize = 4_096;
/// Messages opened by one reader before it lets others have a turn.
const TURN: usize = 32;

/// Packs are made one at a time: nobody waits for them.
static MAKING: Semaphore = Semaphore::const_new(1);

/// What one pack is made of.
struct Plan {
    bodies: Vec<BodyId>,
    /// Packs that it takes the place of.
    old: Vec<BodyId>,
}

impl MailboxSession {
    /// Sees to the packs of a mailbox of which a folder with so many messages was opened: makes new ones where they are worth it,
    /// and reads those of a large folder if there is room. Returns at once.
    pub(crate) fn prepare_search(&self, messages: usize) {
        if messages < WORTH || !self.office().0.search.has_room() {
            return;
        }
        let session = self.clone();
        tokio::spawn(async move {
            if let Err(error) = session.see_to_packs(messages).await {
                // Searches work without; the next opening of a folder tries again.
                tracing::debug!(%error, "the search packs of a mailbox were not made");
            }
        });
    }

    async fn see_to_packs(&self, opened: usize) -> Result<()> {
        let (mailbox, search) = (self.mailbox(), &self.office().0.search);
        let (packed, messages) = self.office().db().read(move |tx| store::counts(tx, mailbox)).await?;
        let worth = |since: i64| messages.saturating_sub(since) >= i64::try_from(WORTH).unwrap_or(i64::MAX);
        let mut searched = search.of(mailbox);
        // Copies in several folders are counted each, so there may be less to do than the counts say.
        if worth(packed)
            && worth(searched.packed_at.load(Ordering::Relaxed))
            && let Ok(_turn) = MAKING.try_acquire()
        {
            if self.make_packs().await? > 0 {
                search.forget(mailbox);
                searched = search.of(mailbox);
            }
            searched.packed_at.store(messages, Ordering::Relaxed);
        }
        if opened >= READ_AHEAD {
            self.packs(&searched.packs).await?;
            search.shrink();
        }
        Ok(())
    }

    /// Makes packs until few messages are without; gives how many were made.
    ///
    /// # Errors
    /// When the store fails or the grant ended; packs that were made stay.
    pub(crate) async fn make_packs(&self) -> Result<usize> {
        let mut made = 0;
        while let Some(plan) = self.plan_pack().await? {
            if !self.make_pack(plan).await? {
                break;
            }
            made += 1;
        }
        Ok(made)
    }

    async fn plan_pack(&self) -> Result<Option<Plan>> {
        let (mailbox, limit) = (self.mailbox(), self.office().0.search.limit_of_one());
        self.office()
            .db()
            .read(move |tx| {
                let mut bodies = store::unpacked(tx, mailbox)?;
                if bodies.len() < WORTH {
                    return Ok(None);
                }
                bodies.truncate(MOST);
                let (mut old, mut kept) = (Vec::new(), 0);
                for size in store::sizes(tx, mailbox)? {
                    let fits = size.messages <= bodies.len() && size.messages + bodies.len() <= MOST;
                    if fits && size.bytes < FULL / 2 {
                        bodies.extend(store::packed(tx, mailbox, size.id)?);
                        old.push(size.id);
                    } else {
                        kept += size.bytes;
                    }
                }
                if kept + FULL > limit.max(FULL) {
                    return Ok(None);
                }
                bodies.sort_unstable();
                Ok(Some(Plan { bodies, old }))
            })
            .await
    }

    /// False when a message went meanwhile, so that the pack was not kept.
    async fn make_pack(&self, plan: Plan) -> Result<bool> {
        let mut builder = Builder::new(self.keys().search);
        for bodies in plan.bodies.chunks(TURN) {
            let (bodies, session) = (bodies.to_vec(), self.clone());
            let opened = self.office().db().read(move |tx| {
                let open = |body: &BodyId| Ok((*body, open_text(&session, tx, *body)?.texts));
                bodies.iter().map(open).collect::<Result<Vec<_>>>()
            });
            for (body, (headers, text)) in opened.await? {
                builder.add(body, &headers, &text);
            }
            if builder.bytes() >= FULL {
                break;
            }
        }
        let Some(id) = builder.bodies().first().copied() else { return Ok(false) };
        let session = self.clone();
        let sealing = tokio::task::spawn_blocking(move || {
            let ((words, places), cipher) = (builder.finish(), &session.keys().cipher);
            Ok::<_, MailError>(NewPack {
                id,
                bodies: builder.bodies().to_vec(),
                words: cipher.seal(MailColumn::SearchWords, id.as_bytes(), &words)?,
                places: cipher.seal(MailColumn::SearchPlaces, id.as_bytes(), &places)?,
            })
        });
        let pack = sealing.await.map_err(|error| MailError::Library(error.to_string()))??;
        let (mailbox, old) = (self.mailbox(), plan.old);
        match self.office().db().write(move |tx| store::replace(tx, mailbox, &pack, &old)).await {
            Ok(()) => Ok(true),
            // One of its messages went, or another node was quicker.
            Err(SqlError::NotFound) => Ok(false),
            Err(error) if error.is_unique() => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}
