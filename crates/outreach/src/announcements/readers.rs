//! For whom of those who want it an announcement is. What they have with us says it: nothing personal is opened for it, and who they are is
//! shown to nobody.

use std::sync::Arc;

use mailkeep_policy::Subject;
use mailkeep_storage::sql::{SqlError, Tx};
use serde::Serialize;

use crate::Outreach;

/// How to find out what a reader has: the keys of the plans that their customers are served by.
pub type PlansOf = Arc<dyn Fn(&mut Tx<'_>, Subject) -> Result<Vec<String>, SqlError> + Send + Sync>;

/// For whom an announcement is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub enum Readers {
    /// Everybody who wants it.
    #[default]
    All,
    /// Those who have something that runs.
    Customers,
    /// Those who have nothing that runs.
    Others,
    /// Those who are served by this plan, by its key.
    Plan(String),
}

impl Readers {
    /// Its word, as stored and as the field of the composer has it.
    pub fn word(&self) -> String {
        match self {
            Readers::All => "all".to_owned(),
            Readers::Customers => "customers".to_owned(),
            Readers::Others => "others".to_owned(),
            Readers::Plan(key) => format!("plan:{key}"),
        }
    }

    /// Reads the word; whatever it does not know is everybody's.
    pub fn from_word(word: &str) -> Self {
        match word {
            "customers" => Readers::Customers,
            "others" => Readers::Others,
            word => match word.strip_prefix("plan:").filter(|key| !key.is_empty()) {
                Some(key) => Readers::Plan(key.to_owned()),
                None => Readers::All,
            },
        }
    }

    /// Whether a reader with these plans is among them.
    fn have(&self, plans: &[String]) -> bool {
        match self {
            Readers::All => true,
            Readers::Customers => !plans.is_empty(),
            Readers::Others => plans.is_empty(),
            Readers::Plan(key) => plans.iter().any(|plan| plan == key),
        }
    }
}

impl Outreach {
    /// Says how to find out by which plans a reader is served. The first answer stays; without one nobody is.
    pub fn register_plans(
        &self,
        plans: impl Fn(&mut Tx<'_>, Subject) -> Result<Vec<String>, SqlError> + Send + Sync + 'static,
    ) {
        // A second answer would be a mistake of the wiring, and the first is as good.
        drop(self.plans().set(Arc::new(plans)));
    }

    /// Whether a subject is among the readers.
    pub(super) fn are_for(
        &self,
        tx: &mut Tx<'_>,
        readers: &Readers,
        subject: Subject,
    ) -> Result<bool, SqlError> {
        if *readers == Readers::All {
            return Ok(true);
        }
        let plans = match self.plans().get() {
            Some(plans) => plans(tx, subject)?,
            None => Vec::new(),
        };
        Ok(readers.have(&plans))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back_and_what_is_none_is_for_everybody() {
        for readers in
            [Readers::All, Readers::Customers, Readers::Others, Readers::Plan("business".to_owned())]
        {
            assert_eq!(Readers::from_word(&readers.word()), readers);
        }
        for word in ["", "plan:", "nobody", "Plan:x"] {
            assert_eq!(Readers::from_word(word), Readers::All, "{word}");
        }
    }

    #[test]
    fn plans_say_who_is_among_them() {
        let (none, business) = (Vec::new(), vec!["starter".to_owned(), "business".to_owned()]);
        for (readers, of_none, of_business) in [
            (Readers::All, true, true),
            (Readers::Customers, false, true),
            (Readers::Others, true, false),
            (Readers::Plan("business".to_owned()), false, true),
            (Readers::Plan("archive".to_owned()), false, false),
        ] {
            assert_eq!((readers.have(&none), readers.have(&business)), (of_none, of_business), "{readers:?}");
        }
    }
}
