//! Macros, on both engines.

use mailkeep_policy::Subject;
use mailkeep_types::StaffId;
use uuid::Uuid;

use super::{Acts, Effect, Ending, GiveTo, MOST_MACROS, MacroDraft};
use crate::canned::CannedDraft;
use crate::service_levels::Priority;
use crate::tags::Tag;
use crate::tickets::tests::{House, on_both_engines, seen};
use crate::tickets::{Hand, Move, Seen, Ticket, TicketError, TicketState};

fn tags(words: &[&str]) -> Vec<Tag> {
    words.iter().filter_map(|word| Tag::read(word)).collect()
}

fn draft(title: &str, acts: Acts) -> MacroDraft {
    MacroDraft { title: title.to_owned(), department: String::new(), acts }
}

fn is_field<T>(outcome: &Result<T, TicketError>, field: &str) -> bool {
    matches!(outcome, Err(TicketError::Field { field: found, .. }) if *found == field)
}

fn is_state<T>(outcome: &Result<T, TicketError>) -> bool {
    matches!(outcome, Err(TicketError::State(_)))
}

impl House {
    async fn uses(&self, ticket: &Ticket, acts: &Acts, words: &str) -> Result<Ticket, TicketError> {
        self.desk.use_macro(seen(ticket), self.agent, ("Refunds".to_owned(), acts.clone()), words).await
    }

    async fn told(&self, ticket: &Ticket) -> Vec<String> {
        let events = self.desk.show_history(seen(ticket)).await.unwrap();
        events.into_iter().map(|event| format!("{} {}", event.what, event.value)).collect()
    }
}

#[test]
fn all_that_a_macro_says_is_done_at_once_and_stands_in_the_history() {
    on_both_engines(async |house| {
        let (desk, agent, tove) = (&house.desk, house.agent, StaffId::new(&*house.clock));
        let ticket = house.opened(Hand::Person(house.person)).await;
        desk.tag_ticket(seen(&ticket), agent, Tag::read("new").unwrap()).await.unwrap();
        let acts = Acts {
            department: Some("billing".to_owned()),
            priority: Some(Priority::High),
            tags: tags(&["refund", "new"]),
            untags: tags(&["new", "old"]),
            give: Some(GiveTo::Staff(tove)),
            ending: Some(Ending::Ask),
            canned: Some(Uuid::nil()),
        };
        let acts = Acts { tags: tags(&["refund"]), ..acts };
        let wanted = vec![
            Effect::Department("billing".to_owned()),
            Effect::Priority(Priority::High),
            Effect::Untag(Tag::read("new").unwrap()),
            Effect::Tag(Tag::read("refund").unwrap()),
            Effect::Assign(Some(tove)),
            Effect::Speak(Ending::Ask, TicketState::WaitingOnCustomer),
        ];
        assert_eq!(desk.preview_macro(seen(&ticket), agent, acts.clone()).await.unwrap(), wanted);
        assert_eq!(house.told(&ticket).await.len(), 2, "a preview does nothing");

        assert!(is_field(&house.uses(&ticket, &acts, " ").await, "words"));
        assert!(is_field(&house.uses(&ticket, &acts, "Dear {{ customer_name }}").await, "words"));
        assert_eq!(house.told(&ticket).await.len(), 2, "and what is refused neither");
        let done = house.uses(&ticket, &acts, "Which invoice?").await.unwrap();
        assert_eq!((done.department.as_str(), done.priority), ("billing", Priority::High));
        assert_eq!((done.assignee, done.state), (Some(tove), TicketState::WaitingOnCustomer));
        assert_eq!(house.own(&ticket).await.entries.len(), 2);
        let told = house.told(&ticket).await;
        let wanted = [
            "macro Refunds".to_owned(),
            "ask waiting_on_customer".to_owned(),
            "department billing".to_owned(),
            "priority high".to_owned(),
            "untag new".to_owned(),
            "tag refund".to_owned(),
            format!("assign {tove}"),
            format!("follow {tove}"),
        ];
        assert_eq!(told[2..], wanted);

        // Again it only speaks: the rest is so already.
        let effects = desk.preview_macro(seen(&ticket), agent, acts).await.unwrap();
        assert_eq!(effects, [Effect::Speak(Ending::Ask, TicketState::WaitingOnCustomer)]);
    });
}

#[test]
fn what_cannot_be_done_is_not_done_in_part() {
    on_both_engines(async |house| {
        let (desk, agent) = (&house.desk, house.agent);
        let ticket = house.opened(Hand::Person(house.person)).await;
        let solve = Acts { priority: Some(Priority::Low), ending: Some(Ending::Solve), ..Acts::default() };
        let done = house.uses(&ticket, &solve, "").await.unwrap();
        assert_eq!((done.state, done.priority), (TicketState::Solved, Priority::Low));
        let again = Acts { priority: Some(Priority::High), ..solve.clone() };
        assert!(is_state(&house.uses(&ticket, &again, "").await));
        assert!(is_state(&desk.preview_macro(seen(&ticket), agent, again).await));
        assert_eq!(desk.look_at(seen(&ticket)).await.unwrap().priority, Priority::Low);
        let old = Seen { version: Some(1), ..seen(&ticket) };
        let close = Acts { ending: Some(Ending::Close), ..Acts::default() };
        let late = desk.use_macro(old, agent, ("Close".to_owned(), close.clone()), "").await;
        assert!(matches!(late, Err(TicketError::Changed)), "{late:?}");
        let own = Acts { give: Some(GiveTo::Me), ..close };
        let done = house.uses(&ticket, &own, "").await.unwrap();
        assert_eq!((done.state, done.assignee), (TicketState::Closed, Some(agent)));
        // Nothing closed is opened, and nothing is noted in it.
        let note = Acts { ending: Some(Ending::Note), canned: Some(Uuid::nil()), ..Acts::default() };
        assert!(is_state(&house.uses(&ticket, &note, "A note.").await));

        // Answers go where a macro of a writer's ticket leads, too; full tags stop all of it.
        let other = house.opened(Hand::Person(house.person)).await;
        for n in 0..10 {
            desk.tag_ticket(seen(&other), agent, Tag::read(&format!("t{n}")).unwrap()).await.unwrap();
        }
        let full = Acts { tags: tags(&["one-more"]), priority: Some(Priority::High), ..Acts::default() };
        assert!(is_state(&house.uses(&other, &full, "").await));
        let room = Acts { untags: tags(&["t3"]), ..full };
        assert_eq!(house.uses(&other, &room, "").await.unwrap().priority, Priority::High);
        assert_eq!(other.owner, Subject::customer(house.customer));
    });
}

#[test]
fn macros_are_kept_checked_changed_and_thrown_away() {
    on_both_engines(async |house| {
        let (desk, me) = (&house.desk, house.agent);
        let canned = CannedDraft {
            title: "Which one".to_owned(),
            language: "en".to_owned(),
            words: "Which invoice?".to_owned(),
            ..CannedDraft::default()
        };
        let canned = desk.keep_canned(me, None, canned).await.unwrap();
        let whole = Acts {
            department: Some("billing".to_owned()),
            priority: Some(Priority::Emergency),
            tags: tags(&["a", "größe"]),
            untags: tags(&["b"]),
            give: Some(GiveTo::Me),
            ending: Some(Ending::AnswerSolve),
            canned: Some(canned),
        };
        let id = desk.keep_macro(me, None, draft(" Ask  for it ", whole.clone())).await.unwrap();
        let kept = desk.show_macro(id).await.unwrap();
        assert_eq!((kept.title.as_str(), &kept.acts, kept.version), ("Ask for it", &whole, 1));
        for (acts, field) in [
            (Acts::default(), "acts"),
            (Acts { canned: None, ..whole.clone() }, "canned"),
            (Acts { canned: Some(Uuid::nil()), ..whole.clone() }, "canned"),
            (Acts { ending: Some(Ending::Close), ..whole.clone() }, "ending"),
            (Acts { untags: tags(&["a"]), ..whole.clone() }, "untags"),
        ] {
            let kept = desk.keep_macro(me, None, draft("Wrong", acts)).await;
            assert!(is_field(&kept, field), "{field}: {kept:?}");
        }
        assert!(is_field(&desk.keep_macro(me, None, draft("ask for it", whole.clone())).await, "title"));
        assert!(is_field(&desk.keep_macro(me, None, draft(" ", whole.clone())).await, "title"));
        let less = Acts { give: Some(GiveTo::Nobody), ..Acts::default() };
        desk.keep_macro(me, Some((id, 1)), draft("Ask", less.clone())).await.unwrap();
        assert!(is_state(&desk.keep_macro(me, Some((id, 1)), draft("Ask", whole.clone())).await));
        assert_eq!(desk.show_macro(id).await.unwrap().acts, less);
        let gone = desk.keep_macro(me, Some((Uuid::nil(), 1)), draft("Gone", less.clone())).await;
        assert!(matches!(gone, Err(TicketError::NotFound)), "{gone:?}");
        for n in 1..MOST_MACROS {
            desk.keep_macro(me, None, draft(&format!("Macro {n}"), less.clone())).await.unwrap();
        }
        assert!(is_state(&desk.keep_macro(me, None, draft("One more", less)).await));
        desk.throw_macro_away(id).await.unwrap();
        assert!(matches!(desk.throw_macro_away(id).await, Err(TicketError::NotFound)));
        assert_eq!(desk.list_macros().await.unwrap().len(), MOST_MACROS - 1);
    });
}

#[test]
fn a_ticket_goes_to_another_department_where_nobody_takes_care_of_it_yet() {
    on_both_engines(async |house| {
        let (desk, agent) = (&house.desk, house.agent);
        let ticket = house.opened(Hand::Person(house.person)).await;
        desk.assign_ticket(seen(&ticket), agent, Some(agent)).await.unwrap();
        let sent = desk.send_to_department(seen(&ticket), agent, "billing").await.unwrap();
        assert_eq!((sent.department.as_str(), sent.assignee), ("billing", None));
        assert_eq!(desk.look_at(seen(&ticket)).await.unwrap(), sent);
        assert!(is_state(&desk.send_to_department(seen(&ticket), agent, "billing").await));
        assert!(house.look(&ticket, ticket.id).await.is_ok(), "support of every department reads it");
        let close = desk.move_ticket(seen(&ticket), Hand::Staff(agent), Move::Close).await;
        assert_eq!(close.unwrap().department, "billing");
    });
}
