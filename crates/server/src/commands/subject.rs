//! `mailkeep subject`: what is held about somebody, for requests of people who cannot sign in.

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use mailkeep_policy::records::{erase, erasure_plan, export};
use mailkeep_policy::{Act, Actor, Policy, Subject, requests};
use mailkeep_types::RegistrationId;
use uuid::Uuid;

use crate::config::Config;
use crate::parts::Parts;
use crate::wiring::services::Services;

/// As whom the program answers requests; so it stands in the ledger.
const ACTOR: Actor = Actor::System("answer to a request");

/// What can be asked about somebody.
#[derive(Subcommand)]
pub enum SubjectCommand {
    /// Count what is held and say what an erasure would do. Opens nothing.
    #[command(after_help = "Example:\n  mailkeep subject report R-7F3K-2Q9M-X")]
    Report(Whose),
    /// Print everything that is held about somebody as JSON. Recorded, and told to the person.
    #[command(
        after_help = "Example:\n  mailkeep subject export R-7F3K-2Q9M-X --verified-by anna --proof \"letter 17 of 2 March\" > export.json"
    )]
    Export(Request),
    /// Erase what is held about somebody and print the certificate. Cannot be undone.
    #[command(
        after_help = "Example:\n  mailkeep subject erase R-7F3K-2Q9M-X --verified-by anna --proof \"letter 18\" --yes"
    )]
    Erase(Request),
}

/// About whom.
#[derive(Args)]
pub struct Whose {
    /// A Registration ID, or customer:ID, mailbox:ID, staff:ID, subscriber:ID.
    subject: String,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

/// A request that was verified.
#[derive(Args)]
pub struct Request {
    /// A Registration ID, or customer:ID, mailbox:ID, staff:ID, subscriber:ID.
    subject: String,
    /// Who verified that the request is the person's own.
    #[arg(long)]
    verified_by: String,
    /// How, e.g. the number of a letter; nothing about the person.
    #[arg(long)]
    proof: String,
    /// For an erasure: do it.
    #[arg(long)]
    yes: bool,
    /// The answer is JSON in any case; said for scripts that say it everywhere.
    #[arg(long)]
    json: bool,
}

/// Does what was asked.
pub async fn run(config: Config, command: SubjectCommand) -> Result<()> {
    let parts = Parts::open(&config).await?;
    let policy = Services::open(&config, &parts, false).await?.policy;
    match command {
        SubjectCommand::Report(whose) => {
            let lines = erasure_plan(&policy, find(&policy, &whose.subject).await?).await?;
            if whose.json {
                println!("{}", serde_json::to_string_pretty(&lines)?);
                return Ok(());
            }
            for line in &lines {
                println!("{:5} {:20} {} ({:?})", line.rows, line.table, line.about, line.fate);
            }
        }
        SubjectCommand::Export(request) => {
            let subject = find(&policy, &request.subject).await?;
            let fact =
                requests::record(&policy, subject, Act::Export, &request.verified_by, &request.proof).await?;
            let file = export(&policy, ACTOR, fact, subject).await?;
            requests::finish(&policy, fact).await?;
            println!("{}", serde_json::to_string_pretty(&file)?);
        }
        SubjectCommand::Erase(request) => {
            let subject = find(&policy, &request.subject).await?;
            if !request.yes {
                bail!("an erasure cannot be undone; look at `mailkeep subject report` first, then add --yes");
            }
            let fact =
                requests::record(&policy, subject, Act::Erase, &request.verified_by, &request.proof).await?;
            let certificate = erase(&policy, ACTOR, fact, subject).await?;
            requests::finish(&policy, fact).await?;
            println!("{}", serde_json::to_string_pretty(&certificate)?);
        }
    }
    Ok(())
}

async fn find(policy: &Policy, text: &str) -> Result<Subject> {
    if let Some((kind, id)) = text.split_once(':') {
        let id: Uuid = id.parse().with_context(|| format!("“{id}” is no identifier"))?;
        let kind = match kind {
            "person" => 1,
            "mailbox" => 2,
            "customer" => 3,
            "staff" => 4,
            "subscriber" => 5,
            other => bail!(
                "“{other}” is nobody; use a Registration ID, customer:ID, mailbox:ID, staff:ID or subscriber:ID"
            ),
        };
        return Subject::from_stored(kind, id).context("no such kind");
    }
    let number: RegistrationId =
        text.parse().ok().with_context(|| format!("“{text}” is no Registration ID"))?;
    let found = policy
        .database()
        .read(move |tx| mailkeep_identity::persons::find_by_registration_id(tx, number))
        .await?;
    let person = found.with_context(|| format!("nobody has the Registration ID {text}"))?;
    Ok(Subject::person(person.person))
}
