//! The places of personal values in this crate's tables.

use mailkeep_policy::Place;
use mailkeep_types::{ApiTokenId, ContactId, CustomerId, PersonId, SessionId, SiteConsentId, StaffId};
use uuid::Uuid;

use crate::principal::Principal;

pub(crate) const fn person(column: &'static str, id: PersonId) -> Place {
    Place { table: "persons", column, row: id.uuid() }
}

pub(crate) const fn credential(column: &'static str, principal: Principal) -> Place {
    Place { table: "credentials", column, row: principal.uuid() }
}

pub(crate) const fn one_time_token(row: Uuid) -> Place {
    Place { table: "one_time_tokens", column: "email", row }
}

pub(crate) const fn staff_address(id: StaffId) -> Place {
    Place { table: "staff_addresses", column: "email", row: id.uuid() }
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

pub(crate) const fn site_consent(id: SiteConsentId) -> Place {
    Place { table: "site_consents", column: "subject", row: id.uuid() }
}

pub(crate) const fn api_token(id: ApiTokenId) -> Place {
    Place { table: "api_tokens", column: "name", row: id.uuid() }
}
