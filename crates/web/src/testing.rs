//! All services over one database, for the tests of this crate.

use std::net::IpAddr;
use std::sync::Arc;

use mailkeep_commerce::processor::sandbox::Sandbox;
use mailkeep_commerce::screening::ListSource;
use mailkeep_commerce::testing::{SetExchangers, SetUsage};
use mailkeep_commerce::{Commerce, CommerceConfig, CommerceParts};
use mailkeep_mailbox::dns::MailHosts;
use mailkeep_mailbox::testing::TestOffice;
use mailkeep_mailbox::{MailError, PostOffice};
use mailkeep_outbound_guard::holds::{HeldQueue, Holds, Note};
use mailkeep_outbound_guard::sending::{DomainStanding, Guard, GuardConfig, Later, Standing, Standings};
use mailkeep_outbound_guard::suspicions::Surroundings;
use mailkeep_storage::sql::Tx;
use mailkeep_types::sending::SendingRules;
use mailkeep_types::{CustomerId, DomainId, DomainName, MailboxId, QueueId};
use mailkeep_webhooks::{Hosts, LookedUp, Webhooks, WebhooksConfig};

use crate::config::WebConfig;
use crate::state::{WebParts, WebState};

/// No name has an address.
struct NoHosts;

impl Hosts for NoHosts {
    fn addresses<'a>(&'a self, _: &'a str) -> LookedUp<'a> {
        Box::pin(async { Ok(Vec::new()) })
    }
}

/// No mailbox hands mail in here, and every customer is new.
struct NoStandings;

impl Standings for NoStandings {
    fn standing(&self, _: MailboxId) -> Later<'_, Result<Standing, String>> {
        Box::pin(async {
            Ok(Standing {
                customer: CustomerId::from_uuid(uuid::Uuid::nil()),
                per_message: 0,
                per_window: 0,
                rules: SendingRules::default(),
                paid_since: None,
                tried: false,
                inside: Vec::new(),
            })
        })
    }

    fn domain(&self, _: DomainId) -> Later<'_, Result<DomainStanding, String>> {
        Box::pin(async {
            Ok(DomainStanding {
                customer: CustomerId::from_uuid(uuid::Uuid::nil()),
                name: DomainName::parse("sample-shop.example").map_err(|error| error.to_string())?,
                paid_since: None,
                tried: false,
            })
        })
    }

    fn surroundings(&self, _: MailboxId, _: IpAddr) -> Later<'_, Result<Surroundings, String>> {
        Box::pin(async { Ok(Surroundings { place: [0; 32], signs: Vec::new() }) })
    }
}

/// The queue of the test office, which reports to no sender.
struct Held(PostOffice);

impl Held {
    async fn write(
        &self,
        act: impl Fn(&mut Tx<'_>) -> Result<bool, MailError> + Send + Sync + 'static,
        note: Note,
    ) -> Result<bool, String> {
        let write = self.0.db().write(move |tx| {
            let done = act(tx)?;
            if done {
                note(tx)?;
            }
            Ok::<_, MailError>(done)
        });
        write.await.map_err(|error| error.to_string())
    }
}

impl HeldQueue for Held {
    fn release(&self, held: QueueId, note: Note) -> Later<'_, Result<bool, String>> {
        Box::pin(self.write(move |tx| Ok(PostOffice::release_held_in(tx, held)?), note))
    }

    fn give_back<'a>(&'a self, held: QueueId, _: &'a str, note: Note) -> Later<'a, Result<bool, String>> {
        Box::pin(self.write(move |tx| PostOffice::take_held_in(tx, held), note))
    }

    fn confirm(&self, held: QueueId, note: Note) -> Later<'_, Result<bool, String>> {
        Box::pin(self.write(move |tx| Ok(PostOffice::confirm_held_in(tx, held)?), note))
    }
}

/// The state of a site whose mail store and DNS are the test office's.
pub async fn state(test: &TestOffice) -> WebState {
    let office = test.office.clone();
    let (db, policy, clock) = (office.db().clone(), office.policy().clone(), office.clock().clone());
    let sandbox = Sandbox::new(db.clone(), "/sandbox/pay", [7; 32]);
    let commerce = Commerce::open(CommerceParts {
        db: db.clone(),
        policy: policy.clone(),
        config: CommerceConfig::example(),
        processor: Arc::new(sandbox.clone()),
        usage: Arc::new(SetUsage::default()),
        exchangers: Arc::new(SetExchangers),
        phones: None,
        lists: ListSource::built_in(),
    })
    .await
    .unwrap();
    let identity = mailkeep_identity::testing::identity_over(&db, policy.clone());
    let (status, announcements) = Default::default();
    let outreach = mailkeep_outreach::Outreach::open(
        db.clone(),
        policy.clone(),
        identity.clone(),
        status,
        announcements,
    );
    let articles = mailkeep_helpdesk::articles::Knowledgebase::open(db.clone(), policy.clone());
    let hours = mailkeep_helpdesk::hours::HoursConfig::default().read().unwrap();
    let desk = mailkeep_helpdesk::tickets::Desk::open(
        db.clone(),
        policy.clone(),
        hours,
        office.blobs().clone(),
        mailkeep_helpdesk::attachments::AttachmentsConfig::default(),
    );
    let downloads =
        mailkeep_helpdesk::downloads::Downloads::open(db.clone(), policy.clone(), office.blobs().clone());
    let _ = rustls::crypto::ring::default_provider().install_default();
    let config = WebhooksConfig::default();
    let webhooks = Webhooks::open(db.clone(), policy.clone(), config, Arc::new(NoHosts)).unwrap();
    let mail_hosts = MailHosts {
        mx: vec!["mx1.mailkeep.example".to_owned()],
        spf_include: "_spf.mailkeep.example".to_owned(),
        imap: "mail.mailkeep.example".to_owned(),
        submission: "mail.mailkeep.example".to_owned(),
        autoconfig: "www.mailkeep.example".to_owned(),
        reports: "dmarc@mailkeep.example".to_owned(),
    };
    let guard = Guard::open(db.clone(), policy.clone(), GuardConfig::default(), Arc::new(NoStandings));
    let holds = Holds::new(guard, Arc::new(Held(office.clone())));
    WebState::new(WebParts {
        config: WebConfig::default(),
        clock,
        db,
        policy,
        identity,
        commerce,
        office,
        holds,
        outreach,
        articles,
        mailroom: mailroom(&desk),
        desk,
        downloads,
        support: Default::default(),
        webhooks,
        resolver: Arc::new(test.dns.clone()),
        mail_hosts,
        sandbox: Some(sandbox),
    })
    .unwrap()
}

/// The mailroom with support and the privacy desk, at the house's addresses.
fn mailroom(desk: &mailkeep_helpdesk::tickets::Desk) -> mailkeep_helpdesk::mailroom::Mailroom {
    use mailkeep_helpdesk::mailroom::{HelpdeskConfig, Mailroom};
    let privacy = mailkeep_types::EmailAddress::parse("privacy@mailkeep.example").ok();
    let departments = HelpdeskConfig::default().read("support@mailkeep.example", privacy).unwrap();
    Mailroom::open(desk.clone(), departments, 14)
}
