use std::sync::Arc;

use mailkeep_storage::sql::{Database, Dialect, SqlError, params};
use mailkeep_storage::testing::{both_engines, run_at};
use mailkeep_types::{Clock, ManualClock, PersonId, SubscriberId};

use crate::file::CompiledPolicy;
use crate::keys::{LookupKind, RootKey};
use crate::outbound::suppressions::{refused_at, suppress_holder};
use crate::outbound::{Channel, ConsentState, MessageClass, choice_of, forget_choices, set_consent};
use crate::personal::Personal;
use crate::policy::Policy;
use crate::subject::Subject;
use crate::synthetic;
use crate::vocabulary::category;

struct House {
    policy: Policy,
    clock: Arc<ManualClock>,
    person: Subject,
    folder: tempfile::TempDir,
}

/// A policy with a list in a file; everybody is reached by the same address.
async fn house(db: &Database) -> House {
    house_at(db, ManualClock::at("2026-03-01")).await
}

async fn house_at(db: &Database, clock: Arc<ManualClock>) -> House {
    let folder = tempfile::tempdir().unwrap();
    let policy = Policy::start_listed(
        db.clone(),
        mailkeep_storage::testing::sibling(db).await,
        CompiledPolicy::built().unwrap(),
        RootKey::random(),
        clock.clone(),
        folder.path().join("suppressions.list"),
    )
    .await
    .unwrap();
    let address = policy.lookup_hash(LookupKind::Email, "ada@example.com");
    policy.register_reach(move |_, _| Ok(vec![(Channel::Email, address)]));
    let person = Subject::person(PersonId::new(&*clock));
    policy.create_key(person).await.unwrap();
    House { policy, clock, person, folder }
}

impl House {
    async fn choose(&self, subject: Subject, topic: &'static str, state: ConsentState) {
        // Not two choices in one moment, as people make them.
        self.clock.advance(std::time::Duration::from_secs(1));
        let policy = self.policy.clone();
        let chosen = self
            .policy
            .database()
            .write(move |tx| set_consent(&policy, tx, subject, topic, Channel::Email, state, "test"));
        chosen.await.unwrap();
        self.policy.copy_suppressions().await.unwrap();
    }

    async fn choice(&self, subject: Subject, topic: &'static str) -> Option<ConsentState> {
        let policy = self.policy.clone();
        let class = policy.compiled().topic(topic).map_or(MessageClass::Account, |terms| terms.class);
        let found = self
            .policy
            .database()
            .read(move |tx| choice_of(&policy, tx, subject, class, topic, Channel::Email));
        found.await.unwrap()
    }

    async fn sql(&self, sql: &'static str) -> u64 {
        self.policy.database().write(move |tx| tx.execute(sql, params![])).await.unwrap()
    }
}

both_engines!(a_refusal_outlives_the_database_it_was_made_in, |db: Database| async move {
    let house = house(&db).await;
    house.choose(house.person, "special_offers", ConsentState::Given).await;
    house.choose(house.person, "special_offers", ConsentState::Withdrawn).await;
    // As after the restore of a backup that was made between the two.
    house.sql("DELETE FROM consents WHERE state = 'withdrawn'").await;
    house.sql("DELETE FROM suppressions").await;
    assert_eq!(house.choice(house.person, "special_offers").await, Some(ConsentState::Given));
    let broken = house.policy.probe_suppressions().await.unwrap_err();
    assert!(broken.contains("taken out"), "{broken}");
    let report = house.policy.merge_suppressions(&[]).await.unwrap();
    assert!(report.brought_back >= 2 && report.faults.is_empty(), "{report:?}");
    assert_eq!(house.choice(house.person, "special_offers").await, Some(ConsentState::Withdrawn));
    house.policy.copy_suppressions().await.unwrap();
    house.policy.probe_suppressions().await.unwrap();

    // The file alone is enough, and so is the key database.
    for gone in ["key database", "file"] {
        house.sql("DELETE FROM suppressions").await;
        if gone == "file" {
            std::fs::remove_file(house.folder.path().join("suppressions.list")).unwrap();
        } else {
            let keys = house.policy.key_database();
            keys.write(|tx| tx.execute("DELETE FROM suppressions", params![])).await.unwrap();
        }
        house.policy.merge_suppressions(&[]).await.unwrap();
        assert_eq!(
            house.choice(house.person, "special_offers").await,
            Some(ConsentState::Withdrawn),
            "{gone}"
        );
        house.policy.copy_suppressions().await.unwrap();
    }
    house.choose(house.person, "special_offers", ConsentState::Given).await;
    assert_eq!(house.choice(house.person, "special_offers").await, Some(ConsentState::Given), "a newer yes");
});

both_engines!(a_refusal_belongs_to_the_address_too, |db: Database| async move {
    let house = house(&db).await;
    house.choose(house.person, "newsletter", ConsentState::Withdrawn).await;
    let imported = Subject::subscriber(SubscriberId::new(&*house.clock));
    house.policy.create_key(imported).await.unwrap();
    assert_eq!(house.choice(imported, "newsletter").await, Some(ConsentState::Withdrawn));
    assert_eq!(house.choice(imported, "blog").await, None, "another topic");
    house.choose(imported, "newsletter", ConsentState::Given).await;
    assert_eq!(house.choice(imported, "newsletter").await, Some(ConsentState::Given));
});

both_engines!(a_number_from_a_register_is_refused, |db: Database| async move {
    let house = house(&db).await;
    let number = house.policy.lookup_hash(LookupKind::Phone, "+12175550100");
    db.write(move |tx| suppress_holder(tx, number, Channel::Telephone, "marketing")).await.unwrap();
    let policy = house.policy.clone();
    let found = db
        .read(move |tx| -> Result<_, SqlError> {
            let mut by = |channel| refused_at(&policy, tx, number, channel, "special_offers");
            Ok((by(Channel::Telephone)?.is_some(), by(Channel::Post)?.is_some()))
        })
        .await
        .unwrap();
    assert_eq!(found, (true, false));
});

both_engines!(whoever_is_erased_stays_refused, |db: Database| async move {
    let house = house(&db).await;
    house.choose(house.person, "special_offers", ConsentState::Given).await;
    let fact = crate::requests::record(&house.policy, house.person, crate::Act::Erase, "anna", "letter 1");
    let fact = fact.await.unwrap();
    house.clock.advance(std::time::Duration::from_secs(1));
    crate::records::erase(&house.policy, crate::Actor::System("test"), fact, house.person).await.unwrap();
    let again = Subject::subscriber(SubscriberId::new(&*house.clock));
    for topic in ["special_offers", "newsletter", "feedback"] {
        assert_eq!(house.choice(house.person, topic).await, Some(ConsentState::Withdrawn), "{topic}");
        assert_eq!(
            house.choice(again, topic).await,
            Some(ConsentState::Withdrawn),
            "{topic}, another subject"
        );
    }
});

both_engines!(a_changed_file_is_noticed_and_still_counts, |db: Database| async move {
    let house = house(&db).await;
    for topic in ["newsletter", "blog", "status"] {
        house.choose(house.person, topic, ConsentState::Withdrawn).await;
    }
    let path = house.folder.path().join("suppressions.list");
    let whole = std::fs::read_to_string(&path).unwrap();
    assert_eq!(whole.lines().count(), 6, "the subject and the address, three times");
    assert!(!whole.contains("ada@") && !whole.contains(&house.person.uuid().to_string()));
    let lines: Vec<&str> = whole.lines().collect();
    for tampered in [
        [&lines[..2], &lines[3..]].concat().join("\n") + "\n",
        whole.replacen(" email blog ", " email statu ", 1),
        whole.replacen("email", "post", 1),
    ] {
        std::fs::write(&path, tampered).unwrap();
        let report = house.policy.merge_suppressions(&[]).await.unwrap();
        assert_eq!(report.faults.len(), 1, "{report:?}");
        assert!(house.policy.probe_suppressions().await.is_err());
    }
    // A line that a crash cut off goes with the next one.
    std::fs::write(&path, format!("{whole}0123 email bl")).unwrap();
    house.choose(house.person, "special_offers", ConsentState::Withdrawn).await;
    let report = house.policy.merge_suppressions(&[]).await.unwrap();
    assert_eq!(report.faults, Vec::<String>::new());
    assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count() % 2, 0);
});

#[test]
fn a_receipt_keeps_the_network_for_its_days_alone() {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let clock = ManualClock::at("2026-03-01");
        run_at(dialect, Arc::<ManualClock>::clone(&clock), async |db| {
            let house = house_at(&db, Arc::clone(&clock)).await;
            let (policy, person) = (house.policy.clone(), house.person);
            db.write(move |tx| {
                let manner = crate::outbound::Manner {
                    source: "choices page".to_owned(),
                    language: Some("en".to_owned()),
                    network: Some(Personal::<String, category::Network>::new("192.0.2.7".to_owned())),
                };
                let choice = crate::outbound::NewChoice {
                    topic: "newsletter".to_owned(),
                    channel: Channel::Email,
                    state: ConsentState::Given,
                    wording: Some("The newsletter, by e-mail".to_owned()),
                };
                crate::outbound::record_choices(&policy, tx, person, &[choice], &manner)
            })
            .await
            .unwrap();
            let with_network = async || {
                let sql = "SELECT COUNT(*) FROM consents WHERE network IS NOT NULL";
                db.read(move |tx| tx.query_one(sql, params![], |row| row.get::<i64>(0))).await.unwrap()
            };
            assert_eq!(with_network().await, 1);
            house.clock.advance(std::time::Duration::from_secs(91 * 86_400));
            crate::retention::run(&house.policy).await.unwrap();
            assert_eq!(with_network().await, 0);
            let receipts = db.read(move |tx| crate::outbound::consents_of(tx, person)).await.unwrap();
            assert_eq!(receipts[0].wording.as_deref(), Some("The newsletter, by e-mail"));
        });
    }
}

both_engines!(what_a_probe_declines_goes_with_it, |db: Database| async move {
    let house = house(&db).await;
    let probe = Subject::person(PersonId::new(&*house.clock));
    let (marked, now) = (house.policy.database(), house.clock.now());
    marked.write(move |tx| synthetic::mark(tx, probe, now)).await.unwrap();
    house.choose(house.person, "newsletter", ConsentState::Withdrawn).await;
    house.choose(probe, "special_offers", ConsentState::Withdrawn).await;
    assert_eq!(house.choice(probe, "special_offers").await, Some(ConsentState::Withdrawn));
    let entries = |db: Database| async move {
        let sql = "SELECT COUNT(*) FROM suppressions WHERE topic = 'special_offers'";
        db.read(move |tx| tx.query_one(sql, params![], |row| row.get::<i64>(0))).await.unwrap()
    };
    assert_eq!(entries(house.policy.key_database().clone()).await, 0, "it is not carried out");
    for subject in [house.person, probe] {
        let policy = house.policy.clone();
        let forgotten = house.policy.database().write(move |tx| forget_choices(&policy, tx, subject));
        forgotten.await.unwrap();
    }
    assert_eq!(entries(house.policy.database().clone()).await, 0);
    assert_eq!(house.choice(probe, "special_offers").await, None);
    assert_eq!(house.choice(house.person, "newsletter").await, Some(ConsentState::Withdrawn));
});
