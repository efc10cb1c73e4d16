//! The tables of tickets.

use mailkeep_policy::Subject;
use mailkeep_storage::sql::{Row as SqlRow, SqlError, Tx, params};
use mailkeep_types::{CustomerId, PersonId, StaffId, Timestamp};
use uuid::Uuid;

use super::{About, AboutKind, Counts, DeskKind, EntryKind, Event, Hand, Row, Ticket, TicketState};
use crate::service_levels::Priority;

pub(crate) fn wrong(what: &str, found: &str) -> SqlError {
    SqlError::Engine(format!("{what} {found}"))
}

pub(crate) const TICKET: &str = "SELECT t.id, t.number, t.subject_kind, t.subject_id, t.department, t.person_id, t.staff_id, t.state, t.priority, t.about_kind, t.about_id,
    t.assignee, t.version, t.opened_at, t.changed_at, t.first_due, t.first_answered_at, t.solution_due, t.solved_at, t.closed_at,
    t.rating FROM tickets t";

fn owner(kind: i64, id: Uuid) -> Result<Subject, SqlError> {
    Subject::from_stored(kind, id).ok_or_else(|| wrong("a ticket of kind", &kind.to_string()))
}

pub(crate) fn ticket_row(row: &SqlRow<'_>) -> Result<Ticket, SqlError> {
    let (state, priority): (String, String) = (row.get(7)?, row.get(8)?);
    let about: (Option<String>, Option<Uuid>) = (row.get(9)?, row.get(10)?);
    let about = match about {
        (Some(kind), Some(id)) => {
            let kind = AboutKind::from_word(&kind).ok_or_else(|| wrong("a ticket about", &kind))?;
            Some(About { kind, id })
        }
        _ => None,
    };
    Ok(Ticket {
        id: row.get(0)?,
        number: row.get(1)?,
        owner: owner(row.get(2)?, row.get(3)?)?,
        department: row.get(4)?,
        person: row.get(5)?,
        staff: row.get(6)?,
        state: TicketState::from_word(&state).ok_or_else(|| wrong("a ticket that is", &state))?,
        priority: Priority::from_word(&priority).ok_or_else(|| wrong("a ticket of priority", &priority))?,
        about,
        assignee: row.get(11)?,
        version: row.get(12)?,
        opened_at: row.get(13)?,
        changed_at: row.get(14)?,
        first_due: row.get(15)?,
        first_answered_at: row.get(16)?,
        solution_due: row.get(17)?,
        solved_at: row.get(18)?,
        closed_at: row.get(19)?,
        rating: row.get(20)?,
    })
}

pub(crate) fn find(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Ticket>, SqlError> {
    tx.query_opt(&format!("{TICKET} WHERE t.id = $1"), params![id], ticket_row)
}

pub(crate) fn find_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<Ticket>, SqlError> {
    tx.query_opt(&format!("{TICKET} WHERE t.number = $1"), params![number], ticket_row)
}

pub(super) fn subject(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Vec<u8>>, SqlError> {
    tx.query_opt("SELECT title FROM tickets WHERE id = $1", params![id], |row| row.get(0))
}

pub(super) fn insert(tx: &mut Tx<'_>, ticket: &Ticket, subject: &[u8]) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO tickets (id, number, subject_kind, subject_id, department, person_id, staff_id, state, priority, title,
             about_kind, about_id, version, opened_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        params![
            ticket.id,
            &ticket.number,
            ticket.owner.kind(),
            ticket.owner.uuid(),
            &ticket.department,
            ticket.person,
            ticket.staff,
            ticket.state.word(),
            ticket.priority.word(),
            subject,
            ticket.about.map(|about| about.kind.word()),
            ticket.about.map(|about| about.id),
            ticket.version,
            ticket.opened_at,
            ticket.changed_at,
        ],
    )?;
    Ok(())
}

/// Writes what may change of a ticket.
pub(super) fn update(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE tickets SET state = $2, priority = $3, assignee = $4, version = $5, changed_at = $6, first_due = $7,
             first_answered_at = $8, solution_due = $9, solved_at = $10, closed_at = $11, rating = $12 WHERE id = $1",
        params![
            ticket.id,
            ticket.state.word(),
            ticket.priority.word(),
            ticket.assignee,
            ticket.version,
            ticket.changed_at,
            ticket.first_due,
            ticket.first_answered_at,
            ticket.solution_due,
            ticket.solved_at,
            ticket.closed_at,
            ticket.rating,
        ],
    )?;
    Ok(())
}

// What was written.

/// An entry as stored.
pub(super) struct EntryRow {
    pub(super) id: Uuid,
    /// The ticket in which it was written.
    pub(super) written_in: Uuid,
    pub(super) kind: EntryKind,
    pub(super) person: Option<PersonId>,
    pub(super) staff: Option<StaffId>,
    pub(super) words: Vec<u8>,
    pub(super) at: Timestamp,
}

pub(super) fn add_entry(
    tx: &mut Tx<'_>,
    id: Uuid,
    ticket: Uuid,
    kind: EntryKind,
    by: Hand,
    words: &[u8],
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO ticket_entries (id, ticket_id, kind, person_id, staff_id, words, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![id, ticket, kind.word(), by.person(), by.staff(), words, now],
    )?;
    Ok(())
}

/// What is shown in a ticket, but for what was merged into it: what was written there, or in `written_in`, from which it was split.
pub(super) fn entries(tx: &mut Tx<'_>, ticket: Uuid, written_in: Uuid) -> Result<Vec<EntryRow>, SqlError> {
    tx.query(
        "SELECT e.id, e.kind, e.person_id, e.staff_id, e.words, e.at, e.ticket_id FROM ticket_entries e
         LEFT JOIN ticket_moved_entries v ON v.entry_id = e.id
         WHERE e.ticket_id IN ($1, $2) AND COALESCE(v.ticket_id, e.ticket_id) = $1 ORDER BY e.at, e.id",
        params![ticket, written_in],
        |row| {
            let kind: String = row.get(1)?;
            Ok(EntryRow {
                id: row.get(0)?,
                written_in: row.get(6)?,
                kind: EntryKind::from_word(&kind).ok_or_else(|| wrong("an entry of", &kind))?,
                person: row.get(2)?,
                staff: row.get(3)?,
                words: row.get(4)?,
                at: row.get(5)?,
            })
        },
    )
}

// What happened.

pub(super) fn add_event(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    what: &str,
    value: &str,
    by: Hand,
) -> Result<(), SqlError> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO ticket_events (ticket_id, number, what, value, person_id, staff_id, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![ticket.id, ticket.version, what, value, by.person(), by.staff(), now],
    )?;
    Ok(())
}

/// All that happened to a ticket, oldest first.
pub(super) fn history(tx: &mut Tx<'_>, ticket: Uuid) -> Result<Vec<Event>, SqlError> {
    let sql =
        "SELECT what, value, person_id, staff_id, at FROM ticket_events WHERE ticket_id = $1 ORDER BY number";
    tx.query(sql, params![ticket], |row| {
        Ok(Event {
            what: row.get(0)?,
            value: row.get(1)?,
            person: row.get(2)?,
            staff: row.get(3)?,
            at: row.get(4)?,
        })
    })
}

pub(super) fn events(tx: &mut Tx<'_>, ticket: Uuid) -> Result<Vec<(String, Timestamp)>, SqlError> {
    let sql = "SELECT what, at FROM ticket_events WHERE ticket_id = $1 ORDER BY number";
    tx.query(sql, params![ticket], |row| Ok((row.get(0)?, row.get(1)?)))
}

// Lists.

/// What is for support, and not for the privacy desk.
pub(crate) const SUPPORT: &str = "t.department <> 'privacy'";

/// What is not over.
pub(crate) const NOT_OVER: &str = "t.state IN ('new', 'open', 'waiting_on_customer', 'waiting_on_us')";

/// Where we are to do something.
pub(crate) const WAITING: &str = "t.state IN ('new', 'waiting_on_us')";

/// Until when something is to be done next, as [`Ticket::due_next`].
pub(crate) const DUE: &str = "CASE WHEN t.first_answered_at IS NULL THEN COALESCE(t.first_due, t.solution_due) ELSE t.solution_due END";

/// A time and an identifier behind which nothing is left out.
fn behind(after: Option<Row>) -> Row {
    after.unwrap_or((Timestamp::from_micros(i64::MAX), Uuid::max()))
}

/// The rows before a time and an identifier, as an index on both finds them.
fn before(at: &str, id: &str) -> String {
    format!("t.changed_at <= {at} AND (t.changed_at < {at} OR t.id < {id})")
}

pub(super) fn of_customer(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    after: Option<Row>,
    limit: i64,
) -> Result<Vec<Ticket>, SqlError> {
    let (at, id) = behind(after);
    let sql = format!(
        "{TICKET} WHERE t.subject_kind = 3 AND t.subject_id = $1 AND {}
         ORDER BY t.changed_at DESC, t.id DESC LIMIT $4",
        before("$2", "$3")
    );
    tx.query(&sql, params![customer, at, id, limit], ticket_row)
}

/// The same from the oldest on: identifiers grow with time.
pub(super) fn page(
    tx: &mut Tx<'_>,
    customer: CustomerId,
    after: Option<Uuid>,
    limit: u32,
) -> Result<Vec<Ticket>, SqlError> {
    let sql = format!(
        "{TICKET} WHERE t.subject_kind = 3 AND t.subject_id = $1 AND t.id > $2 ORDER BY t.id LIMIT $3"
    );
    tx.query(&sql, params![customer, after.unwrap_or_default(), i64::from(limit)], ticket_row)
}

/// How many tickets lie in each queue.
pub(super) fn counts(tx: &mut Tx<'_>, staff: StaffId, due: Timestamp) -> Result<Counts, SqlError> {
    let sum = |which: &str| format!("COALESCE(SUM(CASE WHEN {which} THEN 1 ELSE 0 END), 0)");
    let sql = format!(
        "SELECT {}, {}, {}, {} FROM tickets t WHERE {SUPPORT} AND {NOT_OVER}",
        sum("t.assignee = $1"),
        sum("t.assignee IS NULL"),
        sum(WAITING),
        sum(&format!("{DUE} < $2")),
    );
    tx.query_one(&sql, params![staff, due], |row| {
        Ok(Counts { mine: row.get(0)?, unassigned: row.get(1)?, waiting: row.get(2)?, due: row.get(3)? })
    })
}

pub(super) fn solved_before(tx: &mut Tx<'_>, before: Timestamp, limit: i64) -> Result<Vec<Ticket>, SqlError> {
    let sql = format!(
        "{TICKET} WHERE t.state = 'solved' AND t.solved_at <= $1 ORDER BY t.changed_at, t.id LIMIT $2"
    );
    tx.query(&sql, params![before, limit], ticket_row)
}

/// The fact `open_ticket`: a contact of the customer opened it, it is not closed, and the data is the customer's or the
/// contact's own.
pub(super) fn justifies(tx: &mut Tx<'_>, ticket: Uuid, subject: Subject) -> Result<bool, SqlError> {
    let open = |ticket: &Ticket| ticket.state != TicketState::Closed && ticket.desk() == DeskKind::Support;
    let Some(ticket) = find(tx, ticket)?.filter(open) else { return Ok(false) };
    Ok(is_of(&ticket, subject))
}

/// Whether data is that of the ticket's side, which opened it: the owner's or the contact's own.
pub(crate) fn is_of(ticket: &Ticket, subject: Subject) -> bool {
    match subject {
        Subject::Customer(_) | Subject::Subscriber(_) => ticket.is_asked() && subject == ticket.owner,
        Subject::Person(person) => ticket.person == Some(person),
        Subject::Mailbox(_) | Subject::Staff(_) => false,
    }
}

/// Gives a ticket to another department; nobody takes care of it there yet.
pub(crate) fn set_department(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<(), SqlError> {
    let sql = "UPDATE tickets SET department = $2 WHERE id = $1";
    tx.execute(sql, params![ticket.id, &ticket.department])?;
    Ok(())
}

/// Takes away the tickets of an owner; what was written in them and happened to them goes with them.
pub(crate) fn delete_of(tx: &mut Tx<'_>, owner: Subject) -> Result<(), SqlError> {
    let sql = "DELETE FROM tickets WHERE subject_kind = $1 AND subject_id = $2";
    tx.execute(sql, params![owner.kind(), owner.uuid()])?;
    Ok(())
}

/// What a hand at the database might try with a row.
#[cfg(test)]
pub(crate) fn by_hand(tx: &mut Tx<'_>, sql: &str, id: Uuid) -> Result<(), SqlError> {
    tx.execute(sql, params![id])?;
    Ok(())
}

/// How many rows a table has.
#[cfg(test)]
pub(crate) fn rows_left(tx: &mut Tx<'_>, table: &str) -> Result<i64, SqlError> {
    tx.query_one(&format!("SELECT COUNT(*) FROM {table}"), params![], |row| row.get(0))
}
