//! The rows of messages and choices.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{OutboundId, Timestamp};
use uuid::Uuid;

use super::consents::{ConsentRow, ConsentState, Manner, NewChoice};
use super::{ALL_TOPICS, Channel, MessageClass, Notice, OutboundRow};
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

/// To whom a message went or goes, whatever became of it.
///
/// # Errors
/// When the database fails.
pub fn recipient_of(tx: &mut Tx<'_>, id: OutboundId) -> Result<Option<Subject>, SqlError> {
    let row = tx.query_opt(
        "SELECT subject_kind, subject_id FROM outbound_messages WHERE id = $1",
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
    let Some(known) = MessageClass::from_id(&class) else { return Ok(false) };
    let newest = newest_consent(tx, subject, &topic.unwrap_or(class), known, Channel::Email)?;
    Ok(newest.is_some_and(|newest| newest.state == ConsentState::Given))
}

pub(super) fn find_pending(
    tx: &mut Tx<'_>,
    id: OutboundId,
) -> Result<Option<(OutboundRow, Vec<u8>)>, SqlError> {
    let found = tx.query_opt(
        "SELECT class, template, subject_kind, subject_id, created_at, context, topic FROM outbound_messages
         WHERE id = $1 AND state = 'pending'",
        params![id],
        |row| {
            let class = MessageClass::from_id(&row.get::<String>(0)?);
            let subject = Subject::from_stored(row.get(2)?, row.get(3)?);
            let (template, created_at): (String, Timestamp) = (row.get(1)?, row.get(4)?);
            let topic: Option<String> = row.get(6)?;
            let row_of = |class, subject| OutboundRow { id, class, template, topic, subject, created_at };
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

/// Whether a message of the class passed the gate for the subject since a time, and was not kept back later.
pub(super) fn sent_since(
    tx: &mut Tx<'_>,
    subject: Subject,
    class: MessageClass,
    since: Timestamp,
) -> Result<bool, SqlError> {
    let found = tx.query_opt(
        "SELECT id FROM outbound_messages WHERE subject_kind = $1 AND subject_id = $2 AND created_at > $3 AND class = $4
             AND state IN ('pending', 'sent') LIMIT 1",
        params![subject.kind(), subject.uuid(), since, class.id()],
        |row| row.get::<OutboundId>(0),
    )?;
    Ok(found.is_some())
}

/// How many messages of a template passed the gate for a subject since a time, whatever became of them.
///
/// # Errors
/// When the database fails.
pub fn passed_since(
    tx: &mut Tx<'_>,
    subject: Subject,
    template: &str,
    since: Timestamp,
) -> Result<u64, SqlError> {
    let count: i64 = tx.query_one(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM outbound_messages WHERE subject_kind = $1 AND subject_id = $2 AND created_at > $3
             AND template = $4",
        params![subject.kind(), subject.uuid(), since, template],
        |row| row.get(0),
    )?;
    Ok(u64::try_from(count).unwrap_or_default())
}

pub(super) fn insert_consent(
    tx: &mut Tx<'_>,
    id: Uuid,
    subject: Subject,
    choice: &NewChoice,
    manner: &Manner,
    network: Option<&[u8]>,
    policy_id: &[u8; 32],
) -> Result<(), SqlError> {
    let sequence: i64 = tx.query_one(
        "SELECT COALESCE(MAX(sequence), 0) + 1 FROM consents WHERE subject_kind = $1 AND subject_id = $2",
        params![subject.kind(), subject.uuid()],
        |row| row.get(0),
    )?;
    tx.execute(
        "INSERT INTO consents (id, subject_kind, subject_id, sequence, topic, channel, state, source, policy_id, at, wording,
             language, network) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        params![
            id,
            subject.kind(),
            subject.uuid(),
            sequence,
            &choice.topic,
            choice.channel.id(),
            choice.state.stored(),
            &manner.source,
            policy_id,
            tx.now(),
            &choice.wording,
            &manner.language,
            network,
        ],
    )?;
    Ok(())
}

pub(super) fn consents(tx: &mut Tx<'_>, subject: Subject) -> Result<Vec<ConsentRow>, SqlError> {
    let rows = tx.query(
        "SELECT topic, channel, state, source, policy_id, at, id, wording, language FROM consents
         WHERE subject_kind = $1 AND subject_id = $2 ORDER BY sequence DESC",
        params![subject.kind(), subject.uuid()],
        |row| {
            let channel = Channel::from_id(&row.get::<String>(1)?);
            let state = ConsentState::from_stored(&row.get::<String>(2)?);
            let policy_id = data_encoding::HEXLOWER.encode(&row.get::<[u8; 32]>(4)?);
            let (topic, source, at) = (row.get(0)?, row.get(3)?, row.get(5)?);
            let (id, wording, language) = (row.get(6)?, row.get(7)?, row.get(8)?);
            let row = |(channel, state)| ConsentRow {
                id,
                topic,
                channel,
                state,
                source,
                wording,
                language,
                policy_id,
                at,
            };
            Ok::<_, SqlError>(channel.zip(state).map(row))
        },
    )?;
    Ok(rows.into_iter().flatten().collect())
}

/// The newest choice about a topic.
pub(super) struct Newest {
    pub state: ConsentState,
    pub at: Timestamp,
    /// The policy under which it was made.
    pub policy_id: [u8; 32],
}

pub(super) fn newest_consent(
    tx: &mut Tx<'_>,
    subject: Subject,
    topic: &str,
    class: MessageClass,
    channel: Channel,
) -> Result<Option<Newest>, SqlError> {
    // A yes to all or to a class is no yes to a topic; a no to them is a no to each.
    let newest = tx.query_opt(
        "SELECT state, at, policy_id FROM consents WHERE subject_kind = $1 AND subject_id = $2 AND channel = $3
             AND (topic = $4 OR (topic IN ($5, $6) AND state = 'withdrawn'))
         ORDER BY sequence DESC LIMIT 1",
        params![subject.kind(), subject.uuid(), channel.id(), topic, ALL_TOPICS, class.id()],
        |row| {
            let (at, policy_id) = (row.get(1)?, row.get(2)?);
            let state = ConsentState::from_stored(&row.get::<String>(0)?);
            Ok::<_, SqlError>(state.map(|state| Newest { state, at, policy_id }))
        },
    )?;
    Ok(newest.flatten())
}

/// Topic and channel of a receipt that is a yes of the subject.
pub(super) fn given_consent(
    tx: &mut Tx<'_>,
    id: Uuid,
    subject: Subject,
) -> Result<Option<(String, Channel)>, SqlError> {
    let found = tx.query_opt(
        "SELECT topic, channel FROM consents WHERE id = $1 AND subject_kind = $2 AND subject_id = $3 AND state = 'given'",
        params![id, subject.kind(), subject.uuid()],
        |row| Ok::<_, SqlError>((row.get::<String>(0)?, Channel::from_id(&row.get::<String>(1)?))),
    )?;
    Ok(found.and_then(|(topic, channel)| Some((topic, channel?))))
}

/// The number and the time of the newest yes of the subject to the topic on the channel.
pub(super) fn newest_given(
    tx: &mut Tx<'_>,
    subject: Subject,
    topic: &str,
    channel: Channel,
) -> Result<Option<(Uuid, Timestamp)>, SqlError> {
    tx.query_opt(
        "SELECT id, at FROM consents WHERE subject_kind = $1 AND subject_id = $2 AND topic = $3 AND channel = $4
             AND state = 'given' ORDER BY sequence DESC LIMIT 1",
        params![subject.kind(), subject.uuid(), topic, channel.id()],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Subjects that ever said yes to the topic on the channel, after the given one.
pub(super) fn said_yes(
    tx: &mut Tx<'_>,
    topic: &str,
    channel: Channel,
    after: (i64, Uuid),
    limit: i64,
) -> Result<Vec<Subject>, SqlError> {
    let rows = tx.query(
        "SELECT DISTINCT subject_kind, subject_id FROM consents WHERE topic = $1 AND channel = $2 AND state = 'given'
             AND (subject_kind, subject_id) > ($3, $4) ORDER BY subject_kind, subject_id LIMIT $5",
        params![topic, channel.id(), after.0, after.1, limit],
        |row| Ok::<_, SqlError>(Subject::from_stored(row.get(0)?, row.get(1)?)),
    )?;
    Ok(rows.into_iter().flatten().collect())
}

/// Removes what a synthetic subject chose.
pub(super) fn remove_synthetic_consents(tx: &mut Tx<'_>, subject: Subject) -> Result<(), SqlError> {
    tx.execute(
        "DELETE FROM consents WHERE subject_kind = $1 AND subject_id = $2",
        params![subject.kind(), subject.uuid()],
    )?;
    Ok(())
}
