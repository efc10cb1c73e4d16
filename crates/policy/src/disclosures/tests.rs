use std::time::Duration;

use mailkeep_storage::sql::{Database, SqlError, params};
use mailkeep_storage::testing::both_engines;
use mailkeep_types::{Clock as _, CustomerId, ManualClock, PersonId, StaffId};

use super::{DisclosureError, Ground, OpenDisclosure, agree, list, open, reveal_due, transparency_report};
use crate::gate::{Field, Refusal, Use};
use crate::policy::Policy;
use crate::subject::{Actor, Fact, Subject};
use crate::vocabulary::{Act, CategoryId, Role, purpose};

async fn house(db: &Database) -> (Policy, std::sync::Arc<ManualClock>, Subject, StaffId, StaffId) {
    let clock = ManualClock::at("2026-03-01");
    let policy = crate::testing::policy_at(db, clock.clone()).await;
    policy.register_fields(&[
        Field::new("people", "name", CategoryId::Identity),
        Field::new("people", "email", CategoryId::Contact),
    ]);
    policy.register_staff_roles(|_, _| Ok(vec![Role::PrivacyOfficer]));
    let subject = Subject::person(PersonId::new(&*clock));
    policy.create_key(subject).await.unwrap();
    let (first, second) = (StaffId::new(&*clock), StaffId::new(&*clock));
    (policy, clock, subject, first, second)
}

fn order(subject: Subject, opened_by: StaffId) -> OpenDisclosure {
    OpenDisclosure {
        subject,
        ground: Ground::LegalProcess,
        document: [7; 32],
        recipient: "District Court of Example".to_owned(),
        scope: vec![CategoryId::Identity],
        organisation: None,
        sealed_until: None,
        opened_by,
    }
}

fn asked(staff: StaffId, subject: Subject, fact: Fact, field: &'static [&'static str]) -> Use<'static> {
    Use { actor: Actor::Staff(staff), subject, act: Act::Disclose, fields: field, fact }
}

/// The entries in the chain of a subject, refusals included.
async fn entries(policy: &Policy, subject: Subject) -> i64 {
    let count = policy.database().read(move |tx| {
        tx.query_one(
            "SELECT COUNT(*) FROM ledger_entries WHERE subject_kind = $1 AND subject_id = $2",
            params![subject.kind(), subject.uuid()],
            |row| row.get::<i64>(0),
        )
    });
    count.await.map_err(|error: SqlError| error).unwrap()
}

both_engines!(nothing_is_disclosed_without_scope_recipient_and_two_people, |db: Database| async move {
    let (policy, _, subject, first, second) = house(&db).await;
    let whole = order(subject, first);
    let refused = [
        OpenDisclosure { scope: vec![], ..whole.clone() },
        OpenDisclosure { recipient: " ".to_owned(), ..whole.clone() },
        OpenDisclosure { scope: vec![CategoryId::PaymentToken], ..whole.clone() },
        OpenDisclosure { scope: vec![CategoryId::Credential], ..whole.clone() },
        OpenDisclosure { sealed_until: Some(policy.clock().now()), ..whole.clone() },
        // The organisation's own policy: nobody says that it is in good standing.
        OpenDisclosure { ground: Ground::OwnOrganisation, ..whole.clone() },
    ];
    for asked in refused {
        assert!(open(&policy, asked.clone()).await.is_err(), "{asked:?}");
    }
    let id = open(&policy, whole).await.unwrap();
    let name: &'static [&'static str] = &["people.name"];
    let fact = Fact::Ground(id);
    let alone = policy.grant::<purpose::Comply>(asked(first, subject, fact, name)).await;
    assert!(matches!(alone, Err(Refusal::NotJustified(_))), "{alone:?}");
    assert!(matches!(agree(&policy, id, first).await, Err(DisclosureError::SamePerson)));
    agree(&policy, id, second).await.unwrap();
    assert!(matches!(agree(&policy, id, second).await, Err(DisclosureError::NotFound)));
    policy.grant::<purpose::Comply>(asked(first, subject, fact, name)).await.unwrap();
    let outside = policy.grant::<purpose::Comply>(asked(first, subject, fact, &["people.email"])).await;
    assert!(matches!(outside, Err(Refusal::NotJustified(_))), "outside the scope: {outside:?}");
    let other = policy.grant::<purpose::Comply>(asked(second, subject, fact, name)).await;
    assert!(other.is_err(), "by another than who opened it");
    assert_eq!(entries(&policy, subject).await, 4, "refusals are on record too");
    let report = transparency_report(&policy).await.unwrap();
    assert_eq!((report.grounds[0].disclosed, report.grounds[0].waiting), (1, 0));
});

both_engines!(the_own_organisation_must_be_in_good_standing, |db: Database| async move {
    let (policy, clock, subject, first, _) = house(&db).await;
    let (good, owing) = (CustomerId::new(&*clock), CustomerId::new(&*clock));
    policy.register_good_standing(move |_, customer, of| Ok(customer == good && of == subject));
    policy.register_good_standing(|_, _, _| Ok(true));
    let by = |organisation| OpenDisclosure {
        ground: Ground::OwnOrganisation,
        organisation,
        ..order(subject, first)
    };
    for organisation in [None, Some(owing)] {
        let refused = open(&policy, by(organisation)).await;
        assert!(matches!(refused, Err(DisclosureError::NotInGoodStanding)), "{refused:?}");
    }
    open(&policy, by(Some(good))).await.unwrap();
});

both_engines!(a_sealed_disclosure_is_on_record_now_and_revealed_at_its_date, |db: Database| async move {
    let (policy, clock, subject, first, second) = house(&db).await;
    let until = clock.now().plus(Duration::from_secs(30 * 86_400));
    let id =
        open(&policy, OpenDisclosure { sealed_until: Some(until), ..order(subject, first) }).await.unwrap();
    agree(&policy, id, second).await.unwrap();
    let name: &'static [&'static str] = &["people.name"];
    policy.grant::<purpose::Comply>(asked(first, subject, Fact::Ground(id), name)).await.unwrap();
    assert_eq!(entries(&policy, subject).await, 0, "the law forbids to tell the person");
    assert_eq!(entries(&policy, Subject::Staff(first)).await, 1, "and it is on record all the same");
    assert_eq!(transparency_report(&policy).await.unwrap().grounds[0].sealed, 1);
    assert_eq!(reveal_due(&policy).await.unwrap(), 0);
    clock.advance(Duration::from_secs(30 * 86_400));
    assert_eq!(reveal_due(&policy).await.unwrap(), 1);
    assert_eq!(entries(&policy, subject).await, 1);
    assert_eq!(reveal_due(&policy).await.unwrap(), 0, "once");
    assert!(list(&policy).await.unwrap()[0].revealed_at.is_some());
    assert!(crate::ledger::verify(&db).await.unwrap().findings.is_empty());
});
