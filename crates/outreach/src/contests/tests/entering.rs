use mailkeep_policy::Subject;
use mailkeep_policy::records::export;
use mailkeep_policy::{Actor, Fact};

use super::*;
use crate::OutreachError;
use crate::contests::{ContestState, ENTER, Entered};
use crate::testing::on_both_engines;

#[test]
fn who_may_enters_once_under_the_rules_in_force() {
    on_both_engines(async |house| {
        let out = &house.outreach;
        let (person, ada) = house.customer("Ada Example").await;
        let (_, nils) = house.person("Nils Newcomer").await;
        let id = contest(&house, Eligibility::Customers).await;
        let found = out.contest(id).await.unwrap();
        assert_eq!(out.stands_to_contest(&found, ada).await.unwrap(), Entered::May);
        assert_eq!(out.stands_to_contest(&found, nils).await.unwrap(), Entered::NotEligible);
        assert!(matches!(out.enter_contest(id, nils, entering(1)).await, Err(OutreachError::State(_))));
        let young = Entering { old_enough: false, ..entering(1) };
        let refused = out.enter_contest(id, ada, young).await;
        assert!(matches!(refused, Err(OutreachError::Field { field: "age", .. })), "{refused:?}");
        // The rules change while somebody reads them.
        assert_eq!(out.change_rules(id, "One entry for each of you.".to_owned()).await.unwrap(), 1);
        assert_eq!(out.change_rules(id, "One entry. No cash.".to_owned()).await.unwrap(), 2);
        let refused = out.enter_contest(id, ada, entering(1)).await;
        assert!(matches!(refused, Err(OutreachError::Field { field: "rules", .. })), "{refused:?}");
        out.enter_contest(id, ada, entering(2)).await.unwrap();
        assert!(matches!(out.enter_contest(id, ada, entering(2)).await, Err(OutreachError::State(_))));
        assert_eq!(out.contest_rules(id, 1).await.unwrap(), "One entry for each of you.");
        assert_eq!(out.count_entries(id).await.unwrap(), 1);
        let versions = "SELECT rules_version FROM contest_entries WHERE contest_id = $1";
        let kept = house.db.read(move |tx| numbers(tx, versions, id.uuid())).await.unwrap();
        assert_eq!(kept, [2]);

        // The number stands in the copy of their data, and is in no row beside who they are.
        let session = person.access.person().unwrap().session;
        let copy = export(&house.policy, Actor::Person(person.person), Fact::OwnSession(session), ada)
            .await
            .unwrap();
        let copy = serde_json::to_string(&copy).unwrap();
        house.later(30 * 86_400);
        out.freeze_contest(id).await.unwrap();
        let number = out.published_contest("a-year-of-mail").await.unwrap().entries.remove(0);
        assert!(copy.contains(&number), "{copy}");
        assert_eq!(number.len(), 10);
    });
}

#[test]
fn whoever_hears_of_contests_enters_by_a_link_and_an_address_counts_once() {
    on_both_engines(async |house| {
        let out = &house.outreach;
        let lines = ["vera@visitor.example", "ada.example@example.com"];
        out.import_subscribers(lines, super::super::TOPIC, "en", "list of 3 March").await.unwrap();
        let (_, ada) = house.person("Ada Example").await;
        let id = contest(&house, Eligibility::Subscribers).await;
        let found = out.contest(id).await.unwrap();
        assert_eq!(
            out.stands_to_contest(&found, ada).await.unwrap(),
            Entered::NotEligible,
            "did not choose it"
        );
        house.says(ada, &[(super::super::TOPIC, "email", true)]).await;
        out.enter_contest(id, ada, entering(1)).await.unwrap();
        for email in ["vera@visitor.example", "ada.example@example.com", "nobody@visitor.example"] {
            for _ in 0..2 {
                out.ask_to_enter(&found, email, "en", None).await.unwrap();
            }
        }
        assert!(out.ask_to_enter(&found, "vera", "en", None).await.is_err());
        let mut links = Vec::new();
        for message in house.waiting(ENTER).await {
            let gate = house.policy.outbound();
            let read = gate.deliver(message, |opened| {
                (opened.to.to_string(), opened.context["path"].as_str().unwrap().to_owned())
            });
            links.push(read.await.unwrap());
        }
        links.sort();
        assert_eq!(links.len(), 2, "one to each who hears of it: {links:?}");
        let subject = |path: &str| {
            let token = path.split_once("token=").unwrap().1;
            out.read_contest_token(id, token)
        };
        let again = subject(&links[0].1).unwrap();
        assert!(matches!(again, Subject::Subscriber(_)));
        let refused = out.enter_contest(id, again, entering(1)).await;
        assert!(matches!(refused, Err(OutreachError::State(_))), "the same address: {refused:?}");
        out.enter_contest(id, subject(&links[1].1).unwrap(), entering(1)).await.unwrap();
        assert_eq!(out.count_entries(id).await.unwrap(), 2);
        // The link under a message is no link to a contest, nor is that to another one.
        let under = house.policy.choice_token(again, super::super::TOPIC);
        assert_eq!(out.read_contest_token(id, &under), None);
        let other = mailkeep_types::ContestId::from_uuid(Uuid::from_u128(9));
        let token = links[1].1.split_once("token=").unwrap().1;
        assert_eq!(out.read_contest_token(other, token), None);
    });
}

#[test]
fn two_at_once_are_one_entry() {
    on_both_engines(async |house| {
        let (_, ada) = house.customer("Ada Example").await;
        let id = contest(&house, Eligibility::Customers).await;
        let tasks: Vec<_> = (0..4)
            .map(|_| {
                let outreach = house.outreach.clone();
                tokio::spawn(async move { outreach.enter_contest(id, ada, entering(1)).await.is_ok() })
            })
            .collect();
        let mut entered = 0;
        for task in tasks {
            entered += usize::from(task.await.unwrap());
        }
        assert_eq!(entered, 1);
        assert_eq!(
            (count(&house, "contest_entries", id).await, count(&house, "contest_numbers", id).await),
            (1, 1)
        );
    });
}

#[test]
fn what_is_written_is_looked_at_and_stays_once_it_is_published() {
    on_both_engines(async |house| {
        let out = &house.outreach;
        let good = draft(&house, Eligibility::Customers);
        let long = good.opens_at.plus(Duration::from_secs(121 * 86_400));
        for (field, wrong) in [
            ("title", ContestDraft { title: " ".to_owned(), ..good.clone() }),
            ("slug", ContestDraft { slug: "A B".to_owned(), ..good.clone() }),
            ("introduction", ContestDraft { introduction: String::new(), ..good.clone() }),
            ("rules", ContestDraft { rules: " ".to_owned(), ..good.clone() }),
            ("minimum_age", ContestDraft { minimum_age: -1, ..good.clone() }),
            ("places", ContestDraft { places: 0, ..good.clone() }),
            ("closes_at", ContestDraft { closes_at: good.opens_at, ..good.clone() }),
            ("closes_at", ContestDraft { closes_at: long, ..good.clone() }),
        ] {
            let refused = out.write_contest(writer(), None, wrong).await;
            assert!(
                matches!(&refused, Err(OutreachError::Field { field: f, .. }) if *f == field),
                "{refused:?}"
            );
        }
        let id = out.write_contest(writer(), None, good.clone()).await.unwrap();
        let taken = out.write_contest(writer(), None, good.clone()).await;
        assert!(matches!(taken, Err(OutreachError::Field { field: "slug", .. })), "{taken:?}");
        assert!(out.published_contest("a-year-of-mail").await.is_err(), "a draft is nowhere");
        let commitment = out.contest(id).await.unwrap().commitment;
        let change = ContestDraft { rules: "Other rules.".to_owned(), ..good.clone() };
        out.write_contest(writer(), Some(id), change).await.unwrap();
        let found = out.contest(id).await.unwrap();
        assert_eq!((found.rules.as_str(), found.rules_version), ("Other rules.", 1));
        assert_eq!(found.commitment, commitment, "the seed is drawn once");
        out.publish_contest(id).await.unwrap();
        assert!(out.write_contest(writer(), Some(id), good.clone()).await.is_err());
        assert!(out.discard_contest(id).await.is_err(), "visitors saw it");
        out.call_contest_off(id).await.unwrap();
        assert_eq!(out.contest(id).await.unwrap().state(out.now()), ContestState::CalledOff);
        let thrown = ContestDraft { slug: "another".to_owned(), ..good };
        let id = out.write_contest(writer(), None, thrown).await.unwrap();
        out.discard_contest(id).await.unwrap();
        assert!(matches!(out.contest(id).await, Err(OutreachError::NotFound)));
    });
}
