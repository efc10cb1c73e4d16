use std::sync::Arc;

use mailkeep_storage::sql::Database;
use mailkeep_storage::testing::both_engines;
use mailkeep_types::{EmailAddress, ManualClock, PersonId, RegistrationId, SessionId};

use super::{
    COOLING, Claimed, ErasureState, claim, find, finish, pending, plan, take_certificate, undo,
    undo_with_token,
};
use crate::outbound::{self, StoredAddress};
use crate::personal::Personal;
use crate::records::erase;
use crate::requests::Proof;
use crate::subject::{Actor, Place, Subject};
use crate::vocabulary::{CategoryId, category};
use crate::{Field, Policy};

const ACTOR: Actor = Actor::System("erasure");

/// A policy with one person whose address is known, and the token of the link that she was mailed.
struct House {
    policy: Policy,
    clock: Arc<ManualClock>,
    person: PersonId,
    session: SessionId,
}

impl House {
    async fn over(db: &Database) -> House {
        let clock = ManualClock::at("2026-03-01");
        let policy = crate::testing::policy_at(db, clock.clone()).await;
        policy.register_fields(&[Field::new("people", "email", CategoryId::Contact)]);
        let (person, session) = (PersonId::new(&*clock), SessionId::new(&*clock));
        let subject = Subject::person(person);
        policy.create_key(subject).await.unwrap();
        let place = Place { table: "people", column: "email", row: person.uuid() };
        let address = EmailAddress::parse("ada@people.example").unwrap();
        let address: Personal<EmailAddress, category::Contact> = Personal::new(address);
        let sealed = policy.seal(subject, place, &address).unwrap();
        policy.register_addresses(move |_, _| {
            Ok(Some(StoredAddress { subject, place, sealed: sealed.clone(), language: None }))
        });
        House { policy, clock, person, session }
    }

    async fn plan(&self, at_once: bool) -> uuid::Uuid {
        let number = RegistrationId::random();
        plan(&self.policy, self.person, Proof::Session(self.session), number, &[], at_once).await.unwrap()
    }

    /// Sends the message with the link, and gives the link's token.
    async fn link(&self) -> String {
        let notice = pending(&self.policy, self.person).await.unwrap().unwrap().notice.unwrap();
        let token = |opened: outbound::Opened<'_>| opened.context["token"].as_str().unwrap().to_owned();
        let token = self.policy.outbound().deliver(notice, token).await.unwrap();
        self.policy.database().write(move |tx| outbound::mark_sent(tx, notice)).await.unwrap();
        token
    }
}

both_engines!(an_erasure_waits_a_day_and_its_certificate_is_given_once, |db: Database| async move {
    let house = House::over(&db).await;
    let (policy, person) = (&house.policy, house.person);
    let id = house.plan(false).await;
    assert_eq!(house.plan(true).await, id, "one at a time");
    assert!(matches!(claim(policy, id).await.unwrap(), Claimed::Over), "not due yet");
    let token = house.link().await;
    house.clock.advance(COOLING);
    let Claimed::Ours(erasure, parts) = claim(policy, id).await.unwrap() else { panic!("it is due") };
    assert!(!undo(policy, person).await.unwrap(), "too late");
    assert_eq!(parts.len(), 1);
    let mut certificates = Vec::new();
    for (subject, fact) in parts {
        certificates.push(erase(policy, ACTOR, fact, subject).await.unwrap());
    }
    finish(policy, &erasure, certificates).await.unwrap();
    assert!(matches!(claim(policy, id).await.unwrap(), Claimed::Over));
    let certificate = take_certificate(policy, &token).await.unwrap().unwrap();
    assert_eq!(certificate.parts.len(), 1);
    let key = policy.ledger_key().await.unwrap();
    certificate.proof.unwrap().verify(&key, None).unwrap();
    assert!(take_certificate(policy, &token).await.unwrap().is_none(), "once");
    assert_eq!(find(policy, &token).await.unwrap().unwrap().state, ErasureState::Done);
});

both_engines!(an_erasure_can_be_undone_and_then_nothing_justifies_it, |db: Database| async move {
    let house = House::over(&db).await;
    let (policy, person) = (&house.policy, house.person);
    let id = house.plan(false).await;
    let token = house.link().await;
    assert!(!undo_with_token(policy, "another").await.unwrap());
    assert!(undo_with_token(policy, &token).await.unwrap());
    assert!(pending(policy, person).await.unwrap().is_none());
    house.clock.advance(COOLING);
    assert!(matches!(claim(policy, id).await.unwrap(), Claimed::Over));
    let parts = db.read(move |tx| crate::requests::store::parts_of(tx, id)).await.unwrap();
    assert!(parts.is_empty());
    assert!(policy.has_data_key(Subject::person(person)).await.unwrap());
});

both_engines!(the_link_goes_out_before_the_address_goes, |db: Database| async move {
    let house = House::over(&db).await;
    let id = house.plan(true).await;
    assert!(matches!(claim(&house.policy, id).await.unwrap(), Claimed::LinkWaits));
    house.link().await;
    assert!(matches!(claim(&house.policy, id).await.unwrap(), Claimed::Ours(..)));
    assert!(matches!(claim(&house.policy, id).await.unwrap(), Claimed::Ours(..)), "after a crash, again");
});
