//! Whether the three copies of the list agree.

use std::path::Path;

use mailkeep_storage::sql::{SqlError, Tx};

use super::{Suppression, copy, store};
use crate::Policy;
use crate::outbound::Channel;
use crate::subject::Subject;

/// How long an entry may stand in the main database alone.
const COPIED_WITHIN_SECONDS: i64 = 600;

impl Policy {
    /// Looks whether everything that stands in the key database and in the file also stands in the main database, and
    /// whether the file is whole: an empty answer, or what is wrong.
    pub(crate) async fn probe_suppressions(&self) -> Result<(), String> {
        let words = |error: SqlError| error.to_string();
        if let Some(path) = self.suppression_file().map(Path::to_owned) {
            let listed = self.read_list(path).await.map_err(words)?;
            if let Some(fault) = listed.faults.into_iter().next() {
                return Err(fault);
            }
            for batch in listed.entries.chunks(500) {
                self.all_entered(batch.to_vec()).await?;
            }
        }
        let mut after = None;
        loop {
            let batch = copy::page(self.key_database(), after.take()).await.map_err(words)?;
            let Some(last) = batch.last().cloned() else { break };
            after = Some(last);
            self.all_entered(batch).await?;
        }
        let oldest = self.database().read(store::oldest_uncopied).await.map_err(words)?;
        let now = self.clock().now();
        match oldest.filter(|at| now.as_seconds() - at.as_seconds() > COPIED_WITHIN_SECONDS) {
            Some(at) => Err(format!("a refusal of {at} stands in the main database alone")),
            None => Ok(()),
        }
    }

    async fn all_entered(&self, batch: Vec<Suppression>) -> Result<(), String> {
        let missing = self
            .database()
            .read(move |tx| {
                for entry in &batch {
                    if store::entered_at(tx, entry)?.is_none_or(|at| at < entry.at) {
                        return Ok::<_, SqlError>(Some((entry.channel, entry.topic.clone())));
                    }
                }
                Ok(None)
            })
            .await
            .map_err(|error| error.to_string())?;
        match missing {
            Some((channel, topic)) => {
                Err(format!("a refusal of {topic} by {channel} was taken out of the main database"))
            }
            None => Ok(()),
        }
    }
}

/// Enters a refusal that is newer than everything that was chosen, as it stands after an older database was restored: for
/// the probe, which is rolled back.
pub(crate) fn refuse_later(
    policy: &Policy,
    tx: &mut Tx<'_>,
    subject: Subject,
    channel: Channel,
    topic: &str,
) -> Result<(), SqlError> {
    let at = tx.now().plus(std::time::Duration::from_secs(1));
    for holder in super::holders(policy, tx, subject, channel)? {
        store::enter(tx, &Suppression { holder, channel, topic: topic.to_owned(), at }, None)?;
    }
    Ok(())
}
