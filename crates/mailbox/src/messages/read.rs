//! Reading messages: metadata for lists, content for readers.

use std::sync::Arc;

use bytes::Bytes;
use mailkeep_policy::MailColumn;
use mailkeep_types::{BodyId, FolderId};

use super::{Metadata, UidSet, content, store};
use crate::error::{MailError, MailRefusal, Result};
use crate::mailboxes::MailboxSession;

/// Content read by one call is at most this long, but for a single message that is longer.
const MAX_CONTENT: u64 = 4 * 1024 * 1024;
/// Sealed content that is worth another thread to open it.
const SHARE: usize = 256 * 1024;

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
        let (mailbox, uids, keys) = (self.mailbox(), uids.clone(), self.keys().clone());
        let grant = Arc::clone(self.grant());
        self.office()
            .db()
            .read(move |tx| {
                let mut out: Vec<(u32, Metadata)> = Vec::new();
                for range in uids.scan_ranges() {
                    if out.len() >= limit {
                        break;
                    }
                    let most = i64::try_from(limit - out.len()).unwrap_or(i64::MAX);
                    store::for_each_meta(
                        tx,
                        mailbox,
                        folder,
                        range,
                        most,
                        |uid, body, sealed| -> Result<()> {
                            if uids.contains(uid) {
                                let bytes = keys.cipher.open(
                                    &grant,
                                    MailColumn::Envelope,
                                    body.as_bytes(),
                                    sealed,
                                )?;
                                out.push((
                                    uid,
                                    Metadata::from_bytes(bytes).ok_or(MailError::Damaged("metadata"))?,
                                ));
                            }
                            Ok(())
                        },
                    )?;
                }
                Ok(out)
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

    /// Opens what was read, away from the database's threads; much of it on several threads.
    async fn open_found(&self, mut found: Vec<Found>) -> Result<Vec<(u32, Bytes)>> {
        // A blob is always the last one.
        let blob = found.pop_if(|last| matches!(last.content, Content::Blob(_)));
        let sealed: usize = found.iter().map(|found| found.content.sealed().len()).sum();
        let mut out = Vec::with_capacity(found.len() + 1);
        if sealed < SHARE {
            out.append(&mut self.open_share(&found)?);
        } else {
            let threads = std::thread::available_parallelism().map_or(1, usize::from);
            let each = found.len().div_ceil((sealed / SHARE).min(threads)).max(1);
            let mut running = Vec::new();
            while !found.is_empty() {
                let (share, session) = (found.split_off(found.len().saturating_sub(each)), self.clone());
                running.push(tokio::task::spawn_blocking(move || session.open_share(&share)));
            }
            // The last share was split off first.
            while let Some(share) = running.pop() {
                out.append(&mut share.await.map_err(|error| MailError::Library(error.to_string()))??);
            }
        }
        if let Some(Found { uid, body, content: Content::Blob(key) }) = blob {
            out.push((uid, self.read_blob(body, &key).await?));
        }
        Ok(out)
    }

    fn open_share(&self, share: &[Found]) -> Result<Vec<(u32, Bytes)>> {
        let cipher = &self.keys().cipher;
        let open = |found: &Found| {
            let sealed = found.content.sealed();
            let packed = cipher.open(self.grant(), MailColumn::Body, found.body.as_bytes(), sealed)?;
            Ok((found.uid, content::unpack(&packed)?.into()))
        };
        share.iter().map(open).collect()
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
