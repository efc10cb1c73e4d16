//! The tables `incidents`, `incident_updates` and `incident_mailings`.

use mailkeep_policy::outbound::Cursor;
use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{IncidentId, PersonId, StaffId, Timestamp};
use uuid::Uuid;

use super::plan::Plan;
use super::{Incident, IncidentKind, Update, UpdateKind};

const COLUMNS: &str = "id, kind, title, components, starts_at, planned_until, noticed_at, ended_at, cancelled_at, \
                       written_by, created_at";

fn row(row: &Row<'_>) -> Result<Incident, SqlError> {
    let kind: String = row.get(1)?;
    let components: String = row.get(3)?;
    Ok(Incident {
        id: row.get(0)?,
        kind: IncidentKind::from_word(&kind)
            .ok_or_else(|| SqlError::Engine(format!("an incident of the kind {kind}")))?,
        title: row.get(2)?,
        components: serde_json::from_str(&components)
            .map_err(|error| SqlError::Engine(format!("the parts of an incident: {error}")))?,
        starts_at: row.get(4)?,
        planned_until: row.get(5)?,
        noticed_at: row.get(6)?,
        ended_at: row.get(7)?,
        cancelled_at: row.get(8)?,
        written_by: row.get(9)?,
        created_at: row.get(10)?,
    })
}

/// A list as it is stored.
fn stored(components: &[String]) -> String {
    serde_json::Value::from(components).to_string()
}

pub(super) fn insert(tx: &mut Tx<'_>, incident: &Incident) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO incidents (id, kind, title, components, starts_at, planned_until, noticed_at, ended_at, cancelled_at,
             written_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            incident.id,
            incident.kind.word(),
            &incident.title,
            &stored(&incident.components),
            incident.starts_at,
            incident.planned_until,
            incident.noticed_at,
            incident.ended_at,
            incident.cancelled_at,
            incident.written_by,
            incident.created_at,
        ],
    )?;
    Ok(())
}

pub(super) fn change(
    tx: &mut Tx<'_>,
    id: IncidentId,
    plan: &Plan,
    noticed_at: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE incidents SET title = $2, components = $3, starts_at = $4, planned_until = $5, noticed_at = $6
         WHERE id = $1",
        params![id, plan.title.trim(), &stored(&plan.components), plan.from, plan.until, noticed_at],
    )?;
    Ok(())
}

pub(super) fn end(tx: &mut Tx<'_>, id: IncidentId, at: Timestamp) -> Result<(), SqlError> {
    tx.execute("UPDATE incidents SET ended_at = $2 WHERE id = $1", params![id, at])?;
    Ok(())
}

pub(super) fn cancel(tx: &mut Tx<'_>, id: IncidentId) -> Result<(), SqlError> {
    tx.execute("UPDATE incidents SET cancelled_at = $2 WHERE id = $1", params![id, tx.now()])?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, id: IncidentId) -> Result<Option<Incident>, SqlError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM incidents WHERE id = $1"), params![id], row)
}

pub(super) fn open(tx: &mut Tx<'_>) -> Result<Vec<Incident>, SqlError> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM incidents WHERE ended_at IS NULL AND cancelled_at IS NULL ORDER BY starts_at, id"
        ),
        params![],
        row,
    )
}

pub(super) fn between(tx: &mut Tx<'_>, from: Timestamp, until: Timestamp) -> Result<Vec<Incident>, SqlError> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM incidents WHERE cancelled_at IS NULL AND starts_at < $2
             AND (ended_at IS NULL OR ended_at > $1) ORDER BY starts_at, id"
        ),
        params![from, until],
        row,
    )
}

pub(super) fn newest(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Incident>, SqlError> {
    tx.query(
        &format!("SELECT {COLUMNS} FROM incidents ORDER BY created_at DESC, id DESC LIMIT $1"),
        params![limit],
        row,
    )
}

/// What is over, as a condition.
const OVER: &str = "ended_at IS NOT NULL OR cancelled_at IS NOT NULL";

pub(super) fn past(tx: &mut Tx<'_>, skip: i64, size: i64) -> Result<Vec<Incident>, SqlError> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM incidents WHERE {OVER} ORDER BY starts_at DESC, id DESC LIMIT $1 OFFSET $2"
        ),
        params![size, skip],
        row,
    )
}

pub(super) fn count_past(tx: &mut Tx<'_>) -> Result<i64, SqlError> {
    tx.query_one(&format!("SELECT COUNT(*) FROM incidents WHERE {OVER}"), params![], |row| row.get(0))
}

const UPDATE_COLUMNS: &str = "id, incident_id, what, text, written_by, at";

fn update_row(row: &Row<'_>) -> Result<Update, SqlError> {
    let what: String = row.get(2)?;
    Ok(Update {
        id: row.get(0)?,
        incident: row.get(1)?,
        what: UpdateKind::from_word(&what)
            .ok_or_else(|| SqlError::Engine(format!("an update of the kind {what}")))?,
        text: row.get(3)?,
        written_by: row.get(4)?,
        at: row.get(5)?,
    })
}

pub(super) fn add_update(
    tx: &mut Tx<'_>,
    id: Uuid,
    incident: IncidentId,
    what: UpdateKind,
    text: &str,
    staff: Option<StaffId>,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO incident_updates (id, incident_id, what, text, written_by, at) VALUES ($1, $2, $3, $4, $5, $6)",
        params![id, incident, what.word(), text, staff, tx.now()],
    )?;
    Ok(())
}

pub(super) fn find_update(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Update>, SqlError> {
    let sql = format!("SELECT {UPDATE_COLUMNS} FROM incident_updates WHERE id = $1");
    tx.query_opt(&sql, params![id], update_row)
}

pub(super) fn updates_of(tx: &mut Tx<'_>, incident: IncidentId) -> Result<Vec<Update>, SqlError> {
    let sql = format!(
        "SELECT {UPDATE_COLUMNS} FROM incident_updates WHERE incident_id = $1 ORDER BY at DESC, id DESC"
    );
    tx.query(&sql, params![incident], update_row)
}

pub(super) fn was_said(tx: &mut Tx<'_>, incident: IncidentId, what: UpdateKind) -> Result<bool, SqlError> {
    let found: i64 = tx.query_one(
        "SELECT COUNT(*) FROM incident_updates WHERE incident_id = $1 AND what = $2",
        params![incident, what.word()],
        |row| row.get(0),
    )?;
    Ok(found > 0)
}

pub(super) fn add_mailing(tx: &mut Tx<'_>, update: Uuid, incident: IncidentId) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO incident_mailings (update_id, incident_id, next_person, considered, queued) VALUES ($1, $2, $3, 0, 0)",
        params![update, incident, Uuid::nil()],
    )?;
    Ok(())
}

/// The incident, and after whom the next persons are, while there may be some.
pub(super) fn unfinished_mailing(
    tx: &mut Tx<'_>,
    update: Uuid,
) -> Result<Option<(IncidentId, Uuid)>, SqlError> {
    tx.query_opt(
        "SELECT incident_id, next_person FROM incident_mailings WHERE update_id = $1 AND finished_at IS NULL",
        params![update],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(super) fn advance_mailing(
    tx: &mut Tx<'_>,
    update: Uuid,
    to: PersonId,
    considered: i64,
    queued: i64,
) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE incident_mailings SET next_person = $2, considered = considered + $3, queued = queued + $4
         WHERE update_id = $1",
        params![update, to, considered, queued],
    )?;
    Ok(())
}

pub(super) fn finish_mailing(tx: &mut Tx<'_>, update: Uuid) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute("UPDATE incident_mailings SET finished_at = $2 WHERE update_id = $1", params![update, now])?;
    Ok(())
}

/// How many customers were told, and how many others who chose to hear of it.
pub(super) fn told(tx: &mut Tx<'_>, incident: IncidentId) -> Result<(i64, i64), SqlError> {
    tx.query_one(
        "SELECT CAST(COALESCE((SELECT SUM(queued) FROM incident_mailings WHERE incident_id = $1), 0) AS BIGINT),
                CAST(COALESCE((SELECT SUM(queued) FROM incident_readers WHERE incident_id = $1), 0) AS BIGINT)",
        params![incident],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Those who chose a topic are to be told of an update.
pub(super) fn add_readers(
    tx: &mut Tx<'_>,
    update: Uuid,
    topic: &str,
    incident: IncidentId,
) -> Result<(), SqlError> {
    let Cursor(kind, id) = Cursor::START;
    tx.execute(
        "INSERT INTO incident_readers (update_id, topic, incident_id, next_kind, next_id, queued) VALUES ($1, $2, $3, $4, $5, 0)",
        params![update, topic, incident, kind, id],
    )?;
    Ok(())
}

/// A topic of which not everybody was told yet, with the incident and where the next ones are.
pub(super) fn unfinished_readers(
    tx: &mut Tx<'_>,
    update: Uuid,
) -> Result<Option<(String, IncidentId, Cursor)>, SqlError> {
    tx.query_opt(
        "SELECT topic, incident_id, next_kind, next_id FROM incident_readers
         WHERE update_id = $1 AND finished_at IS NULL ORDER BY topic LIMIT 1",
        params![update],
        |row| Ok((row.get(0)?, row.get(1)?, Cursor(row.get(2)?, row.get(3)?))),
    )
}

pub(super) fn advance_readers(
    tx: &mut Tx<'_>,
    update: Uuid,
    topic: &str,
    to: Cursor,
    queued: i64,
) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE incident_readers SET next_kind = $3, next_id = $4, queued = queued + $5 WHERE update_id = $1 AND topic = $2",
        params![update, topic, to.0, to.1, queued],
    )?;
    Ok(())
}

pub(super) fn finish_readers(tx: &mut Tx<'_>, update: Uuid, topic: &str) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "UPDATE incident_readers SET finished_at = $3 WHERE update_id = $1 AND topic = $2",
        params![update, topic, now],
    )?;
    Ok(())
}
