//! The table `ticket_words`.

use mailkeep_storage::sql::{SqlError, Tx, Value, params};
use uuid::Uuid;

use super::Mark;
use crate::tickets::store::SUPPORT;

/// So many rows are written by one statement.
const AT_ONCE: usize = 50;

/// Writes marks down; those that are there stay.
pub(super) fn add(tx: &mut Tx<'_>, ticket: Uuid, marks: &[Mark]) -> Result<(), SqlError> {
    for marks in marks.chunks(AT_ONCE) {
        let mut values = vec![Value::from(ticket)];
        values.extend(marks.iter().map(|mark| Value::from(&mark[..])));
        let rows: Vec<String> = (2..=values.len()).map(|place| format!("(${place}, $1)")).collect();
        let rows = rows.join(", ");
        let sql = format!("INSERT INTO ticket_words (mark, ticket_id) VALUES {rows} ON CONFLICT DO NOTHING");
        tx.execute(&sql, &values)?;
    }
    Ok(())
}

/// Takes the marks of a ticket away.
pub(super) fn forget(tx: &mut Tx<'_>, ticket: Uuid) -> Result<(), SqlError> {
    tx.execute("DELETE FROM ticket_words WHERE ticket_id = $1", params![ticket]).map(drop)
}

/// Tickets of support that have a mark of each word, are not closed, and were not opened by staff; what happened last first.
pub(super) fn with_all<'a>(
    tx: &mut Tx<'_>,
    words: &'a [Vec<Mark>],
    limit: i64,
) -> Result<Vec<Uuid>, SqlError> {
    let mut values: Vec<Value<'a>> = Vec::new();
    let mut one_of = |marks: &'a [Mark]| {
        let first = values.len() + 1;
        values.extend(marks.iter().map(|mark| Value::from(&mark[..])));
        let places: Vec<String> = (first..=values.len()).map(|place| format!("${place}")).collect();
        places.join(", ")
    };
    let Some((first, others)) = words.split_first() else { return Ok(Vec::new()) };
    let first = one_of(first);
    let others: Vec<String> = others
        .iter()
        .map(|marks| {
            let marks = one_of(marks);
            format!(
                " AND EXISTS (SELECT 1 FROM ticket_words o WHERE o.mark IN ({marks}) AND o.ticket_id = t.id)"
            )
        })
        .collect();
    values.push(Value::from(limit));
    let sql = format!(
        "SELECT t.id FROM ticket_words w JOIN tickets t ON t.id = w.ticket_id \
         WHERE w.mark IN ({first}) AND t.state <> 'closed' AND t.staff_id IS NULL AND {SUPPORT}{} \
         GROUP BY t.id, t.changed_at ORDER BY t.changed_at DESC, t.id DESC LIMIT ${}",
        others.concat(),
        values.len()
    );
    tx.query(&sql, &values, |row| row.get(0))
}
