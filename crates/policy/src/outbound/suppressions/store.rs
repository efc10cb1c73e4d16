//! The rows of the list, in the main database and in the key database.

use mailkeep_storage::sql::{Dialect, SqlError, Tx, params};
use mailkeep_types::Timestamp;

use super::super::{ALL_TOPICS, Channel, MessageClass};
use super::Suppression;

/// Writes an entry into the main database; of two the newer stays. True when it changed something.
pub(super) fn enter(
    tx: &mut Tx<'_>,
    entry: &Suppression,
    copied_at: Option<Timestamp>,
) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "INSERT INTO suppressions (holder, channel, topic, at, copied_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (holder, channel, topic) DO UPDATE SET at = excluded.at, copied_at = excluded.copied_at
         WHERE suppressions.at < excluded.at",
        params![&entry.holder, entry.channel.id(), &entry.topic, entry.at, copied_at],
    )?;
    Ok(rows > 0)
}

/// The same in the key database.
pub(super) fn enter_copy(tx: &mut Tx<'_>, entry: &Suppression) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO suppressions (holder, channel, topic, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (holder, channel, topic) DO UPDATE SET at = excluded.at WHERE suppressions.at < excluded.at",
        params![&entry.holder, entry.channel.id(), &entry.topic, entry.at],
    )?;
    Ok(())
}

fn entry(row: &mailkeep_storage::sql::Row<'_>) -> Result<Option<Suppression>, SqlError> {
    let channel = Channel::from_id(&row.get::<String>(1)?);
    let (holder, topic, at) = (row.get(0)?, row.get(2)?, row.get(3)?);
    Ok(channel.map(|channel| Suppression { holder, channel, topic, at }))
}

/// Entries that stand in the main database alone.
pub(super) fn uncopied(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Suppression>, SqlError> {
    let rows = tx.query(
        "SELECT holder, channel, topic, at FROM suppressions WHERE copied_at IS NULL LIMIT $1",
        params![limit],
        entry,
    )?;
    Ok(rows.into_iter().flatten().collect())
}

/// Since when the oldest of them waits.
pub(super) fn oldest_uncopied(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, SqlError> {
    tx.query_one("SELECT MIN(at) FROM suppressions WHERE copied_at IS NULL", params![], |row| row.get(0))
}

/// Notes that an entry stands outside, unless it was renewed meanwhile.
pub(super) fn mark_copied(tx: &mut Tx<'_>, entry: &Suppression) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE suppressions SET copied_at = $5 WHERE holder = $1 AND channel = $2 AND topic = $3 AND at = $4",
        params![&entry.holder, entry.channel.id(), &entry.topic, entry.at, tx.now()],
    )?;
    Ok(())
}

/// Every entry of a database, the main one or that of keys, after the given one.
pub(super) fn page(
    tx: &mut Tx<'_>,
    after: Option<&Suppression>,
    limit: i64,
) -> Result<Vec<Suppression>, SqlError> {
    let (holder, channel, topic) = match after {
        Some(last) => (last.holder.to_vec(), last.channel.id(), last.topic.as_str()),
        None => (Vec::new(), "", ""),
    };
    // Both engines compare rows, and bytes byte by byte; texts are plain words, which need no language to be ordered by.
    let collation = match tx.dialect() {
        Dialect::Sqlite => "",
        Dialect::Postgres => " COLLATE \"C\"",
    };
    let sql = format!(
        "SELECT holder, channel, topic, at FROM suppressions
         WHERE (holder, channel{collation}, topic{collation}) > ($1, $2, $3)
         ORDER BY holder, channel{collation}, topic{collation} LIMIT $4"
    );
    let rows = tx.query(&sql, params![&holder, channel, topic, limit], entry)?;
    Ok(rows.into_iter().flatten().collect())
}

/// When the entry of the main database is from, if there is one.
pub(super) fn entered_at(tx: &mut Tx<'_>, entry: &Suppression) -> Result<Option<Timestamp>, SqlError> {
    tx.query_opt(
        "SELECT at FROM suppressions WHERE holder = $1 AND channel = $2 AND topic = $3",
        params![&entry.holder, entry.channel.id(), &entry.topic],
        |row| row.get(0),
    )
}

/// When the topic, its class or everything was refused last under one of the hashes.
pub(in super::super) fn refused_at(
    tx: &mut Tx<'_>,
    holders: &[[u8; 32]],
    topic: &str,
    class: MessageClass,
    channel: Channel,
) -> Result<Option<Timestamp>, SqlError> {
    let mut newest: Option<Timestamp> = None;
    for holder in holders {
        let at: Option<Timestamp> = tx.query_one(
            "SELECT MAX(at) FROM suppressions WHERE holder = $1 AND channel = $2 AND topic IN ($3, $4, $5)",
            params![holder, channel.id(), topic, class.id(), ALL_TOPICS],
            |row| row.get(0),
        )?;
        newest = newest.max(at);
    }
    Ok(newest)
}

/// Takes entries that stand in the main database alone out of it.
pub(in super::super) fn remove_synthetic(tx: &mut Tx<'_>, holder: &[u8; 32]) -> Result<(), SqlError> {
    tx.execute("DELETE FROM suppressions WHERE holder = $1", params![holder])?;
    Ok(())
}
