//! Merges and their undoing, on both engines.

use std::time::Duration;

use mailkeep_policy::Subject;
use mailkeep_types::CustomerId;

use super::{MOST_MERGED, Merges};
use crate::service_levels::Priority;
use crate::tickets::tests::{House, on_both_engines, seen};
use crate::tickets::{Hand, Move, NewTicket, Reply, Seen, Ticket, TicketError, TicketState};

const MINUTE: Duration = Duration::from_secs(60);

impl House {
    async fn asked(&self) -> Ticket {
        self.clock.advance(MINUTE);
        self.opened(Hand::Person(self.person)).await
    }

    async fn asks(&self, ticket: &Ticket, words: &str) {
        self.clock.advance(MINUTE);
        self.desk.write_as_customer(seen(ticket), self.person, words).await.unwrap();
    }

    /// Merges the newest version of a ticket.
    async fn merge(&self, ticket: &Ticket, into: &Ticket) -> Result<Ticket, TicketError> {
        self.clock.advance(MINUTE);
        self.desk.merge_ticket(seen(ticket), self.agent, &into.number).await
    }

    async fn now(&self, ticket: &Ticket) -> Ticket {
        self.desk.look_at(seen(ticket)).await.unwrap()
    }

    /// What the customer reads of a ticket, with where it comes from.
    async fn words(&self, ticket: &Ticket) -> Vec<(bool, Option<String>)> {
        let entries = self.own(ticket).await.entries;
        entries.into_iter().map(|entry| (entry.words == "Since this morning.", entry.from)).collect()
    }
}

fn is_state<T>(outcome: &Result<T, TicketError>) -> bool {
    matches!(outcome, Err(TicketError::State(_)))
}

#[test]
fn what_was_written_in_both_is_shown_in_one_and_undoing_leaves_both_as_they_were() {
    on_both_engines(async |house| {
        let (desk, agent) = (&house.desk, house.agent);
        let (first, second) = (house.asked().await, house.asked().await);
        house.asks(&first, "More of the first.").await;
        house.asks(&second, "More of the second.").await;
        let before = house.now(&second).await;

        house.merge(&second, &first).await.unwrap();
        let from = |number: &Ticket| Some(number.number.clone());
        let wanted = [(true, None), (true, from(&second)), (false, None), (false, from(&second))];
        assert_eq!(house.words(&first).await, wanted, "in order of time");
        let staff = house.look(&first, first.id).await.unwrap();
        assert_eq!(staff.entries.len(), 4, "staff read them under the one that is open");
        let merged = house.now(&second).await;
        assert_eq!((merged.state, merged.closed_at), (TicketState::Closed, Some(merged.changed_at)));
        let merges = desk.list_merges(seen(&first)).await.unwrap();
        assert_eq!(merges, Merges { into: None, within: vec![merged.clone()] });
        let merges = desk.list_merges(seen(&second)).await.unwrap();
        assert_eq!(merges.into.map(|into| into.id), Some(first.id));

        // Nothing happens in a merged one, whoever would.
        let written = desk.write_as_customer(seen(&second), house.person, "And here?").await;
        assert!(is_state(&written), "{written:?}");
        let opened = desk.move_ticket(seen(&second), Hand::Person(house.person), Move::Reopen).await;
        assert!(is_state(&opened), "{opened:?}");
        assert!(is_state(&desk.assign_ticket(seen(&second), agent, Some(agent)).await));

        house.asks(&first, "Since then.").await;
        let old = Seen { version: Some(before.version), ..seen(&second) };
        assert!(matches!(desk.undo_merge(old, agent).await, Err(TicketError::Changed)));
        let back = desk.undo_merge(seen(&second), agent).await.unwrap();
        let as_it_was = Ticket { version: before.version, changed_at: before.changed_at, ..back };
        assert_eq!(as_it_was, before);
        assert_eq!(house.words(&second).await, [(true, None), (false, None)]);
        assert_eq!(house.words(&first).await, [(true, None), (false, None), (false, None)]);
        assert!(is_state(&desk.undo_merge(seen(&second), agent).await), "undone once");
        let told = desk.show_history(seen(&first)).await.unwrap();
        let told: Vec<_> = told.iter().map(|event| event.what.as_str()).collect();
        assert_eq!(told, ["opened", "write", "join_waiting", "write", "part"]);
    });
}

#[test]
fn a_question_that_waits_for_us_waits_on_where_it_was_merged_into() {
    on_both_engines(async |house| {
        let (first, second) = (house.asked().await, house.asked().await);
        let asked = house.desk.write_as_staff(seen(&first), house.agent, Reply::Ask, "Which one?").await;
        assert_eq!(asked.unwrap().solution_due, None);
        let first = house.merge(&second, &first).await.unwrap();
        assert_eq!(first.state, TicketState::WaitingOnUs);
        assert!(first.solution_due.is_some(), "its clock goes on");

        let third = house.asked().await;
        let ask = house.desk.write_as_staff(seen(&third), house.agent, Reply::Ask, "Since when?").await;
        let third = ask.unwrap();
        let ask = house.desk.write_as_staff(seen(&first), house.agent, Reply::Ask, "And this?").await;
        assert_eq!(ask.unwrap().state, TicketState::WaitingOnCustomer);
        let first = house.merge(&third, &first).await.unwrap();
        assert_eq!(first.state, TicketState::WaitingOnCustomer, "neither waits for us");
    });
}

#[test]
fn only_open_tickets_of_one_owner_are_merged_and_no_undoing_opens_what_is_closed() {
    on_both_engines(async |house| {
        let (desk, agent) = (&house.desk, house.agent);
        let (first, second) = (house.asked().await, house.asked().await);
        assert!(is_state(&house.merge(&first, &first).await), "into itself");
        assert!(is_state(&desk.merge_ticket(seen(&first), agent, "T-0000-0000").await), "into none");
        assert!(is_state(&desk.merge_ticket(seen(&first), agent, "the other").await));

        let other = CustomerId::new(&*house.clock);
        house.policy.create_key(Subject::customer(other)).await.unwrap();
        let new = NewTicket {
            owner: Subject::customer(other),
            department: "support".to_owned(),
            subject: "Another matter".to_owned(),
            words: "Of somebody else.".to_owned(),
            priority: Priority::Normal,
            about: None,
        };
        let theirs = desk.open_ticket(Hand::Person(house.person), new).await.unwrap();
        assert!(is_state(&house.merge(&first, &theirs).await), "into that of another customer");
        assert!(is_state(&house.merge(&theirs, &first).await));

        let ours = house.opened(Hand::Staff(agent)).await;
        assert!(is_state(&house.merge(&first, &ours).await), "staff could not read it there");
        house.merge(&ours, &first).await.unwrap();
        assert!(is_state(&house.merge(&first, &second).await), "something was merged into it");
        assert!(is_state(&house.merge(&second, &ours).await), "it was merged itself");

        house.merge(&second, &first).await.unwrap();
        desk.move_ticket(seen(&first), Hand::Person(house.person), Move::Close).await.unwrap();
        assert!(is_state(&desk.undo_merge(seen(&second), agent).await), "the other is closed");
        let third = house.asked().await;
        assert!(is_state(&house.merge(&third, &first).await), "into a closed one");
        assert!(is_state(&house.merge(&first, &third).await), "a closed one");
    });
}

#[test]
fn so_many_are_merged_into_one_and_merges_go_with_their_tickets() {
    on_both_engines(async |house| {
        let first = house.asked().await;
        for _ in 0..MOST_MERGED {
            let next = house.asked().await;
            house.merge(&next, &first).await.unwrap();
        }
        let more = house.asked().await;
        assert!(is_state(&house.merge(&more, &first).await));
        let owner = Subject::customer(house.customer);
        house.db.write(move |tx| crate::tickets::store::delete_of(tx, owner)).await.unwrap();
        let left = house.db.read(|tx| crate::tickets::store::rows_left(tx, "ticket_merges")).await.unwrap();
        assert_eq!(left, 0);
    });
}
