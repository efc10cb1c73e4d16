//! All SQL of traces.

use mailkeep_storage::sql::{Row, SqlError, Tx, Value, params};
use mailkeep_types::{CustomerId, MailboxId, Timestamp};
use uuid::Uuid;

use super::find::Wanted;
use super::heard::SentTo;
use super::{Step, StepKind, Trace, Way};
use crate::messages::store::int;

/// A trace to be written.
pub(super) struct NewTrace<'a> {
    pub id: Uuid,
    pub position: i64,
    pub mailbox: MailboxId,
    pub way: Way,
    pub other: Option<&'a [u8; 32]>,
    pub message: Option<&'a [u8; 32]>,
    pub domain: &'a str,
    pub size: u64,
    pub first: StepKind,
    pub word: Option<&'a str>,
}

/// Writes a trace with its first step.
pub(super) fn insert(tx: &mut Tx<'_>, new: &NewTrace<'_>) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO mail_traces (id, position, mailbox_id, way, other, message, domain, size, at, first, word) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING",
        params![
            &new.id.as_bytes()[..],
            new.position,
            new.mailbox,
            new.way.word(),
            new.other.map(|hash| hash.as_slice()),
            new.message.map(|hash| hash.as_slice()),
            new.domain,
            int(new.size),
            now,
            new.first.word(),
            new.word
        ],
    )
    .map(drop)
}

/// Writes a step of one recipient of a traced message, or of all that have no final answer.
pub(super) fn step(
    tx: &mut Tx<'_>,
    id: Uuid,
    position: Option<i64>,
    kind: StepKind,
    code: Option<u16>,
    status: Option<&str>,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO mail_trace_steps (trace_id, position, at, step, code, status) \
         SELECT t.id, t.position, CAST($3 AS BIGINT), CAST($4 AS TEXT), CAST($5 AS BIGINT), CAST($6 AS TEXT) FROM mail_traces t WHERE t.id = $1 AND t.position = COALESCE(CAST($2 AS BIGINT), t.position) \
         AND NOT EXISTS (SELECT 1 FROM mail_trace_steps s WHERE s.trace_id = t.id AND s.position = t.position \
         AND s.step IN ('delivered', 'failed', 'removed')) ON CONFLICT DO NOTHING",
        params![&id.as_bytes()[..], position, now, kind.word(), code, status],
    )
    .map(drop)
}

/// What happened last to one recipient of a traced message, after it was written down.
pub(super) fn last_step(tx: &mut Tx<'_>, id: Uuid, position: i64) -> Result<Option<String>, SqlError> {
    tx.query_opt(
        "SELECT step FROM mail_trace_steps WHERE trace_id = $1 AND position = $2 ORDER BY at DESC LIMIT 1",
        params![&id.as_bytes()[..], position],
        |row| row.get(0),
    )
}

fn trace(row: &Row<'_>) -> Result<Trace, SqlError> {
    let at: Timestamp = row.get(6)?;
    let first: String = row.get(7)?;
    let first = Step {
        kind: StepKind::from_word(&first).unwrap_or(StepKind::Queued),
        at,
        code: None,
        status: None,
        word: row.get(8)?,
    };
    Ok(Trace {
        id: row.get(0)?,
        position: row.get(1)?,
        mailbox: row.get(2)?,
        way: if row.get::<String>(3)? == Way::In.word() { Way::In } else { Way::Out },
        domain: row.get(4)?,
        size: row.get(5)?,
        at,
        steps: vec![first],
    })
}

/// The newest traces of a customer's mailboxes that are wanted.
pub(super) fn find(tx: &mut Tx<'_>, wanted: &Wanted, limit: i64) -> Result<Vec<Trace>, SqlError> {
    let mut values: Vec<Value<'_>> =
        vec![wanted.customer.into(), wanted.since.into(), wanted.until.into(), limit.into()];
    let mut conditions = String::new();
    // Who sends is our mailbox on the way out and the other side on the way in; who gets it the other way round.
    for (party, ours, theirs) in [(&wanted.sender, "out", "in"), (&wanted.recipient, "in", "out")] {
        let Some(party) = party else { continue };
        values.push(party.hash.as_slice().into());
        let hash = values.len();
        conditions.push_str(&format!(" AND ((t.way = '{theirs}' AND t.other = ${hash})"));
        if let Some(mailbox) = party.mailbox {
            values.push(mailbox.into());
            conditions.push_str(&format!(" OR (t.way = '{ours}' AND t.mailbox_id = ${})", values.len()));
        }
        conditions.push(')');
    }
    if let Some(message) = &wanted.message {
        values.push(message.as_slice().into());
        conditions.push_str(&format!(" AND t.message = ${}", values.len()));
    }
    let sql = format!(
        "SELECT t.id, t.position, t.mailbox_id, t.way, t.domain, t.size, t.at, t.first, t.word FROM mail_traces t \
         WHERE t.mailbox_id IN (SELECT m.id FROM mailboxes m JOIN domains d ON d.id = m.domain_id WHERE d.customer_id = $1) \
         AND t.at >= $2 AND t.at <= $3{conditions} ORDER BY t.at DESC, t.id, t.position LIMIT $4"
    );
    let mut found = tx.query(&sql, &values, trace)?;
    for trace in &mut found {
        let steps = tx.query(
            "SELECT step, at, code, status FROM mail_trace_steps WHERE trace_id = $1 AND position = $2 ORDER BY at",
            params![&trace.id.as_bytes()[..], trace.position],
            |row| {
                let kind: String = row.get(0)?;
                Ok::<_, SqlError>(Step {
                    kind: StepKind::from_word(&kind).unwrap_or(StepKind::Queued),
                    at: row.get(1)?,
                    code: row.get(2)?,
                    status: row.get(3)?,
                    word: None,
                })
            },
        )?;
        trace.steps.extend(steps);
    }
    Ok(found)
}

/// Who here sent a message that a mailbox got, and whose they are: the Message-ID is theirs, and it went to a domain of the reader's customer.
pub(super) fn sender_here(
    tx: &mut Tx<'_>,
    body: Uuid,
    reader: MailboxId,
) -> Result<Option<(MailboxId, CustomerId)>, SqlError> {
    tx.query_opt(
        "SELECT o.mailbox_id, d.customer_id FROM mail_traces i \
         JOIN mail_traces o ON o.message = i.message AND o.way = 'out' AND o.first = 'delivered' \
         JOIN mailboxes m ON m.id = o.mailbox_id JOIN domains d ON d.id = m.domain_id \
         WHERE i.id = $1 AND i.mailbox_id = $2 AND i.way = 'in' AND o.domain IN (SELECT r.name FROM domains r \
         WHERE r.customer_id = (SELECT rd.customer_id FROM mailboxes rm JOIN domains rd ON rd.id = rm.domain_id \
         WHERE rm.id = $2)) LIMIT 1",
        params![&body.as_bytes()[..], reader],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The last recipients elsewhere of a mailbox that have a final answer.
pub(super) fn last_answered(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    limit: i64,
) -> Result<Vec<(Uuid, i64)>, SqlError> {
    tx.query(
        "SELECT t.id, t.position FROM mail_traces t WHERE t.mailbox_id = $1 AND t.way = 'out' \
         AND EXISTS (SELECT 1 FROM mail_trace_steps s WHERE s.trace_id = t.id AND s.position = t.position \
         AND s.step IN ('delivered', 'failed')) ORDER BY t.at DESC, t.id, t.position LIMIT $2",
        params![mailbox, limit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The mailbox here that sent a message of this name to a recipient, the customer, and the recipient's hash and domain. Of several recipients
/// the one that is asked for, or whose domain is one of those.
pub(super) fn sent_to(
    tx: &mut Tx<'_>,
    message: &[u8; 32],
    recipient: Option<&[u8; 32]>,
    domains: &[String],
) -> Result<Option<SentTo>, SqlError> {
    let found = tx.query(
        "SELECT t.mailbox_id, d.customer_id, t.other, t.domain FROM mail_traces t \
         JOIN mailboxes m ON m.id = t.mailbox_id JOIN domains d ON d.id = m.domain_id \
         WHERE t.message = $1 AND t.way = 'out' AND t.other IS NOT NULL ORDER BY t.id, t.position LIMIT 500",
        params![message.as_slice()],
        |row| {
            Ok::<_, SqlError>(SentTo {
                mailbox: row.get(0)?,
                customer: row.get(1)?,
                recipient: row.get(2)?,
                domain: row.get(3)?,
            })
        },
    )?;
    let fits = |one: &SentTo| match recipient {
        Some(asked) => one.recipient == asked.as_slice(),
        None => domains.is_empty() || domains.contains(&one.domain),
    };
    Ok(found.into_iter().find(fits))
}
