//! A post is shown from a time on, and taken back. No job runs for it: readers are shown what has its time behind it.

use std::time::Duration;

use mailkeep_types::{PostId, Timestamp};

use super::store;
use crate::{Outreach, OutreachError};

/// Further ahead a time is a slip of the pen.
const AT_MOST: Duration = Duration::from_secs(366 * 86_400);

impl Outreach {
    /// Shows a draft from a time on, or at once.
    ///
    /// # Errors
    /// [`OutreachError::Field`] for an `at` that is over or more than a year away; [`OutreachError::State`] for what is no draft.
    pub async fn publish_post(&self, id: PostId, at: Option<Timestamp>) -> Result<(), OutreachError> {
        let now = self.now();
        if at.is_some_and(|at| at <= now || at > now.plus(AT_MOST)) {
            return Err(OutreachError::field("at", "Choose a time within the next year."));
        }
        let published = self.db().write(move |tx| {
            let at = at.unwrap_or_else(|| tx.now());
            store::publish(tx, id, at)
        });
        if published.await? { Ok(()) } else { Err(OutreachError::state("Only a draft can be published.")) }
    }

    /// Makes a post a draft again; readers do not see it any more.
    ///
    /// # Errors
    /// [`OutreachError::State`] for a draft.
    pub async fn withdraw_post(&self, id: PostId) -> Result<(), OutreachError> {
        let withdrawn = self.db().write(move |tx| store::withdraw(tx, id)).await?;
        if withdrawn { Ok(()) } else { Err(OutreachError::state("It is a draft already.")) }
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// [`OutreachError::NotFound`] for what is no draft.
    pub async fn discard_post(&self, id: PostId) -> Result<(), OutreachError> {
        let gone = self.db().write(move |tx| store::delete_draft(tx, id)).await?;
        if gone { Ok(()) } else { Err(OutreachError::NotFound) }
    }
}
