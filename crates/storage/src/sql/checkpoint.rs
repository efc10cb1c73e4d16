//! Brings what stands in SQLite's write-ahead log into the database file, in a thread of its own: the file's pages are written all
//! over the disk, and whoever waits for a commit need not wait for that.

use std::sync::mpsc;

use rusqlite::Connection;

use super::SqlError;
use super::sqlite::spawn;

/// How many pages are added to the log (16 MB) before they are brought into the file.
const EVERY: i32 = 4000;
/// How many pages the log may have (256 MB). It begins anew only when all of it is in the file and somebody writes; while commits follow
/// each other without a pause that never happens, so that the writer then brings over what is left itself.
const MOST: i32 = 64_000;

/// Lets `checkpointer` work in a thread for what `writer` commits, until `writer` is closed.
///
/// # Errors
/// When there is no thread for it.
pub(super) fn beside(writer: &mut Connection, checkpointer: Connection) -> Result<(), SqlError> {
    // A second request while one waits says nothing new.
    let (wake, asked) = mpsc::sync_channel::<()>(1);
    spawn("sqlite-checkpoint", move || {
        while asked.recv().is_ok() {
            // Passive: it waits for nobody and takes what no reader needs any more.
            let done = checkpointer.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
            if let Err(error) = done {
                tracing::warn!(%error, "the database's log could not be brought into its file; it is tried again");
            }
        }
    })?;
    let mut due = EVERY;
    writer.wal_hook(Some(move |log: &mut rusqlite::hooks::Wal, pages: i32| {
        if pages < due - EVERY {
            // The log began anew.
            due = EVERY;
        }
        if pages >= MOST && pages >= due {
            due = pages + EVERY;
            if let Err(error) = log.checkpoint() {
                tracing::warn!(%error, "the database's log could not be brought into its file; it is tried again");
            }
        } else if pages >= due {
            due = pages + EVERY;
            let _ = wake.try_send(());
        }
        Ok(())
    }))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(path: &std::path::Path) -> Connection {
        let connection = Connection::open(path).unwrap();
        connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;").unwrap();
        connection
    }

    #[test]
    fn the_log_is_brought_into_the_file_and_does_not_grow_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.db");
        let mut writer = open(&path);
        beside(&mut writer, open(&path)).unwrap();
        writer
            .execute_batch("PRAGMA synchronous = OFF; CREATE TABLE t (n INTEGER PRIMARY KEY, b BLOB)")
            .unwrap();
        // 200,000 pages in commits that follow each other at once: three times what the log may have.
        for n in 0..200 {
            let rows = "WITH RECURSIVE s (v) AS (SELECT 0 UNION ALL SELECT v + 1 FROM s WHERE v < 999)
                        INSERT OR REPLACE INTO t (n, b) SELECT ?1 * 1000 + v, zeroblob(4000) FROM s";
            writer.execute(rows, [n % 20]).unwrap();
        }
        let log = std::fs::metadata(folder.path().join("log.db-wal")).unwrap().len();
        assert!(log < 2 * u64::try_from(MOST).unwrap() * 4120, "the log has {log} bytes");
        let file = std::fs::metadata(&path).unwrap().len();
        assert!(file > 20_000 * 4096, "the file has {file} bytes");
        let rows: i64 = writer.query_row("SELECT COUNT(*) FROM t", [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 20_000);
    }
}
