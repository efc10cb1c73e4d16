//! Listing folders, finding one by its name, subscriptions, keywords.

use std::sync::Arc;

use mailkeep_policy::MailColumn;
use mailkeep_types::{FolderId, MailboxId};

use super::{Folder, canonical_name, store};
use crate::error::{MailError, MailRefusal, Result};
use crate::mailboxes::MailboxSession;
use crate::messages::Flags;

impl MailboxSession {
    /// All folders, the INBOX first, then those with a role, then the others by name.
    ///
    /// # Errors
    /// When the store fails or the grant ended.
    pub async fn list_folders(&self) -> Result<Vec<Folder>> {
        let mailbox = self.mailbox();
        let rows = self.office().db().read(move |tx| store::list(tx, mailbox)).await?;
        let mut out = Vec::with_capacity(rows.len());
        for row in rows {
            out.push(Folder {
                name: self.open_name(row.id.as_bytes(), MailColumn::FolderName, &row.name)?,
                id: row.id,
                role: row.role,
                subscribed: row.subscribed,
                state: row.state,
            });
        }
        out.sort_by(|a, b| {
            let rank = |f: &Folder| f.role.map_or(usize::MAX, |role| role as usize);
            rank(a).cmp(&rank(b)).then_with(|| a.name.cmp(&b.name))
        });
        Ok(out)
    }

    /// A folder by its name.
    ///
    /// # Errors
    /// [`MailRefusal::NoFolder`] or a failure of the store.
    pub async fn find_folder(&self, name: &str) -> Result<Folder> {
        let name = canonical_name(name).map_err(|_| MailRefusal::NoFolder)?;
        let (mailbox, hash) = (self.mailbox(), self.name_hash(&name));
        let found = self
            .office()
            .db()
            .read(move |tx| {
                let Some(id) = store::find(tx, mailbox, &hash)? else { return Ok::<_, MailError>(None) };
                Ok(store::list(tx, mailbox)?.into_iter().find(|row| row.id == id))
            })
            .await?;
        let row = found.ok_or(MailRefusal::NoFolder)?;
        Ok(Folder { id: row.id, name, role: row.role, subscribed: row.subscribed, state: row.state })
    }

    /// Subscribes to a folder or ends the subscription.
    ///
    /// # Errors
    /// [`MailRefusal::NoFolder`] or a failure of the store.
    pub async fn subscribe(&self, folder: FolderId, on: bool) -> Result<()> {
        let mailbox = self.mailbox();
        let found =
            self.office().db().write(move |tx| store::set_subscribed(tx, mailbox, folder, on)).await?;
        if found { Ok(()) } else { Err(MailRefusal::NoFolder.into()) }
    }

    /// The keywords of the mailbox; the place of each is its flag, see [`Flags::keyword`].
    ///
    /// # Errors
    /// When the store fails or the grant ended.
    pub async fn keywords(&self) -> Result<Vec<String>> {
        let mailbox = self.mailbox();
        let rows = self.office().db().read(move |tx| store::keywords(tx, mailbox)).await?;
        let mut out = Vec::with_capacity(rows.len());
        for (place, sealed) in rows {
            // Places are given out in order and never taken back, so the list has no holes.
            if place == out.len() {
                out.push(self.open_name(&keyword_row(mailbox, place), MailColumn::Keyword, &sealed)?);
            }
        }
        Ok(out)
    }

    /// The flags of some keywords; unknown ones are added to the mailbox. Case does not matter (RFC 9051 section 2.3.2).
    ///
    /// # Errors
    /// [`MailRefusal::KeywordLimit`] when the mailbox has too many.
    pub async fn keyword_flags(&self, names: &[String]) -> Result<Flags> {
        let mailbox = self.mailbox();
        'again: loop {
            let mut known = self.keywords().await?;
            let mut flags = Flags::NONE;
            for name in names {
                let place = match known.iter().position(|k| k.eq_ignore_ascii_case(name)) {
                    Some(place) => place,
                    None => {
                        let place = known.len();
                        if Flags::keyword(place).is_none() {
                            return Err(MailRefusal::KeywordLimit(Flags::MAX_KEYWORDS).into());
                        }
                        let row = keyword_row(mailbox, place);
                        let sealed = self.keys().cipher.seal(MailColumn::Keyword, &row, name.as_bytes())?;
                        let sealed = Arc::new(sealed);
                        let write = move |tx: &mut mailkeep_storage::sql::Tx<'_>| {
                            store::insert_keyword(tx, mailbox, place, &sealed)
                        };
                        if !self.office().db().write(write).await? {
                            continue 'again;
                        }
                        known.push(name.clone());
                        place
                    }
                };
                flags = flags | Flags::keyword(place).unwrap_or_default();
            }
            return Ok(flags);
        }
    }

    /// Opens a sealed name.
    fn open_name(&self, row: &[u8; 16], column: MailColumn, sealed: &[u8]) -> Result<String> {
        let bytes = self.keys().cipher.open(self.grant(), column, row, sealed)?;
        String::from_utf8(bytes).map_err(|_| MailError::Damaged("a name"))
    }

    /// The keyed hash under which a folder name is found.
    pub(crate) fn name_hash(&self, name: &str) -> Vec<u8> {
        super::create::name_hash(self.keys(), name)
    }
}

/// The row that a keyword is sealed for: the mailbox with the place in its last byte.
fn keyword_row(mailbox: MailboxId, place: usize) -> [u8; 16] {
    let mut row = *mailbox.as_bytes();
    row[15] ^= u8::try_from(place).unwrap_or(u8::MAX);
    row
}
