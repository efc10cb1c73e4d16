//! SQL of lists and their guests.

use mailkeep_policy::Sealed;
use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{AliasId, CustomerId, DomainName, GuestId, Timestamp};

use super::{Guest, GuestPage, GuestState, ListSummary, Writers};

const GUEST: &str =
    "id, alias_id, customer_id, state, asked_at, asks, answered_at, failures, address FROM list_guests";

fn read_guest(row: &Row<'_>) -> Result<Guest, SqlError> {
    Ok(Guest {
        id: row.get(0)?,
        list: row.get(1)?,
        customer: row.get(2)?,
        // A state of a later version gets nothing.
        state: GuestState::from_id(&row.get::<String>(3)?).unwrap_or(GuestState::Removed),
        asked_at: row.get(4)?,
        asks: row.get(5)?,
        answered_at: row.get(6)?,
        failures: row.get(7)?,
        address: Sealed::from_bytes(row.get(8)?),
    })
}

/// A guest.
pub(crate) fn guest(tx: &mut Tx<'_>, id: GuestId) -> Result<Option<Guest>, SqlError> {
    tx.query_opt(&format!("SELECT {GUEST} WHERE id = $1"), params![id], read_guest)
}

/// The guest of a list with an address.
pub(crate) fn by_hash(tx: &mut Tx<'_>, list: AliasId, hash: &[u8; 32]) -> Result<Option<Guest>, SqlError> {
    let sql = format!("SELECT {GUEST} WHERE alias_id = $1 AND hash = $2");
    tx.query_opt(&sql, params![list, &hash[..]], read_guest)
}

/// Some guests in these states, the newest first.
pub(crate) fn guests(
    tx: &mut Tx<'_>,
    list: AliasId,
    states: &[GuestState],
    skip: i64,
    limit: i64,
) -> Result<GuestPage, SqlError> {
    let words = states.iter().map(|state| format!("'{}'", state.id())).collect::<Vec<_>>().join(", ");
    let total: i64 = tx.query_one(
        &format!(
            "SELECT CAST(COUNT(*) AS BIGINT) FROM list_guests WHERE alias_id = $1 AND state IN ({words})"
        ),
        params![list],
        |row| row.get(0),
    )?;
    let sql = format!(
        "SELECT {GUEST} WHERE alias_id = $1 AND state IN ({words}) ORDER BY id DESC LIMIT $2 OFFSET $3"
    );
    let guests = tx.query(&sql, params![list, limit, skip], read_guest)?;
    Ok(GuestPage { total: unsigned(total), guests })
}

/// How many guests a list has, those with them that pages do not show.
pub(crate) fn count(tx: &mut Tx<'_>, list: AliasId) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM list_guests WHERE alias_id = $1",
        params![list],
        |row| row.get(0),
    )
}

/// How many guests joined.
pub(crate) fn count_joined(tx: &mut Tx<'_>, list: AliasId) -> Result<usize, SqlError> {
    let count: i64 = tx.query_one(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM list_guests WHERE alias_id = $1 AND state = 'joined'",
        params![list],
        |row| row.get(0),
    )?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// The guests who joined.
pub(crate) fn joined(
    tx: &mut Tx<'_>,
    list: AliasId,
) -> Result<Vec<(CustomerId, GuestId, Vec<u8>)>, SqlError> {
    tx.query(
        "SELECT customer_id, id, address FROM list_guests WHERE alias_id = $1 AND state = 'joined' ORDER BY id",
        params![list],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// Whether somebody joined a list of a customer.
pub(crate) fn is_joined(tx: &mut Tx<'_>, list: AliasId, customer: CustomerId) -> Result<bool, SqlError> {
    let found: Option<GuestId> = tx.query_opt(
        "SELECT id FROM list_guests WHERE alias_id = $1 AND state = 'joined' AND customer_id = $2 LIMIT 1",
        params![list, customer],
        |row| row.get(0),
    )?;
    Ok(found.is_some())
}

/// Writes somebody who is asked.
pub(crate) fn insert(
    tx: &mut Tx<'_>,
    id: GuestId,
    list: AliasId,
    customer: CustomerId,
    hash: &[u8; 32],
    address: &[u8],
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO list_guests (id, alias_id, customer_id, hash, address, state, asks, failures, asked_at) \
         VALUES ($1, $2, $3, $4, $5, 'asked', 1, 0, $6)",
        params![id, list, customer, &hash[..], address, now],
    )
    .map(drop)
}

/// Writes the address of a guest anew.
pub(crate) fn set_address(tx: &mut Tx<'_>, id: GuestId, address: &[u8]) -> Result<(), SqlError> {
    tx.execute("UPDATE list_guests SET address = $2 WHERE id = $1", params![id, address]).map(drop)
}

/// Writes that a guest is asked once more.
pub(crate) fn ask_again(tx: &mut Tx<'_>, id: GuestId, asks: i64) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "UPDATE list_guests SET state = 'asked', asks = $2, asked_at = $3, answered_at = NULL, failures = 0 WHERE id = $1",
        params![id, asks, now],
    )
    .map(drop)
}

/// Writes what a guest said, or what became of it.
pub(crate) fn answer(tx: &mut Tx<'_>, id: GuestId, state: GuestState) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "UPDATE list_guests SET state = $2, answered_at = $3, failures = 0 WHERE id = $1",
        params![id, state.id(), now],
    )
    .map(drop)
}

/// Takes a guest who did not answer from the pages, and forgets the address.
pub(crate) fn hide(tx: &mut Tx<'_>, id: GuestId) -> Result<(), SqlError> {
    let nothing: &[u8] = &[];
    tx.execute("UPDATE list_guests SET state = 'removed', address = $2 WHERE id = $1", params![id, nothing])
        .map(drop)
}

/// A list is gone. Who did not answer stays known unseen, without the address, until the time to answer is over.
pub(crate) fn delete_of_list(tx: &mut Tx<'_>, list: AliasId) -> Result<(), SqlError> {
    let nothing: &[u8] = &[];
    tx.execute(
        "UPDATE list_guests SET state = 'removed', address = $2 WHERE alias_id = $1 AND state = 'asked'",
        params![list, nothing],
    )?;
    tx.execute("DELETE FROM list_guests WHERE alias_id = $1 AND state <> 'removed'", params![list]).map(drop)
}

/// How often other lists of the customer asked an address that did not answer.
pub(crate) fn asks_elsewhere(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    list: AliasId,
    hash: &[u8; 32],
) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT CAST(COALESCE(SUM(asks), 0) AS BIGINT) FROM list_guests WHERE customer_id = $1 AND hash = $2 AND alias_id <> $3 \
         AND state IN ('asked', 'removed')",
        params![customer, &hash[..], list],
        |row| row.get(0),
    )
}

/// Removes a guest.
pub(crate) fn delete(tx: &mut Tx<'_>, id: GuestId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM list_guests WHERE id = $1", params![id]).map(drop)
}

/// Removes who was last asked before a time and did not answer.
pub(crate) fn forget_unanswered(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, SqlError> {
    tx.execute("DELETE FROM list_guests WHERE answered_at IS NULL AND asked_at < $1", params![before])
}

/// The other server took a copy.
pub(crate) fn note_taken(tx: &mut Tx<'_>, id: GuestId) -> Result<(), SqlError> {
    tx.execute("UPDATE list_guests SET failures = 0 WHERE id = $1 AND failures > 0", params![id]).map(drop)
}

/// The other server knows no such address; gives how often in a row it said so.
pub(crate) fn note_failure(tx: &mut Tx<'_>, id: GuestId) -> Result<i64, SqlError> {
    let failures = tx.query_opt(
        "UPDATE list_guests SET failures = failures + 1 WHERE id = $1 AND state = 'joined' RETURNING failures",
        params![id],
        |row| row.get::<i64>(0),
    )?;
    Ok(failures.unwrap_or_default())
}

/// Remembers that a guest said no.
pub(crate) fn refuse(tx: &mut Tx<'_>, id: GuestId) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO list_refusals (customer_id, hash, guest_id, at) \
         SELECT customer_id, hash, id, $2 FROM list_guests WHERE id = $1 ON CONFLICT DO NOTHING",
        params![id, now],
    )
    .map(drop)
}

/// Forgets that a guest said no, because they themselves say yes.
pub(crate) fn forget_refusal(tx: &mut Tx<'_>, id: GuestId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM list_refusals WHERE guest_id = $1", params![id]).map(drop)
}

/// Whether a guest said no to any list of the customer.
pub(crate) fn guest_has_refused(tx: &mut Tx<'_>, id: GuestId) -> Result<bool, SqlError> {
    let found: Option<GuestId> = tx.query_opt(
        "SELECT r.guest_id FROM list_guests g JOIN list_refusals r ON r.customer_id = g.customer_id AND r.hash = g.hash \
         WHERE g.id = $1 LIMIT 1",
        params![id],
        |row| row.get(0),
    )?;
    Ok(found.is_some())
}

/// Whether an address said no to a list of the customer.
pub(crate) fn has_refused(tx: &mut Tx<'_>, customer: CustomerId, hash: &[u8; 32]) -> Result<bool, SqlError> {
    let found: Option<GuestId> = tx.query_opt(
        "SELECT guest_id FROM list_refusals WHERE customer_id = $1 AND hash = $2 LIMIT 1",
        params![customer, &hash[..]],
        |row| row.get(0),
    )?;
    Ok(found.is_some())
}

const LIST: &str = "a.alias_id, a.domain_id, d.name, d.customer_id, a.created_at, a.address, a.writers FROM addresses a \
     JOIN domains d ON d.id = a.domain_id";

fn read_list(row: &Row<'_>) -> Result<Option<ListSummary>, SqlError> {
    let Ok(domain_name) = DomainName::parse(&row.get::<String>(2)?) else { return Ok(None) };
    Ok(Some(ListSummary {
        id: row.get(0)?,
        domain: row.get(1)?,
        domain_name,
        customer: row.get(3)?,
        created_at: row.get(4)?,
        mailboxes: 0,
        guests: Vec::new(),
        address: Sealed::from_bytes(row.get(5)?),
        writers: row.get::<Option<String>>(6)?.as_deref().and_then(Writers::from_id).unwrap_or_default(),
    }))
}

/// Who may write to a list.
pub(crate) fn writers(tx: &mut Tx<'_>, list: AliasId) -> Result<Writers, SqlError> {
    let found: Option<Option<String>> =
        tx.query_opt("SELECT writers FROM addresses WHERE alias_id = $1", params![list], |row| row.get(0))?;
    Ok(found.flatten().as_deref().and_then(Writers::from_id).unwrap_or_default())
}

pub(crate) fn set_writers(tx: &mut Tx<'_>, list: AliasId, writers: Writers) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE addresses SET writers = $2 WHERE alias_id = $1 AND kind = 'list'",
        params![list, writers.id()],
    )
    .map(drop)
}

/// How the guest of a hash stands to a list.
pub(crate) fn state_of(
    tx: &mut Tx<'_>,
    list: AliasId,
    hash: &[u8; 32],
) -> Result<Option<GuestState>, SqlError> {
    let found: Option<String> = tx.query_opt(
        "SELECT state FROM list_guests WHERE alias_id = $1 AND hash = $2",
        params![list, &hash[..]],
        |row| row.get(0),
    )?;
    Ok(found.as_deref().and_then(GuestState::from_id))
}

/// A list.
pub(crate) fn list(tx: &mut Tx<'_>, id: AliasId) -> Result<Option<ListSummary>, SqlError> {
    let sql = format!("SELECT {LIST} WHERE a.alias_id = $1 AND a.kind = 'list'");
    let found = tx.query_opt(&sql, params![id], read_list)?.flatten();
    found.map(|list| counted(tx, list)).transpose()
}

/// The lists of a customer.
pub(crate) fn lists_of(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<ListSummary>, SqlError> {
    let sql = format!(
        "SELECT {LIST} WHERE d.customer_id = $1 AND a.kind = 'list' ORDER BY d.name, a.created_at, a.alias_id"
    );
    let found = tx.query(&sql, params![customer], read_list)?;
    found.into_iter().flatten().map(|list| counted(tx, list)).collect()
}

fn counted(tx: &mut Tx<'_>, mut list: ListSummary) -> Result<ListSummary, SqlError> {
    let mailboxes: i64 = tx.query_one(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM list_members WHERE alias_id = $1",
        params![list.id],
        |row| row.get(0),
    )?;
    let guests = tx.query(
        "SELECT state, CAST(COUNT(*) AS BIGINT) FROM list_guests WHERE alias_id = $1 GROUP BY state",
        params![list.id],
        |row| Ok::<_, SqlError>((row.get::<String>(0)?, row.get::<i64>(1)?)),
    )?;
    list.mailboxes = unsigned(mailboxes);
    list.guests = guests
        .into_iter()
        .filter_map(|(state, count)| Some((GuestState::from_id(&state)?, unsigned(count))))
        .collect();
    Ok(list)
}

fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}
