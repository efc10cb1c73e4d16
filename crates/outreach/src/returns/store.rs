//! The table `mail_returns`.

use mailkeep_policy::Subject;
use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{AnnouncementId, OutboundId};

use super::ReturnFigures;

/// Notes what came back; false when the same was noted before.
pub(super) fn note(
    tx: &mut Tx<'_>,
    message: OutboundId,
    what: &str,
    subject: Subject,
    announcement: Option<AnnouncementId>,
) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "INSERT INTO mail_returns (outbound_id, what, subject_kind, subject_id, announcement_id, at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (outbound_id, what) DO NOTHING",
        params![message, what, subject.kind(), subject.uuid(), announcement, tx.now()],
    )?;
    Ok(rows == 1)
}

/// The announcement that a message is of, and the hash of the address it went to.
pub(super) fn announced(
    tx: &mut Tx<'_>,
    message: OutboundId,
) -> Result<Option<(AnnouncementId, [u8; 32])>, SqlError> {
    tx.query_opt(
        "SELECT announcement_id, address FROM announcement_recipients WHERE outbound_id = $1",
        params![message],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(super) fn figures(tx: &mut Tx<'_>, id: AnnouncementId) -> Result<ReturnFigures, SqlError> {
    let rows = tx.query(
        "SELECT what, COUNT(*) FROM mail_returns WHERE announcement_id = $1 GROUP BY what",
        params![id],
        |row| Ok::<_, SqlError>((row.get::<String>(0)?, row.get::<i64>(1)?)),
    )?;
    let mut figures = ReturnFigures::default();
    for (what, count) in rows {
        match what.as_str() {
            "hard" => figures.hard += count,
            "complaint" => figures.complaints += count,
            _ => figures.other += count,
        }
    }
    Ok(figures)
}
