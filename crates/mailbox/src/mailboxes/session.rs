//! A signed-in mailbox: the handle through which its owner's programs read and change it.

use std::sync::Arc;

use mailkeep_policy::{Act, Actor, Fact, Grant, Place, Sealed, Subject, Use, category, purpose};
use mailkeep_storage::sql::{Channel, Watch};
use mailkeep_types::{AppPasswordId, EmailAddress, MailboxId, Timestamp};

use super::{MailboxFacts, Protocol, store};
use crate::error::{MailRefusal, Result};
use crate::post_office::{MailKeys, PostOffice};

/// The owner's session. Cheap to clone; all clones share one grant, recorded once in the ledger.
#[derive(Clone)]
pub struct MailboxSession {
    office: PostOffice,
    facts: Arc<MailboxFacts>,
    keys: MailKeys,
    grant: Arc<Grant<purpose::Deliver>>,
    app_password: Option<AppPasswordId>,
    protocol: Option<Protocol>,
    opened_at: Timestamp,
}

impl std::fmt::Debug for MailboxSession {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MailboxSession({})", self.facts.id)
    }
}

impl PostOffice {
    /// Opens the session of a mailbox whose owner was authenticated: by [`PostOffice::authenticate`], or by the caller
    /// in another way, such as a webmail session.
    ///
    /// # Errors
    /// [`MailRefusal::NoMailbox`], or what the policy says.
    pub async fn session(&self, mailbox: MailboxId) -> Result<MailboxSession> {
        let fields = &[
            "message_bodies.content",
            "message_index.meta",
            "folders.name",
            "mailboxes.address",
            "mailboxes.display_name",
            "app_passwords.label",
        ];
        self.open_session(mailbox, Actor::Mailbox(mailbox), Act::Read, fields, Fact::OwnMailbox(mailbox))
            .await
    }

    /// Opens a mailbox for the hand-over of everything to its customer, under the request that asks for it: the program
    /// reads it, and the mailbox's record of uses says so.
    ///
    /// # Errors
    /// [`MailRefusal::NoMailbox`], or what the policy says.
    pub async fn hand_over_session(&self, mailbox: MailboxId, request: Fact) -> Result<MailboxSession> {
        let fields = &["message_bodies.content", "folders.name", "keywords.name"];
        self.open_session(mailbox, Actor::System("hand-over"), Act::Read, fields, request).await
    }

    async fn open_session(
        &self,
        mailbox: MailboxId,
        actor: Actor,
        act: Act,
        fields: &[&str],
        fact: Fact,
    ) -> Result<MailboxSession> {
        let facts = self.mailbox_facts(mailbox).await?;
        let keys = self.mail_keys(mailbox).await?;
        let subject = Subject::mailbox(mailbox);
        let grant = self.policy().grant(Use { actor, subject, act, fields, fact }).await?;
        Ok(MailboxSession {
            office: self.clone(),
            facts,
            keys,
            grant: Arc::new(grant),
            app_password: None,
            protocol: None,
            opened_at: self.clock().now(),
        })
    }
}

impl MailboxSession {
    pub(super) fn signed_in(self, protocol: Protocol, app_password: Option<AppPasswordId>) -> Self {
        MailboxSession { app_password, protocol: Some(protocol), ..self }
    }

    /// The application password that it was opened with, if one was.
    pub fn app_password(&self) -> Option<AppPasswordId> {
        self.app_password
    }

    /// The mailbox.
    pub fn mailbox(&self) -> MailboxId {
        self.facts.id
    }

    /// Quota, limits and folders with a role as they were when the session was opened.
    pub fn facts(&self) -> &Arc<MailboxFacts> {
        &self.facts
    }

    /// The mail store.
    pub fn office(&self) -> &PostOffice {
        &self.office
    }

    /// The session's permission to open the mailbox's mail.
    pub fn grant(&self) -> &Arc<Grant<purpose::Deliver>> {
        &self.grant
    }

    pub(crate) fn keys(&self) -> &MailKeys {
        &self.keys
    }

    /// Wakes when the mailbox changes, here or on another node; the value is its newest change number.
    pub fn watch(&self) -> Watch {
        self.office.db().watch(Channel::Mailbox, *self.mailbox().as_bytes())
    }

    /// False once the mailbox was closed, locked, removed or signed out of everywhere, or is kept from the protocol of this session:
    /// it must end.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn still_open(&self) -> Result<bool> {
        match self.office.mailbox_facts(self.mailbox()).await {
            Ok(facts) => {
                let class = &facts.class;
                let granted = self.protocol.is_none_or(|protocol| {
                    class.allows(protocol) && !class.needs_app_password(protocol, self.app_password)
                });
                Ok(facts.state.may_sign_in() && granted && self.opened_at > facts.signed_out_at)
            }
            Err(crate::MailError::Refused(MailRefusal::NoMailbox)) => Ok(false),
            Err(other) => Err(other),
        }
    }

    /// Used bytes, quota in bytes (0 is none) and number of messages.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn usage(&self) -> Result<Usage> {
        let mailbox = self.mailbox();
        let found = self.office.db().read(move |tx| crate::messages::store::usage(tx, mailbox)).await?;
        let (used_bytes, messages) = found.ok_or(MailRefusal::NoMailbox)?;
        let quota_bytes = self.office.mailbox_facts(mailbox).await?.quota_bytes;
        Ok(Usage { used_bytes, quota_bytes, messages })
    }

    /// The owner's name and address, for the From field of a message being written.
    ///
    /// # Errors
    /// When the store fails or the grant ended.
    pub async fn identity(&self) -> Result<(String, EmailAddress)> {
        let mailbox = self.mailbox();
        let row = self.office.db().read(move |tx| store::listed_one(tx, mailbox)).await?;
        let row = row.ok_or(MailRefusal::NoMailbox)?;
        let place = |column| Place { table: "mailboxes", column, row: mailbox.uuid() };
        let policy = self.office.policy();
        let name: Sealed<String, category::Identity> = Sealed::from_bytes(row.display_name);
        let name = policy.open(&self.grant, place("display_name"), &name, String::clone)?;
        let address: Sealed<EmailAddress, category::Identity> = Sealed::from_bytes(row.address);
        let address = policy.open(&self.grant, place("address"), &address, EmailAddress::clone)?;
        Ok((name, address))
    }
}

/// How full a mailbox is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Bytes of all messages.
    pub used_bytes: u64,
    /// Bytes there may be; 0 is no limit.
    pub quota_bytes: u64,
    /// Number of messages.
    pub messages: u64,
}
