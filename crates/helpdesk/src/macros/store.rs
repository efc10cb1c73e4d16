//! The table of macros.

use mailkeep_storage::sql::{Row as SqlRow, SqlError, Tx, Value, params};
use uuid::Uuid;

use super::{Acts, Ending, GiveTo, Macro};
use crate::service_levels::Priority;
use crate::tags::Tag;
use crate::tickets::store::wrong;

/// The columns of acts, in the order in which [`acts_row`] reads them.
pub(crate) const ACTS: &str = "to_department, priority, tags, untags, give_to, ending, canned_id";

const MACRO: &str = "id, title, department, staff_id, version, changed_at";

/// A word that must be known: what cannot be read would do less than was kept.
pub(crate) fn known<T>(
    word: Option<String>,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, SqlError> {
    word.map(|word| read(&word).ok_or_else(|| wrong("an act or condition that says", &word))).transpose()
}

pub(crate) fn tags_of(text: &str) -> Result<Vec<Tag>, SqlError> {
    let read = |word: &str| Tag::read(word).ok_or_else(|| wrong("a tag that says", word));
    text.split_whitespace().map(read).collect()
}

/// Tags as one text; there is no space in a tag.
pub(crate) fn joined(tags: &[Tag]) -> String {
    tags.iter().map(Tag::as_str).collect::<Vec<_>>().join(" ")
}

/// Reads acts from the column `first` on.
pub(crate) fn acts_row(row: &SqlRow<'_>, first: usize) -> Result<Acts, SqlError> {
    let (tags, untags): (String, String) = (row.get(first + 2)?, row.get(first + 3)?);
    Ok(Acts {
        department: row.get(first)?,
        priority: known(row.get(first + 1)?, Priority::from_word)?,
        tags: tags_of(&tags)?,
        untags: tags_of(&untags)?,
        give: known(row.get(first + 4)?, GiveTo::read)?,
        ending: known(row.get(first + 5)?, Ending::from_word)?,
        canned: row.get(first + 6)?,
    })
}

fn macro_row(row: &SqlRow<'_>) -> Result<Macro, SqlError> {
    Ok(Macro {
        id: row.get(0)?,
        title: row.get(1)?,
        department: row.get(2)?,
        by: row.get(3)?,
        version: row.get(4)?,
        changed_at: row.get(5)?,
        acts: acts_row(row, 6)?,
    })
}

pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<Macro>, SqlError> {
    tx.query(&format!("SELECT {MACRO}, {ACTS} FROM desk_macros ORDER BY title, id"), params![], macro_row)
}

pub(super) fn find(tx: &mut Tx<'_>, id: Uuid) -> Result<Option<Macro>, SqlError> {
    tx.query_opt(&format!("SELECT {MACRO}, {ACTS} FROM desk_macros WHERE id = $1"), params![id], macro_row)
}

/// Acts as they are stored.
pub(crate) struct ActTexts {
    tags: String,
    untags: String,
    give: Option<String>,
}

impl ActTexts {
    pub(crate) fn of(acts: &Acts) -> Self {
        ActTexts { tags: joined(&acts.tags), untags: joined(&acts.untags), give: acts.give.map(GiveTo::text) }
    }

    /// The values of the columns [`ACTS`].
    pub(crate) fn values<'a>(&'a self, acts: &'a Acts) -> [Value<'a>; 7] {
        [
            (&acts.department).into(),
            acts.priority.map(Priority::word).into(),
            (&self.tags).into(),
            (&self.untags).into(),
            (&self.give).into(),
            acts.ending.map(Ending::word).into(),
            acts.canned.into(),
        ]
    }
}

fn values<'a>(kept: &'a Macro, texts: &'a ActTexts) -> Vec<Value<'a>> {
    let head: [Value<'a>; 6] = [
        kept.id.into(),
        (&kept.title).into(),
        (&kept.department).into(),
        kept.by.into(),
        kept.version.into(),
        kept.changed_at.into(),
    ];
    head.into_iter().chain(texts.values(&kept.acts)).collect()
}

pub(super) fn insert(tx: &mut Tx<'_>, kept: &Macro) -> Result<(), SqlError> {
    let texts = ActTexts::of(&kept.acts);
    tx.execute(
        &format!(
            "INSERT INTO desk_macros ({MACRO}, {ACTS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
        ),
        &values(kept, &texts),
    )?;
    Ok(())
}

/// Writes another content over the version before it; `false` when that is not the newest.
pub(super) fn change(tx: &mut Tx<'_>, kept: &Macro) -> Result<bool, SqlError> {
    let texts = ActTexts::of(&kept.acts);
    let sql = "UPDATE desk_macros SET title = $2, department = $3, staff_id = $4, version = $5, changed_at = $6,
         to_department = $7, priority = $8, tags = $9, untags = $10, give_to = $11, ending = $12, canned_id = $13
         WHERE id = $1 AND version = $5 - 1";
    Ok(tx.execute(sql, &values(kept, &texts))? == 1)
}

pub(super) fn delete(tx: &mut Tx<'_>, id: Uuid) -> Result<bool, SqlError> {
    Ok(tx.execute("DELETE FROM desk_macros WHERE id = $1", params![id])? == 1)
}
