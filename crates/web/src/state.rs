//! The services that handlers use.

use std::sync::Arc;

use mailkeep_commerce::Commerce;
use mailkeep_commerce::processor::sandbox::Sandbox;
use mailkeep_helpdesk::articles::Knowledgebase;
use mailkeep_helpdesk::downloads::Downloads;
use mailkeep_helpdesk::hours::{Hours, HoursConfig, HoursProblem};
use mailkeep_helpdesk::mailroom::Mailroom;
use mailkeep_helpdesk::tickets::Desk;
use mailkeep_identity::Identity;
use mailkeep_mailbox::PostOffice;
use mailkeep_mailbox::dns::{MailHosts, Resolver};
use mailkeep_outbound_guard::holds::Holds;
use mailkeep_outreach::Outreach;
use mailkeep_policy::Policy;
use mailkeep_storage::sql::Database;
use mailkeep_types::SharedClock;
use mailkeep_webhooks::Webhooks;

use crate::api::limits::ApiLimits;
use crate::config::WebConfig;
use crate::error::WebError;
use crate::render::Renderer;
use crate::webmail::Webmail;

/// Everything a handler can reach. A cheap clone.
#[derive(Clone)]
pub struct WebState {
    /// What the operator set.
    pub config: Arc<WebConfig>,
    /// Pages and texts.
    pub renderer: Renderer,
    /// The time.
    pub clock: SharedClock,
    /// The database, for the lists of jobs.
    pub db: Database,
    /// The gate to personal data.
    pub policy: Policy,
    /// Persons, customers, staff, sessions.
    pub identity: Identity,
    /// Plans, orders, invoices, subscriptions.
    pub commerce: Commerce,
    /// Domains and mailboxes.
    pub office: PostOffice,
    /// Decides on held mail.
    pub holds: Holds,
    /// Choices, announcements, lists.
    pub outreach: Outreach,
    /// Articles and their search.
    pub articles: Knowledgebase,
    /// Tickets.
    pub desk: Desk,
    /// Letters to departments, and what is asked of the privacy desk.
    pub mailroom: Mailroom,
    /// Programs that people download.
    pub downloads: Downloads,
    /// When support is there, as it was configured.
    pub support: Arc<HoursConfig>,
    /// The same, read.
    pub hours: Arc<Hours>,
    /// Programs that are told what happens.
    pub webhooks: Webhooks,
    /// Looks up the DNS of customers' domains.
    pub resolver: Arc<dyn Resolver>,
    /// The host names that customers publish.
    pub mail_hosts: Arc<MailHosts>,
    /// The sandbox processor, where it is the processor: its page is served then.
    pub sandbox: Option<Sandbox>,
    /// How fast each API token may ask.
    pub api_limits: Arc<ApiLimits>,
    webmail: Option<Webmail>,
}

/// What [`WebState::new`] ties together.
pub struct WebParts {
    /// What the operator set.
    pub config: WebConfig,
    /// The time.
    pub clock: SharedClock,
    /// The database.
    pub db: Database,
    /// The gate to personal data.
    pub policy: Policy,
    /// Persons, customers, staff, sessions.
    pub identity: Identity,
    /// Plans, orders, invoices, subscriptions.
    pub commerce: Commerce,
    /// Domains and mailboxes.
    pub office: PostOffice,
    /// Decides on held mail.
    pub holds: Holds,
    /// Choices, announcements, lists.
    pub outreach: Outreach,
    /// Articles and their search.
    pub articles: Knowledgebase,
    /// Tickets.
    pub desk: Desk,
    /// Letters to departments, and what is asked of the privacy desk.
    pub mailroom: Mailroom,
    /// Programs that people download.
    pub downloads: Downloads,
    /// When support is there; `HoursConfig::read` must have found nothing wrong.
    pub support: HoursConfig,
    /// Programs that are told what happens.
    pub webhooks: Webhooks,
    /// Looks up the DNS of customers' domains.
    pub resolver: Arc<dyn Resolver>,
    /// The host names that customers publish.
    pub mail_hosts: MailHosts,
    /// The sandbox processor, where it is the processor.
    pub sandbox: Option<Sandbox>,
}

impl WebState {
    /// Ties the services together.
    ///
    /// # Errors
    /// In words: a broken template or message file of the build, or a message without a class in the policy file.
    pub fn new(parts: WebParts) -> Result<Self, String> {
        crate::facts::register(&parts.policy);
        crate::mail::check_templates(&parts.policy)?;
        let first =
            |problems: Vec<HoursProblem>| problems.first().map(ToString::to_string).unwrap_or_default();
        let hours = Arc::new(parts.support.read().map_err(first)?);
        Ok(WebState {
            support: Arc::new(parts.support),
            hours,
            api_limits: Arc::new(ApiLimits::new(parts.config.api_requests_per_minute)),
            config: Arc::new(parts.config),
            renderer: Renderer::embedded()?,
            clock: parts.clock,
            db: parts.db,
            policy: parts.policy,
            identity: parts.identity,
            commerce: parts.commerce,
            office: parts.office,
            holds: parts.holds,
            outreach: parts.outreach,
            articles: parts.articles,
            desk: parts.desk,
            mailroom: parts.mailroom,
            downloads: parts.downloads,
            webhooks: parts.webhooks,
            resolver: parts.resolver,
            mail_hosts: Arc::new(parts.mail_hosts),
            sandbox: parts.sandbox,
            webmail: None,
        })
    }

    /// The same with a webmail; without one its pages do not exist.
    #[must_use]
    pub fn with_webmail(self, webmail: Webmail) -> Self {
        WebState { webmail: Some(webmail), ..self }
    }

    /// The webmail.
    ///
    /// # Errors
    /// [`WebError::NotFound`] where none is served.
    pub fn webmail(&self) -> Result<&Webmail, WebError> {
        self.webmail.as_ref().ok_or(WebError::NotFound)
    }
}
