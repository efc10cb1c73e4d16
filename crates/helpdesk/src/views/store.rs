//! The tickets of views, and the table of those that are kept.

use mailkeep_storage::sql::{Row as SqlRow, SqlError, Tx, Value, params};
use mailkeep_types::{StaffId, Timestamp};
use uuid::Uuid;

use super::{Filter, LOOKED_THROUGH, Listed, Order, QueueKind, SavedView};
use crate::service_levels::Priority;
use crate::tags::Tag;
use crate::tickets::store::{DUE, NOT_OVER, SUPPORT, TICKET, WAITING, ticket_row, wrong};
use crate::tickets::{Queue, Row};

/// The values of a statement that is put together.
#[derive(Default)]
struct Terms<'a>(Vec<Value<'a>>);

impl<'a> Terms<'a> {
    /// Adds a value; gives what stands for it.
    fn add(&mut self, value: impl Into<Value<'a>>) -> String {
        self.0.push(value.into());
        format!("${}", self.0.len())
    }
}

/// The columns by which a list stands in its order, and in which direction it goes.
struct Way {
    at: &'static str,
    id: &'static str,
    ahead: bool,
}

impl Way {
    /// By what is due, by when something happened to the ticket, or by the same beside its tag.
    const fn of(queue: Queue, order: Order, tagged: bool) -> Self {
        let (at, id) = match queue {
            Queue::DueBefore(_) => return Way { at: DUE, id: "t.id", ahead: true },
            Queue::All if tagged => ("g.changed_at", "g.ticket_id"),
            _ => ("t.changed_at", "t.id"),
        };
        Way { at, id, ahead: matches!(order, Order::Oldest) }
    }

    /// What is behind a row, as an index on both columns finds it.
    fn behind(&self, terms: &mut Terms<'_>, (at, id): Row) -> String {
        let (at, id, Way { at: column, id: name, .. }) = (terms.add(at), terms.add(id), self);
        let sign = if self.ahead { '>' } else { '<' };
        format!("{column} {sign}= {at} AND ({column} {sign} {at} OR {name} {sign} {id})")
    }

    /// What is not behind a row.
    fn until(&self, terms: &mut Terms<'_>, (at, id): Row) -> String {
        let (at, id, Way { at: column, id: name, .. }) = (terms.add(at), terms.add(id), self);
        let sign = if self.ahead { '<' } else { '>' };
        format!("{column} {sign}= {at} AND ({column} {sign} {at} OR {name} {sign}= {id})")
    }

    fn order(&self) -> String {
        let Way { at, id, ahead } = self;
        let down = if *ahead { "" } else { " DESC" };
        format!("ORDER BY {at}{down}, {id}{down}")
    }
}

/// The last ticket that a page of all tickets looks at; nothing when it looks at all that are left.
fn bottom(tx: &mut Tx<'_>, way: &Way, filter: &Filter, after: Option<Row>) -> Result<Option<Row>, SqlError> {
    let mut terms = Terms::default();
    let mut which = Vec::new();
    let table = match &filter.tag {
        Some(tag) => {
            which.push(format!("g.tag = {}", terms.add(tag.as_str())));
            "ticket_tags g"
        }
        None => "tickets t",
    };
    if let Some(after) = after {
        which.push(way.behind(&mut terms, after));
    }
    let which = if which.is_empty() { "1 = 1".to_owned() } else { which.join(" AND ") };
    let (Way { at, id, .. }, order) = (way, way.order());
    let last = terms.add(LOOKED_THROUGH - 1);
    let sql = format!("SELECT {at}, {id} FROM {table} WHERE {which} {order} LIMIT 1 OFFSET {last}");
    tx.query_opt(&sql, &terms.0, |row| Ok((row.get(0)?, row.get(1)?)))
}

/// A page of a queue that is narrowed down. What is not over is little, and is looked through as a whole; all tickets are looked
/// through in their order, a bounded number at a time.
pub(super) fn list(
    tx: &mut Tx<'_>,
    queue: Queue,
    filter: &Filter,
    after: Option<Row>,
    limit: usize,
) -> Result<Listed, SqlError> {
    let way = Way::of(queue, filter.order, filter.tag.is_some());
    let all = queue == Queue::All;
    let looks = filter.department.is_some() || filter.priority.is_some() || filter.assignee.is_some();
    let bottom = if all && looks { bottom(tx, &way, filter, after)? } else { None };
    let mut terms = Terms::default();
    let mut which = vec![SUPPORT.to_owned()];
    if !all {
        which.push(NOT_OVER.to_owned());
    }
    match queue {
        Queue::Of(staff) => which.push(format!("t.assignee = {}", terms.add(staff))),
        Queue::Unassigned => which.push("t.assignee IS NULL".to_owned()),
        Queue::WaitingOnUs => which.push(WAITING.to_owned()),
        Queue::DueBefore(due) => which.push(format!("{DUE} < {}", terms.add(due))),
        Queue::Followed(staff) => {
            let follows = "EXISTS (SELECT 1 FROM ticket_followers f WHERE f.ticket_id = t.id AND f.staff_id";
            which.push(format!("{follows} = {})", terms.add(staff)));
        }
        Queue::All => {}
    }
    if let Some(department) = &filter.department {
        which.push(format!("t.department = {}", terms.add(department.as_str())));
    }
    if let Some(priority) = filter.priority {
        which.push(format!("t.priority = {}", terms.add(priority.word())));
    }
    if let Some(assignee) = filter.assignee {
        which.push(format!("t.assignee = {}", terms.add(assignee)));
    }
    let mut joined = "";
    if let Some(tag) = &filter.tag {
        let tag = terms.add(tag.as_str());
        if all {
            joined = "JOIN ticket_tags g ON g.ticket_id = t.id";
            which.push(format!("g.tag = {tag}"));
        } else {
            let has = "EXISTS (SELECT 1 FROM ticket_tags g WHERE g.ticket_id = t.id AND g.tag";
            which.push(format!("{has} = {tag})"));
        }
    }
    if let Some(after) = after {
        which.push(way.behind(&mut terms, after));
    }
    if let Some(bottom) = bottom {
        which.push(way.until(&mut terms, bottom));
    }
    let (which, order) = (which.join(" AND "), way.order());
    let more = terms.add(i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1));
    let sql = match queue {
        // The inner query is answered from the index `tickets_counted` alone where nothing else narrows it down.
        Queue::DueBefore(_) => {
            let ids = format!("SELECT t.id FROM tickets t WHERE {which} {order} LIMIT {more}");
            format!("{TICKET} WHERE t.id IN ({ids}) {order}")
        }
        _ => format!("{TICKET} {joined} WHERE {which} {order} LIMIT {more}"),
    };
    let mut tickets = tx.query(&sql, &terms.0, ticket_row)?;
    let full = tickets.len() > limit;
    tickets.truncate(limit);
    let last = tickets.last().map(|last| queue.behind(last));
    Ok(Listed { tickets, next: if full { last } else { bottom } })
}

const VIEW: &str = "SELECT id, staff_id, shared, name, queue, department, priority, tag, assignee, sequence, at FROM ticket_views";

fn view_row(row: &SqlRow<'_>) -> Result<SavedView, SqlError> {
    let (queue, order): (String, String) = (row.get(4)?, row.get(9)?);
    let (priority, tag): (Option<String>, Option<String>) = (row.get(6)?, row.get(7)?);
    // What cannot be read would make the view wider than it was kept.
    let priority =
        priority.map(|word| Priority::from_word(&word).ok_or_else(|| wrong("a view of the priority", &word)));
    let tag = tag.map(|text| Tag::read(&text).ok_or_else(|| wrong("a view of the tag", &text)));
    let (shared, at): (i64, Timestamp) = (row.get(2)?, row.get(10)?);
    Ok(SavedView {
        id: row.get(0)?,
        staff: row.get(1)?,
        shared: shared != 0,
        name: row.get(3)?,
        queue: QueueKind::from_word(&queue).ok_or_else(|| wrong("a view of the queue", &queue))?,
        filter: Filter {
            department: row.get(5)?,
            priority: priority.transpose()?,
            tag: tag.transpose()?,
            assignee: row.get(8)?,
            order: Order::from_word(&order).ok_or_else(|| wrong("a view in the order", &order))?,
        },
        at,
    })
}

/// Those of a member of staff, and those that are shared.
pub(super) fn views(tx: &mut Tx<'_>, staff: StaffId) -> Result<Vec<SavedView>, SqlError> {
    tx.query(&format!("{VIEW} WHERE shared = 1 OR staff_id = $1 ORDER BY at, id"), params![staff], view_row)
}

pub(super) fn insert(tx: &mut Tx<'_>, view: &SavedView) -> Result<(), SqlError> {
    let filter = &view.filter;
    tx.execute(
        "INSERT INTO ticket_views (id, staff_id, shared, name, queue, department, priority, tag, assignee, sequence, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            view.id,
            view.staff,
            i64::from(view.shared),
            &view.name,
            view.queue.word(),
            &filter.department,
            filter.priority.map(Priority::word),
            filter.tag.as_ref().map(Tag::as_str),
            filter.assignee,
            filter.order.word(),
            view.at,
        ],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, by: StaffId, view: Uuid) -> Result<bool, SqlError> {
    let sql = "DELETE FROM ticket_views WHERE id = $1 AND (shared = 1 OR staff_id = $2)";
    Ok(tx.execute(sql, params![view, by])? == 1)
}
