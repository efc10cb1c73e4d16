//! `mailkeep disclosure`: the register of what is handed to others without asking first.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use mailkeep_identity::StaffPermission;
use mailkeep_policy::disclosures::{self, Document, Ground, OpenDisclosure};
use mailkeep_policy::{CategoryId, Subject};
use mailkeep_types::{CustomerId, Timestamp};
use serde_json::json;
use uuid::Uuid;

use crate::config::Config;
use crate::parts::Parts;
use crate::wiring::services::Services;

/// What can be done with the register.
#[derive(Subcommand)]
pub enum DisclosureCommand {
    /// Open a disclosure: the first of two people. Nothing is handed over before a second one agrees.
    #[command(
        after_help = "Example:\n  mailkeep disclosure record --kind customer --subject 0199… --ground legal_process \\\n    --document order.pdf --to \"District Court of Example\" --scope identity --scope invoice --by emmy"
    )]
    Record(Record),
    /// Agree to a disclosure: the second of two people.
    #[command(after_help = "Example:\n  mailkeep disclosure agree 0199… --by marie")]
    Agree {
        /// The disclosure.
        id: Uuid,
        /// The member of staff who agrees, by login or identifier; another than who opened it.
        #[arg(long)]
        by: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print the counts for the public, sealed ones among them.
    #[command(after_help = "Example:\n  mailkeep disclosure report --json")]
    Report {
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// A disclosure to be opened.
#[derive(Args)]
pub struct Record {
    /// person, customer or mailbox.
    #[arg(long, value_parser = ["person", "customer", "mailbox"])]
    kind: String,
    /// The identifier of whom it is about.
    #[arg(long)]
    subject: Uuid,
    /// legal_process, rights_or_property, urgent_safety or own_organisation.
    #[arg(long)]
    ground: String,
    /// The document that justifies it, at most 10 MiB: its SHA-256 is recorded, and it is kept sealed for the second person.
    #[arg(long)]
    document: PathBuf,
    /// To whom: an authority or an organisation.
    #[arg(long)]
    to: String,
    /// A category that is disclosed; may be given again.
    #[arg(long, required = true)]
    scope: Vec<String>,
    /// The organisation (a customer), for own_organisation.
    #[arg(long)]
    organisation: Option<Uuid>,
    /// For how many days the law forbids to tell the person.
    #[arg(long)]
    sealed_days: Option<u64>,
    /// The member of staff who opens it, by login or identifier.
    #[arg(long)]
    by: String,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// Does what was asked.
pub async fn run(config: Config, command: DisclosureCommand) -> Result<()> {
    let parts = Parts::open(&config).await?;
    let Services { policy, identity, .. } = Services::open(&config, &parts, false).await?;
    match command {
        DisclosureCommand::Record(asked) => {
            let opened_by = super::colleague(&identity, &asked.by, StaffPermission::Privacy).await?;
            let document =
                std::fs::read(&asked.document).with_context(|| asked.document.display().to_string())?;
            let scope = asked.scope.iter().map(|word| {
                CategoryId::from_id(word)
                    .with_context(|| format!("“{word}” is no category of the policy file"))
            });
            let now = policy.clock().now();
            let until = |days: u64| -> Timestamp { now.plus(std::time::Duration::from_secs(days * 86_400)) };
            let kind = match asked.kind.as_str() {
                "person" => 1,
                "mailbox" => 2,
                _ => 3,
            };
            let opened = OpenDisclosure {
                subject: Subject::from_stored(kind, asked.subject).context("no such kind")?,
                ground: Ground::from_id(&asked.ground)
                    .with_context(|| format!("“{}” is none of the four grounds", asked.ground))?,
                document: Document { bytes: document, media_type: "application/octet-stream".to_owned() },
                recipient: asked.to,
                scope: scope.collect::<Result<_>>()?,
                period_from: None,
                period_until: None,
                organisation: asked.organisation.map(CustomerId::from_uuid),
                sealed_until: asked.sealed_days.map(until),
                opened_by,
            };
            let id = disclosures::open(&policy, opened).await?;
            if asked.json {
                println!("{}", json!({ "disclosure": id, "state": "waits for a second person" }));
            } else {
                println!("{id}\nIt waits for a second person: mailkeep disclosure agree");
            }
        }
        DisclosureCommand::Agree { id, by, json } => {
            let by = super::colleague(&identity, &by, StaffPermission::Privacy).await?;
            disclosures::agree(&policy, id, by).await?;
            if json {
                println!("{}", json!({ "disclosure": id, "state": "agreed" }));
            } else {
                println!("agreed");
            }
        }
        DisclosureCommand::Report { json } => {
            let report = disclosures::transparency_report(&policy).await?;
            if json {
                println!("{}", serde_json::to_string_pretty(&report)?);
                return Ok(());
            }
            for count in &report.grounds {
                let (ground, disclosed) = (count.ground.id(), count.disclosed);
                println!(
                    "{ground:20} {disclosed} disclosed, {} waiting, {} sealed",
                    count.waiting, count.sealed
                );
            }
            println!(
                "break-glass          {} cases, {} not looked at within a day",
                report.break_glass, report.break_glass_unseen
            );
        }
    }
    Ok(())
}
