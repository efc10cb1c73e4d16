use std::time::Duration;

use mailkeep_storage::sql::{Database, SqlError, params};
use mailkeep_storage::testing::both_engines;
use mailkeep_types::{Clock as _, CustomerId, ManualClock, PersonId, StaffId};

use super::{
    DisclosureError, DisclosureState, Document, Ground, OpenDisclosure, agree, find, list, narrow, open,
    produce, read_document, refuse, reveal_due, reveal_now, sweep_packages, take_package,
    transparency_report, waiting_for,
};
use crate::gate::{Field, Refusal, Use};
use crate::personal::Personal;
use crate::policy::Policy;
use crate::subject::{Actor, Fact, Place, Subject};
use crate::vocabulary::{Act, CategoryId, Role, category, purpose};

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
        document: Document { bytes: b"The court orders".to_vec(), media_type: "text/plain".to_owned() },
        recipient: "District Court of Example".to_owned(),
        scope: vec![CategoryId::Identity],
        period_from: None,
        period_until: None,
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
        OpenDisclosure { document: Document { bytes: vec![], media_type: String::new() }, ..whole.clone() },
        OpenDisclosure {
            period_from: Some(policy.clock().now()),
            period_until: Some(policy.clock().now()),
            ..whole.clone()
        },
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

both_engines!(a_scope_becomes_narrower_and_never_wider, |db: Database| async move {
    let (policy, _, subject, first, second) = house(&db).await;
    let scope = vec![CategoryId::Identity, CategoryId::Contact, CategoryId::Network];
    let id = open(&policy, OpenDisclosure { scope, ..order(subject, first) }).await.unwrap();
    narrow(&policy, id, second, vec![CategoryId::Network, CategoryId::Identity]).await.unwrap();
    let left = find(&policy, id).await.unwrap().unwrap().scope;
    assert_eq!(left, [CategoryId::Identity, CategoryId::Network]);
    let wider = narrow(&policy, id, first, vec![CategoryId::Identity, CategoryId::Contact]).await;
    assert!(matches!(wider, Err(DisclosureError::Wider(CategoryId::Contact))), "{wider:?}");
    let nothing = narrow(&policy, id, first, Vec::new()).await;
    assert!(matches!(nothing, Err(DisclosureError::NoScope)), "{nothing:?}");
    narrow(&policy, id, first, vec![CategoryId::Network]).await.unwrap();
    agree(&policy, id, second).await.unwrap();
    let late = narrow(&policy, id, first, vec![CategoryId::Network]).await;
    assert!(matches!(late, Err(DisclosureError::NotFound)), "{late:?}");
    // What was cut out opens to nobody.
    let fact = Fact::Ground(id);
    let name: &'static [&'static str] = &["people.name"];
    let outside = policy.grant::<purpose::Comply>(asked(first, subject, fact, name)).await;
    assert!(matches!(outside, Err(Refusal::NotJustified(_))), "outside the scope: {outside:?}");
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

both_engines!(exactly_the_scope_is_handed_over_and_only_to_who_opened_it, |db: Database| async move {
    let (policy, clock, _, first, second) = house(&db).await;
    // A table of the house itself, so that there are rows: reasons of break-glass cases are not in the scope, messages are.
    let subject = Subject::person(PersonId::new(&*clock));
    policy.create_key(subject).await.unwrap();
    let row = mailkeep_types::new_uuid(&*clock);
    let place = Place { table: "outbound_messages", column: "context", row };
    let value: Personal<String, category::Contact> = Personal::new("marker@example.com".to_owned());
    let sealed = policy.seal(subject, place, &value).unwrap().into_bytes();
    db.write(move |tx| {
        tx.execute(
            "INSERT INTO outbound_messages (id, class, template, subject_kind, subject_id, unique_key, context, state,
                 policy_id, created_at) VALUES ($1, 'account', 't', $2, $3, 'k', $4, 'sent', $5, $6)",
            params![row, subject.kind(), subject.uuid(), &sealed, &[0u8; 32], tx.now()],
        )
    })
    .await
    .map_err(|error: SqlError| error)
    .unwrap();
    let reason = "The account seems to be used by a stranger; I must reach its owner.";
    let case = crate::break_glass::open(&policy, second, subject, crate::break_glass::Cause::Other, reason);
    case.await.unwrap();

    let of = |scope: Vec<CategoryId>| OpenDisclosure { scope, ..order(subject, first) };
    let id = open(&policy, of(vec![CategoryId::Contact])).await.unwrap();
    assert_eq!(waiting_for(&policy, second).await.unwrap().len(), 1);
    assert_eq!(waiting_for(&policy, first).await.unwrap().len(), 0);
    assert!(produce(&policy, id, first).await.is_err(), "before a second person agreed");
    assert!(read_document(&policy, id, first).await.is_err(), "the second person reads it");
    let document = read_document(&policy, id, second).await.unwrap();
    assert_eq!(document.content.in_test(), b"The court orders");
    agree(&policy, id, second).await.unwrap();
    assert!(read_document(&policy, id, second).await.is_err(), "what is decided is closed");
    assert!(produce(&policy, id, second).await.is_err(), "by another than who opened it");
    let package = produce(&policy, id, first).await.unwrap();
    assert!(take_package(&policy, id, second).await.is_err());
    let archive = take_package(&policy, id, first).await.unwrap();
    assert_eq!(crate::disclosures::document_hash(&archive), package.hash);
    let text = unpack(&archive, &package.passphrase);
    assert!(text.contains("marker@example.com"), "{text}");
    assert!(!text.contains("stranger") && !text.contains("unique_key"), "nothing else of the person: {text}");
    let found = find(&policy, id).await.unwrap().unwrap();
    assert_eq!((found.state(), found.package_hash), (DisclosureState::Produced, Some(package.hash)));

    let now = clock.now();
    let before = OpenDisclosure { period_until: Some(now), ..of(vec![CategoryId::Contact]) };
    let before = open(&policy, before).await.unwrap();
    agree(&policy, before, second).await.unwrap();
    let package = produce(&policy, before, first).await.unwrap();
    let archive = take_package(&policy, before, first).await.unwrap();
    assert!(!unpack(&archive, &package.passphrase).contains("marker"), "outside of the period");
    let nothing = open(&policy, of(vec![CategoryId::Invoice])).await.unwrap();
    agree(&policy, nothing, second).await.unwrap();
    assert!(matches!(produce(&policy, nothing, first).await, Err(DisclosureError::NothingHeld)));

    clock.advance(Duration::from_secs(86_401));
    assert!(take_package(&policy, id, first).await.is_err(), "its day is over");
    assert_eq!(sweep_packages(&policy).await.unwrap(), 2);
});

both_engines!(a_second_person_refuses_and_a_gag_is_lifted_early, |db: Database| async move {
    let (policy, clock, subject, first, second) = house(&db).await;
    let id = open(&policy, order(subject, first)).await.unwrap();
    refuse(&policy, id, second).await.unwrap();
    assert!(matches!(refuse(&policy, id, second).await, Err(DisclosureError::NotFound)));
    assert!(matches!(agree(&policy, id, second).await, Err(DisclosureError::NotFound)));
    assert_eq!(find(&policy, id).await.unwrap().unwrap().state(), DisclosureState::Refused);
    let until = Some(clock.now().plus(Duration::from_secs(30 * 86_400)));
    let sealed =
        open(&policy, OpenDisclosure { sealed_until: until, ..order(subject, first) }).await.unwrap();
    assert!(matches!(reveal_now(&policy, sealed).await, Err(DisclosureError::NotFound)), "not agreed to yet");
    agree(&policy, sealed, second).await.unwrap();
    reveal_now(&policy, sealed).await.unwrap();
    assert_eq!(entries(&policy, subject).await, 1, "the person reads it now");
    assert!(matches!(reveal_now(&policy, sealed).await, Err(DisclosureError::NotFound)));
    clock.advance(Duration::from_secs(31 * 86_400));
    assert_eq!(reveal_due(&policy).await.unwrap(), 0, "once");
});

fn unpack(archive: &[u8], passphrase: &str) -> String {
    use std::io::Read as _;
    let mut opened = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
    let mut text = String::new();
    opened.by_index_decrypt(0, passphrase.as_bytes()).unwrap().read_to_string(&mut text).unwrap();
    text
}
