use std::sync::Arc;
use std::time::Duration;

use mailkeep_storage::jobs;
use mailkeep_storage::sql::{Database, Dialect};
use mailkeep_storage::testing::{both_engines, run_at};
use mailkeep_types::{CustomerId, EmailAddress, ManualClock, PersonId};
use serde_json::json;

use super::{
    ALL_TOPICS, Channel, ConsentState, DELIVER, MessageClass, Notice, OutboundError, Sent, StoredAddress,
    consents_of, mark_sent, set_consent,
};
use crate::gate::{Field, Use};
use crate::personal::Personal;
use crate::policy::Policy;
use crate::subject::{Actor, Fact, Place, Subject};
use crate::vocabulary::{Act, CategoryId, category, purpose};

/// The policy of the build and somebody to write to.
async fn house(db: &Database) -> (Policy, Subject) {
    let clock = ManualClock::at("2026-03-01");
    let policy = crate::testing::policy_at(db, clock.clone()).await;
    let subject = Subject::person(PersonId::new(&*clock));
    policy.create_key(subject).await.unwrap();
    (policy, subject)
}

async fn send(
    policy: &Policy,
    subject: Subject,
    class: MessageClass,
    template: &'static str,
    key: &str,
) -> Result<Sent, OutboundError> {
    let (outbound, key) = (policy.outbound(), key.to_owned());
    policy
        .database()
        .write(move |tx| {
            let notice = Notice {
                class,
                template,
                subject,
                topic: None,
                to: Some(Personal::new("ada@example.com".parse().unwrap())),
                unique_key: key.clone(),
                context: json!({ "link": "https://mail.example/confirm/s3cret" }),
            };
            outbound.send(tx, &notice)
        })
        .await
}

async fn choose(policy: &Policy, subject: Subject, topic: &'static str, state: ConsentState) {
    let for_closure = policy.clone();
    policy
        .database()
        .write(move |tx| set_consent(&for_closure, tx, subject, topic, Channel::Email, state, "test"))
        .await
        .unwrap();
}

both_engines!(nothing_is_sent_to_who_exists_for_a_probe, |db: Database| async move {
    let (policy, subject) = house(&db).await;
    db.write(move |tx| crate::synthetic::mark(tx, subject, tx.now())).await.unwrap();
    let sent = send(&policy, subject, MessageClass::Account, "identity/confirm_email", "k").await.unwrap();
    assert_eq!(sent, Sent::Suppressed);
    db.write(move |tx| crate::synthetic::forget(tx, subject)).await.unwrap();
    let sent = send(&policy, subject, MessageClass::Account, "identity/confirm_email", "k").await.unwrap();
    assert!(matches!(sent, Sent::Queued(_)), "{sent:?}");
});

both_engines!(one_key_makes_one_message, |db: Database| async move {
    let (policy, subject) = house(&db).await;
    let first = send(&policy, subject, MessageClass::Account, "identity/confirm_email", "k").await.unwrap();
    let Sent::Queued(id) = first else { panic!("{first:?}") };
    let second = send(&policy, subject, MessageClass::Account, "identity/confirm_email", "k").await.unwrap();
    assert_eq!(second, Sent::Before(id));
    let waiting = db.read(jobs::counts).await.unwrap();
    let waiting: Vec<_> = waiting.iter().map(|c| (c.kind.as_str(), c.waiting)).collect();
    assert_eq!(waiting, [(DELIVER, 1)]);

    let seen = policy
        .outbound()
        .deliver(id, |opened| (opened.to.to_string(), opened.context.clone()))
        .await
        .unwrap();
    assert_eq!(
        seen,
        ("ada@example.com".to_owned(), json!({ "link": "https://mail.example/confirm/s3cret" }))
    );
    assert!(db.write(move |tx| mark_sent(tx, id)).await.unwrap());
    assert!(!db.write(move |tx| mark_sent(tx, id)).await.unwrap());
    let after = policy.outbound().deliver(id, |_| ()).await.unwrap_err();
    assert!(matches!(after, OutboundError::NotPending(_)) && after.is_final(), "{after}");
});

both_engines!(choices_are_honoured_and_account_messages_always_go, |db: Database| async move {
    use MessageClass::{Account, Feedback, Marketing, News};
    let (policy, subject) = house(&db).await;
    let send = async |class, template, key: &str| {
        matches!(send(&policy, subject, class, template, key).await.unwrap(), Sent::Queued(_))
    };
    assert!(send(Feedback, "outreach/announcement_feedback", "f1").await, "until declined");
    assert!(!send(News, "outreach/announcement_news", "n1").await, "only when asked for");
    choose(&policy, subject, "news", ConsentState::Given).await;
    choose(&policy, subject, "feedback", ConsentState::Withdrawn).await;
    assert!(send(News, "outreach/announcement_news", "n2").await);
    assert!(
        !send(Marketing, "outreach/announcement_marketing", "m1").await,
        "a yes to news is none to offers"
    );
    assert!(!send(Feedback, "outreach/announcement_feedback", "f2").await);
    choose(&policy, subject, ALL_TOPICS, ConsentState::Withdrawn).await;
    assert!(!send(News, "outreach/announcement_news", "n3").await, "a no to all outweighs the earlier yes");
    assert!(send(Account, "commerce/invoice_issued", "a1").await, "bills always arrive");
    choose(&policy, subject, "news", ConsentState::Given).await;
    assert!(send(News, "outreach/announcement_news", "n4").await, "a later yes counts");
    choose(&policy, subject, ALL_TOPICS, ConsentState::Given).await;
    assert!(!send(Marketing, "outreach/announcement_marketing", "m2").await, "there is no yes to everything");
    let receipts = db.read(move |tx| consents_of(tx, subject)).await.unwrap();
    assert_eq!(receipts.len(), 5);
    assert!(receipts.iter().all(|receipt| receipt.policy_id == policy.compiled().id_text()));
});

both_engines!(a_no_to_a_class_ends_its_topics_and_no_other, |db: Database| async move {
    let (policy, subject) = house(&db).await;
    let reached = async |topic: &'static str, channel| {
        let (gate, class) = (policy.outbound(), policy.compiled().topic(topic).unwrap().class);
        db.read(move |tx| gate.may_reach(tx, subject, class, topic, channel)).await.unwrap()
    };
    for topic in ["newsletter", "special_offers", "new_services"] {
        choose(&policy, subject, topic, ConsentState::Given).await;
        assert!(reached(topic, Channel::Email).await && !reached(topic, Channel::Post).await, "{topic}");
    }
    choose(&policy, subject, "marketing", ConsentState::Withdrawn).await;
    assert!(
        !reached("special_offers", Channel::Email).await && !reached("new_services", Channel::Email).await
    );
    assert!(reached("newsletter", Channel::Email).await, "not an offer");
    choose(&policy, subject, "marketing", ConsentState::Given).await;
    assert!(!reached("special_offers", Channel::Email).await, "there is no yes to a class");
    choose(&policy, subject, "special_offers", ConsentState::Given).await;
    assert!(
        reached("special_offers", Channel::Email).await && !reached("new_services", Channel::Email).await
    );
});

#[test]
fn a_question_comes_once_in_ninety_days() {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        // The rows' times come from the database's clock, so it is the one that moves.
        let clock = ManualClock::at("2026-03-01");
        run_at(dialect, Arc::<ManualClock>::clone(&clock), async |db| {
            let policy = crate::testing::policy(&db).await;
            let subject = Subject::person(PersonId::new(&*clock));
            policy.create_key(subject).await.unwrap();
            let ask = async |key: &str| {
                let template = "outreach/announcement_feedback";
                send(&policy, subject, MessageClass::Feedback, template, key).await.unwrap()
            };
            assert!(matches!(ask("1").await, Sent::Queued(_)));
            assert_eq!(ask("2").await, Sent::Suppressed, "the next one, at once");
            clock.advance(Duration::from_secs(89 * 86_400));
            assert_eq!(ask("3").await, Sent::Suppressed);
            clock.advance(Duration::from_secs(86_401));
            assert!(matches!(ask("4").await, Sent::Queued(_)));
        });
    }
}

both_engines!(a_no_counts_while_the_message_waits, |db: Database| async move {
    let (policy, subject) = house(&db).await;
    choose(&policy, subject, "news", ConsentState::Given).await;
    let news = "outreach/announcement_news";
    let Sent::Queued(id) = send(&policy, subject, MessageClass::News, news, "1").await.unwrap() else {
        panic!("not queued")
    };
    let confirm = "identity/confirm_email";
    let Sent::Queued(account) = send(&policy, subject, MessageClass::Account, confirm, "2").await.unwrap()
    else {
        panic!("not queued")
    };
    choose(&policy, subject, ALL_TOPICS, ConsentState::Withdrawn).await;
    let declined = policy.outbound().deliver(id, |_| ()).await.unwrap_err();
    assert!(matches!(declined, OutboundError::Declined(_)) && declined.is_final(), "{declined}");
    let again = policy.outbound().deliver(id, |_| ()).await.unwrap_err();
    assert!(matches!(again, OutboundError::NotPending(_)), "{again}");
    policy.outbound().deliver(account, |_| ()).await.unwrap();
});

both_engines!(a_link_leads_back_to_its_reader_and_nowhere_else, |db: Database| async move {
    let (policy, subject) = house(&db).await;
    let token = policy.choice_token(subject, "newsletter");
    assert_eq!(policy.read_choice_token(&token), Some((subject, "newsletter".to_owned())));
    assert!(!token.contains("newsletter"));
    assert_ne!(
        token,
        policy.choice_token(subject, "newsletter"),
        "two links cannot be seen to be of one person"
    );
    for wrong in ["", "A", &token[1..], &token.to_lowercase(), &format!("{token}A"), &"A".repeat(5000)] {
        assert_eq!(policy.read_choice_token(wrong), None, "{wrong}");
    }
    let other = crate::testing::policy(&db).await;
    assert_eq!(other.read_choice_token(&token), None, "another house");
});

both_engines!(a_topic_is_of_its_class, |db: Database| async move {
    let (policy, subject) = house(&db).await;
    let outbound = policy.outbound();
    let asked = db.write(move |tx| {
        let notice = Notice {
            class: MessageClass::Subscribed,
            template: "outreach/announcement_subscribed",
            subject,
            topic: Some("special_offers".to_owned()),
            to: None,
            unique_key: "1".to_owned(),
            context: json!({}),
        };
        outbound.send(tx, &notice)
    });
    let error = asked.await.unwrap_err();
    assert!(matches!(error, OutboundError::NoTopic { .. }), "{error}");
});

both_engines!(a_template_is_sent_in_its_own_class_only, |db: Database| async move {
    let (policy, subject) = house(&db).await;
    let offer = send(&policy, subject, MessageClass::Account, "outreach/announcement_marketing", "1")
        .await
        .unwrap_err();
    assert!(matches!(offer, OutboundError::OtherClass { listed: MessageClass::Marketing, .. }), "{offer}");
    let unknown = send(&policy, subject, MessageClass::Account, "identity/unknown", "2").await.unwrap_err();
    assert!(matches!(unknown, OutboundError::NoClass(_)), "{unknown}");
    assert!(
        policy
            .outbound()
            .check_templates(["identity/confirm_email", "outreach/announcement_marketing"])
            .is_ok()
    );
    let error =
        policy.outbound().check_templates(["identity/confirm_email", "identity/unknown"]).unwrap_err();
    assert!(error.to_string().contains("identity/unknown"), "{error}");
});

both_engines!(a_customers_message_goes_to_the_address_that_was_registered, |db: Database| async move {
    let (policy, person) = house(&db).await;
    let clock = ManualClock::at("2026-03-01");
    let customer = Subject::customer(CustomerId::new(&*clock));
    policy.create_key(customer).await.unwrap();
    policy.register_fields(&[Field::new("people", "email", CategoryId::Contact)]);
    let place = Place { table: "people", column: "email", row: person.uuid() };
    let address: Personal<EmailAddress, category::Contact> =
        Personal::new("ada@example.com".parse().unwrap());
    let sealed = policy.seal(person, place, &address).unwrap();
    let for_closure = policy.clone();
    let Sent::Queued(id) = db
        .write(move |tx| {
            let notice = Notice {
                class: MessageClass::Account,
                template: "commerce/invoice_issued",
                subject: customer,
                topic: None,
                to: None,
                unique_key: "k".to_owned(),
                context: json!({}),
            };
            for_closure.outbound().send(tx, &notice)
        })
        .await
        .unwrap()
    else {
        panic!("not queued")
    };
    let nobody = policy.outbound().deliver(id, |_| ()).await.unwrap_err();
    assert!(matches!(nobody, OutboundError::NoAddress(_)), "{nobody}");
    policy.register_addresses(move |_, subject| {
        let stored = StoredAddress { subject: person, place, sealed: sealed.clone(), language: None };
        Ok((subject == customer).then_some(stored))
    });
    let to = policy.outbound().deliver(id, |opened| opened.to.to_string()).await.unwrap();
    assert_eq!(to, "ada@example.com");
    // The waiting message justifies nobody else's address.
    let stranger = Subject::person(PersonId::new(&*clock));
    policy.create_key(stranger).await.unwrap();
    let asked = Use {
        actor: Actor::System("message gate"),
        subject: stranger,
        act: Act::Send,
        fields: &["people.email"],
        fact: Fact::OutboundMessage(id),
    };
    assert!(policy.grant::<purpose::Deliver>(asked).await.is_err());
});

both_engines!(a_stranger_or_an_erased_person_gets_nothing, |db: Database| async move {
    let (policy, subject) = house(&db).await;
    let stranger = Subject::person(PersonId::new(&*ManualClock::at("2026-03-02")));
    assert!(send(&policy, stranger, MessageClass::Account, "identity/confirm_email", "1").await.is_err());
    let Sent::Queued(id) =
        send(&policy, subject, MessageClass::Account, "identity/confirm_email", "2").await.unwrap()
    else {
        panic!("not queued")
    };
    policy.erase(subject).await.unwrap();
    assert!(policy.outbound().deliver(id, |_| ()).await.is_err());
});
