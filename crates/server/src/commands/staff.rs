//! `mailkeep staff add`: a first member of staff, who then enrols in the browser.

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use mailkeep_identity::StaffRole;

use crate::config::Config;
use crate::parts::Parts;
use crate::wiring::services::Services;

/// What can be done with staff.
#[derive(Subcommand)]
pub enum Staff {
    /// Add a member of staff and print the link with which they choose a password and a second factor.
    Add(Add),
}

/// Who is added.
#[derive(Args)]
pub struct Add {
    /// The name to sign in with: letters, digits, dots, hyphens.
    login: String,
    /// support, billing, fraud_reviewer, abuse_desk, privacy_officer, writer or operator; may be given again.
    #[arg(long = "role", required = true)]
    roles: Vec<String>,
}

/// Adds a member of staff.
pub async fn run(config: Config, staff: Staff) -> Result<()> {
    let Staff::Add(add) = staff;
    let roles: Vec<StaffRole> = add
        .roles
        .iter()
        .map(|word| {
            let known: Vec<&str> = StaffRole::ALL.iter().map(|role| role.word()).collect();
            StaffRole::from_word(word)
                .with_context(|| format!("“{word}” is no role; roles are {}", known.join(", ")))
        })
        .collect::<Result<_>>()?;
    let (parts, done) = Parts::open_and_migrate(&config).await?;
    let services = Services::open(&config, &parts, !done.is_empty()).await?;
    let link = services.identity.add_staff_from_command_line(&add.login, &roles).await?;
    let site = config.web.public_url.trim_end_matches('/');
    println!("{}/console/enrol?token={}", site, link.token.expose());
    println!("The link works once, until {}.", link.expires_at);
    Ok(())
}
