//! `mailkeep migrate`: brings the databases' tables up to date.

use anyhow::Result;

use crate::config::Config;
use crate::parts::Parts;

/// Applies what is missing and says what it was.
pub async fn run(config: Config) -> Result<()> {
    let (_, done) = Parts::open_and_migrate(&config).await?;
    if done.is_empty() {
        println!("The tables are up to date.");
    }
    for name in done {
        println!("applied {name}");
    }
    Ok(())
}
