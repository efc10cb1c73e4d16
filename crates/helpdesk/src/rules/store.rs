//! The table of rules.

use mailkeep_storage::sql::{Row as SqlRow, SqlError, Tx, Value, params};
use uuid::Uuid;

use super::{Conditions, From, Rule, When};
use crate::macros::store::{ACTS, ActTexts, acts_row, known};
use crate::service_levels::Priority;
use crate::tags::Tag;
use crate::tickets::Ticket;
use crate::tickets::store::{SUPPORT, TICKET, ticket_row, wrong};

const RULE: &str = "id, title, runs_on, active, place, staff_id, version, changed_at, if_department, if_priority, if_tag, if_words, if_from, if_plan";

fn rule_row(row: &SqlRow<'_>) -> Result<Rule, SqlError> {
    let (when, words): (String, String) = (row.get(2)?, row.get(11)?);
    Ok(Rule {
        id: row.get(0)?,
        title: row.get(1)?,
        when: When::from_word(&when).ok_or_else(|| wrong("a rule that runs on", &when))?,
        active: row.get::<i64>(3)? != 0,
        place: row.get(4)?,
        by: row.get(5)?,
        version: row.get(6)?,
        changed_at: row.get(7)?,
        conditions: Conditions {
            department: row.get(8)?,
            priority: known(row.get(9)?, Priority::from_word)?,
            tag: known(row.get(10)?, Tag::read)?,
            words: words.lines().map(str::to_owned).collect(),
            from: known(row.get(12)?, From::from_word)?,
            plan: row.get(13)?,
        },
        acts: acts_row(row, 14)?,
    })
}

/// All, in their order.
pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<Rule>, SqlError> {
    tx.query(&format!("SELECT {RULE}, {ACTS} FROM desk_rules ORDER BY place, id"), params![], rule_row)
}

/// Those that run on something, in their order.
pub(super) fn active(tx: &mut Tx<'_>, when: When) -> Result<Vec<Rule>, SqlError> {
    let sql =
        format!("SELECT {RULE}, {ACTS} FROM desk_rules WHERE active = 1 AND runs_on = $1 ORDER BY place, id");
    tx.query(&sql, params![when.word()], rule_row)
}

/// What of a rule is made into text for the table.
struct Texts {
    words: String,
    acts: ActTexts,
}

impl Texts {
    fn of(rule: &Rule) -> Self {
        Texts { words: rule.conditions.words.join("\n"), acts: ActTexts::of(&rule.acts) }
    }
}

fn values<'a>(rule: &'a Rule, texts: &'a Texts) -> Vec<Value<'a>> {
    let conditions = &rule.conditions;
    let head: [Value<'a>; 14] = [
        rule.id.into(),
        (&rule.title).into(),
        rule.when.word().into(),
        i64::from(rule.active).into(),
        rule.place.into(),
        rule.by.into(),
        rule.version.into(),
        rule.changed_at.into(),
        (&conditions.department).into(),
        conditions.priority.map(Priority::word).into(),
        conditions.tag.as_ref().map(Tag::as_str).into(),
        (&texts.words).into(),
        conditions.from.map(From::word).into(),
        (&conditions.plan).into(),
    ];
    head.into_iter().chain(texts.acts.values(&rule.acts)).collect()
}

pub(super) fn insert(tx: &mut Tx<'_>, rule: &Rule) -> Result<(), SqlError> {
    let texts = Texts::of(rule);
    let marks: Vec<String> = (1..=21).map(|n| format!("${n}")).collect();
    let sql = format!("INSERT INTO desk_rules ({RULE}, {ACTS}) VALUES ({})", marks.join(", "));
    tx.execute(&sql, &values(rule, &texts))?;
    Ok(())
}

/// Writes another content over the version before it, at its place; `false` when that is not the newest.
pub(super) fn change(tx: &mut Tx<'_>, rule: &Rule) -> Result<bool, SqlError> {
    let texts = Texts::of(rule);
    let mut values = values(rule, &texts);
    // The place stays.
    values.remove(4);
    let sql = "UPDATE desk_rules SET title = $2, runs_on = $3, active = $4, staff_id = $5, version = $6, changed_at = $7,
         if_department = $8, if_priority = $9, if_tag = $10, if_words = $11, if_from = $12, if_plan = $13, to_department = $14,
         priority = $15, tags = $16, untags = $17, give_to = $18, ending = $19, canned_id = $20
         WHERE id = $1 AND version = $6 - 1";
    Ok(tx.execute(sql, &values)? == 1)
}

pub(super) fn set_place(tx: &mut Tx<'_>, id: Uuid, place: i64) -> Result<(), SqlError> {
    tx.execute("UPDATE desk_rules SET place = $2 WHERE id = $1", params![id, place])?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, id: Uuid) -> Result<bool, SqlError> {
    Ok(tx.execute("DELETE FROM desk_rules WHERE id = $1", params![id])? == 1)
}

/// The last tickets of support; identifiers grow with time.
pub(super) fn last_tickets(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Ticket>, SqlError> {
    tx.query(&format!("{TICKET} WHERE {SUPPORT} ORDER BY t.id DESC LIMIT $1"), params![limit], ticket_row)
}
