//! `mailkeep init`: a first configuration, folders, keys and databases. What exists stays as it is.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;

use crate::config;
use crate::parts::Parts;
use crate::tls::Tls;
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
        fs::write(&path, text).with_context(|| path.display().to_string())?;
        println!("wrote {}", path.display());
    }
    let config = config::load(&path)?;
    let (parts, done) = Parts::open_and_migrate(&config).await?;
    Services::open(&config, &parts, !done.is_empty()).await?;
    Tls::start(&config)?;
    println!("made {} tables' migrations in {}", done.len(), config.server.data_dir.display());
    println!("next: `mailkeep staff add YOU@YOUR-DOMAIN --role operator`, then `mailkeep serve`");
    Ok(())
}
