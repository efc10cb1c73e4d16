//! Reading incidents.

use std::sync::Arc;
use std::time::Duration;

use mailkeep_policy::versions;
use mailkeep_storage::sql::SqlError;
use mailkeep_types::{IncidentId, Timestamp};

use super::{Incident, Update, store};
use crate::{Outreach, OutreachError};

/// How long a node may not know what another wrote. Its own writes it knows at once.
const FRESH: Duration = Duration::from_secs(15);

impl Outreach {
    /// Incidents that are not over, those that lie ahead included, by their begin. Asked for with every page, so they are
    /// kept for a moment.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_incidents(&self) -> Result<Arc<Vec<Incident>>, OutreachError> {
        let now = self.now();
        if let Some((read_at, kept)) = &*self.open_kept().lock()
            && *read_at <= now
            && now.since(*read_at) < FRESH
        {
            return Ok(Arc::clone(kept));
        }
        let found = Arc::new(self.db().read(store::open).await?);
        *self.open_kept().lock() = Some((now, Arc::clone(&found)));
        Ok(found)
    }

    /// Lets the next page ask the database.
    pub(super) fn forget_open(&self) {
        *self.open_kept().lock() = None;
    }

    /// What may count between two times: everything that was not given up and touches them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn incidents_between(
        &self,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<Incident>, OutreachError> {
        Ok(self.db().read(move |tx| store::between(tx, from, until)).await?)
    }

    /// The incidents that were written last, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn newest_incidents(&self, limit: i64) -> Result<Vec<Incident>, OutreachError> {
        Ok(self.db().read(move |tx| store::newest(tx, limit)).await?)
    }

    /// One page of what is over, those that began last first, and how many there are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn past_incidents(&self, skip: i64, size: i64) -> Result<(Vec<Incident>, i64), OutreachError> {
        let read = self.db().read(move |tx| -> Result<_, SqlError> {
            Ok((store::past(tx, skip, size)?, store::count_past(tx)?))
        });
        Ok(read.await?)
    }

    /// An incident and all that was said of it, the newest first.
    ///
    /// # Errors
    /// [`OutreachError::NotFound`].
    pub async fn incident(&self, id: IncidentId) -> Result<(Incident, Vec<Update>), OutreachError> {
        let read = self.db().read(move |tx| -> Result<_, SqlError> {
            Ok((store::find(tx, id)?, store::updates_of(tx, id)?))
        });
        let (found, updates) = read.await?;
        Ok((found.ok_or(OutreachError::NotFound)?, updates))
    }

    /// What was said of these, the newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn updates_of(&self, ids: Vec<IncidentId>) -> Result<Vec<Update>, OutreachError> {
        let read = self.db().read(move |tx| -> Result<_, SqlError> {
            let mut updates = Vec::new();
            for id in &ids {
                updates.extend(store::updates_of(tx, *id)?);
            }
            Ok(updates)
        });
        Ok(read.await?)
    }

    /// How many messages customers got of an incident, over all its updates, and how many others who chose to hear of it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn told_of_incident(&self, id: IncidentId) -> Result<(i64, i64), OutreachError> {
        Ok(self.db().read(move |tx| store::told(tx, id)).await?)
    }

    /// Since when the service is measured: since its first policy was in force. `None` before that.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn measured_since(&self) -> Result<Option<Timestamp>, OutreachError> {
        let versions = versions::list(self.policy()).await?;
        Ok(versions.into_iter().map(|version| version.from).min())
    }
}
