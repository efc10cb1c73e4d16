//! The tables `announcements` and `announcement_recipients`.

use mailkeep_policy::Subject;
use mailkeep_policy::outbound::{Cursor, MessageClass};
use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{AnnouncementId, OutboundId, StaffId, Timestamp};
use uuid::Uuid;

use super::clicks::Clicks;
use super::write::Draft;
use super::{Announcement, AnnouncementState, Format, Readers};
use crate::offers::Offer;
use crate::returns::StopReason;

const COLUMNS: &str = "id, topic, class, language, title, body, state, written_by, created_at, changed_at, begun_at, \
                       finished_at, considered, queued, stopped_because, COALESCE(changed_by, written_by), send_at, \
                       asked_at, approved_by, approved_at, other_title, queued_other, counts_links, coupon_id, listed, format, readers";

fn row(row: &Row<'_>) -> Result<Announcement, SqlError> {
    let class = row.get::<String>(2)?;
    Ok(Announcement {
        id: row.get(0)?,
        topic: row.get(1)?,
        class: MessageClass::from_id(&class)
            .ok_or_else(|| SqlError::Engine(format!("an announcement of the class {class}")))?,
        language: row.get(3)?,
        title: row.get(4)?,
        body: row.get(5)?,
        state: AnnouncementState::from_stored(&row.get::<String>(6)?),
        written_by: row.get(7)?,
        created_at: row.get(8)?,
        changed_at: row.get(9)?,
        begun_at: row.get(10)?,
        finished_at: row.get(11)?,
        considered: row.get(12)?,
        queued: row.get(13)?,
        stopped_because: row.get::<Option<String>>(14)?.as_deref().and_then(StopReason::from_stored),
        changed_by: row.get(15)?,
        send_at: row.get(16)?,
        asked_at: row.get(17)?,
        approved: row.get::<Option<StaffId>>(18)?.zip(row.get::<Option<Timestamp>>(19)?),
        other_title: row.get(20)?,
        queued_other: row.get(21)?,
        counts_links: row.get::<i64>(22)? != 0,
        offer: row.get::<Option<Uuid>>(23)?.map(|coupon| Offer { coupon }),
        listed: row.get::<i64>(24)? != 0,
        format: Format::from_word(&row.get::<String>(25)?),
        readers: Readers::from_word(&row.get::<String>(26)?),
    })
}

pub(crate) fn find(tx: &mut Tx<'_>, id: AnnouncementId) -> Result<Option<Announcement>, SqlError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM announcements WHERE id = $1"), params![id], row)
}

pub(super) fn newest(tx: &mut Tx<'_>) -> Result<Vec<Announcement>, SqlError> {
    tx.query(
        &format!("SELECT {COLUMNS} FROM announcements ORDER BY created_at DESC LIMIT 200"),
        params![],
        row,
    )
}

/// What was sent and stands on the page of offers, newest first.
pub(crate) fn listed(tx: &mut Tx<'_>) -> Result<Vec<Announcement>, SqlError> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM announcements WHERE listed = 1 AND state = 'sent' AND coupon_id IS NOT NULL
             ORDER BY finished_at DESC LIMIT 50"
        ),
        params![],
        row,
    )
}

/// What stands in the archive: of one topic, where `$1` is not empty.
const IN_ARCHIVE: &str = "listed = 1 AND state = 'sent' AND coupon_id IS NULL AND ($1 = '' OR topic = $1)";

/// One page of the archive, newest first.
pub(super) fn archive(
    tx: &mut Tx<'_>,
    topic: Option<&str>,
    skip: i64,
    limit: i64,
) -> Result<Vec<Announcement>, SqlError> {
    tx.query(
        &format!(
            "SELECT {COLUMNS} FROM announcements WHERE {IN_ARCHIVE} ORDER BY finished_at DESC, id LIMIT $2 OFFSET $3"
        ),
        params![topic.unwrap_or_default(), limit, skip],
        row,
    )
}

pub(super) fn count_archive(tx: &mut Tx<'_>, topic: Option<&str>) -> Result<i64, SqlError> {
    tx.query_one(
        &format!("SELECT COUNT(*) FROM announcements WHERE {IN_ARCHIVE}"),
        params![topic.unwrap_or_default()],
        |row| row.get(0),
    )
}

/// The topics of what stands in the archive, those of most first.
pub(super) fn archive_topics(tx: &mut Tx<'_>) -> Result<Vec<String>, SqlError> {
    tx.query(
        &format!(
            "SELECT topic FROM announcements WHERE {IN_ARCHIVE} GROUP BY topic ORDER BY COUNT(*) DESC, topic LIMIT 20"
        ),
        params![""],
        |row| row.get(0),
    )
}

/// Shows it on the site, or takes it from there; false for what was not sent, and for what each reader has a link of their own in.
pub(super) fn list(tx: &mut Tx<'_>, id: AnnouncementId, listed: bool) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE announcements SET listed = $2
         WHERE id = $1 AND state IN ('sending', 'paused', 'sent') AND class <> 'feedback'",
        params![id, i64::from(listed)],
    )?;
    Ok(rows == 1)
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: AnnouncementId,
    draft: &Draft,
    class: MessageClass,
    staff: StaffId,
) -> Result<(), SqlError> {
    let Cursor(next_kind, next_id) = Cursor::START;
    tx.execute(
        "INSERT INTO announcements (id, topic, class, language, title, body, state, written_by, changed_by, created_at,
             changed_at, next_kind, next_id, considered, queued, other_title, counts_links, coupon_id, listed, format,
             readers)
         VALUES ($1, $2, $3, $4, $5, $6, 'draft', $7, $7, $8, $8, $9, $10, 0, 0, $11, $12, $13, $14, $15, $16)",
        params![
            id,
            &draft.topic,
            class.id(),
            &draft.language,
            &draft.title,
            &draft.body,
            staff,
            tx.now(),
            next_kind,
            next_id,
            draft.other_title.as_deref(),
            i64::from(draft.counts_links),
            draft.offer.map(|offer| offer.coupon),
            i64::from(draft.listed),
            draft.format.word(),
            &draft.readers.word(),
        ],
    )?;
    Ok(())
}

/// Changes a draft, which nobody else has looked at then; false when it is none any more.
pub(super) fn change(
    tx: &mut Tx<'_>,
    id: AnnouncementId,
    draft: &Draft,
    class: MessageClass,
    staff: StaffId,
) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE announcements SET topic = $2, class = $3, language = $4, title = $5, body = $6, changed_at = $7,
             changed_by = $8, asked_at = NULL, approved_by = NULL, approved_at = NULL, other_title = $9, counts_links = $10,
             coupon_id = $11, listed = $12, format = $13, readers = $14
         WHERE id = $1 AND state = 'draft'",
        params![
            id,
            &draft.topic,
            class.id(),
            &draft.language,
            &draft.title,
            &draft.body,
            tx.now(),
            staff,
            draft.other_title.as_deref(),
            i64::from(draft.counts_links),
            draft.offer.map(|offer| offer.coupon),
            i64::from(draft.listed),
            draft.format.word(),
            &draft.readers.word(),
        ],
    )?;
    Ok(rows == 1)
}

pub(super) fn delete_draft(tx: &mut Tx<'_>, id: AnnouncementId) -> Result<bool, SqlError> {
    let rows = tx.execute("DELETE FROM announcements WHERE id = $1 AND state = 'draft'", params![id])?;
    Ok(rows == 1)
}

/// Goes from one state to another; false when it is in a third.
pub(super) fn go(
    tx: &mut Tx<'_>,
    id: AnnouncementId,
    from: AnnouncementState,
    to: AnnouncementState,
) -> Result<bool, SqlError> {
    let begins = to == AnnouncementState::Sending && from != AnnouncementState::Paused;
    let ends = matches!(to, AnnouncementState::Sent | AnnouncementState::Cancelled);
    let now = tx.now();
    let rows = tx.execute(
        "UPDATE announcements SET state = $3, begun_at = COALESCE($4, begun_at), finished_at = COALESCE($5, finished_at),
             stopped_because = NULL
         WHERE id = $1 AND state = $2",
        params![id, from.word(), to.word(), begins.then_some(now), ends.then_some(now)],
    )?;
    Ok(rows == 1)
}

/// Lets a draft begin at a time; false when it is none any more.
pub(super) fn schedule(tx: &mut Tx<'_>, id: AnnouncementId, at: Timestamp) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE announcements SET state = 'scheduled', send_at = $2 WHERE id = $1 AND state = 'draft'",
        params![id, at],
    )?;
    Ok(rows == 1)
}

/// Makes what is scheduled a draft again; false when it has begun.
pub(super) fn unschedule(tx: &mut Tx<'_>, id: AnnouncementId) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE announcements SET state = 'draft', send_at = NULL WHERE id = $1 AND state = 'scheduled'",
        params![id],
    )?;
    Ok(rows == 1)
}

/// Notes that somebody else shall look at it; false when nobody has to any more.
pub(super) fn ask_approval(tx: &mut Tx<'_>, id: AnnouncementId) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE announcements SET asked_at = COALESCE(asked_at, $2)
         WHERE id = $1 AND state IN ('draft', 'scheduled', 'paused') AND approved_by IS NULL",
        params![id, tx.now()],
    )?;
    Ok(rows == 1)
}

/// Approves the words as they were when they were looked at, by somebody whose words they are not; false when they are others
/// by now, are theirs, or were approved before.
pub(super) fn approve(
    tx: &mut Tx<'_>,
    id: AnnouncementId,
    staff: StaffId,
    seen: Timestamp,
) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE announcements SET approved_by = $2, approved_at = $4
         WHERE id = $1 AND changed_at = $3 AND state IN ('draft', 'scheduled', 'paused')
             AND approved_by IS NULL AND COALESCE(changed_by, written_by) <> $2",
        params![id, staff, seen, tx.now()],
    )?;
    Ok(rows == 1)
}

/// How many of its messages went out.
pub(crate) fn went_out(tx: &mut Tx<'_>, id: AnnouncementId) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT COUNT(*) FROM announcement_recipients r JOIN outbound_messages m ON m.id = r.outbound_id
         WHERE r.announcement_id = $1 AND m.state = 'sent'",
        params![id],
        |row| row.get(0),
    )
}

/// Stops it by itself where it is being sent, or where everybody was gone through and messages wait still; true when it did.
pub(crate) fn stop(tx: &mut Tx<'_>, id: AnnouncementId, because: StopReason) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE announcements SET state = 'paused', stopped_because = $2, finished_at = NULL
         WHERE id = $1 AND (state = 'sending' OR (state = 'sent' AND EXISTS (
             SELECT 1 FROM announcement_recipients r JOIN outbound_messages m ON m.id = r.outbound_id
             WHERE r.announcement_id = $1 AND m.state = 'pending')))",
        params![id, because.word()],
    )?;
    Ok(rows == 1)
}

/// How far the audience was gone through.
pub(super) fn cursor(tx: &mut Tx<'_>, id: AnnouncementId) -> Result<Cursor, SqlError> {
    tx.query_one("SELECT next_kind, next_id FROM announcements WHERE id = $1", params![id], |row| {
        Ok(Cursor(row.get(0)?, row.get(1)?))
    })
}

pub(super) fn advance(
    tx: &mut Tx<'_>,
    id: AnnouncementId,
    to: Cursor,
    considered: i64,
    [queued, other]: [i64; 2],
) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE announcements SET next_kind = $2, next_id = $3, considered = considered + $4, queued = queued + $5,
             queued_other = queued_other + $6
         WHERE id = $1",
        params![id, to.0, to.1, considered, queued, other],
    )?;
    Ok(())
}

/// Whether the address, or the subject, has the announcement already.
pub(super) fn has(
    tx: &mut Tx<'_>,
    id: AnnouncementId,
    subject: Subject,
    address: &[u8; 32],
) -> Result<bool, SqlError> {
    let found = tx.query_opt(
        "SELECT at FROM announcement_recipients WHERE announcement_id = $1
             AND (address = $2 OR (subject_kind = $3 AND subject_id = $4)) LIMIT 1",
        params![id, address, subject.kind(), subject.uuid()],
        |row| row.get::<i64>(0),
    )?;
    Ok(found.is_some())
}

pub(super) fn add(
    tx: &mut Tx<'_>,
    id: AnnouncementId,
    subject: Subject,
    address: &[u8; 32],
    message: OutboundId,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO announcement_recipients (announcement_id, subject_kind, subject_id, address, outbound_id, at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![id, subject.kind(), subject.uuid(), address, message, tx.now()],
    )?;
    Ok(())
}

pub(super) fn of_message(tx: &mut Tx<'_>, message: OutboundId) -> Result<Option<AnnouncementId>, SqlError> {
    tx.query_opt(
        "SELECT announcement_id FROM announcement_recipients WHERE outbound_id = $1",
        params![message],
        |row| row.get(0),
    )
}

/// Counts that a link was followed.
pub(super) fn click(tx: &mut Tx<'_>, id: AnnouncementId, link: u32, other: bool) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO announcement_clicks (announcement_id, link, subject, clicks) VALUES ($1, $2, $3, 1)
         ON CONFLICT (announcement_id, link, subject) DO UPDATE SET clicks = announcement_clicks.clicks + 1",
        params![id, i64::from(link), i64::from(other)],
    )?;
    Ok(())
}

/// How often its links were followed.
pub(super) fn clicks(tx: &mut Tx<'_>, id: AnnouncementId) -> Result<Vec<Clicks>, SqlError> {
    tx.query(
        "SELECT link, subject, clicks FROM announcement_clicks WHERE announcement_id = $1 ORDER BY link, subject",
        params![id],
        |row| {
            Ok(Clicks {
                link: u32::try_from(row.get::<i64>(0)?).unwrap_or(u32::MAX),
                other: row.get::<i64>(1)? != 0,
                clicks: row.get(2)?,
            })
        },
    )
}
