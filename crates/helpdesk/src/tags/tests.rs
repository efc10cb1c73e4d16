//! Tags on tickets, on both engines.

use std::time::Duration;

use mailkeep_policy::Subject;

use super::{LONGEST_TAG, MOST_OF_DESK, MOST_OF_TICKET, Tag, store};
use crate::tickets::tests::{on_both_engines, seen};
use crate::tickets::{Hand, Queue, Seen, TicketError};
use crate::views::Filter;

fn tag(text: &str) -> Tag {
    Tag::read(text).unwrap()
}

#[test]
fn what_is_typed_becomes_a_tag_or_is_none() {
    for (typed, wanted) in [
        (" Billing ", "billing"),
        ("DNS problem", "dns-problem"),
        ("a--b - c", "a-b-c"),
        ("Größe", "größe"),
        ("2fa", "2fa"),
        (&"x".repeat(LONGEST_TAG), &"x".repeat(LONGEST_TAG)),
    ] {
        assert_eq!(Tag::read(typed).unwrap().as_str(), wanted, "{typed}");
        assert_eq!(Tag::read(wanted), Tag::read(typed), "read again");
    }
    for wrong in ["", " ", "-", "a,b", "ada@people.example", "<b>", "a\u{0}b", &"x".repeat(LONGEST_TAG + 1)] {
        assert_eq!(Tag::read(wrong), None, "{wrong}");
    }
}

#[test]
fn tags_are_put_on_a_ticket_and_taken_away_and_both_stand_in_its_history() {
    on_both_engines(async |house| {
        let (desk, agent) = (&house.desk, house.agent);
        let ticket = house.opened(Hand::Person(house.person)).await;
        let other = house.opened(Hand::Person(house.person)).await;
        desk.tag_ticket(seen(&ticket), agent, tag("dns")).await.unwrap();
        let ticket = desk.tag_ticket(seen(&ticket), agent, tag("Billing")).await.unwrap();
        let twice = desk.tag_ticket(seen(&ticket), agent, tag("dns")).await;
        assert!(matches!(twice, Err(TicketError::State(_))), "{twice:?}");
        let found = desk.tags_of(vec![ticket.id, other.id]).await.unwrap();
        assert_eq!(found, [(ticket.id, vec![tag("billing"), tag("dns")])].into());
        assert_eq!(desk.list_tags().await.unwrap(), [tag("billing"), tag("dns")]);

        let old = Seen { version: Some(1), ..seen(&ticket) };
        let late = desk.untag_ticket(old, agent, tag("dns")).await;
        assert!(matches!(late, Err(TicketError::Changed)), "{late:?}");
        desk.untag_ticket(seen(&ticket), agent, tag("dns")).await.unwrap();
        let gone = desk.untag_ticket(seen(&ticket), agent, tag("dns")).await;
        assert!(matches!(gone, Err(TicketError::State(_))), "{gone:?}");
        let told = desk.show_history(seen(&ticket)).await.unwrap();
        let told: Vec<_> = told.iter().map(|event| (event.what.as_str(), event.value.as_str())).collect();
        assert_eq!(told, [("opened", "new"), ("tag", "dns"), ("tag", "billing"), ("untag", "dns")]);
    });
}

#[test]
fn a_ticket_and_the_desk_have_so_many_tags_and_unused_ones_make_room() {
    on_both_engines(async |house| {
        let (desk, agent) = (&house.desk, house.agent);
        let ticket = house.opened(Hand::Person(house.person)).await;
        let filled = house.db.write(|tx| {
            for number in 0..MOST_OF_DESK {
                store::make_known(tx, &Tag(format!("old-{number}")))?;
            }
            Ok::<_, mailkeep_storage::sql::SqlError>(())
        });
        filled.await.unwrap();
        for number in 0..MOST_OF_TICKET {
            desk.tag_ticket(seen(&ticket), agent, tag(&format!("new {number}"))).await.unwrap();
        }
        let full = desk.tag_ticket(seen(&ticket), agent, tag("one more")).await;
        assert!(matches!(full, Err(TicketError::State(_))), "{full:?}");
        assert_eq!(desk.list_tags().await.unwrap().len(), MOST_OF_TICKET);
    });
}

#[test]
fn tags_follow_what_happens_to_their_ticket_and_go_with_it() {
    on_both_engines(async |house| {
        let (desk, agent) = (&house.desk, house.agent);
        let (first, second) =
            (house.opened(Hand::Person(house.person)).await, house.opened(Hand::Person(house.person)).await);
        for ticket in [&first, &second] {
            house.clock.advance(Duration::from_secs(60));
            desk.tag_ticket(seen(ticket), agent, tag("dns")).await.unwrap();
        }
        house.clock.advance(Duration::from_secs(60));
        desk.assign_ticket(seen(&first), agent, Some(agent)).await.unwrap();
        let filter = Filter { tag: Some(tag("dns")), ..Filter::default() };
        let listed = desk.list_view(Queue::All, filter, None, 9).await.unwrap();
        let found: Vec<_> = listed.tickets.iter().map(|ticket| ticket.id).collect();
        assert_eq!(found, [first.id, second.id], "what happened last stands first");

        let owner = Subject::customer(house.customer);
        let gone = house.db.write(move |tx| crate::tickets::store::delete_of(tx, owner));
        gone.await.unwrap();
        let left = house.db.read(|tx| crate::tickets::store::rows_left(tx, "ticket_tags")).await.unwrap();
        assert_eq!(left, 0);
    });
}
