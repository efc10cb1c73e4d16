//! Whose data it is, where it stands, who acts, and what justifies it.

use std::fmt;

use mailkeep_types::{
    AliasId, CustomerId, InvoiceId, MailboxId, OrderId, OutboundId, PersonId, QueueId, SessionId,
    SiteConsentId, StaffId, SubscriberId,
};
use uuid::Uuid;

use crate::vocabulary::FactKind;

/// Whose data it is: every subject has keys and a chain of ledger entries of its own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A natural person with a login.
    Person(PersonId),
    /// A mailbox.
    Mailbox(MailboxId),
    /// The party that orders and pays.
    Customer(CustomerId),
    /// A member of staff.
    Staff(StaffId),
    /// Somebody without an account: who asked for topics, or wrote to us.
    Subscriber(SubscriberId),
}

impl Subject {
    /// The number under which persons are stored.
    pub const PERSON: i64 = 1;

    /// A person's own data.
    pub const fn person(id: PersonId) -> Self {
        Subject::Person(id)
    }

    /// The data of a mailbox.
    pub const fn mailbox(id: MailboxId) -> Self {
        Subject::Mailbox(id)
    }

    /// The data of a customer.
    pub const fn customer(id: CustomerId) -> Self {
        Subject::Customer(id)
    }

    /// The data of a member of staff.
    pub const fn staff(id: StaffId) -> Self {
        Subject::Staff(id)
    }

    /// The word for the kind.
    pub const fn word(&self) -> &'static str {
        match self {
            Subject::Person(_) => "person",
            Subject::Mailbox(_) => "mailbox",
            Subject::Customer(_) => "customer",
            Subject::Staff(_) => "staff",
            Subject::Subscriber(_) => "subscriber",
        }
    }

    /// The data of somebody without an account.
    pub const fn subscriber(id: SubscriberId) -> Self {
        Subject::Subscriber(id)
    }

    /// The number under which the kind is stored.
    pub const fn kind(&self) -> i64 {
        match self {
            Subject::Person(_) => Subject::PERSON,
            Subject::Mailbox(_) => 2,
            Subject::Customer(_) => 3,
            Subject::Staff(_) => 4,
            Subject::Subscriber(_) => 5,
        }
    }

    /// The identifier within its kind.
    pub const fn uuid(&self) -> Uuid {
        match self {
            Subject::Person(id) => id.uuid(),
            Subject::Mailbox(id) => id.uuid(),
            Subject::Customer(id) => id.uuid(),
            Subject::Staff(id) => id.uuid(),
            Subject::Subscriber(id) => id.uuid(),
        }
    }

    /// Takes a subject as stored; `None` for an unknown kind.
    pub const fn from_stored(kind: i64, id: Uuid) -> Option<Self> {
        match kind {
            1 => Some(Subject::Person(PersonId::from_uuid(id))),
            2 => Some(Subject::Mailbox(MailboxId::from_uuid(id))),
            3 => Some(Subject::Customer(CustomerId::from_uuid(id))),
            4 => Some(Subject::Staff(StaffId::from_uuid(id))),
            5 => Some(Subject::Subscriber(SubscriberId::from_uuid(id))),
            _ => None,
        }
    }

    /// Kind and identifier in 17 bytes, as they enter hashes and the additional data of ciphertexts.
    pub fn to_bytes(&self) -> [u8; 17] {
        let mut out = [0; 17];
        out[0] = self.kind() as u8;
        out[1..].copy_from_slice(self.uuid().as_bytes());
        out
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.word(), self.uuid())
    }
}

/// Where a sealed value stands. A ciphertext opens only in its own place, so a row or column that is swapped in the
/// database is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The row's identifier.
    pub row: Uuid,
}

/// Who acts.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    /// A signed-in person.
    Person(PersonId),
    /// A member of staff.
    Staff(StaffId),
    /// A mailbox user, through mail protocols or webmail.
    Mailbox(MailboxId),
    /// A task of the program, by its name, e.g. `"billing run"`.
    System(&'static str),
}

impl fmt::Debug for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Actor::Person(id) => write!(f, "person {id}"),
            Actor::Staff(id) => write!(f, "staff {id}"),
            Actor::Mailbox(id) => write!(f, "mailbox {id}"),
            Actor::System(name) => f.write_str(name),
        }
    }
}

/// What justifies a use. The gate looks it up in the database before it believes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fact {
    /// The person's own session.
    OwnSession(SessionId),
    /// The session of a person who administers the subject's domain.
    ManagedMailbox(SessionId),
    /// The mailbox itself; the server authenticated it.
    OwnMailbox(MailboxId),
    /// A recorded attempt to sign in.
    SignIn(Uuid),
    /// An order that is not decided yet.
    OrderPlaced(OrderId),
    /// An order that waits for a person's decision.
    OrderInReview(OrderId),
    /// An order whose screening is kept.
    OrderScreened(OrderId),
    /// An invoice that is due or being made.
    DueInvoice(InvoiceId),
    /// A service that is ordered and not ended (a subscription or a service).
    ServiceOrdered(Uuid),
    /// A message that passed the outbound message gate.
    OutboundMessage(OutboundId),
    /// A message in the outgoing queue.
    QueuedMessage(QueueId),
    /// A ticket that the subject opened.
    OpenTicket(Uuid),
    /// A privacy case of the subject that is not closed.
    OpenCase(Uuid),
    /// A disclosure on a recorded ground.
    Ground(Uuid),
    /// A case that a member of staff opened with a reason.
    BreakGlass(Uuid),
    /// A colleague's case that waits for a second look.
    SecondLook(Uuid),
    /// A request that was verified and recorded.
    Request(Uuid),
    /// A yes of the subject to a topic, by the number of its receipt.
    Consent(Uuid),
    /// What the subject agreed to pass to a site.
    SiteConsent(SiteConsentId),
    /// A distribution list of the subject that somebody elsewhere joined.
    ListJoined(AliasId),
    /// An answer of the subject to a survey that keeps names.
    SurveyAnswered(Uuid),
}

impl Fact {
    /// The kind that rules name.
    pub const fn kind(&self) -> FactKind {
        match self {
            Fact::OwnSession(_) => FactKind::OwnSession,
            Fact::ManagedMailbox(_) => FactKind::ManagedMailbox,
            Fact::OwnMailbox(_) => FactKind::OwnMailbox,
            Fact::SignIn(_) => FactKind::SignIn,
            Fact::OrderPlaced(_) => FactKind::OrderPlaced,
            Fact::OrderInReview(_) => FactKind::OrderInReview,
            Fact::OrderScreened(_) => FactKind::OrderScreened,
            Fact::DueInvoice(_) => FactKind::DueInvoice,
            Fact::ServiceOrdered(_) => FactKind::ServiceOrdered,
            Fact::OutboundMessage(_) => FactKind::OutboundMessage,
            Fact::QueuedMessage(_) => FactKind::QueuedMessage,
            Fact::OpenTicket(_) => FactKind::OpenTicket,
            Fact::OpenCase(_) => FactKind::OpenCase,
            Fact::Ground(_) => FactKind::Ground,
            Fact::BreakGlass(_) => FactKind::BreakGlass,
            Fact::SecondLook(_) => FactKind::SecondLook,
            Fact::Request(_) => FactKind::Request,
            Fact::Consent(_) => FactKind::Consent,
            Fact::SiteConsent(_) => FactKind::SiteConsent,
            Fact::ListJoined(_) => FactKind::ListJoined,
            Fact::SurveyAnswered(_) => FactKind::SurveyAnswered,
        }
    }

    /// The identifier of the row that makes it true.
    pub const fn uuid(&self) -> Uuid {
        match self {
            Fact::OwnSession(id) | Fact::ManagedMailbox(id) => id.uuid(),
            Fact::OwnMailbox(id) => id.uuid(),
            Fact::OrderPlaced(id) | Fact::OrderInReview(id) | Fact::OrderScreened(id) => id.uuid(),
            Fact::DueInvoice(id) => id.uuid(),
            Fact::OutboundMessage(id) => id.uuid(),
            Fact::QueuedMessage(id) => id.uuid(),
            Fact::SiteConsent(id) => id.uuid(),
            Fact::ListJoined(id) => id.uuid(),
            Fact::SignIn(id)
            | Fact::ServiceOrdered(id)
            | Fact::OpenTicket(id)
            | Fact::OpenCase(id)
            | Fact::Ground(id)
            | Fact::BreakGlass(id)
            | Fact::SecondLook(id)
            | Fact::Request(id)
            | Fact::Consent(id)
            | Fact::SurveyAnswered(id) => *id,
        }
    }
}
