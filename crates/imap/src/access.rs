//! The mail store as a session uses it: the signed-in mailbox, what is remembered of it, and reading ahead.

use std::sync::Arc;

use bytes::Bytes;
use mailkeep_mailbox::MailError;
use mailkeep_mailbox::mailboxes::MailboxSession;
use mailkeep_mailbox::messages::{Append, Flags, LISTING_FIELDS, Metadata, UidSet, prepare_large};
use mailkeep_protocols::imap::command::Flag;
use mailkeep_types::{FolderId, Timestamp};
use tokio::sync::mpsc;

use crate::views::{Entry, Snapshot};

/// A signed-in mailbox.
pub(crate) struct Access {
    /// The store's own handle.
    pub mail: Arc<MailboxSession>,
    keywords: Vec<String>,
    /// The folder of the last `APPEND`: clients put many messages into one.
    append_to: Option<(String, FolderId)>,
}

/// What changed in a folder.
pub(crate) struct Changed {
    pub messages: Vec<Entry>,
    pub expunged: Vec<u32>,
    pub modseq: u64,
    pub uid_next: u32,
}

impl Access {
    pub fn new(mail: MailboxSession) -> Self {
        Access { mail: Arc::new(mail), keywords: Vec::new(), append_to: None }
    }

    /// The names of the keywords by their place.
    pub fn keywords(&self) -> &[String] {
        &self.keywords
    }

    /// Reads the keywords again.
    pub async fn reload_keywords(&mut self) -> Result<(), MailError> {
        self.keywords = self.mail.keywords().await?;
        Ok(())
    }

    /// The bit of a flag; `None` for a keyword that the mailbox does not have.
    pub fn known_flag(&self, flag: &Flag) -> Option<Flags> {
        Some(match flag {
            Flag::Seen => Flags::SEEN,
            Flag::Answered => Flags::ANSWERED,
            Flag::Flagged => Flags::FLAGGED,
            Flag::Deleted => Flags::DELETED,
            Flag::Draft => Flags::DRAFT,
            Flag::Keyword(name) => {
                Flags::keyword(self.keywords.iter().position(|known| known.eq_ignore_ascii_case(name))?)?
            }
        })
    }

    /// The bits of some flags. Unknown keywords are made with `create`, passed over without.
    pub async fn flags_of(&mut self, flags: &[Flag], create: bool) -> Result<Flags, MailError> {
        let mut bits = Flags::NONE;
        let mut unknown = Vec::new();
        for flag in flags {
            match (self.known_flag(flag), flag) {
                (Some(bit), _) => bits = bits.with(bit),
                (None, Flag::Keyword(name)) => unknown.push(name.clone()),
                (None, _) => {}
            }
        }
        if unknown.is_empty() {
            return Ok(bits);
        }
        if create {
            bits = bits.with(self.mail.keyword_flags(&unknown).await?);
        }
        self.reload_keywords().await?;
        if !create {
            // Another session may have made them since the names were read.
            let bit = |name: &String| self.known_flag(&Flag::Keyword(name.clone()));
            bits = unknown.iter().filter_map(bit).fold(bits, Flags::with);
        }
        Ok(bits)
    }

    /// All of a folder.
    pub async fn snapshot(&self, folder: FolderId) -> Result<Snapshot, MailError> {
        let view = self.mail.open_folder(folder, false).await?;
        Ok(Snapshot {
            entries: view.messages.iter().map(Entry::from).collect(),
            modseq: view.state.modseq,
            uid_next: view.state.uidnext,
        })
    }

    /// What changed in a folder since; `None` when nothing did.
    pub async fn changes(&self, folder: FolderId, since: u64) -> Result<Option<Changed>, MailError> {
        let changes = self.mail.folder_changes(folder, since).await?;
        Ok((changes.state.modseq > since).then(|| Changed {
            messages: changes.changed.iter().map(Entry::from).collect(),
            expunged: changes.expunged,
            modseq: changes.state.modseq,
            uid_next: changes.state.uidnext,
        }))
    }

    /// Stores a message; UIDVALIDITY and UID when it is durable.
    pub async fn append(
        &mut self,
        folder: &str,
        raw: Vec<u8>,
        flags: Flags,
        internal_at: Option<Timestamp>,
    ) -> Result<(u32, u32), MailError> {
        let target = match &self.append_to {
            Some((name, id)) if name == folder => *id,
            _ => self.mail.find_folder(folder).await?.id,
        };
        // Kept only after it worked: the folder may be deleted and made again.
        self.append_to = None;
        let message = Arc::new(prepare_large(Bytes::from(raw)).await);
        let stored = self.mail.append(target, vec![Append { message, flags, internal_at }]).await?;
        self.append_to = Some((folder.to_owned(), target));
        let stored = stored.first().ok_or(MailError::Damaged("an append without an answer"))?;
        Ok((stored.uidvalidity, stored.uid))
    }

    /// Reads messages in batches, ahead of their use by one batch. UIDs that are gone are passed over.
    pub fn read(&self, folder: FolderId, uids: Vec<u32>, need: Need) -> Batches {
        let (send, receive) = mpsc::channel(1);
        let mail = Arc::clone(&self.mail);
        // The task ends when nobody listens any more.
        tokio::spawn(async move {
            for part in uids.chunks(need.batch()) {
                let mut rest = part;
                while !rest.is_empty() {
                    let batch = read_batch(&mail, folder, rest, need).await;
                    // What was read up to the last UID is done, also where messages were gone.
                    let last = batch.as_ref().ok().and_then(|batch| batch.last()).map(|message| message.uid);
                    rest = last.map_or(&[][..], |last| {
                        rest.get(rest.partition_point(|uid| *uid <= last)..).unwrap_or_default()
                    });
                    let failed = batch.is_err();
                    if send.send(batch).await.is_err() || failed {
                        return;
                    }
                }
            }
        });
        Batches(receive)
    }
}

/// What must be read of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    Nothing,
    Metadata,
    Content,
    Both,
}

impl Need {
    /// What both need.
    pub fn and(self, other: Need) -> Need {
        match (self, other) {
            (Need::Nothing, need) | (need, Need::Nothing) => need,
            (one, other) if one == other => one,
            _ => Need::Both,
        }
    }

    /// How many messages are read at once at most.
    fn batch(self) -> usize {
        match self {
            Need::Nothing | Need::Metadata => 500,
            Need::Content | Need::Both => 200,
        }
    }
}

async fn read_batch(
    mail: &MailboxSession,
    folder: FolderId,
    uids: &[u32],
    need: Need,
) -> Result<Vec<Message>, MailError> {
    let set: UidSet = uids.iter().copied().collect();
    if need == Need::Metadata {
        let rows = mail.read_metadata(folder, &set, usize::MAX).await?;
        return Ok(rows
            .into_iter()
            .map(|(uid, m)| Message { uid, metadata: Some(m), content: None })
            .collect());
    }
    let contents = mail.read_messages(folder, &set).await?;
    let mut metadata = Vec::new().into_iter();
    if need == Need::Both {
        let set: UidSet = contents.iter().map(|(uid, _)| *uid).collect();
        metadata = mail.read_metadata(folder, &set, usize::MAX).await?.into_iter();
    }
    let mut batch = Vec::with_capacity(contents.len());
    for (uid, content) in contents {
        let metadata = match need {
            // Both come by UID; what was expunged between the two reads is left out.
            Need::Both => match metadata.by_ref().find(|(other, _)| *other >= uid) {
                Some((other, metadata)) if other == uid => Some(metadata),
                _ => continue,
            },
            _ => None,
        };
        batch.push(Message { uid, metadata, content: Some(content) });
    }
    Ok(batch)
}

/// Batches of messages on their way.
pub(crate) struct Batches(mpsc::Receiver<Result<Vec<Message>, MailError>>);

impl Batches {
    /// The next batch; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Vec<Message>, MailError>> {
        self.0.recv().await
    }
}

/// A message that was read.
pub(crate) struct Message {
    pub uid: u32,
    metadata: Option<Metadata>,
    content: Option<Bytes>,
}

impl Message {
    /// The rendered envelope.
    pub fn envelope(&self) -> &[u8] {
        self.metadata.as_ref().map_or(b"NIL", Metadata::envelope)
    }

    /// The rendered structure.
    pub fn body_structure(&self) -> &[u8] {
        self.metadata.as_ref().map_or(b"NIL", Metadata::body_structure)
    }

    /// The message as it came.
    pub fn content(&self) -> &[u8] {
        self.content.as_deref().unwrap_or_default()
    }

    /// True when these header fields are part of the metadata.
    pub fn lists_fields(names: &[String]) -> bool {
        names.iter().all(|name| LISTING_FIELDS.iter().any(|kept| kept.eq_ignore_ascii_case(name)))
    }

    /// The header fields kept in the metadata, if that was read.
    pub fn listing(&self) -> Option<&[u8]> {
        self.metadata.as_ref().map(Metadata::listing)
    }
}
