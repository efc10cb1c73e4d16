//! `mailkeep init`: a first configuration, folders, keys and databases. What exists stays as it is.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::config;
use crate::parts::Parts;
use crate::tls::{Tls, write_secret};
use crate::wiring::services::Services;

/// What a first configuration needs.
#[derive(Args)]
pub struct Init {
    /// The full name of this machine in the network, e.g. mail.example.com.
    #[arg(long)]
    hostname: Option<String>,
    /// The folder for data.
    #[arg(long, default_value = "/var/lib/mailkeep")]
    data_dir: PathBuf,
}

/// Writes what is missing.
pub async fn run(path: PathBuf, init: Init) -> Result<()> {
    if path.exists() {
        println!("{} exists and stays as it is.", path.display());
    } else {
        let hostname =
            init.hostname.context("name this machine: mailkeep init --hostname mail.example.com")?;
        let text = format!(
            "# Every key is described in docs/configuration.md (`mailkeep config reference`).\n\
             [server]\nhostname = {hostname:?}\ndata_dir = {:?}\n",
            init.data_dir
        );
        config::parse(&text, "the new configuration", std::iter::empty())?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        }
        // Passwords of stores and databases will stand in it.
        write_secret(&path, text.as_bytes())?;
        println!("wrote {}", path.display());
    }
    let config = config::load(&path)?;
    let (parts, done) = Parts::open_and_migrate(&config).await?;
    Services::open(&config, &parts, !done.is_empty()).await?;
    Tls::start(&config)?;
    println!(
        "the databases, keys and bodies are in {} ({} migrations applied)",
        config.server.data_dir.display(),
        done.len()
    );
    println!("next: `mailkeep staff add NAME --role operator --role fraud_reviewer`, then `mailkeep serve`");
    Ok(())
}
