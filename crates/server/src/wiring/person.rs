//! What a person asked for themselves and a job carries out: a copy of their data, and its erasure.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use mailkeep_policy::erasures::{self, CarryOut, Claimed, Erasure};
use mailkeep_policy::exports::{self, MakeExport};
use mailkeep_policy::records::{Certificate, erase};
use mailkeep_policy::{Actor, Fact, Subject};
use mailkeep_storage::jobs::{Job, JobError};
use mailkeep_web::render::Renderer;

use super::services::Services;
use crate::config::Config;

/// As whom the program erases; so it stands in the ledger.
const ERASER: Actor = Actor::System("erasure");

/// How often a copy is tried before the person is told that it failed.
const TRIES: u32 = 5;

/// How soon an erasure looks again whether its link was sent.
const LINK_SOON: Duration = Duration::from_secs(2);

/// Carries out what people ask for themselves.
#[derive(Clone)]
pub struct PersonJobs {
    services: Services,
    config: Arc<Config>,
    renderer: Renderer,
}

impl PersonJobs {
    /// Puts it together.
    ///
    /// # Errors
    /// When the built-in templates are broken.
    pub fn new(services: Services, config: Arc<Config>) -> Result<Self> {
        let renderer = Renderer::embedded().map_err(anyhow::Error::msg)?;
        Ok(PersonJobs { services, config, renderer })
    }

    /// Runs the job [`exports::MAKE_EXPORT`].
    ///
    /// # Errors
    /// Another try; after [`TRIES`] the copy is marked as failed.
    pub async fn make_export(&self, job: Job) -> Result<(), JobError> {
        let id = job.payload::<MakeExport>()?.export_id;
        let made = self.make(id).await;
        match made {
            Err(error) if job.attempts + 1 >= TRIES => {
                exports::fail(&self.services.policy, id).await.map_err(JobError::retry)?;
                Err(JobError::dead(format!("a copy could not be made: {error:#}")))
            }
            other => other.map_err(|error| JobError::retry(format!("{error:#}"))),
        }
    }

    async fn make(&self, id: uuid::Uuid) -> Result<()> {
        let policy = &self.services.policy;
        let Some(gathered) = exports::gather(policy, id).await? else { return Ok(()) };
        let person = gathered.person;
        // The language stands in what was just opened.
        let own = gathered.parts.iter().flat_map(|part| &part.tables).find(|table| table.table == "persons");
        let language = own.and_then(|table| table.rows.first()?.get("language")?.as_str());
        let language = language.and_then(|tag| tag.split('-').next()).unwrap_or("en").to_owned();
        let now = policy.clock().now();
        let file = mailkeep_web::copies::archive(&self.renderer, &self.config.web, &language, now, gathered)?;
        Ok(exports::store_content(policy, self.services.office.blobs(), id, person, file).await?)
    }

    /// Runs the job [`erasures::CARRY_OUT`].
    ///
    /// # Errors
    /// Another try: each step can be done again.
    pub async fn carry_out(&self, job: Job) -> Result<(), JobError> {
        let id = job.payload::<CarryOut>()?.erasure_id;
        let policy = &self.services.policy;
        match erasures::claim(policy, id).await.map_err(JobError::retry)? {
            Claimed::Over => Ok(()),
            Claimed::LinkWaits => {
                let again = policy.clock().now().plus(LINK_SOON);
                Err(JobError::RetryAt(again, "the link to the certificate is not sent yet".to_owned()))
            }
            Claimed::Ours(erasure, parts) => {
                self.erase(&erasure, parts).await.map_err(|error| JobError::retry(format!("{error:#}")))
            }
        }
    }

    /// First what hangs on customers ends, then keys are destroyed, the person's last.
    async fn erase(&self, erasure: &Erasure, parts: Vec<(Subject, Fact)>) -> Result<()> {
        let Services { policy, identity, office, commerce, .. } = &self.services;
        let sole = identity.customers_of_sole_owner(erasure.person).await?;
        let mut certificates: Vec<Certificate> = Vec::new();
        for (subject, fact) in parts {
            match subject {
                // A customer that got another owner meanwhile goes on. One that was ended by a run that was cut off has no
                // contact any more, but then the person is closed already.
                Subject::Customer(customer) if sole.contains(&customer) => {
                    commerce.end_customer(customer).await?;
                    for mailbox in office.end_customer(customer).await? {
                        let mailbox = Subject::mailbox(mailbox);
                        let part = erasures::add_part(policy, erasure.id, mailbox).await?;
                        certificates.push(erase(policy, ERASER, part, mailbox).await?);
                    }
                    certificates.push(erase(policy, ERASER, fact, subject).await?);
                }
                Subject::Customer(_) | Subject::Mailbox(_) | Subject::Staff(_) | Subject::Subscriber(_) => {}
                Subject::Person(_) => certificates.push(erase(policy, ERASER, fact, subject).await?),
            }
        }
        identity.close_person(erasure.person).await?;
        Ok(erasures::finish(policy, erasure, certificates).await?)
    }
}
