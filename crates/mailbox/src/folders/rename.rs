//! RENAME: a folder and those below it get new names; renaming the INBOX moves its messages instead.

use mailkeep_policy::MailColumn;
use mailkeep_storage::sql::Channel;

use super::{Role, SEPARATOR, canonical_name, store};
use crate::error::{MailRefusal, Result};
use crate::mailboxes::MailboxSession;
use crate::messages::UidSet;

impl MailboxSession {
    /// Renames a folder with all below it. The INBOX stays; its messages are moved to a new folder of that name
    /// (RFC 9051 section 6.3.6). Folders with a role keep their role under the new name.
    ///
    /// # Errors
    /// [`MailRefusal::NoFolder`], [`MailRefusal::FolderExists`], [`MailRefusal::FolderName`].
    pub async fn rename_folder(&self, from: &str, to: &str) -> Result<()> {
        let (from, to) = (canonical_name(from).map_err(|_| MailRefusal::NoFolder)?, canonical_name(to)?);
        let folders = self.list_folders().await?;
        let source = folders.iter().find(|f| f.name == from).ok_or(MailRefusal::NoFolder)?;
        if folders.iter().any(|f| f.name == to) {
            return Err(MailRefusal::FolderExists.into());
        }
        if source.role == Some(Role::Inbox) {
            let into = self.create_folder(&to).await?;
            self.move_messages(source.id, &UidSet::all(), into).await?;
            return Ok(());
        }
        let below = format!("{from}{SEPARATOR}");
        if to.starts_with(&below) || to == "INBOX" {
            return Err(MailRefusal::FolderName.into());
        }
        if let Some((above, _)) = to.rsplit_once(SEPARATOR)
            && !folders.iter().any(|f| f.name == above)
        {
            self.create_folder(above).await?;
        }
        let mut renamed = Vec::new();
        for folder in &folders {
            let rest = match folder.name.strip_prefix(&below) {
                Some(rest) => format!("{SEPARATOR}{rest}"),
                None if folder.id == source.id => String::new(),
                None => continue,
            };
            let name = canonical_name(&format!("{to}{rest}"))?;
            let sealed =
                self.keys().cipher.seal(MailColumn::FolderName, folder.id.as_bytes(), name.as_bytes())?;
            renamed.push((folder.id, self.name_hash(&name), sealed));
        }
        let mailbox = self.mailbox();
        self.office()
            .db()
            .write(move |tx| {
                for (id, hash, sealed) in &renamed {
                    if store::find(tx, mailbox, hash)?.is_some_and(|other| other != *id) {
                        return Err(MailRefusal::FolderExists.into());
                    }
                    store::rename(tx, mailbox, *id, hash, sealed)?;
                }
                let counters = crate::messages::store::subtract_usage(tx, mailbox, 0, 0)?;
                tx.notify(Channel::Mailbox, *mailbox.as_bytes(), counters.modseq_value());
                Ok(())
            })
            .await
    }
}
