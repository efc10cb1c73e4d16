//! Counts: what a subscription held when its mailboxes were counted for an invoice day.
//!
//! There are two for each month: the first for the preview, the final one for the bill. A count is written once and never
//! edited, so what was billed can always be shown. It names mailboxes by their identifiers; whoever may read their
//! addresses has them opened beside it.

pub mod store;
pub mod take;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use mailkeep_types::{MailboxId, SubscriptionId};
use serde::{Deserialize, Serialize};

use crate::catalogue::pricing::Quantities;
use crate::catalogue::pricing::space::{self, MailboxSpace};
use crate::catalogue::sheet::SpacePrice;
use crate::ports::HeldDomain;

/// Which of the two counts of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// For the preview.
    First,
    /// For the bill.
    Final,
}

impl Stage {
    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            Stage::First => "first",
            Stage::Final => "final",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Stage::First, Stage::Final].into_iter().find(|stage| stage.word() == word)
    }
}

/// A domain as counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedDomain {
    /// Its name.
    pub name: String,
    /// Its alias domains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Its mailboxes.
    pub mailboxes: Vec<CountedMailbox>,
}

/// A mailbox as counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedMailbox {
    /// The mailbox.
    pub id: MailboxId,
    /// Its quota in bytes; 0 is no limit.
    pub quota_bytes: u64,
    /// What it used, in bytes.
    pub used_bytes: u64,
    /// Whether it was closed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub closed: bool,
    /// Whether it was not in the final count before.
    #[serde(default, skip_serializing_if = "is_false")]
    pub new: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands fields in by reference")]
fn is_false(value: &bool) -> bool {
    !*value
}

/// One count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Whose.
    pub subscription: SubscriptionId,
    /// For which invoice day.
    pub invoice_on: Date,
    /// Which of the two.
    pub stage: Stage,
    /// What there was.
    pub domains: Vec<CountedDomain>,
    /// The customer's local date of counting.
    pub counted_on: Date,
}

impl Count {
    /// Puts together what is held. Mailboxes that `before` did not have are new; the first count of all marks none.
    pub fn of(
        subscription: SubscriptionId,
        invoice_on: Date,
        stage: Stage,
        counted_on: Date,
        held: Vec<HeldDomain>,
        before: Option<&Count>,
    ) -> Self {
        let known =
            |id: MailboxId| before.is_none_or(|before| before.mailboxes().any(|known| known.id == id));
        let domains = held
            .into_iter()
            .map(|domain| CountedDomain {
                name: domain.name.as_str().to_owned(),
                aliases: domain.aliases.iter().map(|alias| alias.as_str().to_owned()).collect(),
                mailboxes: domain
                    .mailboxes
                    .into_iter()
                    .map(|mailbox| CountedMailbox {
                        id: mailbox.id,
                        quota_bytes: mailbox.quota_bytes,
                        used_bytes: mailbox.used_bytes,
                        closed: mailbox.closed,
                        new: !known(mailbox.id),
                    })
                    .collect(),
            })
            .collect();
        Count { subscription, invoice_on, stage, domains, counted_on }
    }

    /// All mailboxes in their order.
    pub fn mailboxes(&self) -> impl Iterator<Item = &CountedMailbox> {
        self.domains.iter().flat_map(|domain| &domain.mailboxes)
    }

    /// How many were not closed.
    pub fn open(&self) -> u32 {
        number(self.mailboxes().filter(|mailbox| !mailbox.closed).count())
    }

    /// How many were closed.
    pub fn closed(&self) -> u32 {
        number(self.mailboxes().filter(|mailbox| mailbox.closed).count())
    }

    /// What all used, in bytes.
    pub fn used_bytes(&self) -> u64 {
        self.mailboxes().fold(0, |sum, mailbox| sum.saturating_add(mailbox.used_bytes))
    }

    /// What is billed: at least so many mailboxes as were ordered, closed ones as such, and the space by what the price
    /// asks for.
    pub fn quantities(&self, ordered: u32, space: Option<&SpacePrice>) -> Quantities {
        let closed = self.closed();
        let mailboxes = self
            .mailboxes()
            .map(|mailbox| MailboxSpace { quota_bytes: mailbox.quota_bytes, used_bytes: mailbox.used_bytes });
        Quantities {
            open: self.open().max(ordered.saturating_sub(closed)),
            closed,
            space_mb: space::count(space, mailboxes),
            ..Quantities::default()
        }
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
