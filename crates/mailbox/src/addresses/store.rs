//! SQL of addresses and list members.

use mailkeep_storage::sql::{Channel, SqlError, Tx, params};
use mailkeep_types::{AliasId, DomainId, MailboxId, Timestamp};

use super::AddressKind;

/// An address as stored.
pub(crate) struct AddressRow {
    pub kind: AddressKind,
    pub mailbox: Option<MailboxId>,
    pub alias: Option<AliasId>,
}

/// Finds an address by its keyed hash.
pub(crate) fn find(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<Option<AddressRow>, SqlError> {
    tx.query_opt(
        "SELECT kind, mailbox_id, alias_id FROM addresses WHERE hash = $1",
        params![&hash[..]],
        |row| {
            Ok(AddressRow {
                kind: AddressKind::from_id(&row.get::<String>(0)?).unwrap_or(AddressKind::Alias),
                mailbox: row.get(1)?,
                alias: row.get(2)?,
            })
        },
    )
}

/// Writes an address.
pub(crate) fn insert(
    tx: &mut Tx<'_>,
    hash: &[u8; 32],
    domain: DomainId,
    kind: AddressKind,
    mailbox: Option<MailboxId>,
    alias: Option<AliasId>,
    sealed: &[u8],
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO addresses (hash, domain_id, kind, mailbox_id, alias_id, address, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![&hash[..], domain, kind.id(), mailbox, alias, sealed, now],
    )
    .map(drop)
}

/// Mailboxes of a list, in the order in which they came.
pub(crate) fn members(tx: &mut Tx<'_>, alias: AliasId) -> Result<Vec<MailboxId>, SqlError> {
    tx.query(
        "SELECT mailbox_id FROM list_members WHERE alias_id = $1 AND mailbox_id IS NOT NULL ORDER BY position",
        params![alias],
        |row| row.get(0),
    )
}

/// Writes a mailbox as a member.
pub(crate) fn insert_member(
    tx: &mut Tx<'_>,
    alias: AliasId,
    position: i64,
    mailbox: MailboxId,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO list_members (alias_id, position, mailbox_id) VALUES ($1, $2, $3)",
        params![alias, position, mailbox],
    )
    .map(drop)
}

/// The position for the next member of a list.
pub(crate) fn next_position(tx: &mut Tx<'_>, alias: AliasId) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT COALESCE(MAX(position), -1) + 1 FROM list_members WHERE alias_id = $1",
        params![alias],
        |row| row.get(0),
    )
}

/// Removes a mailbox from a list; false when it is none of it.
pub(crate) fn delete_member(tx: &mut Tx<'_>, alias: AliasId, mailbox: MailboxId) -> Result<bool, SqlError> {
    let gone = tx.execute(
        "DELETE FROM list_members WHERE alias_id = $1 AND mailbox_id = $2",
        params![alias, mailbox],
    )?;
    Ok(gone > 0)
}

/// An alias or list as listed.
pub(crate) struct ListedRow {
    pub alias: AliasId,
    pub kind: AddressKind,
    pub mailbox: Option<MailboxId>,
    pub address: Vec<u8>,
    pub created_at: Timestamp,
}

/// Aliases and lists of a domain.
pub(crate) fn list(tx: &mut Tx<'_>, domain: DomainId) -> Result<Vec<ListedRow>, SqlError> {
    tx.query(
        "SELECT alias_id, kind, mailbox_id, address, created_at FROM addresses \
         WHERE domain_id = $1 AND alias_id IS NOT NULL ORDER BY created_at, alias_id",
        params![domain],
        |row| {
            Ok(ListedRow {
                alias: row.get(0)?,
                kind: AddressKind::from_id(&row.get::<String>(1)?).unwrap_or(AddressKind::Alias),
                mailbox: row.get(2)?,
                address: row.get(3)?,
                created_at: row.get(4)?,
            })
        },
    )
}

/// Removes an alias or list.
pub(crate) fn delete(tx: &mut Tx<'_>, domain: DomainId, alias: AliasId) -> Result<bool, SqlError> {
    let gone =
        tx.execute("DELETE FROM addresses WHERE alias_id = $1 AND domain_id = $2", params![alias, domain])?;
    if gone > 0 {
        tx.execute("DELETE FROM list_members WHERE alias_id = $1", params![alias])?;
        crate::lists::store::delete_of_list(tx, alias)?;
    }
    Ok(gone > 0)
}

/// Tells every node that routes changed.
pub(crate) fn notify_changed(tx: &mut Tx<'_>, domain: DomainId) {
    tx.notify(Channel::Routing, *domain.as_bytes(), 0);
}
