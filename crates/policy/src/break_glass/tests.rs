use std::time::Duration;

use mailkeep_storage::sql::{Database, SqlError, params};
use mailkeep_storage::testing::both_engines;
use mailkeep_types::{ManualClock, PersonId, StaffId};

use super::{
    BreakGlassError, Cause, Verdict, alarms, close, confirm, find, look, open, open_to_look, read_words,
    settle, unseen, waiting,
};
use crate::gate::{Field, Refusal, Use};
use crate::policy::Policy;
use crate::subject::{Actor, Fact, Subject};
use crate::vocabulary::{Act, CategoryId, Role, purpose};

const REASON: &str = "The account seems to be used by a stranger; I must reach its owner.";

async fn messages(policy: &Policy) -> i64 {
    let count = policy.database().read(|tx| {
        tx.query_one("SELECT COUNT(*) FROM outbound_messages", params![], |row| row.get::<i64>(0))
    });
    count.await.map_err(|error: SqlError| error).unwrap()
}

fn asked(staff: StaffId, subject: Subject, fact: Fact, fields: &'static [&'static str]) -> Use<'static> {
    Use { actor: Actor::Staff(staff), subject, act: Act::Read, fields, fact }
}

both_engines!(a_case_lives_an_hour_is_told_and_needs_a_second_look, |db: Database| async move {
    let clock = ManualClock::at("2026-03-01");
    let policy = crate::testing::policy_at(&db, clock.clone()).await;
    policy.register_fields(&[Field::new("people", "name", CategoryId::Identity)]);
    policy.register_staff_roles(|_, _| Ok(vec![Role::PrivacyOfficer]));
    let (first, second) = (StaffId::new(&*clock), StaffId::new(&*clock));
    let subject = Subject::person(PersonId::new(&*clock));
    let stranger = Subject::person(PersonId::new(&*clock));
    for subject in [subject, stranger] {
        policy.create_key(subject).await.unwrap();
    }
    let short = open(&policy, first, subject, Cause::Other, "just looking").await;
    assert!(matches!(short, Err(BreakGlassError::ReasonTooShort)), "{short:?}");

    let fact = open(&policy, first, subject, Cause::AccountAtRisk, REASON).await.unwrap();
    let names: &'static [&'static str] = &["people.name"];
    policy.grant::<purpose::Protect>(asked(first, subject, fact, names)).await.unwrap();
    assert_eq!(messages(&policy).await, 1, "the person is told at once");
    policy.grant::<purpose::Protect>(asked(first, subject, fact, names)).await.unwrap();
    assert_eq!(messages(&policy).await, 1, "and once for a use session");
    // Not of somebody else, not by somebody else, not after an hour.
    for refused in [asked(first, stranger, fact, names), asked(second, subject, fact, names)] {
        let answer = policy.grant::<purpose::Protect>(refused).await;
        assert!(matches!(answer, Err(Refusal::NotJustified(_))), "{answer:?}");
    }
    clock.advance(Duration::from_secs(3601));
    let late = policy.grant::<purpose::Protect>(asked(first, subject, fact, names)).await;
    assert!(matches!(late, Err(Refusal::NotJustified(_))), "{late:?}");

    let cases = waiting(&policy).await.unwrap();
    assert_eq!((cases.len(), unseen(&policy).await.unwrap().len()), (1, 0));
    clock.advance(Duration::from_secs(24 * 3600));
    assert_eq!(unseen(&policy).await.unwrap().len(), 1, "nobody looked within a day");
    let case = cases[0].id;
    let own = read_words(&policy, case, first).await;
    assert!(own.is_err(), "one's own case is not for one's own second look");
    assert_eq!(read_words(&policy, case, second).await.unwrap().reason, REASON);
    assert!(matches!(confirm(&policy, case, first).await, Err(BreakGlassError::SamePerson)));
    confirm(&policy, case, second).await.unwrap();
    assert!(matches!(confirm(&policy, case, second).await, Err(BreakGlassError::NotFound)));
    assert_eq!(waiting(&policy).await.unwrap().len(), 0);
});

both_engines!(a_case_is_closed_early_and_a_dispute_is_settled_by_somebody_else, |db: Database| async move {
    let clock = ManualClock::at("2026-03-01");
    let policy = crate::testing::policy_at(&db, clock.clone()).await;
    policy.register_fields(&[Field::new("people", "name", CategoryId::Identity)]);
    policy.register_staff_roles(|_, _| Ok(vec![Role::PrivacyOfficer]));
    let (first, second) = (StaffId::new(&*clock), StaffId::new(&*clock));
    let subject = Subject::person(PersonId::new(&*clock));
    policy.create_key(subject).await.unwrap();
    let long = "x".repeat(1001);
    let long = open(&policy, first, subject, Cause::Other, &long).await;
    assert!(matches!(long, Err(BreakGlassError::ReasonTooLong)), "{long:?}");
    let fact = open(&policy, first, subject, Cause::Abuse, REASON).await.unwrap();
    let names: &'static [&'static str] = &["people.name"];
    policy.grant::<purpose::Protect>(asked(first, subject, fact, names)).await.unwrap();
    let case = fact.uuid();
    assert!(matches!(close(&policy, case, second).await, Err(BreakGlassError::NotFound)), "not one's own");
    close(&policy, case, first).await.unwrap();
    let after = policy.grant::<purpose::Protect>(asked(first, subject, fact, names)).await;
    assert!(matches!(after, Err(Refusal::NotJustified(_))), "{after:?}");
    let uses = crate::staff_uses::of_fact(&policy, case).await.unwrap();
    assert_eq!(uses.iter().map(|one| one.allowed).collect::<Vec<_>>(), [true, false]);
    assert_eq!((uses[0].fields.as_slice(), uses[0].position), (&["people.name".to_owned()][..], Some(1)));

    let wordless = look(&policy, case, second, Verdict::Disputed, "no").await;
    assert!(matches!(wordless, Err(BreakGlassError::WordsMissing)), "{wordless:?}");
    assert_eq!(open_to_look(&policy, first).await.unwrap().len(), 0, "one's own is not one's own to look at");
    look(&policy, case, second, Verdict::Disputed, "I find no trace of a stranger.").await.unwrap();
    assert_eq!(alarms(&policy).await.unwrap(), (0, 1));
    assert_eq!(waiting(&policy).await.unwrap().len(), 0, "it was looked at");
    let words = read_words(&policy, case, second).await.unwrap();
    assert_eq!(words.dispute.unwrap(), "I find no trace of a stranger.");
    let settled = "Talked with both; the hint came by telephone.";
    assert!(matches!(settle(&policy, case, first, settled).await, Err(BreakGlassError::SamePerson)));
    settle(&policy, case, second, settled).await.unwrap();
    assert!(matches!(settle(&policy, case, second, settled).await, Err(BreakGlassError::NotFound)));
    assert!(read_words(&policy, case, second).await.is_err(), "a case that is done with is closed");
    assert_eq!(alarms(&policy).await.unwrap(), (0, 0));
    assert!(!find(&policy, case).await.unwrap().unwrap().waits());
});
