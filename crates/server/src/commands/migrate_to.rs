//! `mailkeep migrate-to postgres://…`: moves an installation from files of SQLite to PostgreSQL.

use anyhow::{Context, Result};
use mailkeep_storage::sql::{Database, MigrationSet};

use crate::config::Config;

use crate::node;
use crate::parts::Parts;

/// Where the databases go.
#[derive(clap::Args)]
#[command(
    after_help = "Stop `mailkeep serve` first. The target must be an empty database. Bodies and the root key stay where they are.\n\n\
                        Example:\n  mailkeep migrate-to postgres://mailkeep@db.example.com/mailkeep \\\n      \
                        --keys postgres://mailkeep@db.example.com/mailkeep_keys"
)]
pub struct MigrateTo {
    /// The main database: `postgres://…`, or `sqlite:PATH` for the way back.
    url: String,
    /// The database of keys; it stays where it is when this is left out.
    #[arg(long)]
    keys: Option<String>,
}

/// Copies every row and says what to change in the configuration.
pub async fn run(config: Config, to: MigrateTo) -> Result<()> {
    let _held = node::serve_alone(&config)?;
    let parts = Parts::open(&config).await?;
    copy(&parts, &parts.db, &to.url, &config, MigrationSet::Main).await.context("the main database")?;
    println!("Set database.url = {:?} in the configuration.", to.url);
    if let Some(keys) = &to.keys {
        copy(&parts, &parts.keys, keys, &config, MigrationSet::Keys).await.context("the database of keys")?;
        println!("Set database.keys_url = {keys:?} in the configuration.");
    }
    println!(
        "Then run `mailkeep doctor`, and `mailkeep serve`. The old databases are as they were: remove them when all is well."
    );
    Ok(())
}

async fn copy(parts: &Parts, from: &Database, url: &str, config: &Config, set: MigrationSet) -> Result<()> {
    let target = Database::open(&crate::parts::place_of(url, config)?, parts.clock.clone()).await?;
    target.migrate(set).await?;
    let copied = from.copy_into(&target).await?;
    for (table, rows) in copied.iter().filter(|(_, rows)| **rows > 0) {
        println!("{rows:>10}  {table}");
    }
    println!("copied {} rows", copied.values().sum::<u64>());
    Ok(())
}
