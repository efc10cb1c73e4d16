//! Making folders: the set of a new mailbox, and those that the owner adds.

use mailkeep_policy::MailColumn;
use mailkeep_storage::sql::{Channel, SqlError, Tx};
use mailkeep_types::{FolderId, MailboxId};

use super::{MAX_FOLDERS, Role, SEPARATOR, canonical_name, store};
use crate::error::{MailRefusal, Result};
use crate::mailboxes::MailboxSession;
use crate::post_office::{MailKeys, PostOffice};

/// Folders of a new mailbox, sealed before its transaction.
pub(crate) type SealedFolders = Vec<(FolderId, Role, Vec<u8>, Vec<u8>)>;

pub(super) fn name_hash(keys: &MailKeys, name: &str) -> Vec<u8> {
    // 64 keyed bits: a mailbox holds at most some thousand names, and only its owner chooses them.
    keys.search.number(name.as_bytes()).to_be_bytes().to_vec()
}

impl PostOffice {
    /// Seals the folders that every mailbox has.
    pub(crate) fn seal_first_folders(&self, keys: &MailKeys) -> Result<SealedFolders> {
        Role::ALL
            .into_iter()
            .map(|role| {
                let id = FolderId::new(&**self.clock());
                let name = role.folder_name();
                let sealed = keys.cipher.seal(MailColumn::FolderName, id.as_bytes(), name.as_bytes())?;
                Ok((id, role, name_hash(keys, name), sealed))
            })
            .collect()
    }
}

/// Writes the folders of a new mailbox.
pub(crate) fn insert_first_folders(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    folders: &SealedFolders,
) -> Result<(), SqlError> {
    for (id, role, hash, name) in folders {
        store::insert(tx, mailbox, *id, hash, name, Some(*role))?;
    }
    Ok(())
}

impl MailboxSession {
    /// Makes a folder, and those above it that are missing, as IMAP's CREATE does (RFC 9051 section 6.3.4).
    ///
    /// # Errors
    /// [`MailRefusal::FolderName`], [`MailRefusal::FolderExists`], [`MailRefusal::FolderLimit`].
    pub async fn create_folder(&self, name: &str) -> Result<FolderId> {
        let name = canonical_name(name)?;
        let mailbox = self.mailbox();
        let mut wanted = Vec::new();
        for (at, _) in name.match_indices(SEPARATOR).chain([(name.len(), "")]) {
            let part = name.get(..at).unwrap_or(&name);
            let id = FolderId::new(&**self.office().clock());
            let sealed = self.keys().cipher.seal(MailColumn::FolderName, id.as_bytes(), part.as_bytes())?;
            wanted.push((id, self.name_hash(part), sealed));
        }
        self.office()
            .db()
            .write(move |tx| {
                let Some(((id, hash, sealed), above)) = wanted.split_last() else {
                    return Err(MailRefusal::FolderName.into());
                };
                if store::count(tx, mailbox)? + wanted.len() > MAX_FOLDERS {
                    return Err(MailRefusal::FolderLimit(MAX_FOLDERS).into());
                }
                for (id, hash, sealed) in above {
                    if store::find(tx, mailbox, hash)?.is_none() {
                        store::insert(tx, mailbox, *id, hash, sealed, None)?;
                    }
                }
                if store::find(tx, mailbox, hash)?.is_some()
                    || !store::insert(tx, mailbox, *id, hash, sealed, None)?
                {
                    return Err(MailRefusal::FolderExists.into());
                }
                let counters = crate::messages::store::subtract_usage(tx, mailbox, 0, 0)?;
                tx.notify(Channel::Mailbox, *mailbox.as_bytes(), counters.modseq_value());
                Ok(*id)
            })
            .await
    }
}
