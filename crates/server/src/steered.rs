//! The clock of tests and demonstrations, which can be moved on. How far it is ahead stands in a file of the data folder, so
//! that commands and a restart live in the same time as the program that was steered.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use mailkeep_types::{Clock as _, SteeredClock, Timestamp};

use crate::config::Config;

/// The file's name in the data folder; it holds whole seconds.
const FILE: &str = "steered-clock";

/// A clock that can be moved on.
#[derive(Clone)]
pub struct Steered {
    /// The clock.
    pub clock: Arc<SteeredClock>,
    file: PathBuf,
}

impl Steered {
    /// The clock as far ahead as it was moved before.
    ///
    /// # Errors
    /// When the file is there and holds no number.
    pub fn open(config: &Config) -> Result<Self> {
        let file = config.server.data_dir.join(FILE);
        let seconds = match fs::read_to_string(&file) {
            Ok(text) => text.trim().parse().with_context(|| format!("{}: whole seconds", file.display()))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => 0,
            Err(error) => return Err(error).with_context(|| file.display().to_string()),
        };
        Ok(Steered { clock: SteeredClock::ahead(Duration::from_secs(seconds)), file })
    }

    /// Moves the clock on and keeps it so; gives the time.
    ///
    /// # Errors
    /// When the file cannot be written; then the clock is moved for this process only.
    pub fn advance(&self, by: Duration) -> Result<Timestamp> {
        let ahead = self.clock.advance(by);
        fs::write(&self.file, format!("{}\n", ahead.as_secs()))
            .with_context(|| self.file.display().to_string())?;
        Ok(self.clock.now())
    }
}
