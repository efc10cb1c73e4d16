use std::sync::Arc;

use mailkeep_storage::sql::Database;
use mailkeep_storage::testing::both_engines;
use mailkeep_types::{ManualClock, PersonId, SessionId, StaffId};

use super::{MOST_WAITING, Objection, Outcome, Proof, answer, list_own, object, open_for_staff, waiting};
use crate::outbound::{ConsentState, consents_of};
use crate::subject::Subject;
use crate::vocabulary::{FactKind, PurposeId, Role};
use crate::{Policy, use_notices};

/// A policy with one person and her session, and staff who are all in `role`.
async fn house(db: &Database, role: Role) -> (Policy, Arc<ManualClock>, PersonId, SessionId) {
    let clock = ManualClock::at("2026-03-01");
    let policy = crate::testing::policy_at(db, clock.clone()).await;
    policy.register_fact(FactKind::OwnSession, |_, _| Ok(true));
    policy.register_staff_roles(move |_, _| Ok(vec![role]));
    let person = PersonId::new(&*clock);
    policy.create_key(Subject::person(person)).await.unwrap();
    let session = SessionId::new(&*clock);
    (policy, clock, person, session)
}

both_engines!(an_objection_is_read_under_itself_and_answered_once, |db: Database| async move {
    let (policy, clock, person, session) = house(&db, Role::PrivacyOfficer).await;
    let asked = object(&policy, person, Proof::Session(session), PurposeId::Protect, " You hold my order. ")
        .await
        .unwrap();
    let Objection::Waits(id) = asked else { panic!("{asked:?}") };
    let (open, done) = waiting(&policy).await.unwrap();
    assert_eq!((open.len(), done.len()), (1, 0));
    assert_eq!(open[0].due_at.since(open[0].at).as_secs(), 30 * 86_400);

    let officer = StaffId::new(&*clock);
    let opened = open_for_staff(&policy, officer, id).await.unwrap().unwrap();
    assert_eq!(opened.reason, "You hold my order.");
    let notices = use_notices::unseen(&policy, &[Subject::person(person)]).await.unwrap();
    assert_eq!(notices.len(), 1, "the person is told that it was read");
    use_notices::mark_seen(&policy, &[Subject::person(person)]).await.unwrap();
    assert!(use_notices::unseen(&policy, &[Subject::person(person)]).await.unwrap().is_empty());

    assert!(answer(&policy, officer, id, Outcome::Refused, "First orders are screened.").await.unwrap());
    assert!(!answer(&policy, officer, id, Outcome::Granted, "twice").await.unwrap());
    let own = list_own(&policy, person, session).await.unwrap();
    assert_eq!(
        own[0].answer.as_ref().map(|answer| answer.in_test().as_str()),
        Some("First orders are screened.")
    );
    assert_eq!(own[0].row.outcome, Some(Outcome::Refused));
    assert!(
        open_for_staff(&policy, officer, id).await.is_err(),
        "an answered request is no fact for another look"
    );
});

both_engines!(only_a_privacy_officer_reads_an_objection, |db: Database| async move {
    for role in [Role::Support, Role::Billing, Role::AbuseDesk, Role::Writer, Role::Operator] {
        let (policy, clock, person, session) = house(&db, role).await;
        let Objection::Waits(id) =
            object(&policy, person, Proof::Session(session), PurposeId::Deliver, "Why?").await.unwrap()
        else {
            panic!("it waits")
        };
        assert!(open_for_staff(&policy, StaffId::new(&*clock), id).await.is_err(), "{role}");
    }
});

both_engines!(offers_and_questions_stop_at_once, |db: Database| async move {
    let (policy, _, person, session) = house(&db, Role::PrivacyOfficer).await;
    for about in [PurposeId::Inform, PurposeId::Feedback] {
        let asked = object(&policy, person, Proof::Session(session), about, "").await.unwrap();
        assert!(matches!(asked, Objection::Stopped(_)), "{asked:?}");
    }
    let choices = db.read(move |tx| consents_of(tx, Subject::person(person))).await.unwrap();
    assert_eq!(choices.len(), 4);
    assert!(choices.iter().all(|choice| choice.state == ConsentState::Withdrawn));
});

both_engines!(nobody_floods_the_privacy_officer, |db: Database| async move {
    let (policy, _, person, session) = house(&db, Role::PrivacyOfficer).await;
    for _ in 0..MOST_WAITING {
        object(&policy, person, Proof::Session(session), PurposeId::Deliver, "again").await.unwrap();
    }
    let last = object(&policy, person, Proof::Session(session), PurposeId::Deliver, "again").await.unwrap();
    assert_eq!(last, Objection::TooMany);
});
