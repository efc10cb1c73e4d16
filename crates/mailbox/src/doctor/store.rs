//! SQL of the checks.

use mailkeep_storage::sql::{SqlError, Tx, ValueRef, params};

/// An invariant: a query that gives the rows that break it, and a statement that mends them.
pub(super) struct Check {
    pub what: &'static str,
    query: &'static str,
    pub repair: Option<&'static str>,
}

/// At most so many violations of one invariant are listed.
const LIMIT: usize = 100;

pub(super) const CHECKS: &[Check] = &[
    Check {
        what: "a message has no content",
        query: "SELECT m.folder_id, m.uid FROM messages m LEFT JOIN message_bodies b ON b.body_id = m.body_id \
                WHERE b.body_id IS NULL",
        repair: None,
    },
    Check {
        what: "a message has no index row",
        query: "SELECT m.folder_id, m.uid FROM messages m JOIN folders f ON f.id = m.folder_id \
                LEFT JOIN message_index i ON i.mailbox_id = f.mailbox_id AND i.body_id = m.body_id WHERE i.body_id IS NULL",
        repair: None,
    },
    Check {
        what: "a message lies in no folder",
        query: "SELECT m.folder_id, m.uid FROM messages m LEFT JOIN folders f ON f.id = m.folder_id WHERE f.id IS NULL",
        repair: None,
    },
    Check {
        what: "content is neither in its row nor in a blob",
        query: "SELECT body_id FROM message_bodies WHERE content IS NULL AND blob_key IS NULL",
        repair: None,
    },
    Check {
        what: "a message has a UID that its folder did not give out yet",
        query: "SELECT m.folder_id, m.uid FROM messages m JOIN folders f ON f.id = m.folder_id WHERE m.uid >= f.uidnext",
        repair: None,
    },
    Check {
        what: "a UID is used and expunged",
        query: "SELECT m.folder_id, m.uid FROM messages m JOIN expunged e ON e.folder_id = m.folder_id AND e.uid = m.uid",
        repair: None,
    },
    Check {
        what: "a change number lies ahead of its folder's",
        query: "SELECT m.folder_id, m.uid FROM messages m JOIN folders f ON f.id = m.folder_id WHERE m.modseq > f.modseq",
        repair: None,
    },
    Check {
        what: "a folder's change number lies ahead of its mailbox's",
        query: "SELECT f.id FROM folders f JOIN mailbox_counters c ON c.mailbox_id = f.mailbox_id WHERE f.modseq > c.modseq",
        repair: None,
    },
    Check {
        what: "a mailbox has no INBOX",
        query: "SELECT m.id FROM mailboxes m LEFT JOIN folders f ON f.mailbox_id = m.id AND f.role = 'inbox' WHERE f.id IS NULL",
        repair: None,
    },
    Check {
        what: "an address leads to no mailbox",
        query: "SELECT a.hash FROM addresses a LEFT JOIN mailboxes m ON m.id = a.mailbox_id \
                WHERE a.mailbox_id IS NOT NULL AND m.id IS NULL",
        repair: Some(
            "DELETE FROM addresses WHERE mailbox_id IS NOT NULL AND NOT EXISTS \
             (SELECT 1 FROM mailboxes m WHERE m.id = addresses.mailbox_id)",
        ),
    },
    Check {
        what: "a queued recipient has no message",
        query: "SELECT r.queue_id, r.position FROM queue_recipients r LEFT JOIN queue_messages m ON m.id = r.queue_id \
                WHERE m.id IS NULL",
        repair: Some(
            "DELETE FROM queue_recipients WHERE NOT EXISTS \
             (SELECT 1 FROM queue_messages m WHERE m.id = queue_recipients.queue_id)",
        ),
    },
    Check {
        what: "a note of where a queued message was put has no message",
        query: "SELECT s.queue_id, s.target_id FROM queue_stored s LEFT JOIN queue_messages m ON m.id = s.queue_id \
                WHERE m.id IS NULL",
        repair: Some(
            "DELETE FROM queue_stored WHERE NOT EXISTS \
             (SELECT 1 FROM queue_messages m WHERE m.id = queue_stored.queue_id)",
        ),
    },
    Check {
        what: "the counts of a folder are wrong",
        query: "SELECT f.id FROM folders f WHERE f.total <> (SELECT COUNT(*) FROM messages m WHERE m.folder_id = f.id) \
                OR f.unseen <> (SELECT COUNT(*) FROM messages m WHERE m.folder_id = f.id AND (m.flags & 1) = 0) \
                OR f.bytes <> (SELECT CAST(COALESCE(SUM(m.size), 0) AS BIGINT) FROM messages m WHERE m.folder_id = f.id)",
        repair: Some(
            "UPDATE folders SET total = (SELECT COUNT(*) FROM messages m WHERE m.folder_id = folders.id), \
             unseen = (SELECT COUNT(*) FROM messages m WHERE m.folder_id = folders.id AND (m.flags & 1) = 0), \
             bytes = (SELECT CAST(COALESCE(SUM(m.size), 0) AS BIGINT) FROM messages m WHERE m.folder_id = folders.id)",
        ),
    },
    // After the folders, since it adds them up.
    Check {
        what: "the usage of a mailbox is wrong",
        query: "SELECT c.mailbox_id FROM mailbox_counters c WHERE \
                c.used_bytes <> (SELECT CAST(COALESCE(SUM(f.bytes), 0) AS BIGINT) FROM folders f WHERE f.mailbox_id = c.mailbox_id) \
                OR c.messages <> (SELECT CAST(COALESCE(SUM(f.total), 0) AS BIGINT) FROM folders f WHERE f.mailbox_id = c.mailbox_id)",
        repair: Some(
            "UPDATE mailbox_counters SET \
             used_bytes = (SELECT CAST(COALESCE(SUM(f.bytes), 0) AS BIGINT) FROM folders f WHERE f.mailbox_id = mailbox_counters.mailbox_id), \
             messages = (SELECT CAST(COALESCE(SUM(f.total), 0) AS BIGINT) FROM folders f WHERE f.mailbox_id = mailbox_counters.mailbox_id)",
        ),
    },
    Check {
        what: "content belongs to no message",
        query: "SELECT b.body_id FROM message_bodies b WHERE NOT EXISTS (SELECT 1 FROM messages m WHERE m.body_id = b.body_id) \
                AND NOT EXISTS (SELECT 1 FROM expunged e WHERE e.body_id = b.body_id)",
        repair: Some(
            "DELETE FROM message_bodies WHERE blob_key IS NULL \
             AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.body_id = message_bodies.body_id) \
             AND NOT EXISTS (SELECT 1 FROM expunged e WHERE e.body_id = message_bodies.body_id)",
        ),
    },
    Check {
        what: "an index row belongs to no content",
        query: "SELECT i.body_id FROM message_index i WHERE NOT EXISTS (SELECT 1 FROM message_bodies b WHERE b.body_id = i.body_id)",
        repair: Some(
            "DELETE FROM message_index WHERE NOT EXISTS (SELECT 1 FROM message_bodies b WHERE b.body_id = message_index.body_id)",
        ),
    },
    Check {
        what: "a search pack holds words of a message that is gone",
        query: "SELECT s.mailbox_id, s.id FROM search_packs s WHERE s.messages <> (SELECT COUNT(*) FROM search_packed p \
                JOIN message_index i ON i.mailbox_id = p.mailbox_id AND i.body_id = p.body_id \
                WHERE p.mailbox_id = s.mailbox_id AND p.pack_id = s.id)",
        repair: Some(
            "DELETE FROM search_packs WHERE messages <> (SELECT COUNT(*) FROM search_packed p \
             JOIN message_index i ON i.mailbox_id = p.mailbox_id AND i.body_id = p.body_id \
             WHERE p.mailbox_id = search_packs.mailbox_id AND p.pack_id = search_packs.id)",
        ),
    },
    Check {
        what: "a message is said to be in a search pack that is gone",
        query: "SELECT p.mailbox_id, p.body_id FROM search_packed p WHERE NOT EXISTS \
                (SELECT 1 FROM search_packs s WHERE s.mailbox_id = p.mailbox_id AND s.id = p.pack_id)",
        repair: Some(
            "DELETE FROM search_packed WHERE NOT EXISTS \
             (SELECT 1 FROM search_packs s WHERE s.mailbox_id = search_packed.mailbox_id AND s.id = search_packed.pack_id)",
        ),
    },
];

/// Messages in folders.
pub(super) fn count_messages(tx: &mut Tx<'_>) -> Result<i64, SqlError> {
    tx.query_one("SELECT CAST(COUNT(*) AS BIGINT) FROM messages", params![], |row| row.get(0))
}

/// The rows that break an invariant, as text.
pub(super) fn violations(tx: &mut Tx<'_>, check: &Check) -> Result<Vec<String>, SqlError> {
    let mut out = Vec::new();
    tx.for_each(check.query, params![], |row| -> Result<(), SqlError> {
        if out.len() < LIMIT {
            let mut text = show(row.value(0)?);
            if let Ok(second) = row.value(1) {
                text = format!("{text} {}", show(second));
            }
            out.push(text);
        }
        Ok(())
    })?;
    Ok(out)
}

fn show(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Blob(bytes) => data_encoding::HEXLOWER.encode(bytes),
        ValueRef::Int(int) => int.to_string(),
        ValueRef::Text(text) => text.to_owned(),
        ValueRef::Real(real) => real.to_string(),
        ValueRef::Null => "nothing".to_owned(),
    }
}

/// Mends what breaks an invariant, where that loses nothing.
pub(super) fn repair(tx: &mut Tx<'_>, check: &Check) -> Result<(), SqlError> {
    match check.repair {
        Some(statement) => tx.execute(statement, params![]).map(drop),
        None => Ok(()),
    }
}

/// Keys of all blobs that rows refer to.
pub(super) fn blob_keys(tx: &mut Tx<'_>) -> Result<Vec<String>, SqlError> {
    tx.query(
        "SELECT blob_key FROM message_bodies WHERE blob_key IS NOT NULL \
         UNION ALL SELECT blob_key FROM queue_messages WHERE blob_key IS NOT NULL",
        params![],
        |row| row.get(0),
    )
}
