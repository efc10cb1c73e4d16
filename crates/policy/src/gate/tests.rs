use std::sync::Arc;
use std::time::Duration;

use mailkeep_storage::sql::{Database, SqlError, params};
use mailkeep_storage::testing::both_engines;
use mailkeep_types::{InvoiceId, MailboxId, ManualClock, OrderId, PersonId, SessionId, StaffId};
use parking_lot::Mutex;
use uuid::Uuid;

use super::{Field, OpenError, Refusal, Use};
use crate::keys::MailColumn;
use crate::ledger::{self, Decision};
use crate::personal::{Personal, Sealed};
use crate::policy::Policy;
use crate::subject::{Actor, Fact, Place, Subject};
use crate::vocabulary::{Act, CategoryId, FactKind, Role, category, purpose};

const NAME: &str = "people.name";
const CARD: &str = "people.card";
const FIELDS: &[Field] = &[
    Field::new("people", "name", CategoryId::Identity),
    Field::new("people", "card", CategoryId::PaymentToken),
];

/// A policy over `db` with one person, whose facts hold while they are in the list.
struct House {
    policy: Policy,
    clock: Arc<ManualClock>,
    person: PersonId,
    name: Sealed<String, category::Identity>,
    card: Sealed<String, category::PaymentToken>,
    facts: Arc<Mutex<Vec<Fact>>>,
}

impl House {
    async fn over(db: &Database) -> House {
        let clock = ManualClock::at("2026-03-01");
        let policy = crate::testing::policy_at(db, clock.clone()).await;
        policy.register_fields(FIELDS);
        let facts: Arc<Mutex<Vec<Fact>>> = Arc::default();
        for kind in
            [FactKind::OwnSession, FactKind::OrderInReview, FactKind::DueInvoice, FactKind::OpenTicket]
        {
            let facts = facts.clone();
            policy.register_fact(kind, move |_, claim| Ok(facts.lock().contains(&claim.fact)));
        }
        policy.register_staff_roles(|_, _| Ok(vec![Role::Support, Role::FraudReviewer, Role::System]));
        let person = PersonId::new(&*clock);
        policy.create_key(Subject::person(person)).await.unwrap();
        let name = Personal::new("Ada Example".to_owned());
        let name = policy.seal(Subject::person(person), place(person, "name"), &name).unwrap();
        let card = Personal::new("tok_1".to_owned());
        let card = policy.seal(Subject::person(person), place(person, "card"), &card).unwrap();
        House { policy, clock, person, name, card, facts }
    }

    fn asked(&self, actor: Actor, fact: Fact, fields: &'static [&'static str]) -> Use<'static> {
        Use { actor, subject: Subject::person(self.person), act: Act::Read, fields, fact }
    }

    /// What the person reads about the use of their data, oldest first: who, decision, reason.
    async fn record(&self) -> Vec<(String, Decision, String)> {
        let session = Fact::OwnSession(SessionId::from_uuid(Uuid::from_bytes([0xee; 16])));
        self.facts.lock().push(session);
        let asked = self.asked(Actor::Person(self.person), session, &["ledger_entries.payload"]);
        let grant = self.policy.grant::<purpose::Audit>(asked).await.unwrap();
        let page = ledger::list_for_subject(&self.policy, &grant, None, 100).await.unwrap();
        let mut all: Vec<_> = page.entries.into_iter().map(|e| (e.actor, e.decision, e.reason)).collect();
        all.reverse();
        all
    }
}

fn place(person: PersonId, column: &'static str) -> Place {
    Place { table: "people", column, row: person.uuid() }
}

both_engines!(a_person_opens_their_own_data, |db: Database| async move {
    let house = House::over(&db).await;
    let session = Fact::OwnSession(SessionId::new(&*house.clock));
    let me = Actor::Person(house.person);
    let refused = house.policy.grant::<purpose::Rights>(house.asked(me, session, &[NAME])).await.unwrap_err();
    assert!(matches!(refused, Refusal::NotJustified(FactKind::OwnSession)), "{refused}");
    house.facts.lock().push(session);
    let grant = house.policy.grant::<purpose::Rights>(house.asked(me, session, &[NAME])).await.unwrap();
    let length =
        house.policy.open(&grant, place(house.person, "name"), &house.name, |name: &String| name.len());
    assert_eq!(length.unwrap(), 11);

    let uncovered = house.policy.grant::<purpose::Deliver>(house.asked(me, session, &[NAME])).await.unwrap();
    let error = house.policy.open(&uncovered, place(house.person, "card"), &house.card, |_| ()).unwrap_err();
    assert!(matches!(error, OpenError::NotCovered("people", "card")), "{error}");
    let moved = Place { row: Uuid::from_bytes([1; 16]), ..place(house.person, "name") };
    let error = house.policy.open(&grant, moved, &house.name, |_| ()).unwrap_err();
    assert!(matches!(error, OpenError::Damaged("people")), "{error}");
    house.clock.advance(Duration::from_secs(301));
    let error = house.policy.open(&grant, place(house.person, "name"), &house.name, |_| ()).unwrap_err();
    assert!(matches!(error, OpenError::Ended), "{error}");

    let record = house.record().await;
    assert_eq!(record[0].1, Decision::Refused);
    assert_eq!(record[1], ("you".to_owned(), Decision::Allowed, "see-and-correct-your-own".to_owned()));
});

both_engines!(staff_see_what_a_fact_justifies_while_it_does, |db: Database| async move {
    let house = House::over(&db).await;
    let staff = StaffId::new(&*house.clock);
    let order = Fact::OrderInReview(OrderId::new(&*house.clock));
    let look = house.asked(Actor::Staff(staff), order, &[NAME]);
    assert!(matches!(house.policy.grant::<purpose::Protect>(look).await, Err(Refusal::NotJustified(_))));
    house.facts.lock().push(order);
    let grant = house.policy.grant::<purpose::Protect>(look).await.unwrap();
    assert!(house.policy.open(&grant, place(house.person, "name"), &house.name, |_| ()).is_ok());
    // The same fact justifies no other purpose, and the card is for nobody on the staff.
    assert!(house.policy.grant::<purpose::Troubleshoot>(look).await.is_err());
    let card = house.asked(Actor::Staff(staff), order, &[NAME, CARD]);
    assert!(matches!(house.policy.grant::<purpose::Protect>(card).await, Err(Refusal::NotAllowed { .. })));
    // The resolver names the role of a task as well; staff never act as one.
    let due = Fact::DueInvoice(InvoiceId::new(&*house.clock));
    house.facts.lock().push(due);
    let as_task = house.asked(Actor::Staff(staff), due, &[CARD]);
    assert!(house.policy.grant::<purpose::Deliver>(as_task).await.is_err());
    house.policy.register_fact(FactKind::StandingPermission, |_, _| Ok(true));
    let run = house.asked(Actor::System("billing run"), due, &[CARD]);
    assert!(house.policy.grant::<purpose::Deliver>(run).await.is_ok());
    // Decided meanwhile: the grant ends within a minute and there is no new one.
    house.facts.lock().clear();
    house.clock.advance(Duration::from_secs(60));
    let error = house.policy.open(&grant, place(house.person, "name"), &house.name, |_| ()).unwrap_err();
    assert!(matches!(error, OpenError::Ended));
    assert!(house.policy.grant::<purpose::Protect>(look).await.is_err());

    let record = house.record().await;
    let pseudonym = &record[0].0;
    assert!(pseudonym.starts_with("S-") && record[1].0 == *pseudonym, "{record:?}");
    assert!(!pseudonym.contains(&staff.to_string()));
    let allowed: Vec<_> =
        record.iter().filter(|entry| entry.1 == Decision::Allowed).map(|e| e.2.as_str()).collect();
    assert_eq!(allowed, ["review-held-orders", "charge-the-stored-card", "read-your-record"]);
    assert_eq!(record.len(), 8, "refusals are recorded too: {record:?}");
});

both_engines!(
    staff_are_persons_to_their_own_data_and_one_check_of_several_is_enough,
    |db: Database| async move {
        let house = House::over(&db).await;
        let staff = StaffId::new(&*house.clock);
        let own = Subject::staff(staff);
        house.policy.create_key(own).await.unwrap();
        let session = Fact::OwnSession(SessionId::new(&*house.clock));
        let asked = Use { subject: own, ..house.asked(Actor::Staff(staff), session, &[NAME]) };
        assert!(house.policy.grant::<purpose::Rights>(asked).await.is_err());
        house.policy.register_fact(FactKind::OwnSession, move |_, claim| Ok(claim.subject == own));
        assert!(house.policy.grant::<purpose::Rights>(asked).await.is_ok());
        // The same session over a customer's data is one of staff, for whom no rule says own_session.
        house.facts.lock().push(session);
        let other = house.asked(Actor::Staff(staff), session, &[NAME]);
        assert!(matches!(
            house.policy.grant::<purpose::Rights>(other).await,
            Err(Refusal::NotAllowed { .. })
        ));
    }
);

both_engines!(one_entry_stands_for_a_use_session, |db: Database| async move {
    let house = House::over(&db).await;
    let session = Fact::OwnSession(SessionId::new(&*house.clock));
    house.facts.lock().push(session);
    let asked = house.asked(Actor::Person(house.person), session, &[NAME]);
    let mut entries = Vec::new();
    for _ in 0..4 {
        entries.push(house.policy.grant::<purpose::Rights>(asked).await.unwrap().entry());
        house.clock.advance(Duration::from_secs(300));
    }
    assert!(entries[0] == entries[1] && entries[1] == entries[2], "within a quarter of an hour");
    assert_ne!(entries[2], entries[3]);
    let changing = Use { act: Act::Change, ..asked };
    let other = house.policy.grant::<purpose::Rights>(changing).await.unwrap().entry();
    assert_ne!(other, entries[3], "another act is another use");
});

both_engines!(without_a_ledger_staff_see_nothing_and_mail_flows, |db: Database| async move {
    let house = House::over(&db).await;
    let order = Fact::OrderInReview(OrderId::new(&*house.clock));
    house.facts.lock().push(order);
    let mailbox = MailboxId::new(&*house.clock);
    house.policy.create_key(Subject::mailbox(mailbox)).await.unwrap();
    db.write(|tx| -> Result<(), SqlError> {
        tx.execute("ALTER TABLE ledger_heads RENAME TO ledger_heads_away", params![]).map(|_| ())
    })
    .await
    .unwrap();
    let look = house.asked(Actor::Staff(StaffId::new(&*house.clock)), order, &[NAME]);
    assert!(matches!(house.policy.grant::<purpose::Protect>(look).await, Err(Refusal::Ledger(_))));
    let own = Use {
        actor: Actor::Mailbox(mailbox),
        subject: Subject::mailbox(mailbox),
        act: Act::Read,
        fields: &["mail.body"],
        fact: Fact::OwnMailbox(mailbox),
    };
    let grant = house.policy.grant::<purpose::Deliver>(own).await.unwrap();
    assert_eq!(grant.entry(), None);
    let cipher = house.policy.mailbox_cipher(mailbox).await.unwrap();
    let sealed = cipher.seal(MailColumn::Body, &[3; 16], b"Subject: hello\r\n").unwrap();
    assert_eq!(cipher.open(&grant, MailColumn::Body, &[3; 16], &sealed).unwrap(), b"Subject: hello\r\n");
});

both_engines!(a_mailbox_reads_its_own_mail_and_no_other, |db: Database| async move {
    let house = House::over(&db).await;
    let (mine, other) = (MailboxId::new(&*house.clock), MailboxId::new(&*house.clock));
    for mailbox in [mine, other] {
        house.policy.create_key(Subject::mailbox(mailbox)).await.unwrap();
    }
    let own = Use {
        actor: Actor::Mailbox(mine),
        subject: Subject::mailbox(mine),
        act: Act::Read,
        fields: &["mail.body"],
        fact: Fact::OwnMailbox(mine),
    };
    for foreign in [
        Use { subject: Subject::mailbox(other), ..own },
        Use { subject: Subject::mailbox(other), fact: Fact::OwnMailbox(other), ..own },
        Use { actor: Actor::Mailbox(other), ..own },
        Use { actor: Actor::Person(house.person), ..own },
    ] {
        assert!(house.policy.grant::<purpose::Deliver>(foreign).await.is_err(), "{foreign:?}");
    }
    let grant = house.policy.grant::<purpose::Deliver>(own).await.unwrap();
    let cipher = house.policy.mailbox_cipher(other).await.unwrap();
    let sealed = cipher.seal(MailColumn::Body, &[3; 16], b"x").unwrap();
    let error = cipher.open(&grant, MailColumn::Body, &[3; 16], &sealed).unwrap_err();
    assert!(matches!(error, OpenError::WrongSubject { .. }), "{error}");
    let cipher = house.policy.mailbox_cipher(mine).await.unwrap();
    let envelope = cipher.seal(MailColumn::Envelope, &[3; 16], b"x").unwrap();
    let error = cipher.open(&grant, MailColumn::Envelope, &[3; 16], &envelope).unwrap_err();
    assert!(matches!(error, OpenError::NotCovered(..)), "metadata was not asked for: {error}");
});

both_engines!(an_erased_person_stays_erased, |db: Database| async move {
    let house = House::over(&db).await;
    let session = Fact::OwnSession(SessionId::new(&*house.clock));
    house.facts.lock().push(session);
    let asked = house.asked(Actor::Person(house.person), session, &[NAME]);
    let grant = house.policy.grant::<purpose::Rights>(asked).await.unwrap();
    assert!(house.policy.erase(Subject::person(house.person)).await.unwrap());
    assert!(house.policy.open(&grant, place(house.person, "name"), &house.name, |_| ()).is_err());
    let again = house.policy.grant::<purpose::Rights>(asked).await.unwrap();
    let error = house.policy.open(&again, place(house.person, "name"), &house.name, |_| ()).unwrap_err();
    assert!(matches!(error, OpenError::Key(_)), "{error}");
    let value = Personal::<String, category::Identity>::new("new".to_owned());
    assert!(house.policy.seal(Subject::person(house.person), place(house.person, "name"), &value).is_err());
    assert!(ledger::verify(&db).await.unwrap().findings.is_empty(), "erasure leaves the ledger whole");
});

both_engines!(a_column_takes_only_its_own_category, |db: Database| async move {
    let house = House::over(&db).await;
    let subject = Subject::person(house.person);
    let wrong = Personal::<String, category::Contact>::new("x".to_owned());
    assert!(house.policy.seal(subject, place(house.person, "name"), &wrong).is_err());
    let nowhere = Place { table: "people", column: "nickname", row: house.person.uuid() };
    let error = house.policy.seal(subject, nowhere, &wrong).unwrap_err().to_string();
    assert!(error.contains("people.nickname is not registered as contact"), "{error}");
    let session = Fact::OwnSession(SessionId::new(&*house.clock));
    let unknown = house.asked(Actor::Person(house.person), session, &["people.nickname"]);
    assert!(matches!(house.policy.grant::<purpose::Rights>(unknown).await, Err(Refusal::UnknownField(_))));
});

both_engines!(facts_that_are_asked_for_together_are_looked_up_together, |db: Database| async move {
    let house = House::over(&db).await;
    let invoice = Fact::DueInvoice(InvoiceId::new(&*house.clock));
    house.facts.lock().push(invoice);
    let charge = || house.asked(Actor::System("billing run"), invoice, &[CARD]);
    // A due invoice alone does not open the card; nor does a permission for another invoice.
    let permitted: Arc<Mutex<Vec<Fact>>> = Arc::default();
    let known = permitted.clone();
    house
        .policy
        .register_fact(FactKind::StandingPermission, move |_, claim| Ok(known.lock().contains(&claim.fact)));
    permitted.lock().push(Fact::DueInvoice(InvoiceId::new(&*house.clock)));
    let refused = house.policy.grant::<purpose::Deliver>(charge()).await;
    assert!(matches!(refused, Err(Refusal::NotJustified(_))), "{refused:?}");
    permitted.lock().push(invoice);
    house.policy.grant::<purpose::Deliver>(charge()).await.unwrap();
});

both_engines!(an_own_session_holds_for_a_second_unless_it_is_forgotten, |db: Database| async move {
    let house = House::over(&db).await;
    let session = Fact::OwnSession(SessionId::new(&*house.clock));
    let asked = || house.asked(Actor::Person(house.person), session, &[NAME]);
    let ask = async || house.policy.grant::<purpose::Rights>(asked()).await.map(drop);

    // What does not hold is looked up each time.
    ask().await.unwrap_err();
    house.facts.lock().push(session);
    ask().await.unwrap();
    house.facts.lock().clear();
    ask().await.unwrap();
    house.policy.forget_own_sessions();
    ask().await.unwrap_err();

    house.facts.lock().push(session);
    ask().await.unwrap();
    house.facts.lock().clear();
    house.clock.advance(Duration::from_secs(1));
    ask().await.unwrap_err();

    // Another fact, and the same session over the data of somebody else, are looked up each time.
    house.facts.lock().push(session);
    ask().await.unwrap();
    let stranger = PersonId::new(&*house.clock);
    let other = Use { actor: Actor::Person(stranger), ..asked() };
    house.facts.lock().clear();
    house.policy.grant::<purpose::Rights>(other).await.unwrap_err();
});
