//! Messages to people: what passed the outbound gate is rendered, signed and put into the outgoing queue, once.

use anyhow::{Context, Result};
use mail_builder::MessageBuilder;
use mail_builder::headers::text::Text;
use mailkeep_mailbox::queue::{Envelope, NewQueued, NewRecipient, RecipientEnvelope};
use mailkeep_policy::outbound::{self, Deliver, OutboundError};
use mailkeep_smtp::MailHouse;
use mailkeep_smtp::house::House as _;
use mailkeep_storage::jobs::{Job, JobError};
use mailkeep_types::{EmailAddress, OutboundId};
use mailkeep_web::mail::render;
use mailkeep_web::render::Renderer;

use super::services::Services;
use crate::config::Config;

/// Delivers messages of the gate.
#[derive(Clone)]
pub struct MailOut {
    services: Services,
    config: std::sync::Arc<Config>,
    renderer: Renderer,
    house: MailHouse,
}

impl MailOut {
    /// Puts it together.
    ///
    /// # Errors
    /// When the built-in templates are broken.
    pub fn new(services: Services, config: std::sync::Arc<Config>) -> Result<Self> {
        let renderer = Renderer::embedded().map_err(anyhow::Error::msg)?;
        let house = MailHouse::new(services.office.clone());
        Ok(MailOut { services, config, renderer, house })
    }

    /// Runs the job [`outbound::DELIVER`].
    ///
    /// # Errors
    /// A dead job for what no time can mend, else another try.
    pub async fn run(&self, job: Job) -> Result<(), JobError> {
        let id = job.payload::<Deliver>()?.outbound_id;
        let gate = self.services.policy.outbound();
        let rendered = gate.deliver(id, |opened| {
            let language = opened.context["language"].as_str().unwrap_or("en");
            let class = opened.row.class.id();
            let now = self.services.policy.clock().now();
            let mail = render(
                &self.renderer,
                &self.config.web,
                language,
                now,
                &opened.row.template,
                class,
                opened.context,
            );
            (opened.to.clone(), mail)
        });
        let (to, mail) = match rendered.await {
            Ok((to, Ok(mail))) => (to, mail),
            Ok((_, Err(error))) => return Err(JobError::dead(error)),
            Err(OutboundError::NotPending(_)) => return Ok(()),
            Err(error) if error.is_final() => return Err(JobError::dead(error)),
            Err(error) => return Err(JobError::retry(error)),
        };
        self.queue(&job, id, &to, mail).await.map_err(|error| JobError::retry(format!("{error:#}")))
    }

    async fn queue(
        &self,
        job: &Job,
        id: OutboundId,
        to: &EmailAddress,
        mail: mailkeep_web::mail::RenderedMail,
    ) -> Result<()> {
        let from = EmailAddress::parse(&self.config.web.support_email).context("web.support_email")?;
        let now = self.services.policy.clock().now();
        let content = MessageBuilder::new()
            .from((self.config.web.brand_name.as_str(), from.to_string().as_str()))
            .to(to.to_string())
            .subject(mail.subject)
            .date(now.as_seconds())
            .message_id(format!("{id}@{}", self.config.server.hostname))
            // Machines must not answer (RFC 3834).
            .header("Auto-Submitted", Text::new("auto-generated"))
            .text_body(mail.text)
            .html_body(mail.html)
            .write_to_vec()?;
        let office = &self.services.office;
        let signed = self.house.sign(from.domain(), content).await;
        let content =
            signed.map_err(|error| anyhow::anyhow!("the message could not be signed: {error:?}"))?;
        let recipient = NewRecipient {
            envelope: RecipientEnvelope { address: to.to_string(), notify: None, orcpt: None },
            domain: to.domain().clone(),
        };
        let sealed = office
            .seal_queued(NewQueued {
                sender: None,
                unique_key: Some(format!("outbound:{id}")),
                envelope: Envelope { return_path: from.to_string(), ..Envelope::default() },
                content: content.into(),
                recipients: vec![recipient],
                hold: None,
                expires_at: None,
            })
            .await?;
        let (office, job) = (office.clone(), job.clone());
        let db = office.db().clone();
        // Queued, marked as sent and done with, or none of it.
        db.write(move |tx| -> Result<(), mailkeep_mailbox::MailError> {
            office.enqueue_in(tx, &sealed)?;
            outbound::mark_sent(tx, id)?;
            job.complete_in(tx)?;
            Ok(())
        })
        .await?;
        Ok(())
    }
}
