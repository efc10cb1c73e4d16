use std::time::Duration;

use mailkeep_storage::sql::{Database, SqlError, params};
use mailkeep_storage::testing::both_engines;
use mailkeep_types::{ManualClock, PersonId, StaffId};

use super::{BreakGlassError, confirm, open, read_reason, unseen, waiting};
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
    let short = open(&policy, first, subject, "just looking").await;
    assert!(matches!(short, Err(BreakGlassError::ReasonTooShort)), "{short:?}");

    let fact = open(&policy, first, subject, REASON).await.unwrap();
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
    let own = read_reason(&policy, case, first).await;
    assert!(own.is_err(), "one's own case is not for one's own second look");
    assert_eq!(read_reason(&policy, case, second).await.unwrap(), REASON);
    assert!(matches!(confirm(&policy, case, first).await, Err(BreakGlassError::SamePerson)));
    confirm(&policy, case, second).await.unwrap();
    assert!(matches!(confirm(&policy, case, second).await, Err(BreakGlassError::NotFound)));
    assert_eq!(waiting(&policy).await.unwrap().len(), 0);
});
