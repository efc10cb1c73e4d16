//! The table of cases.

use jiff::tz::TimeZone;
use mailkeep_policy::Subject;
use mailkeep_storage::sql::{Row as SqlRow, SqlError, Tx, params};
use mailkeep_types::Timestamp;
use uuid::Uuid;

use super::{Case, CaseCounts, CaseKind, CaseOutcome, CaseQueue, Identity, Jurisdiction};
use crate::tickets::{self, DeskKind, Ticket, TicketState};

fn wrong(what: &str, found: &str) -> SqlError {
    SqlError::Engine(format!("{what} {found}"))
}

const COLUMNS: &str = "c.ticket_id, c.kind, c.hint, c.certain, c.jurisdiction, c.received_at, c.acknowledge_due, c.acknowledged_at, c.answer_due, c.extended_at,
    c.identity, c.person_id, c.shown_at, c.outcome, c.settled_at, c.settled_by, c.escalated_at";

fn case_row(row: &SqlRow<'_>) -> Result<Case, SqlError> {
    let kind = |word: Option<String>| match word {
        Some(word) => CaseKind::from_word(&word).map(Some).ok_or_else(|| wrong("a case of kind", &word)),
        None => Ok(None),
    };
    let (jurisdiction, identity): (String, String) = (row.get(4)?, row.get(10)?);
    let outcome: Option<String> = row.get(13)?;
    let outcome = match outcome {
        Some(word) => {
            Some(CaseOutcome::from_word(&word).ok_or_else(|| wrong("a case with the outcome", &word))?)
        }
        None => None,
    };
    Ok(Case {
        ticket: row.get(0)?,
        kind: kind(row.get(1)?)?,
        hint: kind(row.get(2)?)?,
        certain: row.get::<i64>(3)? != 0,
        jurisdiction: Jurisdiction::from_word(&jurisdiction)
            .ok_or_else(|| wrong("a case under", &jurisdiction))?,
        received_at: row.get(5)?,
        acknowledge_due: row.get(6)?,
        acknowledged_at: row.get(7)?,
        answer_due: row.get(8)?,
        extended_at: row.get(9)?,
        identity: Identity::from_word(&identity).ok_or_else(|| wrong("a case whose asker is", &identity))?,
        person: row.get(11)?,
        shown_at: row.get(12)?,
        outcome,
        settled_at: row.get(14)?,
        settled_by: row.get(15)?,
        escalated_at: row.get(16)?,
    })
}

pub(crate) fn find(tx: &mut Tx<'_>, ticket: Uuid) -> Result<Option<Case>, SqlError> {
    let sql = format!("SELECT {COLUMNS} FROM privacy_cases c WHERE c.ticket_id = $1");
    tx.query_opt(&sql, params![ticket], case_row)
}

pub(super) fn insert(tx: &mut Tx<'_>, case: &Case) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO privacy_cases (ticket_id, kind, hint, certain, jurisdiction, received_at, acknowledge_due, acknowledged_at,
             answer_due, identity, person_id, shown_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        params![
            case.ticket,
            case.kind.map(CaseKind::word),
            case.hint.map(CaseKind::word),
            i64::from(case.certain),
            case.jurisdiction.word(),
            case.received_at,
            case.acknowledge_due,
            case.acknowledged_at,
            case.answer_due,
            case.identity.word(),
            case.person,
            case.shown_at,
        ],
    )?;
    Ok(())
}

/// Writes what may change of a case.
pub(super) fn update(tx: &mut Tx<'_>, case: &Case) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE privacy_cases SET kind = $2, jurisdiction = $3, acknowledged_at = $4, answer_due = $5, extended_at = $6,
             identity = $7, person_id = $8, shown_at = $9, outcome = $10, settled_at = $11, settled_by = $12, escalated_at = $13
         WHERE ticket_id = $1",
        params![
            case.ticket,
            case.kind.map(CaseKind::word),
            case.jurisdiction.word(),
            case.acknowledged_at,
            case.answer_due,
            case.extended_at,
            case.identity.word(),
            case.person,
            case.shown_at,
            case.outcome.map(CaseOutcome::word),
            case.settled_at,
            case.settled_by,
            case.escalated_at,
        ],
    )?;
    Ok(())
}

/// Whoever asked writes again after the answer: the case is open again, with a term from now on.
pub(crate) fn written_again(tx: &mut Tx<'_>, ticket: Uuid, zone: &TimeZone) -> Result<(), SqlError> {
    let Some(case) = find(tx, ticket)?.filter(|case| case.settled_at.is_some()) else { return Ok(()) };
    let answer_due = case.jurisdiction.answer_by(tx.now(), zone);
    let open = Case {
        answer_due,
        extended_at: None,
        outcome: None,
        settled_at: None,
        settled_by: None,
        escalated_at: None,
        ..case
    };
    update(tx, &open)
}

/// The case goes when its ticket is no matter of the privacy desk.
pub(super) fn remove(tx: &mut Tx<'_>, ticket: Uuid) -> Result<(), SqlError> {
    tx.execute("DELETE FROM privacy_cases WHERE ticket_id = $1", params![ticket])?;
    Ok(())
}

/// Only its hash is kept of a link.
pub(super) fn set_token(
    tx: &mut Tx<'_>,
    ticket: Uuid,
    hash: &[u8; 32],
    until: Timestamp,
) -> Result<(), SqlError> {
    let sql = "UPDATE privacy_cases SET token = $2, token_until = $3 WHERE ticket_id = $1";
    tx.execute(sql, params![ticket, hash, until])?;
    Ok(())
}

pub(super) fn by_token(tx: &mut Tx<'_>, hash: &[u8; 32], now: Timestamp) -> Result<Option<Case>, SqlError> {
    let sql = format!("SELECT {COLUMNS} FROM privacy_cases c WHERE c.token = $1 AND c.token_until > $2");
    tx.query_opt(&sql, params![hash, now], case_row)
}

/// How many cases of an owner are not settled.
pub(super) fn open_of(tx: &mut Tx<'_>, owner: Subject) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT COUNT(*) FROM privacy_cases c JOIN tickets t ON t.id = c.ticket_id
         WHERE t.subject_id = $1 AND t.subject_kind = $2 AND c.settled_at IS NULL",
        params![owner.uuid(), owner.kind()],
        |row| row.get(0),
    )
}

/// The cases of an owner, newest first.
pub(super) fn of_owner(tx: &mut Tx<'_>, owner: Subject, limit: i64) -> Result<Vec<Case>, SqlError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM privacy_cases c JOIN tickets t ON t.id = c.ticket_id
         WHERE t.subject_id = $1 AND t.subject_kind = $2 ORDER BY c.received_at DESC, c.ticket_id DESC LIMIT $3"
    );
    tx.query(&sql, params![owner.uuid(), owner.kind(), limit], case_row)
}

/// What is not settled and late, or would be before this time.
const LATE: &str =
    "c.settled_at IS NULL AND (c.answer_due < $1 OR (c.acknowledged_at IS NULL AND c.acknowledge_due < $1))";

const UNREAD: &str = "c.settled_at IS NULL AND c.kind IS NULL";
const OPEN: &str = "c.settled_at IS NULL AND c.kind IS NOT NULL";

/// Cases of a queue: what is due first, or what was settled last.
pub(super) fn queue(tx: &mut Tx<'_>, queue: CaseQueue, from: i64, limit: i64) -> Result<Vec<Case>, SqlError> {
    let list = |which: &str, order: &str, page: &str| {
        format!("SELECT {COLUMNS} FROM privacy_cases c WHERE {which} ORDER BY {order} {page}")
    };
    let (first, last) = ("c.answer_due, c.ticket_id", "c.settled_at DESC, c.ticket_id DESC");
    let page = "LIMIT $1 OFFSET $2";
    let plain = match queue {
        CaseQueue::Unread => list(UNREAD, first, page),
        CaseQueue::Open => list(OPEN, first, page),
        CaseQueue::Settled => list("c.settled_at IS NOT NULL", last, page),
        CaseQueue::DueBefore(due) => {
            let sql = list(LATE, first, "LIMIT $2 OFFSET $3");
            return tx.query(&sql, params![due, limit, from], case_row);
        }
    };
    tx.query(&plain, params![limit, from], case_row)
}

pub(super) fn counts(tx: &mut Tx<'_>, due: Timestamp) -> Result<CaseCounts, SqlError> {
    let sum = |which: &str| format!("COALESCE(SUM(CASE WHEN {which} THEN 1 ELSE 0 END), 0)");
    let sql = format!(
        "SELECT {}, {}, {} FROM privacy_cases c WHERE c.settled_at IS NULL",
        sum(LATE),
        sum(UNREAD),
        sum(OPEN)
    );
    tx.query_one(&sql, params![due], |row| {
        Ok(CaseCounts { due: row.get(0)?, unread: row.get(1)?, open: row.get(2)? })
    })
}

/// Late cases of which no higher place was told.
pub(super) fn to_escalate(tx: &mut Tx<'_>, now: Timestamp, limit: i64) -> Result<Vec<Case>, SqlError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM privacy_cases c WHERE {LATE} AND c.escalated_at IS NULL ORDER BY c.answer_due LIMIT $2"
    );
    tx.query(&sql, params![now, limit], case_row)
}

/// A case for the figures.
pub(super) struct Counted {
    pub(super) kind: Option<CaseKind>,
    pub(super) received_at: Timestamp,
    pub(super) answer_due: Timestamp,
    pub(super) settled_at: Option<Timestamp>,
}

/// The cases that came since then.
pub(super) fn received_since(tx: &mut Tx<'_>, since: Timestamp) -> Result<Vec<Counted>, SqlError> {
    let sql = "SELECT kind, received_at, answer_due, settled_at FROM privacy_cases WHERE received_at >= $1";
    tx.query(sql, params![since], |row| {
        let kind: Option<String> = row.get(0)?;
        Ok(Counted {
            kind: kind.as_deref().and_then(CaseKind::from_word),
            received_at: row.get(1)?,
            answer_due: row.get(2)?,
            settled_at: row.get(3)?,
        })
    })
}

/// The fact `open_case`: the ticket is one of the privacy desk and not closed, and the data is that of whoever asks: as the ticket
/// says, or, where that was another address, of the person who showed that they ask.
pub(crate) fn justifies(tx: &mut Tx<'_>, ticket: Uuid, subject: Subject) -> Result<bool, SqlError> {
    let open = |ticket: &Ticket| ticket.state != TicketState::Closed && ticket.desk() == DeskKind::Privacy;
    let Some(ticket) = tickets::store::find(tx, ticket)?.filter(open) else { return Ok(false) };
    let Some(case) = find(tx, ticket.id)? else { return Ok(false) };
    let confirmed = case.confirmed_person().map(Subject::person);
    Ok(tickets::store::is_of(&ticket, subject) || confirmed == Some(subject))
}

/// Takes a probe's ticket away.
pub(super) fn remove_ticket(tx: &mut Tx<'_>, ticket: Uuid) -> Result<(), SqlError> {
    tx.execute("DELETE FROM tickets WHERE id = $1", params![ticket])?;
    Ok(())
}

/// The ticket of a letter by the hash of its Message-ID.
pub(super) fn ticket_with(tx: &mut Tx<'_>, message: &[u8; 32]) -> Result<Option<Uuid>, SqlError> {
    let sql = "SELECT ticket_id FROM ticket_letters WHERE message = $1 LIMIT 1";
    tx.query_opt(sql, params![message], |row| row.get(0))
}
