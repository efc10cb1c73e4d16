//! Lists in pages, by a cursor: the identifier after which the next page begins. Identifiers grow with time, so a list
//! runs from the oldest to the newest, and what is made or removed meanwhile moves nothing.

use data_encoding::BASE64URL_NOPAD;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::msg;

/// Entries on a page when nothing is said, and at most.
const USUAL: usize = 50;
const MOST: usize = 200;

/// A page of a list.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "{T}List")]
pub struct Page<T> {
    /// The entries, the oldest first.
    pub items: Vec<T>,
    /// Give this as `cursor` for the next page; `null` on the last.
    pub next_cursor: Option<String>,
}

/// The part of a list that was asked for, before it is opened and shown.
pub(super) struct Part<T> {
    pub rows: Vec<T>,
    pub next_cursor: Option<String>,
}

impl<T> Part<T> {
    /// The page with these entries.
    pub fn page<V>(self, view: impl FnMut(T) -> V) -> Page<V> {
        Page { items: self.rows.into_iter().map(view).collect(), next_cursor: self.next_cursor }
    }
}

/// A short list that comes whole.
pub(super) fn whole<T>(items: Vec<T>) -> Page<T> {
    Page { items, next_cursor: None }
}

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    /// The entry after which it begins.
    pub after: Option<Uuid>,
    limit: usize,
}

impl Asked {
    /// How many entries to read: one more than are shown, which says that there are more.
    pub fn ask(self) -> u32 {
        u32::try_from(self.limit).unwrap_or(u32::MAX).saturating_add(1)
    }
}

impl<T> Part<T> {
    /// Of a list that was read from after [`Asked::after`] on, the oldest first.
    pub fn of(mut rows: Vec<T>, asked: Asked, id: impl Fn(&T) -> Uuid) -> Self {
        let more = rows.len() > asked.limit;
        rows.truncate(asked.limit);
        let last = rows.last().filter(|_| more);
        let next_cursor = last.map(|row| BASE64URL_NOPAD.encode(id(row).as_bytes()));
        Part { rows, next_cursor }
    }
}

/// Which part of a list a request asks for.
///
/// # Errors
/// A cursor that is not ours, or a limit that is no number.
pub(super) fn asked(ctx: &Ctx) -> Result<Asked, WebError> {
    let cursor = ctx.query.get("cursor");
    let mut after = None;
    if !cursor.is_empty() {
        let read = BASE64URL_NOPAD.decode(cursor.as_bytes()).ok().and_then(|b| Uuid::from_slice(&b).ok());
        after = Some(read.ok_or_else(|| WebError::Unreadable(msg("api-cursor-wrong")))?);
    }
    let limit = match ctx.query.get("limit") {
        "" => USUAL,
        given => given
            .parse()
            .ok()
            .filter(|limit| (1..=MOST).contains(limit))
            .ok_or_else(|| WebError::Unreadable(msg("api-limit-wrong").with("most", MOST as i64)))?,
    };
    Ok(Asked { after, limit })
}

/// Cuts the asked part out of a list that is short enough to be read whole.
///
/// # Errors
/// As [`asked`].
pub(super) fn cut<T>(ctx: &Ctx, mut all: Vec<T>, id: impl Fn(&T) -> Uuid) -> Result<Part<T>, WebError> {
    let asked = asked(ctx)?;
    all.sort_by_key(&id);
    all.retain(|row| asked.after.is_none_or(|after| id(row) > after));
    Ok(Part::of(all, asked, id))
}
