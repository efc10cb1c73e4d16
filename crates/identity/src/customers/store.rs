//! The tables `customers`, `contacts` and `contact_invitations`.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{ContactId, CustomerId, PersonId, RegistrationId, Timestamp};
use uuid::Uuid;

use crate::access::{ContactRole, ContactRoles};
use crate::persons::store::registration_id;
use crate::secrets::tokens;

/// A customer as staff find it: by numbers, without a name.
#[derive(Debug, Clone)]
pub struct CustomerSummary {
    /// The customer.
    pub customer: CustomerId,
    /// The Registration ID of the owner who is contact for the longest time.
    pub owner: Option<RegistrationId>,
    /// That person.
    pub owner_person: Option<PersonId>,
    /// How many contacts there are.
    pub contacts: i64,
    /// Since when.
    pub created_at: Timestamp,
}

/// A contact, sealed.
#[derive(Clone)]
pub(super) struct ContactRow {
    pub contact: ContactId,
    pub person: PersonId,
    pub registration_id: RegistrationId,
    pub roles: ContactRoles,
    pub name: Vec<u8>,
    pub email: Vec<u8>,
    pub created_at: Timestamp,
}

/// An invitation, sealed.
#[derive(Clone)]
pub(super) struct InvitationRow {
    pub id: Uuid,
    pub customer: CustomerId,
    pub email: Vec<u8>,
    pub roles: ContactRoles,
    pub invited_by: PersonId,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

pub(crate) fn insert_customer(tx: &mut Tx<'_>, id: CustomerId, name: &[u8]) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO customers (id, name, created_at, changed_at) VALUES ($1, $2, $3, $3)",
        params![id, name, tx.now()],
    )?;
    Ok(())
}

pub(super) fn rename_customer(tx: &mut Tx<'_>, id: CustomerId, name: &[u8]) -> Result<(), SqlError> {
    tx.execute("UPDATE customers SET name = $2, changed_at = $3 WHERE id = $1", params![id, name, tx.now()])?;
    Ok(())
}

pub(super) fn customer_name(
    tx: &mut Tx<'_>,
    id: CustomerId,
) -> Result<Option<(Vec<u8>, Timestamp)>, SqlError> {
    tx.query_opt("SELECT name, created_at FROM customers WHERE id = $1", params![id], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

pub(crate) fn insert_contact(
    tx: &mut Tx<'_>,
    contact: ContactId,
    customer: CustomerId,
    person: PersonId,
    roles: ContactRoles,
    sealed: (&[u8], &[u8]),
) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "INSERT INTO contacts (id, customer_id, person_id, roles, name, email, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (customer_id, person_id) DO NOTHING",
        params![contact, customer, person, roles.stored(), sealed.0, sealed.1, tx.now()],
    )?;
    Ok(rows == 1)
}

/// The roles of a person at a customer; `None` when the person is no contact there.
pub fn roles_of(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    person: PersonId,
) -> Result<Option<ContactRoles>, SqlError> {
    tx.query_opt(
        "SELECT roles FROM contacts WHERE customer_id = $1 AND person_id = $2",
        params![customer, person],
        |row| Ok(ContactRoles::from_stored(row.get(0)?)),
    )
}

/// Whether a person acts for a customer in any role.
pub fn is_contact(tx: &mut Tx<'_>, customer: CustomerId, person: PersonId) -> Result<bool, SqlError> {
    Ok(roles_of(tx, customer, person)?.is_some_and(|roles| !roles.is_empty()))
}

/// The persons who act for these customers and for no other.
pub fn persons_only_of(tx: &mut Tx<'_>, customers: &[CustomerId]) -> Result<Vec<PersonId>, SqlError> {
    let mut persons = Vec::new();
    for customer in customers {
        let found: Vec<PersonId> =
            tx.query("SELECT person_id FROM contacts WHERE customer_id = $1", params![*customer], |row| {
                row.get(0)
            })?;
        persons.extend(found);
    }
    persons.sort_unstable();
    persons.dedup();
    let mut only = Vec::with_capacity(persons.len());
    for person in persons {
        let theirs: Vec<CustomerId> =
            tx.query("SELECT customer_id FROM contacts WHERE person_id = $1", params![person], |row| {
                row.get(0)
            })?;
        if theirs.iter().all(|customer| customers.contains(customer)) {
            only.push(person);
        }
    }
    Ok(only)
}

/// The persons who have one of `roles` at a customer, the longest contact first: whom to write to.
pub fn persons_with_role(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    roles: &[ContactRole],
) -> Result<Vec<PersonId>, SqlError> {
    let contacts = tx.query(
        "SELECT person_id, roles FROM contacts WHERE customer_id = $1 ORDER BY created_at, id",
        params![customer],
        |row| Ok::<_, SqlError>((row.get::<PersonId>(0)?, ContactRoles::from_stored(row.get(1)?))),
    )?;
    Ok(contacts.into_iter().filter(|(_, has)| has.any_of(roles)).map(|(person, _)| person).collect())
}

/// The customers at whom a person has one of `roles`.
pub fn customers_with_role(
    tx: &mut Tx<'_>,
    person: PersonId,
    roles: &[ContactRole],
) -> Result<Vec<CustomerId>, SqlError> {
    let contacts = tx.query(
        "SELECT customer_id, roles FROM contacts WHERE person_id = $1 ORDER BY created_at, id",
        params![person],
        |row| Ok::<_, SqlError>((row.get::<CustomerId>(0)?, ContactRoles::from_stored(row.get(1)?))),
    )?;
    Ok(contacts.into_iter().filter(|(_, has)| has.any_of(roles)).map(|(customer, _)| customer).collect())
}

/// The active person with an address, by its keyed hash, and the customers whose contact they are; `None` for whoever is no
/// contact.
pub fn contact_with_email(
    tx: &mut Tx<'_>,
    email: &[u8; 32],
) -> Result<Option<(PersonId, Vec<CustomerId>)>, SqlError> {
    let rows: Vec<(PersonId, CustomerId)> = tx.query(
        "SELECT p.id, c.customer_id FROM persons p JOIN contacts c ON c.person_id = p.id
         WHERE p.email_lookup = $1 AND p.status = 'active' AND c.roles <> 0 ORDER BY c.created_at, c.id",
        params![email],
        |row| Ok::<_, SqlError>((row.get(0)?, row.get(1)?)),
    )?;
    let person = rows.first().map(|(person, _)| *person);
    Ok(person.map(|person| (person, rows.into_iter().map(|(_, customer)| customer).collect())))
}

/// The owner who is contact for the longest time.
pub fn first_owner(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Option<PersonId>, SqlError> {
    Ok(persons_with_role(tx, customer, &[ContactRole::Owner])?.into_iter().next())
}

pub(super) fn contacts_of_person(
    tx: &mut Tx<'_>,
    person: PersonId,
) -> Result<Vec<(ContactId, CustomerId)>, SqlError> {
    tx.query("SELECT id, customer_id FROM contacts WHERE person_id = $1", params![person], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

pub(super) fn set_contact_name(tx: &mut Tx<'_>, contact: ContactId, name: &[u8]) -> Result<(), SqlError> {
    tx.execute("UPDATE contacts SET name = $2 WHERE id = $1", params![contact, name])?;
    Ok(())
}

pub(super) fn set_contact_email(tx: &mut Tx<'_>, contact: ContactId, email: &[u8]) -> Result<(), SqlError> {
    tx.execute("UPDATE contacts SET email = $2 WHERE id = $1", params![contact, email])?;
    Ok(())
}

pub(super) fn list_contacts(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<ContactRow>, SqlError> {
    tx.query(
        "SELECT c.id, c.person_id, p.registration_id, c.roles, c.name, c.email, c.created_at
         FROM contacts c JOIN persons p ON p.id = c.person_id WHERE c.customer_id = $1 ORDER BY c.created_at, c.id",
        params![customer],
        |row| {
            Ok(ContactRow {
                contact: row.get(0)?,
                person: row.get(1)?,
                registration_id: registration_id(&row.get::<String>(2)?)?,
                roles: ContactRoles::from_stored(row.get(3)?),
                name: row.get(4)?,
                email: row.get(5)?,
                created_at: row.get(6)?,
            })
        },
    )
}

/// The person and roles of a contact of this customer.
pub(super) fn find_contact(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    contact: ContactId,
) -> Result<Option<(PersonId, ContactRoles)>, SqlError> {
    tx.query_opt(
        "SELECT person_id, roles FROM contacts WHERE id = $1 AND customer_id = $2",
        params![contact, customer],
        |row| Ok((row.get(0)?, ContactRoles::from_stored(row.get(1)?))),
    )
}

pub(super) fn set_roles(tx: &mut Tx<'_>, contact: ContactId, roles: ContactRoles) -> Result<(), SqlError> {
    tx.execute("UPDATE contacts SET roles = $2 WHERE id = $1", params![contact, roles.stored()])?;
    Ok(())
}

/// Removes a customer of a probe with its contacts.
pub(crate) fn remove_synthetic(tx: &mut Tx<'_>, customer: CustomerId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM contacts WHERE customer_id = $1", params![customer])?;
    tx.execute("DELETE FROM customers WHERE id = $1", params![customer])?;
    Ok(())
}

pub(super) fn delete_contact(tx: &mut Tx<'_>, contact: ContactId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM contacts WHERE id = $1", params![contact])?;
    Ok(())
}

/// Removes a person from every customer, with the copies of name and address.
pub(crate) fn delete_contacts_of(tx: &mut Tx<'_>, person: PersonId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM contacts WHERE person_id = $1", params![person])?;
    Ok(())
}

// ---- invitations ----------------------------------------------------------------------------------------------------

/// Writes an invitation; an earlier one to the same address gives way.
pub(super) fn insert_invitation(
    tx: &mut Tx<'_>,
    row: &InvitationRow,
    email_lookup: &[u8; 32],
    token_hash: &[u8; 32],
) -> Result<(), SqlError> {
    tx.execute(
        "DELETE FROM contact_invitations WHERE customer_id = $1 AND email_lookup = $2",
        params![row.customer, email_lookup],
    )?;
    tx.execute(
        "INSERT INTO contact_invitations
             (id, customer_id, email, email_lookup, roles, token_hash, invited_by, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            row.id,
            row.customer,
            &row.email,
            email_lookup,
            row.roles.stored(),
            token_hash,
            row.invited_by,
            row.created_at,
            row.expires_at
        ],
    )?;
    Ok(())
}

const INVITATION: &str = "SELECT id, customer_id, email, roles, invited_by, created_at, expires_at
     FROM contact_invitations";

fn invitation(row: &mailkeep_storage::sql::Row<'_>) -> Result<InvitationRow, SqlError> {
    Ok(InvitationRow {
        id: row.get(0)?,
        customer: row.get(1)?,
        email: row.get(2)?,
        roles: ContactRoles::from_stored(row.get(3)?),
        invited_by: row.get(4)?,
        created_at: row.get(5)?,
        expires_at: row.get(6)?,
    })
}

pub(super) fn list_invitations(
    tx: &mut Tx<'_>,
    customer: CustomerId,
) -> Result<Vec<InvitationRow>, SqlError> {
    let sql = format!("{INVITATION} WHERE customer_id = $1 AND expires_at > $2 ORDER BY created_at, id");
    tx.query(&sql, params![customer, tx.now()], invitation)
}

pub(super) fn find_invitation(tx: &mut Tx<'_>, token: &str) -> Result<Option<InvitationRow>, SqlError> {
    let sql = format!("{INVITATION} WHERE token_hash = $1 AND expires_at > $2");
    tx.query_opt(&sql, params![&tokens::hash(token), tx.now()], invitation)
}

pub(super) fn delete_invitation(tx: &mut Tx<'_>, customer: CustomerId, id: Uuid) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "DELETE FROM contact_invitations WHERE id = $1 AND customer_id = $2",
        params![id, customer],
    )?;
    Ok(rows == 1)
}

/// Removes invitations that ended.
pub(crate) fn sweep(tx: &mut Tx<'_>) -> Result<u64, SqlError> {
    tx.execute("DELETE FROM contact_invitations WHERE expires_at < $1", params![tx.now()])
}

// ---- for staff ------------------------------------------------------------------------------------------------------

/// Customers that began before `before`, newest first.
pub(super) fn list_customers(
    tx: &mut Tx<'_>,
    before: Timestamp,
    limit: u32,
) -> Result<Vec<CustomerSummary>, SqlError> {
    let ids = tx.query(
        "SELECT id, created_at FROM customers WHERE created_at < $1 ORDER BY created_at DESC, id DESC LIMIT $2",
        params![before, limit],
        |row| Ok::<_, SqlError>((row.get(0)?, row.get(1)?)),
    )?;
    ids.into_iter().map(|(id, created_at)| summarise(tx, id, created_at)).collect()
}

pub(super) fn find_customer(tx: &mut Tx<'_>, id: CustomerId) -> Result<Option<CustomerSummary>, SqlError> {
    let created_at = tx.query_opt("SELECT created_at FROM customers WHERE id = $1", params![id], |row| {
        row.get::<Timestamp>(0)
    })?;
    created_at.map(|created_at| summarise(tx, id, created_at)).transpose()
}

pub(crate) fn customers_of_person(
    tx: &mut Tx<'_>,
    person: PersonId,
) -> Result<Vec<CustomerSummary>, SqlError> {
    let ids = contacts_of_person(tx, person)?;
    let mut found = Vec::with_capacity(ids.len());
    for (_, customer) in ids {
        found.extend(find_customer(tx, customer)?);
    }
    Ok(found)
}

fn summarise(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    created_at: Timestamp,
) -> Result<CustomerSummary, SqlError> {
    let contacts = list_contacts(tx, customer)?;
    let owner = contacts.iter().find(|contact| contact.roles.contains(ContactRole::Owner));
    Ok(CustomerSummary {
        customer,
        owner: owner.map(|owner| owner.registration_id),
        owner_person: owner.map(|owner| owner.person),
        contacts: i64::try_from(contacts.len()).unwrap_or(i64::MAX),
        created_at,
    })
}
