//! Followers and what is new to them, on both engines.

use mailkeep_policy::outbound::StoredAddress;
use mailkeep_policy::{Place, Sealed, Subject};
use mailkeep_storage::sql::SqlError;
use mailkeep_types::StaffId;
use uuid::Uuid;

use crate::macros::{Acts, GiveTo};
use crate::tickets::tests::{House, on_both_engines, seen};
use crate::tickets::{Hand, Move, Queue, Reply, Said, Seen, Ticket};
use crate::views::Filter;

impl House {
    async fn news(&self, who: StaffId) -> (i64, usize) {
        let listed = self.desk.list_view(Queue::Followed(who), Filter::default(), None, 50).await.unwrap();
        let ids: Vec<Uuid> = listed.tickets.iter().map(|ticket| ticket.id).collect();
        let marked = self.desk.list_news(who, ids).await.unwrap().len();
        (self.desk.count_news(who).await.unwrap(), marked)
    }

    async fn follows(&self, ticket: &Ticket) -> Vec<StaffId> {
        self.desk.list_followers(ticket.id).await.unwrap()
    }

    async fn sees(&self, ticket: &Ticket, who: StaffId) {
        let now = self.desk.look_at(seen(ticket)).await.unwrap();
        self.desk.saw_ticket(now.id, who, now.version).await.unwrap();
    }
}

#[test]
fn what_others_write_is_new_until_one_looks() {
    on_both_engines(async |house| {
        let (desk, agent, tove) = (&house.desk, house.agent, StaffId::new(&*house.clock));
        let ticket = house.opened(Hand::Person(house.person)).await;
        desk.follow_ticket(seen(&ticket), tove).await.unwrap();
        desk.follow_ticket(seen(&ticket), tove).await.unwrap();
        assert_eq!(house.follows(&ticket).await, [tove]);
        assert_eq!(house.news(tove).await, (0, 0), "what was there before is not new");

        // Answers of colleagues, states and priorities are no news; words of the customer and notes are.
        desk.write_as_staff(seen(&ticket), agent, Reply::Answer, "On it.").await.unwrap();
        desk.weigh_ticket(seen(&ticket), agent, crate::service_levels::Priority::High).await.unwrap();
        assert_eq!(house.news(tove).await, (0, 0));
        desk.write_as_customer(seen(&ticket), house.person, "Thank you.").await.unwrap();
        assert_eq!((house.news(tove).await, house.news(agent).await), ((1, 1), (0, 0)));
        house.sees(&ticket, tove).await;
        assert_eq!(house.news(tove).await, (0, 0));
        desk.write_as_staff(seen(&ticket), tove, Reply::Note, "My own note.").await.unwrap();
        assert_eq!(house.news(tove).await, (0, 0), "not what one wrote oneself");
        desk.write_as_staff(seen(&ticket), agent, Reply::Note, "Their note.").await.unwrap();
        assert_eq!(house.news(tove).await, (1, 1));

        // A look at an older page takes nothing away that came since.
        desk.saw_ticket(ticket.id, tove, 1).await.unwrap();
        assert_eq!(house.news(tove).await, (1, 1));
        desk.unfollow_ticket(seen(&ticket), tove).await.unwrap();
        desk.unfollow_ticket(seen(&ticket), tove).await.unwrap();
        assert_eq!((house.news(tove).await, house.follows(&ticket).await), ((0, 0), vec![]));
        let events = desk.show_history(seen(&ticket)).await.unwrap();
        let count = |what: &str| events.iter().filter(|event| event.what == what).count();
        assert_eq!((count("follow"), count("unfollow")), (1, 1));
    });
}

#[test]
fn who_is_named_in_a_note_or_given_a_ticket_follows_it_and_that_is_new_to_them() {
    on_both_engines(async |house| {
        let (desk, agent) = (&house.desk, house.agent);
        let (tove, rosa) = (StaffId::new(&*house.clock), StaffId::new(&*house.clock));
        let ticket = house.opened(Hand::Person(house.person)).await;
        let said = Said { mentions: vec![tove, agent], ..Said::from("@tove knows zones.") };
        desk.write_as_staff(seen(&ticket), agent, Reply::Note, said.clone()).await.unwrap();
        assert_eq!(house.follows(&ticket).await.len(), 2);
        assert_eq!((house.news(tove).await, house.news(agent).await), ((1, 1), (0, 0)));
        desk.assign_ticket(seen(&ticket), agent, Some(rosa)).await.unwrap();
        assert_eq!(house.news(rosa).await, (1, 1));
        house.sees(&ticket, rosa).await;
        assert_eq!(house.news(rosa).await, (0, 0));
        desk.assign_ticket(seen(&ticket), agent, None).await.unwrap();
        assert_eq!(house.news(rosa).await, (0, 0), "to nobody is no news");

        // What goes to the customer names nobody, whatever stands in it.
        let other = house.opened(Hand::Person(house.person)).await;
        desk.write_as_staff(seen(&other), agent, Reply::Answer, said).await.unwrap();
        assert_eq!(house.follows(&other).await, []);
        // What is over is not counted, and comes back with the customer's word.
        desk.move_ticket(seen(&ticket), Hand::Staff(agent), Move::Solve).await.unwrap();
        assert_eq!(house.news(tove).await, (0, 0));
        desk.write_as_customer(seen(&ticket), house.person, "It is back.").await.unwrap();
        assert_eq!(house.news(tove).await, (1, 1));
        // Where it is merged into another, they follow that one, and are told of what comes there.
        desk.merge_ticket(seen(&ticket), agent, &other.number).await.unwrap();
        assert_eq!(house.follows(&other).await.len(), 3);
        assert_eq!(house.news(tove).await, (0, 0));
        desk.write_as_customer(seen(&other), house.person, "And more.").await.unwrap();
        assert_eq!(house.news(tove).await, (1, 1));
        let late = desk.follow_ticket(Seen { version: Some(1), ..seen(&other) }, tove).await;
        assert!(late.is_err(), "{late:?}");
    });
}

#[test]
fn whoever_has_an_address_is_told_by_mail_once_until_they_look() {
    on_both_engines(async |house| {
        let (desk, agent) = (&house.desk, house.agent);
        let (tove, rosa) = (StaffId::new(&*house.clock), StaffId::new(&*house.clock));
        for staff in [agent, tove, rosa] {
            house.policy.create_key(Subject::staff(staff)).await.unwrap();
        }
        // Rosa named none.
        house.policy.register_addresses(move |_, subject| {
            let place = Place { table: "staff_addresses", column: "email", row: subject.uuid() };
            let stored =
                StoredAddress { subject, place, sealed: Sealed::from_bytes(Vec::new()), language: None };
            Ok([agent, tove].map(Subject::staff).contains(&subject).then_some(stored))
        });
        let told = async || {
            let sql = "SELECT COUNT(*) FROM outbound_messages WHERE template = 'helpdesk/staff_news'";
            let read = house
                .db
                .read(move |tx| -> Result<i64, SqlError> { tx.query_one(sql, &[], |row| row.get(0)) });
            read.await.unwrap()
        };
        let ticket = house.opened(Hand::Person(house.person)).await;
        desk.follow_ticket(seen(&ticket), agent).await.unwrap();
        desk.assign_ticket(seen(&ticket), agent, Some(agent)).await.unwrap();
        desk.assign_ticket(seen(&ticket), agent, Some(rosa)).await.unwrap();
        assert_eq!(told().await, 0, "not of what one does oneself, and not whoever has no address");
        let acts = Acts { give: Some(GiveTo::Staff(tove)), ..Acts::default() };
        desk.use_macro(seen(&ticket), agent, ("To Tove".to_owned(), acts), "").await.unwrap();
        assert_eq!(told().await, 1, "a colleague gave it to her");
        desk.write_as_customer(seen(&ticket), house.person, "Hello?").await.unwrap();
        assert_eq!(told().await, 2, "the first follower; she did not look yet");
        desk.write_as_customer(seen(&ticket), house.person, "Hello!").await.unwrap();
        assert_eq!(told().await, 2);
        house.sees(&ticket, tove).await;
        let said = Said { mentions: vec![tove, agent], ..Said::from("@tove knows zones.") };
        desk.write_as_staff(seen(&ticket), agent, Reply::Note, said).await.unwrap();
        assert_eq!(told().await, 3, "named, after she looked");
    });
}
