//! A rule is written, changed, put before another, and thrown away.

use mailkeep_types::{StaffId, new_uuid};
use uuid::Uuid;

use super::holds::folded;
use super::{Conditions, LONGEST_WORD, MOST_RULES, MOST_WORDS, Rule, RuleDraft, When, store};
use crate::macros::{Acts, GiveTo, checked, title};
use crate::tickets::{Desk, TicketError};

fn checked_conditions(when: When, conditions: Conditions) -> Result<Conditions, TicketError> {
    let words: Vec<String> =
        conditions.words.iter().map(|word| folded(word)).filter(|word| !word.is_empty()).collect();
    if words.len() > MOST_WORDS || words.iter().any(|word| word.chars().count() > LONGEST_WORD) {
        return Err(TicketError::field(
            "words",
            format!("at most {MOST_WORDS} words of {LONGEST_WORD} characters"),
        ));
    }
    if when == When::Written && !words.is_empty() {
        // The subject is sealed by then, and nobody asked for it to be opened.
        return Err(TicketError::field(
            "words",
            "words are looked for when a ticket is opened; later its subject is sealed",
        ));
    }
    Ok(Conditions { words, ..conditions })
}

/// Acts that a program may do: without words and without an end, and given to somebody in particular.
fn checked_acts(acts: Acts) -> Result<Acts, TicketError> {
    let acts = Acts { ending: None, canned: None, ..acts };
    if acts.give == Some(GiveTo::Me) {
        return Err(TicketError::field("give", "a rule gives tickets to a colleague or to nobody"));
    }
    checked(acts)
}

impl RuleDraft {
    /// What makes sense of it.
    ///
    /// # Errors
    /// [`TicketError::Field`] for what does not.
    pub(super) fn checked(self) -> Result<RuleDraft, TicketError> {
        Ok(RuleDraft {
            title: title(&self.title)?,
            conditions: checked_conditions(self.when, self.conditions)?,
            acts: checked_acts(self.acts)?,
            ..self
        })
    }
}

impl Desk {
    /// Keeps a rule: a new one, behind all others, or another content of the one that `known` names with the version that was seen.
    ///
    /// # Errors
    /// [`TicketError::Field`] for what is not as it should be; [`TicketError::State`] when somebody else wrote meanwhile, or there are
    /// as many as can be; [`TicketError::NotFound`].
    pub async fn keep_rule(
        &self,
        by: StaffId,
        known: Option<(Uuid, i64)>,
        draft: RuleDraft,
    ) -> Result<Uuid, TicketError> {
        let RuleDraft { title, when, conditions, acts, active } = draft.checked()?;
        let fresh = new_uuid(&**self.policy().clock());
        let (id, version) = known.map_or((fresh, 1), |(id, seen)| (id, seen.saturating_add(1)));
        let changed_at = self.policy().clock().now();
        let kept = Rule { id, title, when, conditions, acts, active, place: 0, by, version, changed_at };
        self.write(move |tx| {
            let all = store::all(tx)?;
            let same = |other: &&Rule| other.title.to_lowercase() == kept.title.to_lowercase();
            if all.iter().filter(same).any(|other| other.id != kept.id) {
                return Err(TicketError::field(
                    "title",
                    "another rule has this title; give it one of its own",
                ));
            }
            if known.is_none() {
                if all.len() >= MOST_RULES {
                    return Err(TicketError::State(
                        "there are as many rules as can be; throw one away first",
                    ));
                }
                let place = all.iter().map(|other| other.place).max().unwrap_or(0) + 1;
                store::insert(tx, &Rule { place, ..kept.clone() })?;
            } else if !all.iter().any(|other| other.id == kept.id) {
                return Err(TicketError::NotFound);
            } else if !store::change(tx, &kept)? {
                return Err(TicketError::State(
                    "somebody else changed this rule since you opened it; look at it again in another window",
                ));
            }
            Ok(kept.id)
        })
        .await
    }

    /// Puts a rule one place before where it is, or behind it.
    ///
    /// # Errors
    /// [`TicketError::NotFound`].
    pub async fn shift_rule(&self, id: Uuid, before: bool) -> Result<(), TicketError> {
        self.write(move |tx| {
            let all = store::all(tx)?;
            let at = all.iter().position(|rule| rule.id == id).ok_or(TicketError::NotFound)?;
            let other = if before { at.checked_sub(1) } else { at.checked_add(1) };
            if let (Some(rule), Some(other)) = (all.get(at), other.and_then(|other| all.get(other))) {
                store::set_place(tx, rule.id, other.place)?;
                store::set_place(tx, other.id, rule.place)?;
            }
            Ok(())
        })
        .await
    }

    /// Throws a rule away. What it did stays.
    ///
    /// # Errors
    /// [`TicketError::NotFound`].
    pub async fn throw_rule_away(&self, id: Uuid) -> Result<(), TicketError> {
        self.write(move |tx| if store::delete(tx, id)? { Ok(()) } else { Err(TicketError::NotFound) }).await
    }
}
