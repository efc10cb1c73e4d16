//! Reading messages: metadata for lists, content for readers.

use std::sync::Arc;

use bytes::Bytes;
use mailkeep_policy::MailColumn;
use mailkeep_types::{BodyId, FolderId};

use super::{Metadata, UidSet, content, store};
use crate::error::{MailError, MailRefusal, Result};
use crate::mailboxes::MailboxSession;

/// Content read by one call is at most this long, but for a single message that is longer.
const MAX_CONTENT: usize = 4 * 1024 * 1024;

enum Found {
    Here(Bytes),
    Blob(BodyId, String),
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
        let (uids, keys) = (uids.clone(), self.keys().clone());
        let grant = Arc::clone(self.grant());
        let mailbox = self.mailbox();
        let found = self
            .office()
            .db()
            .read(move |tx| {
                let (mut out, mut length) = (Vec::new(), 0);
                crate::folders::store::state(tx, mailbox, folder)?.ok_or(MailRefusal::NoFolder)?;
                for range in uids.scan_ranges() {
                    store::for_each_content(tx, folder, range, |uid, body, sealed, blob| -> Result<bool> {
                        if !uids.contains(uid) {
                            return Ok(true);
                        }
                        if length >= MAX_CONTENT {
                            return Ok(false);
                        }
                        if let Some(key) = blob {
                            length = MAX_CONTENT;
                            out.push((uid, Found::Blob(body, key.to_owned())));
                            return Ok(false);
                        }
                        let packed = keys.cipher.open(&grant, MailColumn::Body, body.as_bytes(), sealed)?;
                        let raw = content::unpack(&packed)?;
                        length += raw.len();
                        out.push((uid, Found::Here(raw.into())));
                        Ok(length < MAX_CONTENT)
                    })?;
                    if length >= MAX_CONTENT {
                        break;
                    }
                }
                Ok::<_, MailError>(out)
            })
            .await?;
        let mut out = Vec::with_capacity(found.len());
        for (uid, found) in found {
            let raw = match found {
                Found::Here(raw) => raw,
                Found::Blob(body, key) => self.read_blob(body, &key).await?,
            };
            out.push((uid, raw));
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
