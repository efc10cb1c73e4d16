//! Carrying entries out of the main database, and back into it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use mailkeep_storage::sql::{Database, SqlError};

use super::file::{self, Listed};
use super::{Suppression, store};
use crate::{Policy, PolicyError};

/// How many entries go in one transaction.
const BATCH: usize = 500;

/// What [`Policy::merge_suppressions`] found.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct MergeReport {
    /// How many entries stood outside.
    pub outside: usize,
    /// How many of them the main database lacked, or had older.
    pub brought_back: usize,
    /// Lines of a file that were changed or taken out.
    pub faults: Vec<String>,
}

impl Policy {
    /// Copies what was entered into the list to the key database and to the file, and returns when it is durable there.
    /// A copy that fails is made later by the job [`super::COPY`]; the refusal holds all the same.
    ///
    /// # Errors
    /// When a database or the file fails.
    pub async fn copy_suppressions(&self) -> Result<(), PolicyError> {
        loop {
            let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
            let batch = Arc::new(self.database().read(move |tx| store::uncopied(tx, limit)).await?);
            if batch.is_empty() {
                return Ok(());
            }
            let entries = Arc::clone(&batch);
            self.key_database()
                .write(move |tx| entries.iter().try_for_each(|entry| store::enter_copy(tx, entry)))
                .await?;
            self.append_to_list(Arc::clone(&batch)).await?;
            self.database()
                .write(move |tx| batch.iter().try_for_each(|entry| store::mark_copied(tx, entry)))
                .await?;
        }
    }

    async fn append_to_list(&self, entries: Arc<Vec<Suppression>>) -> Result<(), SqlError> {
        let Some(path) = self.suppression_file().map(Path::to_owned) else { return Ok(()) };
        let key = self.choice_keys().list.clone();
        let (place, named) = (path.clone(), |error: &dyn std::fmt::Display, path: &Path| {
            SqlError::Engine(format!("the suppression list {}: {error}", path.display()))
        });
        tokio::task::spawn_blocking(move || file::append(&path, &key, &entries))
            .await
            .map_err(|_| SqlError::Panicked)?
            .map_err(|error| named(&error, &place))
    }

    /// Brings back into the main database what stands outside, after a restore and when the program starts, and from there
    /// into whichever copy lacks it. `more` are
    /// further files of the same form, e.g. of a backup.
    ///
    /// # Errors
    /// When a database fails or a file cannot be read.
    pub async fn merge_suppressions(&self, more: &[PathBuf]) -> Result<MergeReport, PolicyError> {
        let mut report = MergeReport::default();
        let paths = self.suppression_file().map(Path::to_owned).into_iter().chain(more.iter().cloned());
        for path in paths {
            let listed = self.read_list(path).await?;
            report.faults.extend(listed.faults);
            for batch in listed.entries.chunks(BATCH) {
                self.bring_back(batch.to_vec(), &mut report).await?;
            }
        }
        let mut after = None;
        loop {
            let batch = page(self.key_database(), after.take()).await?;
            let Some(last) = batch.last().cloned() else { break };
            after = Some(last);
            self.bring_back(batch, &mut report).await?;
        }
        if report.brought_back > 0 {
            self.copy_suppressions().await?;
        }
        for fault in &report.faults {
            tracing::error!(
                fault,
                "the suppression list was tampered with: compare it with a copy, then run `mailkeep policy check`"
            );
        }
        Ok(report)
    }

    pub(super) async fn read_list(&self, path: PathBuf) -> Result<Listed, SqlError> {
        let (key, place) = (self.choice_keys().list.clone(), path.display().to_string());
        tokio::task::spawn_blocking(move || file::read(&path, &key))
            .await
            .map_err(|_| SqlError::Panicked)?
            .map_err(|error| SqlError::Engine(format!("the suppression list {place}: {error}")))
    }

    async fn bring_back(&self, batch: Vec<Suppression>, report: &mut MergeReport) -> Result<(), SqlError> {
        report.outside += batch.len();
        report.brought_back += self
            .database()
            .write(move |tx| -> Result<usize, SqlError> {
                let mut changed = 0;
                for entry in &batch {
                    // Not marked as copied: what one of the two copies lacks gets there with the next copying.
                    changed += usize::from(store::enter(tx, entry, None)?);
                }
                Ok(changed)
            })
            .await?;
        Ok(())
    }
}

pub(super) async fn page(db: &Database, after: Option<Suppression>) -> Result<Vec<Suppression>, SqlError> {
    let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
    db.read(move |tx| store::page(tx, after.as_ref(), limit)).await
}
