//! Who has credentials.

use mailkeep_policy::Subject;
use mailkeep_types::{PersonId, StaffId};
use uuid::Uuid;

/// Whoever can sign in: persons and staff share the machinery of credentials, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Principal {
    /// A person.
    Person(PersonId),
    /// A member of staff.
    Staff(StaffId),
}

impl Principal {
    pub(crate) const fn kind(self) -> i64 {
        match self {
            Principal::Person(_) => 1,
            Principal::Staff(_) => 2,
        }
    }

    pub(crate) const fn uuid(self) -> Uuid {
        match self {
            Principal::Person(id) => id.uuid(),
            Principal::Staff(id) => id.uuid(),
        }
    }

    pub(crate) const fn from_stored(kind: i64, id: Uuid) -> Self {
        match kind {
            2 => Principal::Staff(StaffId::from_uuid(id)),
            _ => Principal::Person(PersonId::from_uuid(id)),
        }
    }

    /// Whose keys seal the principal's fields.
    pub const fn subject(self) -> Subject {
        match self {
            Principal::Person(id) => Subject::person(id),
            Principal::Staff(id) => Subject::staff(id),
        }
    }

    pub(crate) const fn person(self) -> Option<PersonId> {
        match self {
            Principal::Person(id) => Some(id),
            Principal::Staff(_) => None,
        }
    }
}
