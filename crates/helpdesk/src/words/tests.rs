use std::time::Duration;

use mailkeep_policy::{Subject, use_notices};
use mailkeep_storage::sql::SqlError;
use uuid::Uuid;

use super::forget::forget;
use crate::service_levels::Priority;
use crate::tickets::tests::{House, on_both_engines, seen};
use crate::tickets::{Hand, Move, NewTicket, Reply, Seen, Ticket, TicketError};

const FORTNIGHT: Duration = Duration::from_secs(14 * 24 * 3600);

impl House {
    async fn said(&self, by: Hand, subject: &str, words: &str) -> Ticket {
        let new = NewTicket {
            owner: Subject::customer(self.customer),
            department: "support".to_owned(),
            subject: subject.to_owned(),
            words: words.to_owned(),
            priority: Priority::Normal,
            about: None,
        };
        self.desk.open_ticket(by, new).await.unwrap()
    }

    async fn asked_of(&self, subject: &str, words: &str) -> Ticket {
        self.said(Hand::Person(self.person), subject, words).await
    }

    async fn found(&self, typed: &str) -> Vec<Uuid> {
        let found = self.desk.find_words(self.agent, typed).await.unwrap();
        found.tickets.iter().map(|ticket| ticket.id).collect()
    }

    async fn staff_moved(&self, ticket: &Ticket, act: Move) -> Ticket {
        self.desk.move_ticket(seen(ticket), Hand::Staff(self.agent), act).await.unwrap()
    }

    async fn reopened(&self, ticket: &Ticket) -> Ticket {
        let own = Seen { owner: Some(Subject::customer(self.customer)), ..seen(ticket) };
        self.desk.move_ticket(own, Hand::Person(self.person), Move::Reopen).await.unwrap()
    }
}

#[test]
fn open_tickets_are_found_by_their_words_and_their_forms() {
    on_both_engines(async |house| {
        let aardvark = house.asked_of("Printers jam", "The aardvark's letters bounced since Monday.").await;
        let german = house.asked_of("Rechnungen fehlen", "Die Straße ist falsch geschrieben.").await;
        assert_eq!(house.found("aardvarks").await, [aardvark.id]);
        assert_eq!(house.found("BOUNCE printer").await, [aardvark.id]);
        assert_eq!(house.found("rechnung strasse").await, [german.id]);
        assert!(house.found("aardvark rechnung").await.is_empty(), "each word is asked for");
        assert!(house.found("aard").await.is_empty(), "no begins of words: they would tell too much");
        for nothing in ["", "  ", "the and of", "?!"] {
            let refused = house.desk.find_words(house.agent, nothing).await;
            assert!(matches!(refused, Err(TicketError::Field { .. })), "{nothing}: {refused:?}");
        }
        // What is written later, also among staff.
        let note = house.desk.write_as_staff(seen(&german), house.agent, Reply::Note, "Ask accounting.");
        note.await.unwrap();
        assert_eq!(house.found("accounting").await, [german.id]);
    });
}

#[test]
fn what_staff_may_not_open_is_not_found() {
    on_both_engines(async |house| {
        house.said(Hand::Staff(house.agent), "Zebra", "We noticed a zebra.").await;
        assert!(house.found("zebra").await.is_empty(), "staff opened it");
        let ticket = house.asked_of("Okapi", "An okapi eats our mail.").await;
        house.staff_moved(&ticket, Move::Close).await;
        assert!(house.found("okapi").await.is_empty(), "it is closed");
        house.reopened(&ticket).await;
        assert_eq!(house.found("okapi").await, [ticket.id]);
    });
}

#[test]
fn what_was_found_was_looked_at_and_ten_are_enough() {
    on_both_engines(async |house| {
        for number in 0..12 {
            house.asked_of("Gnu", &format!("Gnu number {number}.")).await;
        }
        let owner = [Subject::customer(house.customer)];
        let found = house.desk.find_words(house.agent, "gnu").await.unwrap();
        assert_eq!((found.tickets.len(), found.more), (10, true));
        let told = use_notices::unseen(&house.policy, &owner).await.unwrap();
        assert_eq!(told.len(), 10);
    });
}

#[test]
fn marks_go_some_days_after_the_end_and_not_before() {
    on_both_engines(async |house| {
        let ticket = house.asked_of("Quokka", "A quokka.").await;
        let count = async || {
            let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM ticket_words";
            let counted = house
                .db
                .read(move |tx| -> Result<i64, SqlError> { tx.query_one(sql, &[], |row| row.get(0)) });
            counted.await.unwrap()
        };
        let (id, marks) = (ticket.id, count().await);
        let come_due = async || house.db.write(move |tx| forget(tx, id)).await.unwrap();
        assert!(marks > 0);
        assert_eq!(come_due().await, None, "it is open");
        house.staff_moved(&ticket, Move::Close).await;
        house.clock.advance(FORTNIGHT - Duration::from_secs(60));
        // Opened and closed again: the days begin anew.
        house.reopened(&ticket).await;
        let closed = house.staff_moved(&ticket, Move::Close).await.closed_at.unwrap();
        house.clock.advance(Duration::from_secs(60));
        assert_eq!(come_due().await, Some(closed.plus(FORTNIGHT)));
        assert_eq!(count().await, marks);
        house.clock.advance(FORTNIGHT);
        assert_eq!(come_due().await, None);
        assert_eq!(count().await, 0);
    });
}
