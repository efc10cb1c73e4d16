//! Which job calls whom.

use std::sync::Arc;
use std::time::Duration;

use mailkeep_commerce::jobs as money;
use mailkeep_policy::{erasures, exports, outbound};
use mailkeep_storage::jobs::{Job, JobError, Jobs, JobsBuilder};

use super::hand_over;
use super::holds;
use super::ladder;
use super::mail_out::MailOut;
use super::person::PersonJobs;
use super::provision::provision;
use super::services::Services;
use super::site_sign_out;
use super::voices;
use crate::config::Config;
use crate::self_check;
use crate::self_check::live::Reached;

/// The sandbox processor's webhooks are carried to us by this job; a real processor calls the site.
const SANDBOX_WEBHOOKS: &str = "sandbox.webhooks";
/// Services that fell behind what they shall be, should a job have been lost.
const RECONCILE_SERVICES: &str = "commerce.reconcile_services";

/// A runner with every handler.
pub fn all(
    config: &Arc<Config>,
    services: &Services,
    mail_out: MailOut,
    person: PersonJobs,
    reached: Reached,
) -> JobsBuilder {
    let mut jobs = Jobs::builder(services.office.db().clone());
    for kind in [
        money::ADVANCE_ORDER,
        money::RECONCILE,
        money::COLLECT,
        money::RENDER,
        money::RENDER_NOTES,
        money::ANNOUNCE_PRICES,
        money::CLASS_CHANGED,
        money::ANNOUNCE_TERMS,
        money::BILLING_RUN,
        money::RECONCILE_OPEN,
    ] {
        let commerce = services.commerce.clone();
        jobs = jobs.handler(kind, move |job: Job| {
            let commerce = commerce.clone();
            async move { commerce.run_job(&job).await }
        });
    }
    jobs = jobs
        .every(money::BILLING_RUN, money::BILLING_EVERY)
        .every(money::RECONCILE_OPEN, money::RECONCILE_EVERY);
    let changed = services.clone();
    jobs = jobs.handler(money::SERVICE_CHANGED, move |job: Job| {
        let services = changed.clone();
        async move {
            let service = job.payload::<money::ServiceChanged>()?.service_id;
            provision(&services, service).await.map_err(|error| JobError::retry(format!("{error:#}")))
        }
    });
    let (handing, sweeping) = (services.clone(), services.clone());
    jobs = jobs.handler(money::MAKE_HAND_OVER, move |job: Job| {
        let services = handing.clone();
        async move { hand_over::make(&services, &job).await }
    });
    jobs = jobs.handler(money::SWEEP_HAND_OVERS, move |_| {
        let services = sweeping.clone();
        async move { hand_over::sweep(&services).await }
    });
    jobs = jobs.every(money::SWEEP_HAND_OVERS, money::HAND_OVERS_EVERY);
    let behind = services.clone();
    jobs = jobs.handler(RECONCILE_SERVICES, move |_| {
        let services = behind.clone();
        async move {
            for service in services.commerce.services_behind().await.map_err(JobError::retry)? {
                provision(&services, service).await.map_err(|error| JobError::retry(format!("{error:#}")))?;
            }
            Ok(())
        }
    });
    jobs = jobs.every(RECONCILE_SERVICES, Duration::from_secs(60));
    jobs = jobs.handler(outbound::DELIVER, move |job: Job| {
        let mail_out = mail_out.clone();
        async move { mail_out.run(job).await }
    });
    let (copying, erasing) = (person.clone(), person);
    jobs = jobs.handler(exports::MAKE_EXPORT, move |job: Job| {
        let person = copying.clone();
        async move { person.make_export(job).await }
    });
    jobs = jobs.handler(erasures::CARRY_OUT, move |job: Job| {
        let person = erasing.clone();
        async move { person.carry_out(job).await }
    });
    let telling = services.clone();
    let issuer: Arc<str> = config.web.public_url.trim_end_matches('/').into();
    jobs = jobs.handler(mailkeep_identity::jobs::TELL_SITE, move |job: Job| {
        let (services, issuer) = (telling.clone(), Arc::clone(&issuer));
        async move { site_sign_out::tell(&services, &issuer, &job).await }
    });
    let webhooks = services.clone();
    jobs = jobs.handler(SANDBOX_WEBHOOKS, move |_| {
        let services = webhooks.clone();
        async move { carry_webhooks(&services).await.map_err(|error| JobError::retry(format!("{error:#}"))) }
    });
    jobs = jobs.every(SANDBOX_WEBHOOKS, Duration::from_secs(2));
    jobs = self_check::register(jobs, config, services, reached);
    jobs = self_check::deadlines::register(jobs, config, services);
    jobs = mailkeep_policy::jobs::register(jobs, &services.policy, services.office.blobs());
    jobs = mailkeep_identity::jobs::register(jobs, &services.identity);
    jobs = mailkeep_outreach::jobs::register(jobs, &services.outreach);
    jobs = mailkeep_webhooks::jobs::register(jobs, &services.webhooks);
    jobs = mailkeep_helpdesk::tickets::register(jobs, &services.desk);
    jobs = mailkeep_helpdesk::attachments::register(jobs, &services.desk);
    jobs = mailkeep_helpdesk::downloads::register(jobs, &services.downloads);
    jobs = mailkeep_helpdesk::mailroom::register(jobs, &services.mailroom);
    jobs = mailkeep_outbound_guard::sending::register(jobs, &services.guard);
    jobs = voices::register(jobs, services);
    jobs = ladder::register(jobs, services);
    jobs = holds::register(jobs, services, holds::open(services, &config.smtp.host_name));
    mailkeep_mailbox::jobs::register(jobs, &services.office, services.resolver.clone())
}

async fn carry_webhooks(services: &Services) -> anyhow::Result<()> {
    // What the sandbox still had to say when another processor took over is nobody's any more.
    if services.commerce.config().payments.stripe.enabled {
        return Ok(());
    }
    for webhook in services.sandbox.due_webhooks(false).await? {
        services.commerce.receive_webhook(&webhook.body, &webhook.signature).await?;
        services.sandbox.mark_delivered(webhook.id).await?;
    }
    Ok(())
}
