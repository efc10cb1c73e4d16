//! What the provider refuses to serve again: addresses, domains, networks and cards, kept as keyed hashes.
//!
//! Something comes onto the list with an order that two people refuse and block, or by hand for a whole mail domain. Each
//! entry has a reason out of fixed words and a day on which it ends; either way it can be lifted before. An entry outlives
//! whoever it is about: it holds nothing that could be read.

use mailkeep_policy::LookupKind;
use mailkeep_types::{OrderId, StaffId, Timestamp, new_uuid};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::store;
use crate::commerce::Commerce;
use crate::config::is_domain;
use crate::error::CommerceError;

/// What of an order is blocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The mail address.
    MailAddress,
    /// The whole mail domain.
    MailDomain,
    /// The network.
    Network,
    /// The card.
    Card,
}

impl BlockKind {
    /// Every kind.
    pub const ALL: [BlockKind; 4] =
        [BlockKind::MailAddress, BlockKind::MailDomain, BlockKind::Network, BlockKind::Card];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            BlockKind::MailAddress => "mail_address",
            BlockKind::MailDomain => "mail_domain",
            BlockKind::Network => "network",
            BlockKind::Card => "card",
        }
    }

    /// Reads the stored word, e.g. of a form.
    pub fn from_word(word: &str) -> Option<Self> {
        BlockKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What a reviewer reads.
    pub(super) const fn sentence(self) -> &'static str {
        match self {
            BlockKind::MailAddress => "The mail address is on our own block list.",
            BlockKind::MailDomain => "The mail domain is on our own block list.",
            BlockKind::Network => "The network is on our own block list.",
            BlockKind::Card => "The card is on our own block list.",
        }
    }
}

/// Why something is blocked: fixed words, so that nothing personal is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockReason {
    /// Cards were tried out.
    CardTesting,
    /// The card was not theirs.
    StolenCard,
    /// They were not who they said.
    FalseIdentity,
    /// Mail was sent that recipients call spam.
    Spam,
    /// Payments were taken back.
    Chargeback,
}

impl BlockReason {
    /// Every reason.
    pub const ALL: [BlockReason; 5] = [
        BlockReason::CardTesting,
        BlockReason::StolenCard,
        BlockReason::FalseIdentity,
        BlockReason::Spam,
        BlockReason::Chargeback,
    ];

    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            BlockReason::CardTesting => "card_testing",
            BlockReason::StolenCard => "stolen_card",
            BlockReason::FalseIdentity => "false_identity",
            BlockReason::Spam => "spam",
            BlockReason::Chargeback => "chargeback",
        }
    }

    /// Reads the stored word, e.g. of a form.
    pub fn from_word(word: &str) -> Option<Self> {
        BlockReason::ALL.into_iter().find(|reason| reason.word() == word)
    }
}

/// An entry of the block list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its identifier.
    pub id: Uuid,
    /// What is blocked.
    pub kind: BlockKind,
    /// The keyed hash of it.
    pub value_hash: Vec<u8>,
    /// The domain, where one was entered by hand; nothing that comes from an order is kept readable.
    pub domain: Option<String>,
    /// Why.
    pub reason: BlockReason,
    /// The order that led to it.
    pub order: Option<OrderId>,
    /// Who put it there.
    pub by: StaffId,
    /// Since when.
    pub since: Timestamp,
    /// When it ends by itself.
    pub until: Timestamp,
    /// When it was lifted.
    pub lifted_at: Option<Timestamp>,
}

impl Commerce {
    /// The block list as it is now, newest first.
    pub async fn list_blocks(&self) -> Result<Vec<Block>, CommerceError> {
        self.read(store::blocks).await
    }

    /// Blocks a whole mail domain. The caller has checked that the member of staff may.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] for `domain`, also when it gives addresses to anybody.
    pub async fn block_domain(
        &self,
        staff: StaffId,
        domain: &str,
        reason: BlockReason,
    ) -> Result<(), CommerceError> {
        let domain = domain.trim().to_lowercase();
        if !is_domain(&domain) {
            return Err(CommerceError::invalid("domain", "write a domain such as burner.example"));
        }
        let listing = self.lists().current().ok().and_then(|lists| lists.of_mail_domain(&domain));
        if listing.is_some_and(|listing| listing.kind == super::lists::ListKind::FreeMail) {
            let message = "this domain gives addresses to anybody: block the address with its order instead";
            return Err(CommerceError::invalid("domain", message));
        }
        let hash = self.policy().lookup_hash(LookupKind::Other, &mail_domain_text(&domain));
        let now = self.clock().now();
        let block = Block {
            id: new_uuid(&**self.clock()),
            kind: BlockKind::MailDomain,
            value_hash: hash.to_vec(),
            domain: Some(domain),
            reason,
            order: None,
            by: staff,
            since: now,
            until: now.plus(self.block_term()),
            lifted_at: None,
        };
        self.write(move |tx| Ok(store::insert_block(tx, &block)?)).await
    }

    /// Takes an entry off the list. Lifted twice is lifted.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn unblock(&self, id: Uuid) -> Result<(), CommerceError> {
        self.write(move |tx| Ok(store::lift_block(tx, id)?)).await
    }

    pub(crate) fn block_term(&self) -> std::time::Duration {
        std::time::Duration::from_secs(u64::from(self.config().screening.block_days) * 86_400)
    }
}

/// What the hash of a mail domain is taken of: the part that somebody registered.
pub(crate) fn mail_domain_text(domain: &str) -> String {
    format!("mail domain {}", psl::domain_str(domain).unwrap_or(domain))
}
