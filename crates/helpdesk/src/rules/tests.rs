//! Rules, on both engines.

use std::sync::Arc;

use mailkeep_policy::Subject;
use mailkeep_types::{StaffId, SubscriberId};
use uuid::Uuid;

use super::{Conditions, From, LONGEST_WORD, MOST_RULES, RuleDraft, When};
use crate::macros::{Acts, Effect, Ending, GiveTo};
use crate::service_levels::Priority;
use crate::tags::Tag;
use crate::tickets::tests::{House, on_both_engines, seen};
use crate::tickets::{Hand, NewTicket, PRIVACY, Reply, Ticket, TicketError};

fn tags(words: &[&str]) -> Vec<Tag> {
    words.iter().filter_map(|word| Tag::read(word)).collect()
}

fn put(word: &str) -> Acts {
    Acts { tags: tags(&[word]), ..Acts::default() }
}

fn words(all: &[&str]) -> Conditions {
    Conditions { words: all.iter().map(|word| (*word).to_owned()).collect(), ..Conditions::default() }
}

fn draft(title: &str, when: When, conditions: Conditions, acts: Acts) -> RuleDraft {
    RuleDraft { title: title.to_owned(), when, conditions, acts, active: true }
}

fn is_field<T>(outcome: &Result<T, TicketError>, field: &str) -> bool {
    matches!(outcome, Err(TicketError::Field { field: found, .. }) if *found == field)
}

impl House {
    async fn rule(&self, title: &str, conditions: Conditions, acts: Acts) -> Uuid {
        let draft = draft(title, When::Opened, conditions, acts);
        self.desk.keep_rule(self.agent, None, draft).await.unwrap()
    }

    async fn asks_about(&self, subject: &str, department: &str) -> Ticket {
        let new = NewTicket {
            owner: Subject::customer(self.customer),
            department: department.to_owned(),
            subject: subject.to_owned(),
            words: "Since this morning.".to_owned(),
            priority: Priority::Normal,
            about: None,
        };
        self.desk.open_ticket(Hand::Person(self.person), new).await.unwrap()
    }

    async fn tagged(&self, ticket: &Ticket) -> Vec<String> {
        let mut found = self.desk.tags_of(vec![ticket.id]).await.unwrap();
        found.remove(&ticket.id).unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    async fn ruled(&self, ticket: &Ticket) -> Vec<String> {
        let events = self.desk.show_history(seen(ticket)).await.unwrap();
        events.into_iter().filter(|event| event.what == "rule").map(|event| event.value).collect()
    }
}

#[test]
fn rules_run_in_their_order_each_once_and_stand_in_the_history() {
    on_both_engines(async |house| {
        let tove = StaffId::new(&*house.clock);
        let acts = Acts { priority: Some(Priority::High), give: Some(GiveTo::Staff(tove)), ..put("zone") };
        house.rule("Zones", words(&["Zóne", "DNS record"]), acts).await;
        // A later one sees what an earlier one did; an earlier one is not run again by it.
        let tag = |word| Conditions { tag: Tag::read(word), ..Conditions::default() };
        let billing = Acts { department: Some("billing".to_owned()), ..Acts::default() };
        let back = house.rule("Before", tag("moved"), put("never")).await;
        house.rule("After", tag("zone"), Acts { tags: tags(&["moved"]), ..billing }).await;
        house
            .rule("Otherwise", Conditions { department: Some("abuse".to_owned()), ..words(&[]) }, put("x"))
            .await;

        let ticket = house.asks_about("Our ZONES are gone", "support").await;
        assert_eq!((ticket.priority, ticket.department.as_str()), (Priority::High, "billing"));
        assert_eq!(ticket.assignee, None, "another department takes it from whom it was given");
        assert_eq!(house.tagged(&ticket).await, ["moved", "zone"]);
        assert_eq!(house.ruled(&ticket).await, ["Zones", "After"]);
        let events = house.desk.show_history(seen(&ticket)).await.unwrap();
        let all: Vec<_> = events.iter().map(|event| event.what.as_str()).collect();
        assert_eq!(
            all,
            ["opened", "rule", "priority", "tag", "assign", "rule", "department", "tag"],
            "all of it by the program"
        );
        assert!(events[1..].iter().all(|event| event.staff.is_none() && event.person.is_none()));
        let other = house.asks_about("The bill is wrong", "support").await;
        assert_eq!((house.ruled(&other).await.len(), other.version), (0, 1));

        // The order is theirs to choose.
        house.desk.shift_rule(back, false).await.unwrap();
        house.desk.shift_rule(back, false).await.unwrap();
        let ticket = house.asks_about("A DNS  record", "support").await;
        assert_eq!(house.ruled(&ticket).await, ["Zones", "After", "Before"]);
        house.desk.shift_rule(back, true).await.unwrap();
        let order: Vec<_> =
            house.desk.list_rules().await.unwrap().into_iter().map(|rule| rule.title).collect();
        assert_eq!(order, ["Zones", "After", "Before", "Otherwise"]);
    });
}

#[test]
fn rules_run_on_what_customers_do_and_on_nothing_else() {
    on_both_engines(async |house| {
        let (desk, agent) = (&house.desk, house.agent);
        house.rule("Opened", Conditions::default(), put("opened")).await;
        let low = Acts { priority: Some(Priority::Low), ..Acts::default() };
        let written = draft("Written", When::Written, Conditions::default(), low);
        desk.keep_rule(agent, None, written).await.unwrap();
        let made = house.opened(Hand::Staff(agent)).await;
        let case = house.asks_about("What do you hold of me?", PRIVACY).await;
        assert_eq!((made.version, case.version), (1, 1), "staff and the privacy desk");

        let ticket = house.asks_about("A question", "support").await;
        assert_eq!(house.ruled(&ticket).await, ["Opened"]);
        desk.write_as_staff(seen(&ticket), agent, Reply::Answer, "An answer.").await.unwrap();
        desk.tag_ticket(seen(&ticket), agent, Tag::read("by-hand").unwrap()).await.unwrap();
        assert_eq!(house.ruled(&ticket).await, ["Opened"]);
        let ticket = desk.write_as_customer(seen(&ticket), house.person, "More.").await.unwrap();
        assert_eq!((ticket.priority, house.ruled(&ticket).await.len()), (Priority::Low, 2));
        // What is so already is not done again, and is not said.
        let ticket = desk.write_as_customer(seen(&ticket), house.person, "Even more.").await.unwrap();
        assert_eq!(house.ruled(&ticket).await.len(), 2);

        // One that rests does nothing.
        for rule in desk.list_rules().await.unwrap() {
            let rests = RuleDraft {
                title: rule.title,
                when: rule.when,
                conditions: rule.conditions,
                acts: rule.acts,
                active: false,
            };
            desk.keep_rule(agent, Some((rule.id, rule.version)), rests).await.unwrap();
        }
        assert_eq!(house.asks_about("Another", "support").await.version, 1);
    });
}

#[test]
fn all_conditions_must_hold() {
    on_both_engines(async |house| {
        let gold = house.customer;
        house.desk.register_plans(Arc::new(move |_, customer| {
            Ok(if customer == gold { vec!["gold".to_owned()] } else { Vec::new() })
        }));
        let plan = |plan: &str| Conditions { plan: Some(plan.to_owned()), ..Conditions::default() };
        house.rule("Gold", plan("gold"), put("gold")).await;
        house.rule("Silver", plan("silver"), put("silver")).await;
        let from = |from| Conditions { from: Some(from), ..Conditions::default() };
        house.rule("Writers", from(From::Writer), put("writer")).await;
        house.rule("Customers", from(From::Customer), put("customer")).await;
        let high = Conditions { priority: Some(Priority::High), ..words(&["zone"]) };
        house.rule("Both", high, put("both")).await;
        let ticket = house.asks_about("A zone", "support").await;
        assert_eq!(house.ruled(&ticket).await, ["Gold", "Customers"]);
        let writer = SubscriberId::new(&*house.clock);
        house.policy.create_key(Subject::Subscriber(writer)).await.unwrap();
        let new = NewTicket {
            owner: Subject::Subscriber(writer),
            department: "support".to_owned(),
            subject: "A zone".to_owned(),
            words: "Please.".to_owned(),
            priority: Priority::High,
            about: None,
        };
        let ticket = house.desk.open_ticket(Hand::Writer(writer), new).await.unwrap();
        assert_eq!(house.ruled(&ticket).await, ["Writers", "Both"]);
    });
}

#[test]
fn a_rule_is_tried_on_the_last_tickets_without_a_look_at_their_words() {
    on_both_engines(async |house| {
        let desk = &house.desk;
        let (one, two) =
            (house.asks_about("A zone", "support").await, house.asks_about("A bill", "billing").await);
        house.asks_about("A case", PRIVACY).await;
        let customer = Subject::customer(house.customer);
        let recorded =
            async || mailkeep_policy::testing::recorded(&house.policy, customer).await.unwrap().len();
        let uses = recorded().await;
        let support = Conditions { department: Some("support".to_owned()), ..words(&["zone"]) };
        let rule = draft("Zones", When::Opened, support, put("zone"));
        let out = desk.try_rule(rule).await.unwrap();
        assert_eq!((out.looked, out.tried.len()), (2, 1));
        let tried = &out.tried[0];
        assert_eq!((tried.ticket, tried.perhaps), (one.id, true), "its subject stays sealed");
        assert_eq!(tried.effects, [Effect::Tag(Tag::read("zone").unwrap())]);
        assert_eq!(recorded().await, uses, "nothing was opened");
        let all = draft("All", When::Opened, Conditions::default(), put("zone"));
        desk.tag_ticket(seen(&one), house.agent, Tag::read("zone").unwrap()).await.unwrap();
        let out = desk.try_rule(all).await.unwrap();
        assert_eq!(
            out.tried.iter().map(|tried| tried.ticket).collect::<Vec<_>>(),
            [two.id],
            "what is new to it"
        );
        assert_eq!(
            house.ruled(&two).await.len() + desk.list_rules().await.unwrap().len(),
            0,
            "nothing is done"
        );
    });
}

#[test]
fn rules_are_checked_before_they_are_kept() {
    on_both_engines(async |house| {
        let (desk, me) = (&house.desk, house.agent);
        let speaks = Acts { ending: Some(Ending::Close), ..Acts::default() };
        let long = "x".repeat(LONGEST_WORD + 1);
        for (draft, field) in [
            (draft("Nothing", When::Opened, words(&[]), Acts::default()), "acts"),
            (draft("Closes", When::Opened, words(&[]), speaks), "acts"),
            (draft("Me", When::Opened, words(&[]), Acts { give: Some(GiveTo::Me), ..put("a") }), "give"),
            (draft(" ", When::Opened, words(&[]), put("a")), "title"),
            (draft("Long", When::Opened, words(&[&long]), put("a")), "words"),
            (draft("Later", When::Written, words(&["a"]), put("a")), "words"),
        ] {
            let kept = desk.keep_rule(me, None, draft.clone()).await;
            assert!(is_field(&kept, field), "{field}: {kept:?}");
            assert!(is_field(&desk.try_rule(draft).await, field), "{field}");
        }
        let whole = Conditions {
            department: Some("billing".to_owned()),
            priority: Some(Priority::Low),
            tag: Tag::read("a"),
            words: vec![" Zóne ".to_owned(), "  ".to_owned(), "two  words".to_owned()],
            from: Some(From::Writer),
            plan: Some("gold".to_owned()),
        };
        let id = house.rule("Whole", whole.clone(), put("b")).await;
        let kept = desk.show_rule(id).await.unwrap();
        let folded = vec!["zone".to_owned(), "two words".to_owned()];
        assert_eq!((kept.conditions, kept.acts), (Conditions { words: folded, ..whole }, put("b")));
        let again = desk.keep_rule(me, None, draft("whole", When::Opened, words(&[]), put("a"))).await;
        assert!(is_field(&again, "title"));
        let other = draft("Other", When::Written, words(&[]), put("a"));
        desk.keep_rule(me, Some((id, 1)), other.clone()).await.unwrap();
        let late = desk.keep_rule(me, Some((id, 1)), other.clone()).await;
        assert!(matches!(late, Err(TicketError::State(_))), "{late:?}");
        for n in 1..MOST_RULES {
            house.rule(&format!("Rule {n}"), words(&[]), put("a")).await;
        }
        let full = desk.keep_rule(me, None, RuleDraft { title: "One more".to_owned(), ..other }).await;
        assert!(matches!(full, Err(TicketError::State(_))), "{full:?}");
        desk.throw_rule_away(id).await.unwrap();
        assert!(matches!(desk.throw_rule_away(id).await, Err(TicketError::NotFound)));
    });
}
