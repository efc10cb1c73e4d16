//! Reading messages: metadata for lists, content for readers.

use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use mailkeep_policy::MailColumn;
use mailkeep_types::{BodyId, FolderId};

use super::{Metadata, UidSet, content, store};
use crate::error::{MailError, MailRefusal, Result};
use crate::mailboxes::MailboxSession;

/// Content read by one call is at most this long, but for a single message that is longer.
const MAX_CONTENT: u64 = 4 * 1024 * 1024;
/// Sealed bytes that are worth another thread to open them.
const SHARE: usize = 128 * 1024;

/// Sealed metadata as it was read, in one piece of bytes.
#[derive(Default)]
struct SealedMetadata {
    bytes: Vec<u8>,
    /// UID, body, and where its bytes end.
    places: Vec<(u32, BodyId, usize)>,
}

impl SealedMetadata {
    fn push(&mut self, uid: u32, body: BodyId, sealed: &[u8]) {
        self.bytes.extend_from_slice(sealed);
        self.places.push((uid, body, self.bytes.len()));
    }

    /// The messages in a range of places.
    fn range(&self, range: Range<usize>) -> impl Iterator<Item = (u32, BodyId, &[u8])> {
        let mut start = match range.start.checked_sub(1) {
            None => 0,
            Some(before) => self.places.get(before).map_or(0, |(_, _, end)| *end),
        };
        self.places.get(range).unwrap_or_default().iter().map(move |(uid, body, end)| {
            let sealed = self.bytes.get(start..*end).unwrap_or_default();
            start = *end;
            (*uid, *body, sealed)
        })
    }
}

/// Sealed content as it was read.
struct Found {
    uid: u32,
    body: BodyId,
    content: Content,
}

enum Content {
    Here(Vec<u8>),
    Blob(String),
}

impl Content {
    fn sealed(&self) -> &[u8] {
        match self {
            Content::Here(sealed) => sealed,
            Content::Blob(_) => &[],
        }
    }
}

impl MailboxSession {
    /// Metadata of the messages of the set, by UID, at most `limit` of them: to stream a long list, ask again from the
    /// UID after the last one. UIDs that are gone are passed over.
    ///
    /// # Errors
    /// When the store fails or the grant ended.
    pub async fn read_metadata(
        &self,
        folder: FolderId,
        uids: &UidSet,
        limit: usize,
    ) -> Result<Vec<(u32, Metadata)>> {
        let (mailbox, uids) = (self.mailbox(), uids.clone());
        let found = self
            .office()
            .db()
            .read(move |tx| {
                let mut found = SealedMetadata::default();
                for range in uids.scan_ranges() {
                    if found.places.len() >= limit {
                        break;
                    }
                    let most = i64::try_from(limit - found.places.len()).unwrap_or(i64::MAX);
                    store::for_each_meta(
                        tx,
                        mailbox,
                        folder,
                        range,
                        most,
                        |uid, body, sealed| -> Result<()> {
                            if uids.contains(uid) {
                                found.push(uid, body, sealed);
                            }
                            Ok(())
                        },
                    )?;
                }
                Ok::<_, MailError>(found)
            })
            .await?;
        let (count, sealed) = (found.places.len(), found.bytes.len());
        self.open_in_shares(count, sealed, move |session, range| {
            let open = |(uid, body, sealed): (u32, BodyId, &[u8])| {
                let cipher = &session.keys().cipher;
                let bytes = cipher.open(session.grant(), MailColumn::Envelope, body.as_bytes(), sealed)?;
                Ok((uid, Metadata::from_bytes(bytes).ok_or(MailError::Damaged("metadata"))?))
            };
            found.range(range).map(open).collect()
        })
        .await
    }

    /// The messages of the set as they came, by UID, until some megabytes are full: ask again from the UID after the
    /// last one until the answer is empty. UIDs that are gone are passed over.
    ///
    /// # Errors
    /// When the store fails or the grant ended.
    pub async fn read_messages(&self, folder: FolderId, uids: &UidSet) -> Result<Vec<(u32, Bytes)>> {
        let (uids, mailbox) = (uids.clone(), self.mailbox());
        let found = self
            .office()
            .db()
            .read(move |tx| {
                let (mut out, mut length) = (Vec::new(), 0);
                crate::folders::store::state(tx, mailbox, folder)?.ok_or(MailRefusal::NoFolder)?;
                for range in uids.scan_ranges() {
                    store::for_each_content(tx, folder, range, |stored| -> Result<bool> {
                        if !uids.contains(stored.uid) {
                            return Ok(true);
                        }
                        if length >= MAX_CONTENT {
                            return Ok(false);
                        }
                        length += stored.size;
                        let content = match stored.blob {
                            Some(key) => {
                                length = MAX_CONTENT;
                                Content::Blob(key.to_owned())
                            }
                            None => Content::Here(stored.sealed.to_vec()),
                        };
                        out.push(Found { uid: stored.uid, body: stored.body, content });
                        Ok(length < MAX_CONTENT)
                    })?;
                    if length >= MAX_CONTENT {
                        break;
                    }
                }
                Ok::<_, MailError>(out)
            })
            .await?;
        self.open_found(found).await
    }

    async fn open_found(&self, mut found: Vec<Found>) -> Result<Vec<(u32, Bytes)>> {
        // A blob is always the last one.
        let blob = found.pop_if(|last| matches!(last.content, Content::Blob(_)));
        let (count, sealed) = (found.len(), found.iter().map(|found| found.content.sealed().len()).sum());
        let open = move |session: &MailboxSession, range: Range<usize>| {
            let open = |found: &Found| {
                let (cipher, sealed) = (&session.keys().cipher, found.content.sealed());
                let packed = cipher.open(session.grant(), MailColumn::Body, found.body.as_bytes(), sealed)?;
                Ok((found.uid, content::unpack(&packed)?.into()))
            };
            found.get(range).unwrap_or_default().iter().map(open).collect()
        };
        let mut out = self.open_in_shares(count, sealed, open).await?;
        if let Some(Found { uid, body, content: Content::Blob(key) }) = blob {
            out.push((uid, self.read_blob(body, &key).await?));
        }
        Ok(out)
    }

    /// Opens `count` things of `sealed` bytes in all, away from the database's threads; much of it on several threads.
    pub(crate) async fn open_in_shares<T, F>(&self, count: usize, sealed: usize, open: F) -> Result<Vec<T>>
    where
        T: Send + 'static,
        F: Fn(&MailboxSession, Range<usize>) -> Result<Vec<T>> + Send + Sync + 'static,
    {
        if sealed < SHARE {
            return open(self, 0..count);
        }
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let each = count.div_ceil((sealed / SHARE).min(threads)).max(1);
        let open = Arc::new(open);
        let running: Vec<_> = (0..count)
            .step_by(each)
            .map(|start| {
                let (session, open) = (self.clone(), Arc::clone(&open));
                let range = start..(start + each).min(count);
                tokio::task::spawn_blocking(move || open(&session, range))
            })
            .collect();
        let mut out = Vec::with_capacity(count + 1);
        for share in running {
            out.append(&mut share.await.map_err(|error| MailError::Library(error.to_string()))??);
        }
        Ok(out)
    }

    /// One message as it came.
    ///
    /// # Errors
    /// [`MailRefusal::NoMessage`], or when the store fails or the grant ended.
    pub async fn read_message(&self, folder: FolderId, uid: u32) -> Result<Bytes> {
        let mut found = self.read_messages(folder, &UidSet::from_ranges([uid..=uid])).await?;
        found.pop().map(|(_, raw)| raw).ok_or_else(|| MailRefusal::NoMessage.into())
    }

    async fn read_blob(&self, body: BodyId, key: &str) -> Result<Bytes> {
        let sealed = self.office().0.blobs.get(key).await?;
        let packed = self.keys().cipher.open(self.grant(), MailColumn::Body, body.as_bytes(), &sealed)?;
        Ok(content::unpack(&packed)?.into())
    }
}
