use std::sync::Arc;
use std::time::Duration;

use mailkeep_storage::sql::{Database, SqlError, params};
use mailkeep_storage::testing::both_engines;
use mailkeep_types::{ManualClock, PersonId};

use super::{Entered, VersionError, announce, announcements, changes, enter, find, list, not_in_force};
use crate::file::diff::Needs;
use crate::file::{BUILT_FILE, CompiledPolicy};
use crate::keys::RootKey;
use crate::outbound::{Channel, ConsentState, MessageClass, choice_of, set_consent};
use crate::policy::Policy;
use crate::subject::Subject;

/// A topic of the class news.
const TOPIC: &str = "product_updates";
const DAY: Duration = Duration::from_secs(86_400);

/// Narrower than the built file: less is kept, and for a shorter time.
fn narrower() -> String {
    BUILT_FILE.replacen("keep_days = 180", "keep_days = 90", 1)
}

async fn with(
    db: &Database,
    keys: &Database,
    text: &str,
    root: &[u8; 32],
    clock: &Arc<ManualClock>,
) -> Policy {
    let compiled = CompiledPolicy::compile_bounded(text).unwrap();
    Policy::start_with(db.clone(), keys.clone(), compiled, RootKey::from_bytes(root), clock.clone())
        .await
        .unwrap()
}

both_engines!(a_wider_policy_waits_for_its_notice, |db: Database| async move {
    let clock = ManualClock::at("2026-03-01");
    let keys = mailkeep_storage::testing::sibling(&db).await;
    let root = [7; 32];
    let before = with(&db, &keys, &narrower(), &root, &clock).await;
    assert_eq!(enter(&before).await.unwrap(), Entered::First);
    assert_eq!(enter(&before).await.unwrap(), Entered::Same);
    assert_eq!(not_in_force(&before).await.unwrap(), None);

    let wider = with(&db, &keys, BUILT_FILE, &root, &clock).await;
    assert!(not_in_force(&wider).await.unwrap().is_some());
    let refused = enter(&wider).await.unwrap_err();
    assert!(refused.to_string().contains("fraud_signal is kept 180 days instead of 90"), "{refused}");

    let person = Subject::person(PersonId::new(&*clock));
    before.create_key(person).await.unwrap();
    let from = mailkeep_types::Clock::now(&*clock).plus(DAY * 14);
    let next = CompiledPolicy::built().unwrap();
    for _ in 0..2 {
        let told = announce(&before, &next, from, &[person]).await.unwrap();
        assert_eq!((told.changes.len(), told.announcement.told), (1, 1));
    }
    let sent: i64 = db
        .read(|tx| {
            let sql = "SELECT COUNT(*) FROM outbound_messages WHERE template = 'policy/changed'";
            tx.query_one::<i64, SqlError, _>(sql, params![], |row| row.get(0))
        })
        .await
        .unwrap();
    assert_eq!(sent, 1, "told twice is written once");
    assert!(matches!(enter(&wider).await, Err(VersionError::NotYet(_))));
    assert_eq!(announcements(&before).await.unwrap().len(), 2);

    clock.advance(DAY * 14);
    assert!(matches!(enter(&wider).await.unwrap(), Entered::Changed(changes) if changes.len() == 1));
    let stood = list(&wider).await.unwrap();
    assert_eq!(stood.iter().map(|version| version.sequence).collect::<Vec<_>>(), [2, 1]);
    assert!(announcements(&wider).await.unwrap().is_empty());
    // Back to the narrower one: no notice is needed for less.
    assert!(matches!(enter(&before).await.unwrap(), Entered::Changed(_)));
    let id = next.id_text();
    assert_eq!(find(&before, &id).await.unwrap().unwrap().id_text(), id);
    assert!(find(&before, "zz").await.unwrap().is_none());
});

both_engines!(a_yes_to_less_does_not_count_for_more, |db: Database| async move {
    let clock = ManualClock::at("2026-03-01");
    let keys = mailkeep_storage::testing::sibling(&db).await;
    let root = [7; 32];
    let inform = "purpose = \"inform\"\ncategories = [\"identity\", \"contact\", \"preferences\"]";
    assert!(BUILT_FILE.contains(inform));
    let less =
        BUILT_FILE.replacen(inform, "purpose = \"inform\"\ncategories = [\"identity\", \"contact\"]", 1);
    let before = with(&db, &keys, &less, &root, &clock).await;
    enter(&before).await.unwrap();
    let person = Subject::person(PersonId::new(&*clock));
    before.create_key(person).await.unwrap();
    let give = |policy: Policy| {
        let db = db.clone();
        async move {
            db.write(move |tx| {
                set_consent(&policy, tx, person, TOPIC, Channel::Email, ConsentState::Given, "test")
            })
            .await
            .unwrap();
        }
    };
    give(before.clone()).await;
    let counts = |policy: Policy| {
        let db = db.clone();
        async move {
            db.read(move |tx| choice_of(&policy, tx, person, MessageClass::News, TOPIC, Channel::Email))
                .await
                .unwrap()
        }
    };
    assert_eq!(counts(before.clone()).await, Some(ConsentState::Given));

    let wider = with(&db, &keys, BUILT_FILE, &root, &clock).await;
    let now = mailkeep_types::Clock::now(&*clock);
    announce(&before, &CompiledPolicy::built().unwrap(), now, &[person]).await.unwrap();
    enter(&wider).await.unwrap();
    assert_eq!(counts(wider.clone()).await, None, "asked for anew");
    give(wider.clone()).await;
    assert_eq!(counts(wider).await, Some(ConsentState::Given));
});

#[test]
fn what_rests_on_choice_needs_it_anew() {
    let inform = "purpose = \"inform\"\ncategories = [\"identity\", \"contact\", \"preferences\"]";
    let less =
        BUILT_FILE.replacen(inform, "purpose = \"inform\"\ncategories = [\"identity\", \"contact\"]", 1);
    let found = changes(&less, BUILT_FILE);
    assert!(found.iter().any(|change| change.needs == Needs::Consent), "{found:?}");
    assert_eq!(changes("not a policy", BUILT_FILE)[0].needs, Needs::Notice);
}
