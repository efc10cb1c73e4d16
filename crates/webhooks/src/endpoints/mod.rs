//! Endpoints: addresses that are told what happens.

mod change;
mod list;
mod register;
pub(crate) mod store;

use mailkeep_types::{CustomerId, PersonId, StaffId, Timestamp};
use uuid::Uuid;

use crate::events::EventKind;
use crate::signing::Secret;

pub use register::NewEndpoint;

/// Whose endpoints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// A customer's: told what concerns that customer.
    Customer(CustomerId),
    /// The house's: told what concerns anybody.
    House,
}

impl Whose {
    pub(crate) fn stored(self) -> Option<CustomerId> {
        match self {
            Whose::Customer(id) => Some(id),
            Whose::House => None,
        }
    }
}

/// Who registered an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registrar {
    /// A contact of the customer, who is written to when it is disabled.
    Person(PersonId),
    /// A member of staff.
    Staff(StaffId),
}

/// An endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Its identifier.
    pub id: Uuid,
    /// Whose it is.
    pub customer: Option<CustomerId>,
    /// Where it is.
    pub url: String,
    /// The events that it is told; empty means all of them.
    pub events: Vec<EventKind>,
    /// The contact who registered it.
    pub person: Option<PersonId>,
    /// Which secret is in force, counted from 1.
    pub(crate) generation: i64,
    /// Until when the secret before it signs too.
    pub earlier_until: Option<Timestamp>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// Since when nothing was heard.
    pub failing_since: Option<Timestamp>,
    /// When it was disabled.
    pub disabled_at: Option<Timestamp>,
    /// Why: `failing`, `gone` or `asked`.
    pub disabled_why: Option<String>,
}

impl Endpoint {
    /// Whether it wants to know of something.
    pub fn wants(&self, kind: EventKind) -> bool {
        self.events.is_empty() || self.events.contains(&kind)
    }
}

/// An endpoint just made, or with a new secret.
#[derive(Debug, Clone)]
pub struct WithSecret {
    /// The endpoint.
    pub endpoint: Endpoint,
    /// The secret; shown this once.
    pub secret: Secret,
}
