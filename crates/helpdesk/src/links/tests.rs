//! Links between tickets, on both engines.

use std::time::Duration;

use mailkeep_policy::Subject;
use mailkeep_types::CustomerId;

use super::LinkKind::{PartOf, Related};
use super::{LinkKind, Links};
use crate::service_levels::Priority;
use crate::tickets::tests::{House, on_both_engines, seen};
use crate::tickets::{Hand, Move, NewTicket, PRIVACY, Seen, Ticket, TicketError};

impl House {
    async fn link(&self, ticket: &Ticket, kind: LinkKind, other: &Ticket) -> Result<Ticket, TicketError> {
        self.clock.advance(Duration::from_secs(60));
        self.desk.link_ticket(seen(ticket), self.agent, kind, &other.number).await
    }

    async fn links(&self, ticket: &Ticket) -> Links {
        self.desk.list_links(seen(ticket)).await.unwrap()
    }

    async fn last(&self, ticket: &Ticket) -> (String, String) {
        let events = self.desk.show_history(seen(ticket)).await.unwrap();
        events.last().map(|event| (event.what.clone(), event.value.clone())).unwrap()
    }
}

fn is_state<T>(outcome: &Result<T, TicketError>) -> bool {
    matches!(outcome, Err(TicketError::State(_)))
}

fn numbers(tickets: &[Ticket]) -> Vec<&str> {
    tickets.iter().map(|ticket| ticket.number.as_str()).collect()
}

#[test]
fn a_link_is_shown_from_both_ends_and_stands_in_both_histories() {
    on_both_engines(async |house| {
        let by = Hand::Person(house.person);
        let (one, two, three) = (house.opened(by).await, house.opened(by).await, house.opened(by).await);
        house.link(&two, Related, &one).await.unwrap();
        house.link(&two, PartOf, &three).await.unwrap();
        house.link(&one, PartOf, &three).await.unwrap();
        assert_eq!(numbers(&house.links(&one).await.related), [&two.number]);
        let links = house.links(&two).await;
        assert_eq!(numbers(&links.related), [&one.number]);
        assert_eq!(links.whole.map(|whole| whole.id), Some(three.id));
        let links = house.links(&three).await;
        assert_eq!(numbers(&links.parts), [&two.number, &one.number]);
        assert_eq!((links.whole, links.related), (None, vec![]));
        assert_eq!(house.last(&one).await, ("link_whole".to_owned(), three.number.clone()));
        assert_eq!(house.last(&three).await, ("link_part".to_owned(), one.number.clone()));

        // Twice is refused, from whichever end; taken away from the other end than it was made.
        assert!(is_state(&house.link(&one, Related, &two).await));
        house.desk.unlink_ticket(seen(&one), house.agent, Related, two.id).await.unwrap();
        house.desk.unlink_ticket(seen(&three), house.agent, PartOf, two.id).await.unwrap();
        assert_eq!(house.last(&two).await, ("unlink_whole".to_owned(), three.number.clone()));
        assert_eq!(house.last(&three).await, ("unlink_part".to_owned(), two.number.clone()));
        assert_eq!(house.links(&two).await, Links::default());
        assert!(is_state(&house.desk.unlink_ticket(seen(&two), house.agent, PartOf, three.id).await));
    });
}

#[test]
fn nothing_is_part_of_itself_by_however_many_steps_or_of_two() {
    on_both_engines(async |house| {
        let by = Hand::Person(house.person);
        let mut chain = Vec::new();
        for _ in 0..4 {
            chain.push(house.opened(by).await);
        }
        for pair in chain.windows(2) {
            house.link(&pair[0], PartOf, &pair[1]).await.unwrap();
        }
        assert!(is_state(&house.link(&chain[0], PartOf, &chain[0]).await), "of itself");
        assert!(is_state(&house.link(&chain[1], PartOf, &chain[0]).await), "in a circle of two");
        assert!(is_state(&house.link(&chain[3], PartOf, &chain[0]).await), "in a circle of four");
        assert!(is_state(&house.link(&chain[0], PartOf, &chain[3]).await), "of two");
        assert!(house.links(&chain[3]).await.whole.is_none());
        let old = Seen { version: Some(1), ..seen(&chain[0]) };
        let late = house.desk.link_ticket(old, house.agent, Related, &chain[2].number).await;
        assert!(matches!(late, Err(TicketError::Changed)), "{late:?}");
        for typed in ["T-0000-0000", "the other", ""] {
            let none = house.desk.link_ticket(seen(&chain[0]), house.agent, Related, typed).await;
            assert!(is_state(&none), "{typed}");
        }
    });
}

#[test]
fn parts_that_are_not_over_are_counted_also_of_other_customers_and_privacy_cases_are_not_linked() {
    on_both_engines(async |house| {
        let whole = house.opened(Hand::Person(house.person)).await;
        let other = CustomerId::new(&*house.clock);
        house.policy.create_key(Subject::customer(other)).await.unwrap();
        let new = |department: &str| NewTicket {
            owner: Subject::customer(other),
            department: department.to_owned(),
            subject: "The same".to_owned(),
            words: "At ours, too.".to_owned(),
            priority: Priority::Normal,
            about: None,
        };
        let part = house.desk.open_ticket(Hand::Person(house.person), new("support")).await.unwrap();
        let case = house.desk.open_ticket(Hand::Person(house.person), new(PRIVACY)).await.unwrap();
        assert!(is_state(&house.link(&whole, Related, &case).await), "who does not see it does not link it");
        house.link(&part, PartOf, &whole).await.unwrap();
        assert_eq!(house.links(&whole).await.open_parts(), 1);
        house.desk.move_ticket(seen(&part), Hand::Staff(house.agent), Move::Solve).await.unwrap();
        assert_eq!(house.links(&whole).await.open_parts(), 0);

        // A link opens nothing: the words of the part stay its customer's.
        assert!(house.look(&part, whole.id).await.is_err());
        let gone = async |tx: &str| {
            let sql = tx.to_owned();
            house.db.write(move |tx| crate::tickets::store::by_hand(tx, &sql, part.id)).await
        };
        gone("DELETE FROM tickets WHERE id = $1").await.unwrap();
        assert_eq!(house.links(&whole).await, Links::default(), "it goes with either ticket");
    });
}
