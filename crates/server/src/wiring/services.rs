//! Opens the domains in the order in which they build on each other.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use mailkeep_commerce::processor::sandbox::Sandbox;
use mailkeep_commerce::screening::ListSource;
use mailkeep_commerce::{Commerce, CommerceParts};
use mailkeep_helpdesk::articles::Knowledgebase;
use mailkeep_helpdesk::downloads::Downloads;
use mailkeep_helpdesk::mailroom::Mailroom;
use mailkeep_helpdesk::tickets::Desk;
use mailkeep_identity::Identity;
use mailkeep_mailbox::dns::HickoryResolver;
use mailkeep_mailbox::{PostOffice, Settings};
use mailkeep_outbound_guard::sending::Guard;
use mailkeep_outreach::Outreach;
use mailkeep_outreach::returns::ReturnAddresses;
use mailkeep_policy::versions::{self, Entered};
use mailkeep_policy::{LookupKind, Policy, PolicyConfig, RootKey, RootKeySource, Subject};
use mailkeep_smtp::MailHouse;
use mailkeep_smtp::departures::Departures;
use mailkeep_smtp::submit::SubmissionPolicy;
use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{DomainName, EmailAddress};
use mailkeep_web::config::WebConfig;
use mailkeep_webhooks::Webhooks;

use super::coupons::Catalogue;
use super::departments::Mailbag;
use super::guard::{Asked, Guarded, Stops};
use super::list_links::Links;
use super::ports::{Exchangers, HostNames, Usage};
use super::readers::customers_of;
use super::{phones, processor};
use crate::config::Config;
use crate::node;
use crate::parts::Parts;

/// Where the lists of the screening are, below the data folder.
pub const LISTS_FOLDER: &str = "screening";

/// The opened domains. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    /// The policy that is enforced.
    pub policy: Policy,
    /// Persons, customers, staff.
    pub identity: Identity,
    /// The mail store.
    pub office: PostOffice,
    /// Orders and money.
    pub commerce: Commerce,
    /// Choices, announcements, lists.
    pub outreach: Outreach,
    /// Articles and their search.
    pub articles: Knowledgebase,
    /// Programs that people download.
    pub downloads: Downloads,
    /// Tickets.
    pub desk: Desk,
    /// Letters to departments.
    pub mailroom: Mailroom,
    /// Where what comes back of messages goes.
    pub returns: ReturnAddresses,
    /// Where other providers send reports about domains here.
    pub reports: EmailAddress,
    /// What leaves mailboxes.
    pub guard: Guard,
    /// Where complaints of readers elsewhere go.
    pub complaints_to: Option<EmailAddress>,
    /// Whose mailboxes are, for the guard.
    pub asked: Arc<Asked>,
    /// Programs that are told what happens.
    pub webhooks: Webhooks,
    /// The built-in card processor.
    pub sandbox: Sandbox,
    /// Names of the network.
    pub resolver: Arc<HickoryResolver>,
    /// The pages as the house has them.
    pub site: Arc<WebConfig>,
}

/// How long a command that gives the root key may take, unless the configuration says otherwise.
pub const ROOT_KEY_PATIENCE: Duration = Duration::from_secs(10);

/// Where the root key is.
pub fn root_key(config: &Config) -> RootKeySource {
    let section = &config.policy.root_key;
    if !section.command.is_empty() {
        let patience = match section.timeout_seconds {
            0 => ROOT_KEY_PATIENCE,
            seconds => Duration::from_secs(seconds.into()),
        };
        return RootKeySource::Command { words: section.command.clone(), patience };
    }
    if !section.environment.is_empty() {
        return RootKeySource::Environment(section.environment.clone());
    }
    if !section.file.as_os_str().is_empty() {
        return RootKeySource::File(section.file.clone());
    }
    if std::env::var_os(ROOT_KEY_VARIABLE).is_some() {
        return RootKeySource::Environment(ROOT_KEY_VARIABLE.to_owned());
    }
    RootKeySource::File(config.server.data_dir.join("root.key"))
}

/// The environment's variable that may hold the root key instead of a file.
const ROOT_KEY_VARIABLE: &str = "MAILKEEP_ROOT_KEY";

/// Where other providers send reports about domains here.
pub fn reports_to(config: &Config) -> String {
    if !config.reputation.reports_to.is_empty() {
        return config.reputation.reports_to.clone();
    }
    let hostname = &config.server.hostname;
    let domain = hostname.split_once('.').map_or(hostname.as_str(), |(_, rest)| rest);
    format!("dmarc-reports@{domain}")
}

fn block_lists(config: &Config) -> Result<Vec<String>> {
    let lists = config.reputation.block_lists.iter();
    let read =
        lists.map(|list| Ok(DomainName::parse(list).context("reputation.block_lists")?.as_str().to_owned()));
    read.collect()
}

/// Where the suppression list stands outside the databases.
pub fn suppression_file(config: &Config) -> PathBuf {
    config.server.data_dir.join("suppressions.list")
}

/// Opens the policy alone: for commands that need no domain.
///
/// # Errors
/// When the databases or the policy refuse to start.
pub async fn open_policy(config: &Config) -> Result<Policy> {
    start_policy(config, &Parts::open(config).await?).await
}

async fn start_policy(config: &Config, parts: &Parts) -> Result<Policy> {
    let file = (!config.policy.file.as_os_str().is_empty()).then(|| config.policy.file.clone());
    let ledger_origin = format!("{}/ledger", config.server.hostname);
    let suppression_file = Some(suppression_file(config));
    let policy_config = PolicyConfig { file, root_key: root_key(config), ledger_origin, suppression_file };
    Policy::start(parts.db.clone(), parts.keys.clone(), &policy_config, Arc::clone(&parts.clock))
        .await
        .context("the policy")
}

impl Services {
    /// The mail store with the departments.
    pub fn house(&self) -> MailHouse {
        let mailbag = Mailbag {
            mailroom: self.mailroom.clone(),
            outreach: self.outreach.clone(),
            returns: self.returns.clone(),
            reports: self.reports.clone(),
            office: self.office.clone(),
            guard: self.guard.clone(),
        };
        let links = Links { commerce: self.commerce.clone(), site: Arc::clone(&self.site) };
        MailHouse::new(self.office.clone())
            .with_departments(Arc::new(mailbag))
            .with_complaints_to(self.complaints_to.clone())
            .with_links(Arc::new(links))
    }

    /// What decides on each message that is submitted.
    pub fn submission_policy(&self) -> Arc<dyn SubmissionPolicy> {
        let (guard, asked) = (self.guard.clone(), Arc::clone(&self.asked));
        Arc::new(Guarded { guard, house: self.house(), asked })
    }

    /// What decides on each message that is due.
    pub fn departures(&self) -> Arc<dyn Departures> {
        Arc::new(Stops { guard: self.guard.clone(), asked: Arc::clone(&self.asked) })
    }

    /// Refuses a start when a place is outside the declared country, a column is stored that nobody declared, or the policy
    /// is wider than people were told; else the policy is in force.
    ///
    /// # Errors
    /// Names what to mend.
    pub async fn check(&self, config: &Config) -> Result<()> {
        crate::residency::check(config)?;
        crate::egress::open(config, self.policy.compiled(), self.policy.egress())?;
        if let Some(fault) = self.policy.check_records().await?.into_iter().next() {
            anyhow::bail!("{fault}");
        }
        match versions::enter(&self.policy).await? {
            Entered::Same => {}
            Entered::First => {
                tracing::info!(policy = self.policy.compiled().id_text(), "the first policy is in force")
            }
            Entered::Changed(changes) => tracing::info!(
                policy = self.policy.compiled().id_text(),
                changes = changes.len(),
                "another policy is in force"
            ),
        }
        Ok(())
    }

    /// Opens everything. `fresh` says that the databases were just made, so that a root key may be made too.
    ///
    /// # Errors
    /// When a part refuses to start; the sentence says what to mend.
    pub async fn open(config: &Config, parts: &Parts, fresh: bool) -> Result<Self> {
        let source = root_key(config);
        if let RootKeySource::File(path) = &source
            && fresh
            && !path.exists()
        {
            RootKey::create_file(path).with_context(|| path.display().to_string())?;
        }
        let clock = Arc::clone(&parts.clock);
        let policy = start_policy(config, parts).await?;
        policy.register_lines(config.policy.unusual.lines());
        let identity = Identity::new(parts.db.clone(), policy.clone(), clock, config.identity.clone())?;
        let outreach = Outreach::open(
            parts.db.clone(),
            policy.clone(),
            identity.clone(),
            config.status.clone(),
            config.announcements.clone(),
        );
        let articles = Knowledgebase::open(parts.db.clone(), policy.clone());
        let downloads = Downloads::open(parts.db.clone(), policy.clone(), parts.blobs.clone());
        let hours = config.support.read().map_err(|problems| {
            let first = problems.first().map(ToString::to_string).unwrap_or_default();
            anyhow::anyhow!("the hours of support: {first}")
        })?;
        let desk = Desk::open(
            parts.db.clone(),
            policy.clone(),
            hours,
            parts.blobs.clone(),
            config.helpdesk.attachments,
        );
        if let Some(scanner) = config.helpdesk.scanner.read().map_err(anyhow::Error::msg)? {
            desk.register_scanner(scanner);
        }
        desk.register_plans(Arc::new(mailkeep_commerce::subscriptions::store::plans_of));
        let privacy = policy.compiled().privacy_address().map_err(anyhow::Error::msg)?;
        let departments =
            config.helpdesk.read(&config.web.support_email, Some(privacy)).map_err(|problems| {
                anyhow::anyhow!("helpdesk.department: {}", problems.into_iter().next().unwrap_or_default())
            })?;
        let mailroom = Mailroom::open(desk.clone(), departments, config.helpdesk.reopen_days);
        let settings = Settings {
            full_patience: Duration::from_secs(u64::from(config.smtp.full_mailbox_days) * 24 * 3600),
            node: node::identifier(config, &*parts.clock)?,
            block_lists: block_lists(config)?,
            own_addresses: config.smtp.delivery.own_addresses.clone(),
            ..Settings::default()
        };
        let office =
            PostOffice::open(parts.db.clone(), policy.clone(), parts.blobs.clone(), settings).await?;
        let resolver = Arc::new(HickoryResolver::new(&config.dns.servers).context("the resolver")?);
        let hosts = Arc::new(HostNames(Arc::clone(&resolver)));
        let webhooks = Webhooks::open(parts.db.clone(), policy.clone(), config.webhooks.clone(), hosts)
            .context("the webhooks")?;
        let secret = policy.lookup_hash(LookupKind::Other, "the sandbox processor's webhooks");
        let pages = format!("{}/sandbox/pay", config.web.public_url.trim_end_matches('/'));
        let sandbox = Sandbox::new(parts.db.clone(), pages, secret);
        let processor = processor::open(&config.commerce.payments.stripe, &policy, &sandbox)?;
        let commerce = Commerce::open(CommerceParts {
            db: parts.db.clone(),
            policy: policy.clone(),
            config: config.commerce.clone(),
            processor,
            usage: Arc::new(Usage(office.clone())),
            exchangers: Arc::new(Exchangers(Arc::clone(&resolver))),
            phones: phones::open(&config.phones, &policy)?,
            lists: ListSource::folder(config.server.data_dir.join(LISTS_FOLDER)),
        })
        .await
        .context("the catalogue")?;
        let asked = Arc::new(Asked::new(office.clone(), commerce.clone()));
        let guard =
            Guard::open(parts.db.clone(), policy.clone(), config.guard.clone(), Arc::clone(&asked) as _);
        let customers = commerce.clone();
        policy.register_ended(move |tx, before| {
            let ended = customers.ended_customers(tx, before)?;
            let persons = mailkeep_identity::customers::persons_only_of(tx, &ended)?;
            let customers = ended.into_iter().map(Subject::customer);
            Ok(customers.chain(persons.into_iter().map(Subject::person)).collect())
        });
        let support = EmailAddress::parse(&config.web.support_email).context("web.support_email")?;
        let sender = config.announcements.sender().context("announcements.from")?;
        let apart = sender.as_ref().unwrap_or(&support).domain().clone();
        let returns = ReturnAddresses::new(&policy, apart).and_read(support.domain().clone());
        let reports = EmailAddress::parse(&reports_to(config)).context("reputation.reports_to")?;
        let served = commerce.clone();
        outreach.register_plans(plans_of);
        outreach.register_served(move |tx, customer| served.serves(tx, customer));
        outreach.register_coupons(Arc::new(Catalogue(commerce.clone())));
        let members = commerce.clone();
        policy.register_good_standing(move |tx, customer, subject| {
            let (belongs, mailbox) = match subject {
                Subject::Customer(id) => (id == customer, None),
                Subject::Person(person) => {
                    (mailkeep_identity::customers::is_contact(tx, customer, person)?, None)
                }
                // It belongs to the customer whose proven domain it is in.
                Subject::Mailbox(id) => (true, Some(id)),
                Subject::Staff(_) | Subject::Subscriber(_) => (false, None),
            };
            Ok(belongs
                && members.owes_nothing(tx, customer)?
                && mailkeep_mailbox::domains::holds_proven(tx, customer, mailbox)?)
        });
        versions::weigh_consents(&policy).await?;
        Ok(Services {
            policy,
            identity,
            office,
            commerce,
            outreach,
            articles,
            downloads,
            desk,
            mailroom,
            returns,
            reports,
            guard,
            complaints_to: config.smtp.complaints_address().context("smtp.complaints_to")?,
            asked,
            webhooks,
            sandbox,
            resolver,
            site: Arc::new(config.web.clone()),
        })
    }
}

/// The keys of the plans that serve the customers for whom a reader acts.
fn plans_of(tx: &mut Tx<'_>, reader: Subject) -> Result<Vec<String>, SqlError> {
    let mut plans = Vec::new();
    for customer in customers_of(tx, reader)? {
        plans.extend(mailkeep_commerce::subscriptions::store::plans_of(tx, customer)?);
    }
    Ok(plans)
}
