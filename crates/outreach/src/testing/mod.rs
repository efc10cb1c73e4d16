//! A house for the tests of this crate.

mod store;

use std::sync::Arc;

use mailkeep_identity::Identity;
use mailkeep_identity::testing::{PersonBuilder, TestPerson, identity_over};
use mailkeep_policy::outbound::{Manner, OutboundError};
use mailkeep_policy::{Policy, Subject};
use mailkeep_storage::sql::{Database, Dialect};
use mailkeep_types::{AnnouncementId, ManualClock, SharedClock, StaffId};
use uuid::Uuid;

use crate::{AnnouncementsConfig, Outreach, StatusConfig};

use crate::choices::Wanted;
pub(crate) use store::{by_hand, numbers};

/// To how many addresses an announcement goes that only its writer looked at.
pub(crate) const ALONE: u32 = 3;

/// Everything over one database, with a clock that moves.
pub(crate) struct House {
    pub db: Database,
    pub policy: Policy,
    pub identity: Identity,
    pub outreach: Outreach,
    pub clock: Arc<ManualClock>,
}

/// Runs `body` on SQLite and on PostgreSQL.
pub(crate) fn on_both_engines(body: impl AsyncFn(House)) {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let clock = ManualClock::at("2026-03-01");
        let shared: SharedClock = Arc::<ManualClock>::clone(&clock);
        mailkeep_storage::testing::run_at(dialect, shared, async |db| {
            let policy = mailkeep_policy::testing::policy(&db).await;
            let identity = identity_over(&db, policy.clone());
            let (status, announcements) = (
                StatusConfig::default(),
                AnnouncementsConfig { second_person_above: ALONE, ..Default::default() },
            );
            let outreach =
                Outreach::open(db.clone(), policy.clone(), identity.clone(), status, announcements);
            body(House { db, policy, identity, outreach, clock: Arc::clone(&clock) }).await;
        });
    }
}

impl House {
    pub async fn person(&self, name: &str) -> (TestPerson, Subject) {
        let person = PersonBuilder::new(name).create(&self.identity).await;
        let subject = Subject::person(person.person);
        (person, subject)
    }

    /// A person who acts for a customer.
    pub async fn customer(&self, name: &str) -> (TestPerson, Subject) {
        let person = PersonBuilder::new(name).customer("Larkspur").create(&self.identity).await;
        let subject = Subject::person(person.person);
        (person, subject)
    }

    /// Lets time pass, as it does between two choices.
    pub fn later(&self, seconds: u64) {
        self.clock.advance(std::time::Duration::from_secs(seconds));
    }

    pub async fn says(&self, subject: Subject, pairs: &[(&str, &str, bool)]) -> usize {
        self.later(1);
        let wanted = pairs.iter().map(|(topic, channel, yes)| Wanted {
            topic: (*topic).to_owned(),
            channel: mailkeep_policy::outbound::Channel::from_id(channel).unwrap(),
            yes: *yes,
            wording: format!("{topic} by {channel}"),
        });
        self.outreach.choose(subject, wanted.collect(), Manner::from("test")).await.unwrap()
    }

    /// What comes, as `topic:channel`.
    pub async fn comes(&self, subject: Subject) -> Vec<String> {
        let standing = self.outreach.standing(subject).await.unwrap();
        standing
            .into_iter()
            .filter(|one| one.comes)
            .map(|one| format!("{}:{}", one.topic, one.channel))
            .collect()
    }

    /// Somebody else looks at the announcement and approves it.
    pub async fn approve(&self, id: AnnouncementId) {
        let found = self.outreach.announcement(id).await.unwrap();
        let other = StaffId::from_uuid(Uuid::from_u128(2));
        self.outreach.approve_announcement(other, id, found.changed_at).await.unwrap();
    }

    /// Subscribes so many visitors to a topic.
    pub async fn readers(&self, topic: &str, numbers: std::ops::Range<u32>) {
        let lines: Vec<String> = numbers.map(|number| format!("r{number}@visitor.example")).collect();
        let lines = lines.iter().map(String::as_str);
        self.outreach.import_subscribers(lines, topic, "en", "list of 3 March").await.unwrap();
    }

    /// The waiting messages of a template.
    pub async fn waiting(&self, template: &'static str) -> Vec<mailkeep_types::OutboundId> {
        self.db.read(move |tx| store::pending(tx, template)).await.unwrap()
    }

    /// The addresses of the waiting messages of a template, sorted; each is then taken as sent.
    pub async fn sent(&self, template: &'static str) -> Vec<String> {
        let ids = self.waiting(template).await;
        let mut sent = Vec::new();
        for id in ids {
            match self.policy.outbound().deliver(id, |opened| opened.to.to_string()).await {
                Ok(to) => sent.push(to),
                Err(OutboundError::Declined(_)) => continue,
                Err(error) => panic!("{error}"),
            }
            self.db.write(move |tx| mailkeep_policy::outbound::mark_sent(tx, id)).await.unwrap();
        }
        sent.sort();
        sent
    }
}
