//! Finding open tickets by what is written in them, although it is sealed.
//!
//! Beside the sealed words stand marks: keyed hashes of each word and its stems, of which nobody reads a word and which are worth
//! nothing without the key of the house. A search makes the marks of what is typed. Only tickets are found whose words whoever
//! searches may open, since they are open and their customer asked; that one was found counts as a look into its words, and its
//! customer reads so. Some days after a ticket is closed its marks are gone.

mod find;
mod forget;
pub(crate) mod records;
mod store;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use mailkeep_policy::LookupKind;
use mailkeep_storage::sql::Tx;

use crate::articles::search::{Language, plain_words};
use crate::tickets::{Desk, DeskKind, Ticket, TicketError};

pub use find::{FoundTickets, MOST_FOUND};
pub(crate) use forget::{forget_later, register};

/// The mark of a word.
pub(crate) type Mark = [u8; 12];

/// So many words of an entry are marked; what a log of thousands of lines says further on is not looked for.
const MOST_WORDS: usize = 300;
/// The languages by whose stems words are found.
const LANGUAGES: [&str; 3] = ["en", "de", "es"];

impl Desk {
    /// The marks of a text, of each word once.
    pub(crate) fn marks(&self, text: &str) -> Vec<Mark> {
        let marks: BTreeSet<Mark> = self.marks_of_words(text, MOST_WORDS).into_iter().flatten().collect();
        marks.into_iter().collect()
    }

    /// The marks by which each word of a text is found: its own, and those of its stems. Words that stand in every text have none.
    fn marks_of_words(&self, text: &str, most: usize) -> Vec<Vec<Mark>> {
        let languages = LANGUAGES.map(Language::of);
        let mut words = BTreeSet::new();
        let new = plain_words(text)
            .into_iter()
            .filter(|word| word.chars().nth(1).is_some() && !languages.iter().any(|of| of.is_stop(word)))
            .filter(|word| words.insert(word.clone()));
        let forms = |word: String| -> Vec<Mark> {
            let stems = languages.iter().map(|language| language.stem(&word));
            let forms: BTreeSet<String> = stems.chain([word.clone()]).collect();
            forms.iter().map(|form| self.mark(form)).collect()
        };
        new.take(most).map(forms).collect()
    }

    fn mark(&self, form: &str) -> Mark {
        let hash = self.policy().lookup_hash(LookupKind::Other, &format!("ticket word {form}"));
        // The hash is longer than a mark.
        hash.first_chunk().copied().unwrap_or_default()
    }
}

/// Writes down by what a ticket is found, unless nobody looks for it: support opens only what customers ask.
pub(crate) fn add(tx: &mut Tx<'_>, ticket: &Ticket, marks: &[Mark]) -> Result<(), TicketError> {
    if ticket.is_asked() && ticket.desk() == DeskKind::Support {
        store::add(tx, ticket.id, marks)?;
    }
    Ok(())
}
