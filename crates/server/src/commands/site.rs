//! `mailkeep site`: the sites that people sign in to with their Registration ID, registered from the command line. The console
//! does the same.

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use mailkeep_identity::sites::{ListedSite, SiteForm};
use mailkeep_types::SiteId;

use crate::config::Config;
use crate::parts::Parts;
use crate::wiring::services::Services;

/// What can be done with sites.
#[derive(Subcommand)]
pub enum SiteCommand {
    /// Register a site and print its client_id and, this once, its secret.
    #[command(
        after_help = "Example:\n  mailkeep site add --title \"Larkspur Library\" --home https://library.example/ \\\n    \
                            --as own-sites --category identity --category contact \\\n    \
                            --return https://library.example/signed-in --signed-out https://library.example/"
    )]
    Add(Add),
    /// List the registered sites with what each may receive.
    List,
    /// Make a new secret and print it; the old one stops working.
    Secret(Named),
    /// Sign everybody out there, and let nobody sign in.
    Close(Named),
    /// Let people sign in again.
    Open(Named),
}

/// What is registered.
#[derive(Args)]
pub struct Add {
    /// What people know it by.
    #[arg(long)]
    title: String,
    /// Its first page.
    #[arg(long)]
    home: String,
    /// As which recipient of the policy file, of the kind site, e.g. own-sites.
    #[arg(long = "as", value_name = "RECIPIENT")]
    listed_as: String,
    /// A category of the policy that it may receive; may be given again.
    #[arg(long = "category")]
    categories: Vec<String>,
    /// It knows people by their Registration ID, where the policy lets it.
    #[arg(long)]
    registration_id: bool,
    /// It runs on people's own machines and cannot keep a secret.
    #[arg(long)]
    app: bool,
    /// An address to which people are sent back; may be given again.
    #[arg(long = "return", value_name = "ADDRESS", required = true)]
    addresses: Vec<String>,
    /// An address to which people are sent after signing out; may be given again.
    #[arg(long = "signed-out", value_name = "ADDRESS")]
    signed_out_addresses: Vec<String>,
    /// Where it is told that somebody was signed out (OpenID Connect Back-Channel Logout), at a host of its own.
    #[arg(long = "told-at", value_name = "ADDRESS")]
    told_at: Option<String>,
}

/// A site.
#[derive(Args)]
pub struct Named {
    /// Its client_id.
    site: SiteId,
}

/// Does it, and prints what came of it.
pub async fn run(config: Config, command: SiteCommand) -> Result<()> {
    let (parts, done) = Parts::open_and_migrate(&config).await?;
    let services = Services::open(&config, &parts, !done.is_empty()).await?;
    let identity = &services.identity;
    match command {
        SiteCommand::Add(add) => {
            let form = SiteForm {
                title: add.title,
                home: add.home,
                listed_as: add.listed_as,
                categories: add.categories,
                numbered: add.registration_id,
                confidential: !add.app,
                addresses: add.addresses.join("\n"),
                signed_out_addresses: add.signed_out_addresses.join("\n"),
                told_at: add.told_at.unwrap_or_default(),
            };
            let new = identity.register_site_from_command_line(form).await?;
            println!("issuer:        {}", config.web.public_url.trim_end_matches('/'));
            println!("client_id:     {}", new.id);
            match new.secret {
                Some(secret) => println!("client_secret: {}", secret.expose()),
                None => println!("client_secret: none; the site proves itself by PKCE alone"),
            }
        }
        SiteCommand::List => {
            for ListedSite { site, persons } in identity.list_sites_from_command_line().await? {
                let shares: Vec<&str> =
                    site.may_receive(&services.policy).into_iter().map(|share| share.word()).collect();
                let state = if site.disabled { "closed" } else { "open" };
                println!("{} {state:6} {:12} {persons:6} {}", site.id, site.listed_as, site.title);
                println!("    may receive: openid {}", shares.join(" "));
            }
        }
        SiteCommand::Secret(named) => {
            let secret = identity.renew_site_secret_from_command_line(named.site).await;
            let secret = secret.context("no site that keeps a secret has this client_id")?;
            println!("client_secret: {}", secret.expose());
        }
        SiteCommand::Close(named) => set_disabled(&services, named.site, true).await?,
        SiteCommand::Open(named) => set_disabled(&services, named.site, false).await?,
    }
    Ok(())
}

async fn set_disabled(services: &Services, site: SiteId, disabled: bool) -> Result<()> {
    let done = services.identity.set_site_disabled_from_command_line(site, disabled).await;
    done.context("no site has this client_id")
}
