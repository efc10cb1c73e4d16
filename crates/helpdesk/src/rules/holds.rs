//! Whether conditions hold.

use mailkeep_policy::Subject;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Conditions, From};
use crate::tags::Tag;
use crate::tickets::Ticket;

/// A text as words are looked for in it: small letters without accents, one space between words.
pub(super) fn folded(text: &str) -> String {
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is known of a ticket when a rule looks at it.
pub(super) struct Known<'a> {
    pub(super) ticket: &'a Ticket,
    pub(super) tags: &'a [Tag],
    pub(super) plans: &'a [String],
    /// The subject, folded; nothing where it is sealed.
    pub(super) subject: Option<&'a str>,
}

/// Whether something holds, or hangs on a subject that is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Yes,
    No,
    /// All but the words of the subject.
    Perhaps,
}

impl Conditions {
    pub(super) fn hold(&self, known: &Known<'_>) -> Holds {
        let Known { ticket, tags, plans, subject } = known;
        let from = match ticket.owner {
            Subject::Subscriber(_) => From::Writer,
            _ => From::Customer,
        };
        let rest = self.department.as_ref().is_none_or(|name| *name == ticket.department)
            && self.priority.is_none_or(|priority| priority == ticket.priority)
            && self.tag.as_ref().is_none_or(|tag| tags.contains(tag))
            && self.from.is_none_or(|asked| asked == from)
            && self.plan.as_ref().is_none_or(|plan| plans.contains(plan));
        match (rest, self.words.is_empty(), subject) {
            (false, ..) => Holds::No,
            (true, true, _) => Holds::Yes,
            (true, false, None) => Holds::Perhaps,
            (true, false, Some(subject)) if self.words.iter().any(|word| subject.contains(word.as_str())) => {
                Holds::Yes
            }
            (true, false, Some(_)) => Holds::No,
        }
    }
}
