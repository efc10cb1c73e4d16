//! SQL of domains.

use mailkeep_storage::sql::{Channel, Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, DomainId, DomainName, MailboxId, ServiceId};

use super::{Domain, DomainState};
use crate::mailboxes::ClassLimits;

/// A domain as stored, for rules within a transaction.
pub(crate) struct DomainRow {
    pub customer: CustomerId,
    pub name: String,
    pub state: DomainState,
    pub alias_of: Option<DomainId>,
    pub mailbox_limit: Option<i64>,
    pub class: ClassLimits,
}

const COLUMNS: &str = "id, customer_id, service_id, name, state, alias_of, challenge, catch_all, mailbox_limit, class, \
                       proven_at, checked_at, created_at, own_class";

fn domain(row: &Row<'_>) -> Result<Option<Domain>, SqlError> {
    let Ok(name) = DomainName::parse(&row.get::<String>(3)?) else { return Ok(None) };
    Ok(Some(Domain {
        id: row.get(0)?,
        customer: row.get(1)?,
        service: row.get(2)?,
        name,
        // An unknown state is one of a later version; nothing is routed then.
        state: DomainState::from_id(&row.get::<String>(4)?).unwrap_or(DomainState::Suspended),
        alias_of: row.get(5)?,
        challenge: row.get(6)?,
        catch_all: row.get(7)?,
        mailbox_limit: row.get(8)?,
        class: ClassLimits::from_json(&row.get::<String>(9)?).unwrap_or_default(),
        proven_at: row.get(10)?,
        checked_at: row.get(11)?,
        created_at: row.get(12)?,
        own_class: ClassLimits::from_json(&row.get::<String>(13)?).unwrap_or_default(),
    }))
}

/// A domain by its identifier.
pub(crate) fn get(tx: &mut Tx<'_>, id: DomainId) -> Result<Option<Domain>, SqlError> {
    let found = tx.query_opt(&format!("SELECT {COLUMNS} FROM domains WHERE id = $1"), params![id], domain)?;
    Ok(found.flatten())
}

/// A domain's row.
pub(crate) fn row(tx: &mut Tx<'_>, id: DomainId) -> Result<Option<DomainRow>, SqlError> {
    Ok(get(tx, id)?.map(|d| DomainRow {
        customer: d.customer,
        name: d.name.as_str().to_owned(),
        state: d.state,
        alias_of: d.alias_of,
        mailbox_limit: d.mailbox_limit,
        class: d.class,
    }))
}

/// Whether a domain of the customer is proven; where a mailbox is named, whether the one that it is in is.
pub fn holds_proven(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    mailbox: Option<MailboxId>,
) -> Result<bool, SqlError> {
    let domains = "SELECT COUNT(*) FROM domains d WHERE d.customer_id = $1 AND d.state = $2";
    let proven = DomainState::Proven.id();
    let count: i64 = match mailbox {
        None => tx.query_one(domains, params![customer, proven], |row| row.get(0))?,
        Some(mailbox) => tx.query_one(
            &format!("{domains} AND d.id = (SELECT m.domain_id FROM mailboxes m WHERE m.id = $3)"),
            params![customer, proven, mailbox],
            |row| row.get(0),
        )?,
    };
    Ok(count > 0)
}

/// The domain that is proven, or was before it was suspended, under this name.
pub(crate) fn by_proven_name(tx: &mut Tx<'_>, name: &str) -> Result<Option<Domain>, SqlError> {
    let sql = format!("SELECT {COLUMNS} FROM domains WHERE proven_name = $1");
    Ok(tx.query_opt(&sql, params![name], domain)?.flatten())
}

/// Domains of a customer by name.
pub(crate) fn of_customer(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<Domain>, SqlError> {
    let sql = format!("SELECT {COLUMNS} FROM domains WHERE customer_id = $1 ORDER BY name");
    Ok(tx.query(&sql, params![customer], domain)?.into_iter().flatten().collect())
}

/// Domains of a service by name.
pub(crate) fn of_service(tx: &mut Tx<'_>, service: ServiceId) -> Result<Vec<Domain>, SqlError> {
    let sql = format!("SELECT {COLUMNS} FROM domains WHERE service_id = $1 ORDER BY name");
    Ok(tx.query(&sql, params![service], domain)?.into_iter().flatten().collect())
}

/// Alias domains of a domain.
pub(crate) fn aliases_of(tx: &mut Tx<'_>, id: DomainId) -> Result<Vec<Domain>, SqlError> {
    let sql = format!("SELECT {COLUMNS} FROM domains WHERE alias_of = $1 ORDER BY name");
    Ok(tx.query(&sql, params![id], domain)?.into_iter().flatten().collect())
}

/// Writes a new domain; false when the customer has it already.
pub(crate) fn insert(tx: &mut Tx<'_>, d: &Domain) -> Result<bool, SqlError> {
    let now = tx.now();
    let written = tx.execute(
        "INSERT INTO domains (id, customer_id, service_id, name, state, alias_of, challenge, mailbox_limit, class, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
        params![
            d.id,
            d.customer,
            d.service,
            d.name.as_str(),
            d.state.id(),
            d.alias_of,
            d.challenge.as_str(),
            d.mailbox_limit,
            d.class.to_json().as_str(),
            now
        ],
    )?;
    Ok(written > 0)
}

/// Notes that the proof was looked for.
pub(crate) fn set_checked(tx: &mut Tx<'_>, id: DomainId) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute("UPDATE domains SET checked_at = $2 WHERE id = $1", params![id, now]).map(drop)
}

/// Makes the domain proven; nothing when another one of this name is.
pub(crate) fn set_proven(tx: &mut Tx<'_>, id: DomainId, name: &str) -> Result<bool, SqlError> {
    if by_proven_name(tx, name)?.is_some_and(|other| other.id != id) {
        return Ok(false);
    }
    let now = tx.now();
    tx.execute(
        "UPDATE domains SET state = 'proven', proven_name = name, proven_at = $2 WHERE id = $1 AND state = 'unproven'",
        params![id, now],
    )?;
    notify_changed(tx, id);
    Ok(true)
}

/// Sets the state of a proven domain.
pub(crate) fn set_state(tx: &mut Tx<'_>, id: DomainId, state: DomainState) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE domains SET state = $2 WHERE id = $1 AND proven_name IS NOT NULL",
        params![id, state.id()],
    )?;
    notify_changed(tx, id);
    Ok(())
}

/// Sets the catch-all mailbox.
pub(crate) fn set_catch_all(
    tx: &mut Tx<'_>,
    id: DomainId,
    mailbox: Option<MailboxId>,
) -> Result<(), SqlError> {
    tx.execute("UPDATE domains SET catch_all = $2 WHERE id = $1", params![id, mailbox])?;
    notify_changed(tx, id);
    Ok(())
}

/// Sets service, number of mailboxes and limits.
pub(crate) fn set_service(
    tx: &mut Tx<'_>,
    id: DomainId,
    service: Option<ServiceId>,
    mailbox_limit: Option<i64>,
    class: ClassLimits,
) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE domains SET service_id = $2, mailbox_limit = $3, class = $4 WHERE id = $1",
        params![id, service, mailbox_limit, class.to_json().as_str()],
    )?;
    notify_all_changed(tx, id)
}

/// Sets what the domain narrows for all its mailboxes.
pub(crate) fn set_own_class(tx: &mut Tx<'_>, id: DomainId, own: ClassLimits) -> Result<(), SqlError> {
    tx.execute("UPDATE domains SET own_class = $2 WHERE id = $1", params![id, own.to_json().as_str()])?;
    notify_all_changed(tx, id)
}

/// Tells every node that what it caches of the domain and of its mailboxes is stale.
fn notify_all_changed(tx: &mut Tx<'_>, id: DomainId) -> Result<(), SqlError> {
    for mailbox in tx.query("SELECT id FROM mailboxes WHERE domain_id = $1", params![id], |row| row.get(0))? {
        crate::mailboxes::store::notify_changed(tx, mailbox);
    }
    notify_changed(tx, id);
    Ok(())
}

/// Removes a domain without mailboxes; false when it has some.
pub(crate) fn delete(tx: &mut Tx<'_>, id: DomainId) -> Result<bool, SqlError> {
    let used = tx.query_one(
        "SELECT CAST((SELECT COUNT(*) FROM mailboxes WHERE domain_id = $1) + \
         (SELECT COUNT(*) FROM domains WHERE alias_of = $1) AS BIGINT)",
        params![id],
        |row| row.get::<i64>(0),
    )?;
    if used > 0 {
        return Ok(false);
    }
    for sql in [
        "DELETE FROM list_members WHERE alias_id IN (SELECT alias_id FROM addresses WHERE domain_id = $1)",
        "DELETE FROM list_guests WHERE alias_id IN (SELECT alias_id FROM addresses WHERE domain_id = $1)",
        "DELETE FROM addresses WHERE domain_id = $1",
        "DELETE FROM dkim_keys WHERE domain_id = $1",
        "DELETE FROM delivery_senders WHERE domain_id = $1",
        "DELETE FROM domain_reports WHERE domain_id = $1",
        "DELETE FROM dmarc_counts WHERE domain_id = $1",
        "DELETE FROM tls_counts WHERE domain_id = $1",
        "DELETE FROM domains WHERE id = $1",
    ] {
        tx.execute(sql, params![id])?;
    }
    notify_changed(tx, id);
    Ok(true)
}

/// Lets what is done for a customer wait for what is being done for it.
pub(crate) fn lock_of_customer(tx: &mut Tx<'_>, customer: CustomerId) -> Result<(), SqlError> {
    tx.execute("UPDATE domains SET state = state WHERE customer_id = $1", params![customer]).map(drop)
}

/// The mailboxes of a domain.
pub(crate) fn mailboxes_of(tx: &mut Tx<'_>, id: DomainId) -> Result<Vec<MailboxId>, SqlError> {
    tx.query("SELECT id FROM mailboxes WHERE domain_id = $1", params![id], |row| row.get(0))
}

/// Serves a domain no longer, and forgets its addresses, lists and keys; its name is free for others.
pub(crate) fn end(tx: &mut Tx<'_>, id: DomainId) -> Result<(), SqlError> {
    for sql in [
        "DELETE FROM list_members WHERE alias_id IN (SELECT alias_id FROM addresses WHERE domain_id = $1)",
        "DELETE FROM list_guests WHERE alias_id IN (SELECT alias_id FROM addresses WHERE domain_id = $1)",
        "DELETE FROM addresses WHERE domain_id = $1",
        "DELETE FROM dkim_keys WHERE domain_id = $1",
        "DELETE FROM delivery_senders WHERE domain_id = $1",
        "DELETE FROM domain_reports WHERE domain_id = $1",
        "DELETE FROM dmarc_counts WHERE domain_id = $1",
        "DELETE FROM tls_counts WHERE domain_id = $1",
        "UPDATE domains SET state = 'suspended', proven_name = NULL, catch_all = NULL WHERE id = $1",
    ] {
        tx.execute(sql, params![id])?;
    }
    notify_changed(tx, id);
    Ok(())
}

/// Number, used bytes and closed ones of the mailboxes of a domain.
pub(crate) fn usage(tx: &mut Tx<'_>, id: DomainId) -> Result<(i64, i64, i64), SqlError> {
    tx.query_one(
        "SELECT CAST(COUNT(*) AS BIGINT), CAST(COALESCE(SUM(c.used_bytes), 0) AS BIGINT), \
         CAST(COALESCE(SUM(CASE WHEN m.state = 'closed' THEN 1 ELSE 0 END), 0) AS BIGINT) \
         FROM mailboxes m JOIN mailbox_counters c ON c.mailbox_id = m.id WHERE m.domain_id = $1",
        params![id],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

fn notify_changed(tx: &mut Tx<'_>, id: DomainId) {
    tx.notify(Channel::Routing, *id.as_bytes(), 0);
}
