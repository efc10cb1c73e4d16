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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use mailkeep_storage::both_engines;
    use mailkeep_storage::sql::Database;

    use super::FIELDS;

    /// Columns of bytes that hold no personal value: identifiers, hashes of random tokens, and keyed hashes.
    fn is_key_or_hash(column: &str) -> bool {
        ["id", "invited_by", "limit_key"].contains(&column)
            || ["_id", "_hash", "_lookup"].iter().any(|end| column.ends_with(end))
    }

    both_engines!(every_column_of_bytes_is_registered_or_a_hash, |db: Database| async move {
        let schema = db.schema().await.unwrap();
        let tables: HashSet<&str> = FIELDS.iter().map(|field| field.table).collect();
        let registered: HashSet<(&str, &str)> =
            FIELDS.iter().map(|field| (field.table, field.column)).collect();
        let mut found = 0;
        for (table, columns) in schema.tables.iter().filter(|(table, _)| tables.contains(table.as_str())) {
            for (name, column) in columns {
                let known = registered.contains(&(table.as_str(), name.as_str()));
                let bytes = column.kind == "bytes";
                assert!(!bytes || known || is_key_or_hash(name), "{table}.{name} is in no category");
                assert!(!known || bytes, "{table}.{name} is registered and stands open");
                found += usize::from(known);
            }
        }
        assert_eq!(found, FIELDS.len(), "a registered column does not exist");
    });
}
