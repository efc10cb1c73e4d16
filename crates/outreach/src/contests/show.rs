//! What visitors see of a contest, and the file with which its draw is done again.

use std::collections::HashMap;

use data_encoding::HEXLOWER;
use mailkeep_storage::sql::SqlError;
use mailkeep_types::ContestId;

use super::proof::{FORM, Proof};
use super::{Contest, ContestState, store};
use crate::{Outreach, OutreachError};

/// A contest as visitors see it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The contest.
    pub contest: Contest,
    /// Where it stands.
    pub state: ContestState,
    /// The entry numbers, sorted; there once nobody can enter any more.
    pub entries: Vec<String>,
    /// The numbers that won, in the order in which they were drawn.
    pub winners: Vec<String>,
}

impl Shown {
    /// The file with which anybody does the draw again.
    pub fn proof(&self) -> Proof {
        Proof {
            form: FORM.to_owned(),
            title: self.contest.title.clone(),
            commitment: HEXLOWER.encode(&self.contest.commitment),
            entries: self.entries.clone(),
            list_hash: self.contest.list_hash.map(|hash| HEXLOWER.encode(&hash)),
            places: usize::try_from(self.contest.places).unwrap_or(0),
            seed: self.contest.seed.map(|seed| HEXLOWER.encode(&seed)),
            winners: self.winners.clone(),
        }
    }
}

impl Outreach {
    /// The contest at an address.
    ///
    /// # Errors
    /// [`OutreachError::NotFound`] also for a draft.
    pub async fn published_contest(&self, slug: &str) -> Result<Shown, OutreachError> {
        let slug = slug.to_owned();
        let found = self.db().read(move |tx| -> Result<_, SqlError> {
            let now = tx.now();
            let found = store::find_by_slug(tx, &slug)?;
            let Some(contest) = found.filter(|found| found.state(now) != ContestState::Draft) else {
                return Ok(None);
            };
            let state = contest.state(now);
            let (entries, winners) = match state {
                ContestState::Frozen | ContestState::Drawn => {
                    (store::numbers(tx, contest.id)?, store::winners(tx, contest.id)?)
                }
                _ => (Vec::new(), Vec::new()),
            };
            Ok(Some(Shown { contest, state, entries, winners }))
        });
        found.await?.ok_or(OutreachError::NotFound)
    }

    /// The contests that visitors see, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn published_contests(&self) -> Result<Vec<Contest>, OutreachError> {
        let now = self.now();
        let all = self.list_contests().await?;
        Ok(all.into_iter().filter(|one| one.state(now) != ContestState::Draft).collect())
    }

    /// The rules in a version.
    ///
    /// # Errors
    /// [`OutreachError::NotFound`].
    pub async fn contest_rules(&self, id: ContestId, version: i64) -> Result<String, OutreachError> {
        let found = self.db().read(move |tx| store::rules(tx, id, version)).await?;
        found.ok_or(OutreachError::NotFound)
    }

    /// How many entered.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_entries(&self, id: ContestId) -> Result<i64, OutreachError> {
        Ok(self.db().read(move |tx| store::count(tx, id)).await?)
    }

    /// How many entered each contest; those that nobody entered are not named.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn counts_of_entries(&self) -> Result<HashMap<ContestId, i64>, OutreachError> {
        Ok(self.db().read(store::counts).await?)
    }
}
