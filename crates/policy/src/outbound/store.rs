//! The rows of messages and choices.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{OutboundId, Timestamp};
use uuid::Uuid;

use super::{ALL_TOPICS, Channel, ConsentRow, ConsentState, MessageClass, Notice, OutboundRow};
use crate::subject::Subject;

pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: OutboundId,
    notice: &Notice,
    context: &[u8],
    policy_id: &[u8; 32],
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO outbound_messages (id, class, template, topic, subject_kind, subject_id, unique_key, context, state,
             policy_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'pending', $9, $10)",
        params![
            id,
            notice.class.id(),
            notice.template,
            &notice.topic,
            notice.subject.kind(),
            notice.subject.uuid(),
            &notice.unique_key,
            context,
            policy_id,
            tx.now(),
        ],
    )?;
    Ok(())
}

pub(super) fn find_by_key(tx: &mut Tx<'_>, unique_key: &str) -> Result<Option<OutboundId>, SqlError> {
    tx.query_opt("SELECT id FROM outbound_messages WHERE unique_key = $1", params![unique_key], |row| {
        row.get(0)
    })
}

/// To whom the message goes, while it waits to be sent.
pub(crate) fn pending_subject(tx: &mut Tx<'_>, id: OutboundId) -> Result<Option<Subject>, SqlError> {
    let row = tx.query_opt(
        "SELECT subject_kind, subject_id FROM outbound_messages WHERE id = $1 AND state = 'pending'",
        params![id],
        |row| Ok::<_, SqlError>(Subject::from_stored(row.get(0)?, row.get(1)?)),
    )?;
    Ok(row.flatten())
}

/// Whether the recipient's newest choice about the topic of the message is a yes.
pub(crate) fn has_consent(tx: &mut Tx<'_>, id: OutboundId) -> Result<bool, SqlError> {
    let row = tx.query_opt(
        "SELECT subject_kind, subject_id, class, topic FROM outbound_messages WHERE id = $1",
        params![id],
        |row| {
            let subject = Subject::from_stored(row.get(0)?, row.get(1)?);
            Ok::<_, SqlError>((subject, row.get::<String>(2)?, row.get::<Option<String>>(3)?))
        },
    )?;
    let Some((Some(subject), class, topic)) = row else { return Ok(false) };
    let state = newest_consent(tx, subject, &topic.unwrap_or(class), Channel::Email)?;
    Ok(state == Some(ConsentState::Given))
}

pub(super) fn find_pending(
    tx: &mut Tx<'_>,
    id: OutboundId,
) -> Result<Option<(OutboundRow, Vec<u8>)>, SqlError> {
    let found = tx.query_opt(
        "SELECT class, template, subject_kind, subject_id, created_at, context FROM outbound_messages
         WHERE id = $1 AND state = 'pending'",
        params![id],
        |row| {
            let class = MessageClass::from_id(&row.get::<String>(0)?);
            let subject = Subject::from_stored(row.get(2)?, row.get(3)?);
            let (template, created_at): (String, Timestamp) = (row.get(1)?, row.get(4)?);
            let row_of = |class, subject| OutboundRow { id, class, template, subject, created_at };
            Ok::<_, SqlError>((
                class.zip(subject).map(|(class, subject)| row_of(class, subject)),
                row.get(5)?,
            ))
        },
    )?;
    Ok(found.and_then(|(row, context)| Some((row?, context))))
}

pub(super) fn finish(tx: &mut Tx<'_>, id: OutboundId, state: &str) -> Result<bool, SqlError> {
    // What it said is not needed any more.
    let rows = tx.execute(
        "UPDATE outbound_messages SET state = $2, finished_at = $3, context = NULL WHERE id = $1 AND state = 'pending'",
        params![id, state, tx.now()],
    )?;
    Ok(rows == 1)
}

#[expect(clippy::too_many_arguments, reason = "one for each column")]
pub(super) fn insert_consent(
    tx: &mut Tx<'_>,
    id: Uuid,
    subject: Subject,
    topic: &str,
    channel: Channel,
    state: ConsentState,
    source: &str,
    policy_id: &[u8; 32],
) -> Result<(), SqlError> {
    let sequence: i64 = tx.query_one(
        "SELECT COALESCE(MAX(sequence), 0) + 1 FROM consents WHERE subject_kind = $1 AND subject_id = $2",
        params![subject.kind(), subject.uuid()],
        |row| row.get(0),
    )?;
    tx.execute(
        "INSERT INTO consents (id, subject_kind, subject_id, sequence, topic, channel, state, source, policy_id, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            id,
            subject.kind(),
            subject.uuid(),
            sequence,
            topic,
            channel.id(),
            state.stored(),
            source,
            policy_id,
            tx.now(),
        ],
    )?;
    Ok(())
}

pub(super) fn consents(tx: &mut Tx<'_>, subject: Subject) -> Result<Vec<ConsentRow>, SqlError> {
    let rows = tx.query(
        "SELECT topic, channel, state, source, policy_id, at FROM consents
         WHERE subject_kind = $1 AND subject_id = $2 ORDER BY sequence DESC",
        params![subject.kind(), subject.uuid()],
        |row| {
            let channel = Channel::from_id(&row.get::<String>(1)?);
            let state = ConsentState::from_stored(&row.get::<String>(2)?);
            let policy_id = data_encoding::HEXLOWER.encode(&row.get::<[u8; 32]>(4)?);
            let (topic, source, at) = (row.get(0)?, row.get(3)?, row.get(5)?);
            let row = |(channel, state)| ConsentRow { topic, channel, state, source, policy_id, at };
            Ok::<_, SqlError>(channel.zip(state).map(row))
        },
    )?;
    Ok(rows.into_iter().flatten().collect())
}

pub(super) fn newest_consent(
    tx: &mut Tx<'_>,
    subject: Subject,
    topic: &str,
    channel: Channel,
) -> Result<Option<ConsentState>, SqlError> {
    // A yes to all is no yes to a topic; a no to all is a no to each.
    let newest = tx.query_opt(
        "SELECT state FROM consents WHERE subject_kind = $1 AND subject_id = $2 AND channel = $3
             AND (topic = $4 OR (topic = $5 AND state = 'withdrawn'))
         ORDER BY sequence DESC LIMIT 1",
        params![subject.kind(), subject.uuid(), channel.id(), topic, ALL_TOPICS],
        |row| row.get::<String>(0),
    )?;
    Ok(newest.as_deref().and_then(ConsentState::from_stored))
}
