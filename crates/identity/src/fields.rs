//! The personal columns of this crate's tables, with their categories and places.

use mailkeep_policy::{CategoryId, Field, Place};
use mailkeep_types::{ApiTokenId, ContactId, CustomerId, PersonId, SessionId};
use uuid::Uuid;

use crate::principal::Principal;

/// Registered with the policy at start; a column that is not here cannot be sealed or opened.
pub(crate) const FIELDS: &[Field] = &[
    Field::new("persons", "name", CategoryId::Identity),
    Field::new("persons", "language", CategoryId::Identity),
    Field::new("persons", "time_zone", CategoryId::Identity),
    Field::new("persons", "email", CategoryId::Contact),
    Field::new("persons", "phone", CategoryId::Contact),
    Field::new("persons", "postal", CategoryId::Postal),
    Field::new("credentials", "password", CategoryId::Credential),
    Field::new("credentials", "totp_pending", CategoryId::Credential),
    Field::new("credentials", "totp_secret", CategoryId::Credential),
    Field::new("one_time_tokens", "email", CategoryId::Contact),
    Field::new("sessions", "network", CategoryId::Network),
    Field::new("sessions", "device", CategoryId::Network),
    Field::new("security_events", "network", CategoryId::Network),
    Field::new("security_events", "device", CategoryId::Network),
    Field::new("customers", "name", CategoryId::Identity),
    Field::new("contacts", "name", CategoryId::Identity),
    Field::new("contacts", "email", CategoryId::Contact),
    Field::new("contact_invitations", "email", CategoryId::Contact),
    Field::new("api_tokens", "name", CategoryId::Preferences),
];

pub(crate) const fn person(column: &'static str, id: PersonId) -> Place {
    Place { table: "persons", column, row: id.uuid() }
}

pub(crate) const fn credential(column: &'static str, principal: Principal) -> Place {
    Place { table: "credentials", column, row: principal.uuid() }
}

pub(crate) const fn one_time_token(row: Uuid) -> Place {
    Place { table: "one_time_tokens", column: "email", row }
}

pub(crate) const fn session(column: &'static str, id: SessionId) -> Place {
    Place { table: "sessions", column, row: id.uuid() }
}

pub(crate) const fn security_event(column: &'static str, row: Uuid) -> Place {
    Place { table: "security_events", column, row }
}

pub(crate) const fn customer(id: CustomerId) -> Place {
    Place { table: "customers", column: "name", row: id.uuid() }
}

pub(crate) const fn contact(column: &'static str, id: ContactId) -> Place {
    Place { table: "contacts", column, row: id.uuid() }
}

pub(crate) const fn invitation(row: Uuid) -> Place {
    Place { table: "contact_invitations", column: "email", row }
}

pub(crate) const fn api_token(id: ApiTokenId) -> Place {
    Place { table: "api_tokens", column: "name", row: id.uuid() }
}
