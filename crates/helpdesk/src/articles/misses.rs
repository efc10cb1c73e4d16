//! Searches that found nothing: counted without persons, so that writers know what is missing.
//!
//! What somebody typed may be about that person, so the words are not stored before they were searched often enough for that to
//! be unlikely: until then only their keyed hash and a number are. What looks like an address or a long number is never stored.

use mailkeep_policy::LookupKind;
use mailkeep_storage::sql::SqlError;
use serde::Serialize;

use super::search::plain_words;
use super::{ArticleError, Knowledgebase, store};

/// How often something must have been searched before its words are kept and shown.
pub const SHOWN_FROM: i64 = 5;
/// After so many days without a search it is forgotten.
const KEPT_DAYS: i64 = 90;
const SHOWN: i64 = 200;
const MAX_LETTERS: usize = 60;
const MAX_DIGITS: usize = 4;

/// A search that found nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Miss {
    /// In which language.
    pub language: String,
    /// What was searched.
    pub words: String,
    /// How often.
    pub searched: i64,
    /// The day of the last time.
    pub searched_on: String,
}

impl Knowledgebase {
    /// Counts a search that found nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_miss(&self, language: &str, typed: &str) -> Result<(), ArticleError> {
        let Some(words) = countable(typed) else { return Ok(()) };
        let hash = self.policy().lookup_hash(LookupKind::Other, &format!("article search: {words}"));
        let language = language.to_owned();
        let today = self.now().to_jiff().strftime("%Y-%m-%d").to_string();
        let kept_from = self.now().to_jiff() - jiff::SignedDuration::from_hours(24 * KEPT_DAYS);
        let kept_from = kept_from.strftime("%Y-%m-%d").to_string();
        let count = self.db().write(move |tx| -> Result<(), SqlError> {
            store::forget_misses(tx, &kept_from)?;
            let searched = store::count_miss(tx, &language, &hash, &today)?;
            if searched >= SHOWN_FROM {
                store::name_miss(tx, &language, &hash, &words)?;
            }
            Ok(())
        });
        Ok(count.await?)
    }

    /// Searches that found nothing often enough to be shown, the most frequent first; and how many different ones there are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn misses(&self) -> Result<(Vec<Miss>, i64), ArticleError> {
        let read = self.db().read(|tx| -> Result<_, SqlError> {
            Ok((store::named_misses(tx, SHOWN)?, store::count_misses(tx)?))
        });
        let (named, all) = read.await?;
        let miss = |(language, words, searched, searched_on)| Miss { language, words, searched, searched_on };
        Ok((named.into_iter().map(miss).collect(), all))
    }
}

/// What was typed as it is counted; `None` for what must not be.
fn countable(typed: &str) -> Option<String> {
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    if typed.contains('@') || digits > MAX_DIGITS || typed.chars().count() > MAX_LETTERS {
        return None;
    }
    let words = plain_words(typed).join(" ");
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::countable;

    #[test]
    fn what_may_be_about_somebody_is_not_counted() {
        assert_eq!(countable("  Calendar  SHARING? ").as_deref(), Some("calendar sharing"));
        for personal in ["ada@example.com", "my number 555 01 99", &"long ".repeat(20), " ?! "] {
            assert_eq!(countable(personal), None, "{personal}");
        }
    }
}
