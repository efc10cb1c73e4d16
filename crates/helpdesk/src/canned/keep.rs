//! A canned reply is written, changed, and thrown away.

use mailkeep_types::{StaffId, new_uuid};
use uuid::Uuid;

use super::{
    CannedDraft, CannedHead, CannedReply, LONGEST_CATEGORY, LONGEST_TITLE, MOST_CANNED, Template, store,
};
use crate::articles::LANGUAGES;
use crate::tickets::{Desk, TicketError};

/// A line of text: one space between words, and not too long.
fn line(field: &'static str, typed: &str, longest: usize) -> Result<String, TicketError> {
    let line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > longest || line.chars().any(char::is_control) {
        return Err(TicketError::field(field, format!("write at most {longest} characters")));
    }
    Ok(line)
}

impl Desk {
    /// Keeps a canned reply: a new one, or another text of the one that `known` names with the version that was seen.
    ///
    /// # Errors
    /// [`TicketError::Field`] for what is not as it should be, e.g. a variable that there is not; [`TicketError::State`] when somebody else
    /// wrote meanwhile, or there are as many as can be; [`TicketError::NotFound`].
    pub async fn keep_canned(
        &self,
        by: StaffId,
        known: Option<(Uuid, i64)>,
        draft: CannedDraft,
    ) -> Result<Uuid, TicketError> {
        let title = line("title", &draft.title, LONGEST_TITLE)?;
        if title.is_empty() {
            return Err(TicketError::field("title", "give it a title"));
        }
        let category = line("category", &draft.category, LONGEST_CATEGORY)?;
        if !LANGUAGES.contains(&draft.language.as_str()) {
            return Err(TicketError::field("language", "choose one of the languages"));
        }
        let template = Template::read(&draft.words)?;
        let fresh = new_uuid(&**self.policy().clock());
        let department = Some(draft.department).filter(|department| !department.is_empty());
        let changed_at = self.policy().clock().now();
        let (id, version) = known.map_or((fresh, 1), |(id, seen)| (id, seen.saturating_add(1)));
        let language = draft.language;
        let head = CannedHead { id, title, category, department, language, by, version, changed_at };
        let canned = CannedReply { head, template };
        self.write(move |tx| {
            let heads = store::heads(tx)?;
            let same = |other: &&CannedHead| {
                other.id != canned.head.id && other.title.to_lowercase() == canned.head.title.to_lowercase()
            };
            if heads.iter().any(|head| same(&head)) {
                return Err(TicketError::field("title", "another canned reply has this title; give it one of its own"));
            }
            if known.is_some() {
                if !heads.iter().any(|head| head.id == canned.head.id) {
                    return Err(TicketError::NotFound);
                }
                if !store::change(tx, &canned)? {
                    return Err(TicketError::State(
                        "somebody else changed this canned reply since you opened it; look at it again in another window",
                    ));
                }
            } else {
                if heads.len() >= MOST_CANNED {
                    return Err(TicketError::State("there are as many canned replies as can be; throw one away first"));
                }
                store::insert(tx, &canned)?;
            }
            Ok(canned.head.id)
        })
        .await
    }

    /// Throws a canned reply away. Answers that were begun with it stay as they are.
    ///
    /// # Errors
    /// [`TicketError::NotFound`].
    pub async fn throw_canned_away(&self, id: Uuid) -> Result<(), TicketError> {
        self.write(move |tx| if store::delete(tx, id)? { Ok(()) } else { Err(TicketError::NotFound) }).await
    }
}
