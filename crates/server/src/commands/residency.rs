//! `mailkeep residency check`: whether everything that is stored stands in the declared country.

use std::path::PathBuf;

use anyhow::Result;
use clap::Subcommand;
use serde_json::json;

use crate::config::Config;
use crate::residency;

/// What can be done.
#[derive(Subcommand)]
pub enum ResidencyCommand {
    /// Compare the configured places with the country that the policy declares. Exit code 3 when one is abroad.
    #[command(
        after_help = "Examples:\n  mailkeep residency check\n  mailkeep residency check --file next-policy.toml --json"
    )]
    Check {
        /// Another policy file than the one in force.
        #[arg(long)]
        file: Option<PathBuf>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Prints each place; true when all are in the country.
pub async fn run(mut config: Config, command: ResidencyCommand) -> Result<bool> {
    let ResidencyCommand::Check { file, json } = command;
    if let Some(file) = file {
        config.policy.file = file;
    }
    let declared = residency::declared(&config)?;
    let places = residency::places(&config, &declared);
    let abroad = residency::abroad(&places, &declared);
    if json {
        let places: Vec<_> = places
            .iter()
            .map(|place| json!({ "what": place.what, "country": place.country, "known_by": place.known_by }))
            .collect();
        println!("{}", json!({ "declared": declared, "places": places, "abroad": abroad }));
    } else {
        for place in &places {
            println!("{:24} {} ({})", place.what, place.country, place.known_by);
        }
        println!("declared: {declared}; {} abroad", abroad.len());
    }
    Ok(abroad.is_empty())
}
