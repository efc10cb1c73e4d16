//! All SQL of hand-overs.

use jiff::civil::Date;
use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{CustomerId, InvoiceId, StaffId, Timestamp};
use uuid::Uuid;

use super::{Cause, HandOver, HandOverFile, HandOverState};
use crate::error::CommerceError;

const COLUMNS: &str = "id, customer_id, cause, state, opened_at, warned_by, asked_by, cure_until, cured_at, ended_at, ended_by, \
                       due_on, invoice_id, ready_at, expires_at";

fn hand_over(row: &Row<'_>) -> Result<HandOver, CommerceError> {
    let (cause, state): (String, String) = (row.get(2)?, row.get(3)?);
    let day = |column: usize| -> Result<Option<Date>, CommerceError> {
        let text = row.get::<Option<String>>(column)?;
        text.map(|text| text.parse().map_err(|_| CommerceError::Stored("date"))).transpose()
    };
    Ok(HandOver {
        id: row.get(0)?,
        customer: row.get(1)?,
        cause: Cause::from_word(&cause).ok_or(CommerceError::Stored("cause of a hand-over"))?,
        state: HandOverState::from_word(&state).ok_or(CommerceError::Stored("state of a hand-over"))?,
        opened_at: row.get(4)?,
        warned_by: row.get(5)?,
        asked_by: row.get(6)?,
        cure_until: day(7)?,
        cured_at: row.get(8)?,
        ended_at: row.get(9)?,
        ended_by: row.get(10)?,
        due_on: day(11)?,
        invoice: row.get(12)?,
        ready_at: row.get(13)?,
        expires_at: row.get(14)?,
    })
}

/// Writes a new one with its sealed reason.
pub fn insert(tx: &mut Tx<'_>, one: &HandOver, reason: Option<&[u8]>) -> Result<(), SqlError> {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    tx.execute(
        "INSERT INTO hand_overs (id, customer_id, cause, state, reason, opened_at, warned_by, asked_by, cure_until, due_on) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            one.id,
            one.customer,
            one.cause.word(),
            one.state.word(),
            reason,
            one.opened_at,
            one.warned_by,
            one.asked_by,
            &day(one.cure_until),
            &day(one.due_on)
        ],
    )?;
    Ok(())
}

/// One hand-over.
pub fn find(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<HandOver>, CommerceError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM hand_overs WHERE id = $1"), params![id], hand_over)
}

/// The one of a customer that is open: warned of, or being made.
pub fn open_of(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Option<HandOver>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM hand_overs WHERE customer_id = $1 AND state IN ('warned', 'making') LIMIT 1"
    );
    tx.query_opt(&sql, params![customer], hand_over)
}

/// Those of a customer, the newest first.
pub fn of_customer(tx: &mut Tx<'_>, customer: CustomerId) -> Result<Vec<HandOver>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM hand_overs WHERE customer_id = $1 ORDER BY opened_at DESC, id DESC LIMIT 50"
    );
    tx.query(&sql, params![customer], hand_over)
}

/// All of them, those that wait first.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<HandOver>, CommerceError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM hand_overs ORDER BY CASE WHEN state IN ('warned', 'making') THEN 0 ELSE 1 END, \
         opened_at DESC LIMIT 1000"
    );
    tx.query(&sql, params![], hand_over)
}

/// The sealed reason.
pub fn reason(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Vec<u8>>, SqlError> {
    let sql = "SELECT reason FROM hand_overs WHERE id = $1";
    Ok(tx.query_opt(sql, params![id], |row| row.get::<Option<Vec<u8>>>(0))?.flatten())
}

/// It was cured; false when it is not waiting for that.
pub fn set_cured(tx: &mut Tx<'_>, id: Uuid, staff: StaffId) -> Result<bool, SqlError> {
    let now = tx.now();
    let sql = "UPDATE hand_overs SET state = 'cured', cured_by = $2, cured_at = $3 WHERE id = $1 AND state = 'warned'";
    Ok(tx.execute(sql, params![id, staff, now])? == 1)
}

/// The services were ended; false when they had been.
pub fn set_ended(tx: &mut Tx<'_>, id: Uuid, staff: StaffId, due_on: Date) -> Result<bool, SqlError> {
    let now = tx.now();
    let sql = "UPDATE hand_overs SET state = 'making', ended_by = $2, ended_at = $3, due_on = $4 \
               WHERE id = $1 AND state = 'warned'";
    Ok(tx.execute(sql, params![id, staff, now, &due_on.to_string()])? == 1)
}

/// Notes who ended the services of one that begins with that.
pub fn note_ended(tx: &mut Tx<'_>, id: Uuid, staff: StaffId) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute("UPDATE hand_overs SET ended_by = $2, ended_at = $3 WHERE id = $1", params![id, staff, now])
        .map(drop)
}

/// Notes the invoice of the charge.
pub fn set_invoice(tx: &mut Tx<'_>, id: Uuid, invoice: InvoiceId) -> Result<(), SqlError> {
    tx.execute("UPDATE hand_overs SET invoice_id = $2 WHERE id = $1", params![id, invoice]).map(drop)
}

/// The files can be fetched; false when they could before.
pub fn set_ready(tx: &mut Tx<'_>, id: Uuid, until: Timestamp) -> Result<bool, SqlError> {
    let now = tx.now();
    let sql = "UPDATE hand_overs SET state = 'ready', ready_at = $2, expires_at = $3 WHERE id = $1 AND state = 'making'";
    Ok(tx.execute(sql, params![id, now, until])? == 1)
}

/// Those whose time to be fetched is over.
pub fn over(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<Uuid>, SqlError> {
    let sql = "SELECT id FROM hand_overs WHERE state = 'ready' AND expires_at <= $1 ORDER BY id LIMIT 500";
    tx.query(sql, params![now], |row| row.get(0))
}

/// The files are gone.
pub fn set_expired(tx: &mut Tx<'_>, id: Uuid) -> Result<(), SqlError> {
    tx.execute("UPDATE hand_overs SET state = 'expired' WHERE id = $1 AND state = 'ready'", params![id])
        .map(drop)
}

/// Writes a file.
pub fn insert_file(
    tx: &mut Tx<'_>,
    hand_over: Uuid,
    file: &HandOverFile,
    name: Option<&[u8]>,
    content: Option<&[u8]>,
    blob_key: Option<&str>,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO hand_over_files (id, hand_over_id, number, part, name, size, content, blob_key) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![file.id, hand_over, file.number, file.part, name, file.size, content, blob_key],
    )?;
    Ok(())
}

/// The files of one, each with the sealed address of its mailbox.
pub fn files(tx: &mut Tx<'_>, hand_over: Uuid) -> Result<Vec<(HandOverFile, Option<Vec<u8>>)>, SqlError> {
    let sql =
        "SELECT id, number, part, size, name FROM hand_over_files WHERE hand_over_id = $1 ORDER BY number";
    tx.query(sql, params![hand_over], |row| {
        let file =
            HandOverFile { id: row.get(0)?, number: row.get(1)?, part: row.get(2)?, size: row.get(3)? };
        Ok::<_, SqlError>((file, row.get(4)?))
    })
}

/// A file: its id, and what is in it or where that is.
#[expect(clippy::type_complexity, reason = "three columns")]
pub fn content(
    tx: &mut Tx<'_>,
    hand_over: Uuid,
    number: i64,
) -> Result<Option<(Uuid, Option<Vec<u8>>, Option<String>)>, SqlError> {
    let sql = "SELECT id, content, blob_key FROM hand_over_files WHERE hand_over_id = $1 AND number = $2";
    tx.query_opt(sql, params![hand_over, number], |row| {
        Ok::<_, SqlError>((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

/// The blobs of one.
pub fn blob_keys(tx: &mut Tx<'_>, hand_over: Uuid) -> Result<Vec<String>, SqlError> {
    let sql = "SELECT blob_key FROM hand_over_files WHERE hand_over_id = $1 AND blob_key IS NOT NULL";
    tx.query(sql, params![hand_over], |row| row.get(0))
}

/// Removes the files of one.
pub fn delete_files(tx: &mut Tx<'_>, hand_over: Uuid) -> Result<(), SqlError> {
    tx.execute("DELETE FROM hand_over_files WHERE hand_over_id = $1", params![hand_over]).map(drop)
}
