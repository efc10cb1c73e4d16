//! A macro is written, changed, and thrown away.

use mailkeep_types::StaffId;
use uuid::Uuid;

use super::apply::fresh;
use super::{Acts, Ending, LONGEST_TITLE, MOST_MACROS, MOST_TAGS, Macro, MacroDraft, store};
use crate::canned;
use crate::tickets::{Desk, TicketError};

/// A title: one space between words, not empty, and not too long.
pub(crate) fn title(typed: &str) -> Result<String, TicketError> {
    let title = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        return Err(TicketError::field("title", "give it a title"));
    }
    if title.chars().count() > LONGEST_TITLE || title.chars().any(char::is_control) {
        return Err(TicketError::field("title", format!("write at most {LONGEST_TITLE} characters")));
    }
    Ok(title)
}

/// Acts that make sense together.
///
/// # Errors
/// [`TicketError::Field`] for what does not.
pub(crate) fn checked(acts: Acts) -> Result<Acts, TicketError> {
    if acts.is_empty() {
        return Err(TicketError::field("acts", "choose at least one thing that it does"));
    }
    if acts.tags.len() > MOST_TAGS || acts.untags.len() > MOST_TAGS {
        return Err(TicketError::field("tags", format!("at most {MOST_TAGS} tags")));
    }
    if acts.tags.iter().any(|tag| acts.untags.contains(tag)) {
        return Err(TicketError::field("untags", "a tag is put on or taken away, not both"));
    }
    match (acts.ending.is_some_and(Ending::speaks), acts.canned) {
        (true, None) => Err(TicketError::field("canned", "choose the canned reply with its words")),
        (false, Some(_)) => Err(TicketError::field("ending", "choose how the canned reply is given")),
        _ => Ok(acts),
    }
}

impl Desk {
    /// Keeps a macro: a new one, or another content of the one that `known` names with the version that was seen.
    ///
    /// # Errors
    /// [`TicketError::Field`] for what is not as it should be; [`TicketError::State`] when somebody else wrote meanwhile, or there are
    /// as many as can be; [`TicketError::NotFound`].
    pub async fn keep_macro(
        &self,
        by: StaffId,
        known: Option<(Uuid, i64)>,
        draft: MacroDraft,
    ) -> Result<Uuid, TicketError> {
        let (title, acts) = (title(&draft.title)?, checked(draft.acts)?);
        let department = Some(draft.department).filter(|department| !department.is_empty());
        let (id, version) = known.map_or_else(|| (fresh(self), 1), |(id, seen)| (id, seen.saturating_add(1)));
        let changed_at = self.policy().clock().now();
        let kept = Macro { id, title, department, acts, by, version, changed_at };
        self.write(move |tx| {
            let all = store::all(tx)?;
            let same = |other: &&Macro| other.title.to_lowercase() == kept.title.to_lowercase();
            if all.iter().filter(same).any(|other| other.id != kept.id) {
                return Err(TicketError::field("title", "another macro has this title; give it one of its own"));
            }
            if let Some(id) = kept.acts.canned
                && canned::store::find(tx, id)?.is_none()
            {
                return Err(TicketError::field("canned", "this canned reply is gone; choose another"));
            }
            if known.is_none() {
                if all.len() >= MOST_MACROS {
                    return Err(TicketError::State("there are as many macros as can be; throw one away first"));
                }
                store::insert(tx, &kept)?;
            } else if !all.iter().any(|other| other.id == kept.id) {
                return Err(TicketError::NotFound);
            } else if !store::change(tx, &kept)? {
                return Err(TicketError::State(
                    "somebody else changed this macro since you opened it; look at it again in another window",
                ));
            }
            Ok(kept.id)
        })
        .await
    }

    /// Throws a macro away. What was done with it stays.
    ///
    /// # Errors
    /// [`TicketError::NotFound`].
    pub async fn throw_macro_away(&self, id: Uuid) -> Result<(), TicketError> {
        self.write(move |tx| if store::delete(tx, id)? { Ok(()) } else { Err(TicketError::NotFound) }).await
    }
}
