//! All SQL of block lists.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::Timestamp;

use super::Listing;

const COLUMNS: &str = "list, address, listed, answer, since, asked_at, failed_at";

/// What the lists said, what is listed first.
pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<Listing>, SqlError> {
    let sql = format!("SELECT {COLUMNS} FROM block_list_answers ORDER BY listed DESC, list, address");
    tx.query(&sql, params![], |row| {
        Ok(Listing {
            list: row.get(0)?,
            address: row.get(1)?,
            listed: row.get(2)?,
            answer: row.get(3)?,
            since: row.get(4)?,
            asked_at: row.get(5)?,
            failed_at: row.get(6)?,
        })
    })
}

/// Writes down what a list said: its answer when it lists the address. True when that is news: a listing, or the end of one.
pub(super) fn answer(
    tx: &mut Tx<'_>,
    list: &str,
    address: &str,
    listed: Option<&str>,
) -> Result<bool, SqlError> {
    let now = tx.now();
    let before: Option<(String, Timestamp)> = tx.query_opt(
        "SELECT answer, since FROM block_list_answers WHERE list = $1 AND address = $2",
        params![list, address],
        |row| Ok::<_, SqlError>((row.get(0)?, row.get(1)?)),
    )?;
    let answer = listed.unwrap_or_default();
    let same = before.as_ref().is_some_and(|(before, _)| before == answer);
    let since = before.as_ref().filter(|_| same).map_or(now, |(_, since)| *since);
    tx.execute(
        "INSERT INTO block_list_answers (list, address, listed, answer, since, asked_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (list, address) DO UPDATE SET listed = $3, answer = $4, since = $5, asked_at = $6, failed_at = NULL",
        params![list, address, i64::from(listed.is_some()), answer, since, now],
    )?;
    let was_listed = before.is_some_and(|(before, _)| !before.is_empty());
    Ok(was_listed != listed.is_some())
}

/// Writes down that a list gave no answer; what it said before stands.
pub(super) fn failed(tx: &mut Tx<'_>, list: &str, address: &str) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO block_list_answers (list, address, listed, answer, since, asked_at, failed_at) VALUES ($1, $2, 0, '', $3, 0, $3) \
         ON CONFLICT (list, address) DO UPDATE SET failed_at = $3",
        params![list, address, now],
    )
    .map(drop)
}

/// Keeps what is asked, and removes what lists that are not named any more said, or of addresses that are not ours any more.
pub(super) fn keep(tx: &mut Tx<'_>, lists: &[String], addresses: &[String]) -> Result<(), SqlError> {
    for one in all(tx)? {
        if !lists.contains(&one.list) || !addresses.contains(&one.address) {
            tx.execute(
                "DELETE FROM block_list_answers WHERE list = $1 AND address = $2",
                params![one.list.as_str(), one.address.as_str()],
            )?;
        }
    }
    Ok(())
}
