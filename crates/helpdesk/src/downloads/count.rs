//! Downloads are counted as numbers by file and day, in memory, and added up to the table now and then. Who downloaded is not
//! known here: no address, no cookie, no person. What a crash loses are the counts of the last minute.

use std::collections::BTreeMap;
use std::time::Duration;

use mailkeep_types::{DownloadFileId, Timestamp};
use parking_lot::Mutex;

use super::{DownloadError, Downloads, store};

/// How often each node adds up what it counted; no job, because a job runs on one node.
pub const ADD_UP: Duration = Duration::from_secs(60);

/// What was counted and not yet added up.
#[derive(Default)]
pub(super) struct Counted(Mutex<BTreeMap<(DownloadFileId, String), i64>>);

/// The day of an instant (UTC), as it is stored.
fn day_of(at: Timestamp) -> String {
    at.to_jiff().strftime("%Y-%m-%d").to_string()
}

/// Downloads on each of some days, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days(Vec<(String, i64)>);

impl Days {
    /// The last `count` days until an instant, without downloads.
    pub(super) fn until(now: Timestamp, count: u32) -> Self {
        let day = |before: u32| day_of(now.minus(Duration::from_secs(u64::from(before) * 86_400)));
        Days((0..count.max(1)).rev().map(|before| (day(before), 0)).collect())
    }

    pub(super) fn first(&self) -> &str {
        self.0.first().map_or("", |(day, _)| day.as_str())
    }

    pub(super) fn filled(mut self, counts: Vec<(String, i64)>) -> Self {
        let counts: BTreeMap<String, i64> = counts.into_iter().collect();
        for (day, downloads) in &mut self.0 {
            *downloads = counts.get(day).copied().unwrap_or_default();
        }
        self
    }

    /// Each day (`2026-03-01`, UTC) with its downloads.
    pub fn iter(&self) -> impl Iterator<Item = (&str, i64)> {
        self.0.iter().map(|(day, downloads)| (day.as_str(), *downloads))
    }
}

impl Downloads {
    /// Counts that a file was downloaded.
    pub fn count(&self, file: DownloadFileId) {
        *self.counted().0.lock().entry((file, day_of(self.now()))).or_default() += 1;
    }

    /// Adds what was counted to the table.
    ///
    /// # Errors
    /// When the database fails; what was counted is kept for the next time then.
    pub async fn add_up(&self) -> Result<(), DownloadError> {
        let counted = std::mem::take(&mut *self.counted().0.lock());
        if counted.is_empty() {
            return Ok(());
        }
        let adding = counted.clone();
        let added = self.db().write(move |tx| -> Result<(), DownloadError> {
            for ((file, day), downloads) in &adding {
                store::add_count(tx, *file, day, *downloads)?;
            }
            Ok(())
        });
        if let Err(error) = added.await {
            let mut kept = self.counted().0.lock();
            for (what, downloads) in counted {
                *kept.entry(what).or_default() += downloads;
            }
            return Err(error);
        }
        Ok(())
    }
}
