use std::sync::Arc;
use std::time::Duration;

use mailkeep_storage::blobs::{Blobs, BlobsConfig};
use mailkeep_storage::sql::{Database, SqlError, params};
use mailkeep_storage::testing::both_engines;
use mailkeep_types::{CustomerId, ManualClock, PersonId, SessionId};

use super::{ExportState, KEPT_FOR, ask, find, gather, list, open_content, remove, store_content, sweep};
use crate::Policy;
use crate::ledger;
use crate::requests::Proof;
use crate::subject::Subject;
use crate::vocabulary::FactKind;

struct House {
    policy: Policy,
    clock: Arc<ManualClock>,
    blobs: Blobs,
    person: PersonId,
    session: SessionId,
    _folder: tempfile::TempDir,
}

async fn house(db: &Database) -> House {
    let clock = ManualClock::at("2026-03-01");
    let policy = crate::testing::policy_at(db, clock.clone()).await;
    policy.register_fact(FactKind::OwnSession, |_, claim| {
        Ok(matches!((claim.actor, claim.subject), (crate::Actor::Person(a), Subject::Person(b)) if a == b))
    });
    let (person, session) = (PersonId::new(&*clock), SessionId::new(&*clock));
    policy.create_key(Subject::person(person)).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(&BlobsConfig::Folder(folder.path().to_owned())).unwrap();
    House { policy, clock, blobs, person, session, _folder: folder }
}

both_engines!(a_copy_is_gathered_sealed_fetched_and_removed, |db: Database| async move {
    let house = house(&db).await;
    let (policy, person, session) = (&house.policy, house.person, house.session);
    let customer = Subject::customer(CustomerId::new(&*house.clock));
    policy.create_key(customer).await.unwrap();
    let id = ask(policy, person, Proof::Session(session), &[customer]).await.unwrap();
    assert_eq!(ask(policy, person, Proof::Session(session), &[]).await.unwrap(), id, "one at a time");

    let gathered = gather(policy, id).await.unwrap().unwrap();
    assert_eq!(gathered.parts.iter().map(|part| part.kind).collect::<Vec<_>>(), ["person", "customer"]);
    assert!(!gathered.uses.entries.is_empty(), "the copy itself is a use");
    let row = find(policy, person, id).await.unwrap().unwrap();
    assert_eq!((row.state, row.done, row.total), (ExportState::Working, 2, 2));

    // A small one in the row, a large one among the blobs.
    for file in [b"marker-of-the-copy".to_vec(), vec![7; 200_000]] {
        store_content(policy, &house.blobs, id, person, file.clone()).await.unwrap();
        let fetched = open_content(policy, &house.blobs, person, session, id).await.unwrap();
        assert_eq!(fetched.unwrap().in_test(), &file);
    }
    assert_eq!(house.blobs.list("exports").await.unwrap().len(), 1);
    assert!(gather(policy, id).await.unwrap().is_none(), "a job that runs twice makes no second copy");
    let other = PersonId::new(&*house.clock);
    assert!(open_content(policy, &house.blobs, other, session, id).await.unwrap().is_none());
    assert!(find(policy, other, id).await.unwrap().is_none());

    house.clock.advance(KEPT_FOR);
    assert!(open_content(policy, &house.blobs, person, session, id).await.unwrap().is_none());
    assert!(list(policy, person).await.unwrap().is_empty());
    assert_eq!(sweep(policy, &house.blobs).await.unwrap(), 1);
    assert_eq!(house.blobs.list("exports").await.unwrap().len(), 0);
    assert!(ledger::verify(&db).await.unwrap().findings.is_empty());
});

both_engines!(a_stored_copy_is_ciphertext_and_goes_when_asked, |db: Database| async move {
    let house = house(&db).await;
    let (policy, person) = (&house.policy, house.person);
    let id = ask(policy, person, Proof::Session(house.session), &[]).await.unwrap();
    assert!(!remove(policy, person, id).await.unwrap(), "what is being made is not removed");
    gather(policy, id).await.unwrap();
    store_content(policy, &house.blobs, id, person, b"marker-of-the-copy".to_vec()).await.unwrap();
    let stored: Vec<u8> = db
        .read(move |tx| -> Result<Vec<u8>, SqlError> {
            tx.query_one("SELECT content FROM exports WHERE id = $1", params![id], |row| row.get(0))
        })
        .await
        .unwrap();
    assert!(!stored.windows(6).any(|part| part == b"marker"));
    assert!(!remove(policy, PersonId::new(&*house.clock), id).await.unwrap());
    assert!(remove(policy, person, id).await.unwrap());
    house.clock.advance(Duration::from_secs(1));
    assert!(open_content(policy, &house.blobs, person, house.session, id).await.unwrap().is_none());
    assert_eq!(sweep(policy, &house.blobs).await.unwrap(), 1);
});
