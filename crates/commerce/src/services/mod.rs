//! Services: what the mail side is to be like. Commerce writes the desired state; a reconciler on the mail side makes
//! itself equal to it and says which generation it reached.
//!
//! Entitlement is a list of blocks (overdue, abuse, staff, dispute), each with its cause. A service may send when the
//! list is empty; paying lifts only the block of its own invoice. Mail is received and can be read under every block.

pub mod block;
pub mod change;
pub mod desired;
pub mod standing;
pub mod store;

use mailkeep_types::{CustomerId, DomainName, ServiceId, SubscriptionId, Timestamp};
use uuid::Uuid;

use crate::classes::ClassLimits;

/// Why a service may not send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// An invoice is long overdue.
    Overdue,
    /// It was misused.
    Abuse,
    /// A member of staff stopped it.
    Staff,
    /// A payment is disputed.
    Dispute,
}

impl BlockKind {
    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            BlockKind::Overdue => "overdue",
            BlockKind::Abuse => "abuse",
            BlockKind::Staff => "staff",
            BlockKind::Dispute => "dispute",
        }
    }

    /// Reads the stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        use BlockKind::{Abuse, Dispute, Overdue, Staff};
        [Overdue, Abuse, Staff, Dispute].into_iter().find(|kind| kind.word() == word)
    }
}

/// A service as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its identifier.
    pub id: ServiceId,
    /// The subscription that pays for it.
    pub subscription: SubscriptionId,
    /// Whose it is.
    pub customer: CustomerId,
    /// The domain that the mail is for.
    pub domain: DomainName,
    /// The plan as sold.
    pub plan_version: Uuid,
    /// Mailboxes ordered.
    pub mailboxes: u32,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Grows with each change.
    pub generation: i64,
    /// The last generation that the mail side carried out.
    pub provisioned: i64,
    /// The blocks in force.
    pub blocks: Vec<BlockKind>,
}

impl Service {
    /// True when the mail side is as it should be.
    pub fn is_provisioned(&self) -> bool {
        self.provisioned >= self.generation
    }

    /// True when mail may be sent from it.
    pub fn may_send(&self) -> bool {
        self.ended_at.is_none() && self.blocks.is_empty()
    }
}

/// What the mail side is to be like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesiredService {
    /// The service.
    pub service: Service,
    /// The plan's name.
    pub plan_name: String,
    /// The plan's key.
    pub plan_key: String,
    /// What each mailbox is granted.
    pub limits: ClassLimits,
    /// So much space each mailbox has beyond its own quota, in units of 1,000,000 bytes.
    pub more_quota_mb: u32,
    /// Most mailboxes; 0 is no limit.
    pub most_mailboxes: u32,
    /// Whether its data is to be gone for good: it was cancelled, and the days of restoring are over.
    pub purged: bool,
}
